"""The examples in the docstrings of the metrics are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

from ml import metrics

MODULES = sorted(module.name for module in pkgutil.iter_modules(metrics.__path__))
WITH_EXAMPLES = {"autodq", "chance", "cider", "clauses", "rouge", "tem", "tokenizing"}


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name):
    answer = doctest.testmod(importlib.import_module(f"ml.metrics.{name}"))
    assert answer.failed == 0
    assert (answer.attempted > 0) >= (name in WITH_EXAMPLES)
