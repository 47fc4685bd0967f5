"""Dataset versions and runs for tests, and a trainer that learns nothing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from annotation.models import (
    ApprovedCaption,
    Clip,
    DatasetEntry,
    DatasetVersion,
    Device,
    DeviceKind,
    TrainingRun,
)
from annotation.workflow.devices import Announced, announce_devices
from annotation.workflow.training import Plan, start_run
from tests.factories import ClipFactory, World
from tests.steps import annotate, consolidate

SCRIPTED = [sys.executable, str(Path(__file__).with_name("scripted_trainer.py"))]
CPU = Announced("cpu", DeviceKind.CPU, "2 cores", 16.0)
GPU = Announced("cuda:0", DeviceKind.CUDA, "made up", 24.0)


def a_small_world() -> World:
    """One annotator, and what is consolidated is approved."""
    return World(annotators_per_clip=1, cross_validation_check_share=0.0)


def a_version(
    world: World, *, train: int = 2, validation: int = 1, test: int = 1
) -> DatasetVersion:
    """One approved caption, told of as many clips as are asked for."""
    splits = ["train"] * train + ["validation"] * validation + ["test"] * test
    world.open_clip()
    annotate(world, world.ada)
    consolidate(world, world.dana)
    caption = ApprovedCaption.objects.get()
    version = DatasetVersion.objects.create(
        project=world.project,
        number=1,
        parts=["facial_changes"],
        rendering="stripped",
        seed=1,
        targets={"test": 0.2, "validation": 0.1},
        counts={"total": len(splits), "train": train, "validation": validation, "test": test},
        sha256="0" * 64,
        created_by=world.mila,
    )
    for number, split in enumerate(splits):
        clip: Clip = ClipFactory.create(source=world.source, stage="approved")
        text = f"Her brows rise {number}."
        DatasetEntry.objects.create(
            version=version, clip=clip, caption=caption, group=str(number), split=split, text=text
        )
    return version


def a_run(world: World, version: DatasetVersion, name: str = "run", **fields: Any) -> TrainingRun:
    recipe = {"name": name, "preset": "tiny", "base": "tiny", "max_steps": 4}
    plan = Plan(version=version.uid, name=name, recipe=recipe, **fields)
    return start_run(project_id=world.project.pk, actor=world.mila, plan=plan)


def announce(host: str, *devices: Announced) -> list[Device]:
    announce_devices(host, devices or [CPU])
    return list(Device.objects.filter(host=host))
