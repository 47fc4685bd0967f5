"""What every installation can draft with, added after each migration where it is not there yet."""

from __future__ import annotations

from typing import Any

from django.apps import apps as installed

from annotation.prompts.shipped import NAME, load_prompt

SIGNALS = "Rules on measured signals"


def add_shipped(*, apps: Any = installed, **_: Any) -> None:
    try:
        prompts = apps.get_model("annotation", "PromptVersion")
        versions = apps.get_model("annotation", "ModelVersion")
    except LookupError:
        return  # migrated back to before there were any
    prompts.objects.get_or_create(project=None, name=NAME, number=1, defaults=load_prompt(1))
    versions.objects.get_or_create(project=None, name=SIGNALS, defaults={"kind": "signals"})
