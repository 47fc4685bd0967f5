"""
An export of 100,000 captions in each format: how long, how large, and how far memory grows.

Every clip has the same small video, a draft and a caption of three sentences, and nobody reviewed
it, so that the audit is shorter than in life. Only the formats named are measured anew; the results
of the others stay.

    python -m bench.export [FORMAT ...]
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import platform
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from annotation import captions  # noqa: E402
from annotation.exporting.archive import new_archive  # noqa: E402
from annotation.exporting.choosing import Chosen  # noqa: E402
from annotation.exporting.writing import write_archive  # noqa: E402
from annotation.importing.preparing import stored_path  # noqa: E402
from annotation.models import (  # noqa: E402
    ApprovedCaption,
    Clip,
    ClipStage,
    DatasetEntry,
    DatasetVersion,
    Draft,
    DraftKind,
    DraftStatus,
    ExportFormat,
    FrameTable,
    Split,
)
from annotation.workflow.exporting import start_export  # noqa: E402
from bench.measuring import memory_mb, reset_peak  # noqa: E402
from config.embedded import servers_for  # noqa: E402
from tests.factories import ClipFactory, World, a_document  # noqa: E402

CAPTIONS = 100_000
FRAMES = 50
BATCH = 5000
SPLITS = [Split.TRAIN] * 8 + [Split.TEST] * 2
RESULTS = Path(__file__).parent / "results" / "export.json"


def fill(world: World) -> DatasetVersion:
    version = DatasetVersion.objects.create(
        project=world.project,
        number=1,
        parts=list(captions.DATASET_PARTS),
        rendering="stripped",
        seed=1,
        targets={},
        counts={"total": CAPTIONS, "train": 0, "validation": 0, "test": 0},
        sha256="0" * 64,
        created_by=world.mila,
    )
    path = stored_path("x")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(1000))
    for first in range(0, CAPTIONS, BATCH):
        _fill_batch(world, version, range(first, first + BATCH))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return version


def _fill_batch(world: World, version: DatasetVersion, numbers: range) -> None:
    clips = Clip.objects.bulk_create(_clip(world, number) for number in numbers)
    FrameTable.objects.bulk_create(
        FrameTable(clip=clip, time_base_num=1, time_base_den=25, pts=list(range(FRAMES)))
        for clip in clips
    )
    Draft.objects.bulk_create(_draft(clip, version) for clip in clips)
    document = captions.parse(a_document("Her brows rise, as if surprised.", frames=[5, 20]))
    approved = ApprovedCaption.objects.bulk_create(
        ApprovedCaption(
            clip=clip, imported={}, document=document.to_json(), sha256=document.content_hash()
        )
        for clip in clips
    )
    text = captions.render(document, "stripped")
    DatasetEntry.objects.bulk_create(
        DatasetEntry(
            version=version,
            clip=caption.clip,
            caption=caption,
            group=caption.clip.uid,
            split=SPLITS[caption.clip.pk % len(SPLITS)],
            text=text,
        )
        for caption in approved
    )


def _clip(world: World, number: int) -> Clip:
    return ClipFactory.build(
        source=world.source,
        name=f"clip-{number:06}",
        stage=ClipStage.APPROVED,
        sha256=f"{number:064x}",
        frame_count=FRAMES,
        original="x",
    )


def _draft(clip: Clip, version: DatasetVersion) -> Draft:
    return Draft(
        clip=clip,
        kind=DraftKind.IMPORTED,
        generator="model x",
        status=DraftStatus.READY,
        document=a_document("Her brows rise in the draft."),
        ended_at=version.created_at,
    )


def bench(world: World, version: DatasetVersion, format: str, folder: Path) -> dict[str, object]:
    export = start_export(version_uid=version.uid, actor=world.mila, format=format)
    # What the formats before have left free would hide how much this one takes.
    gc.collect()
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    before = memory_mb("VmRSS")
    reset_peak()
    start = perf_counter()
    target = folder / f"{format}.zip"
    with new_archive(target) as archive:
        write_archive(archive, Chosen(export, lambda piece, done: None))
    seconds = perf_counter() - start
    row = {
        "format": format,
        "captions": CAPTIONS,
        "seconds": round(seconds, 1),
        "captions_per_second": round(CAPTIONS / seconds),
        "size_mb": round(target.stat().st_size / 1024**2, 1),
        "memory_growth_mb": round(memory_mb("VmHWM") - before, 1),
    }
    target.unlink()
    return row


def keep(row: dict[str, object]) -> None:
    rows = json.loads(RESULTS.read_text())["rows"] if RESULTS.exists() else []
    rows = [known for known in rows if known["format"] != row["format"]] + [row]
    machine = (
        f"{os.cpu_count()} CPU cores, shared, {platform.machine()}, Python {sys.version.split()[0]}"
    )
    value = {"machine": machine, "rows": sorted(rows, key=lambda known: known["format"])}
    RESULTS.write_text(json.dumps(value, indent=1) + "\n")


def main(formats: list[str]) -> None:
    with servers_for(settings.ENVIRONMENT, durable=False), tempfile.TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = Path(folder) / "media"
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            world = World()
            version = fill(world)
            for format in formats:
                row = bench(world, version, format, Path(folder))
                keep(row)
                sys.stdout.write(f"{row}\n")
                sys.stdout.flush()
        finally:
            connection.creation.destroy_test_db("", verbosity=0)


if __name__ == "__main__":
    main(sys.argv[1:] or list(ExportFormat.values))
