from __future__ import annotations

import tomllib
from pathlib import Path

from annotation.version import VERSION


def test_exports_name_the_version_of_the_project():
    project = Path(__file__).parents[2] / "pyproject.toml"
    assert tomllib.loads(project.read_text())["project"]["version"] == VERSION
