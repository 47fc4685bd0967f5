"""
Freezing a dataset version, and its preview: how long, and how far memory grows.

The sizes are the paper's 5,033 clips and ten times as many. Five clips show one person, and a
caption has about 110 words, as the paper's have; one in ten says a guess that nobody marked.

    python -m bench.releasing
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import platform
import random
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from annotation import captions  # noqa: E402
from annotation.models import ApprovedCaption, Clip, ClipStage  # noqa: E402
from annotation.queries.release_previews import preview_of  # noqa: E402
from annotation.workflow.releasing import freeze, plan_version  # noqa: E402
from bench.measuring import memory_mb, reset_peak  # noqa: E402
from config.embedded import servers_for  # noqa: E402
from tests.factories import ClipFactory, World, a_document, a_sentence  # noqa: E402

SIZES = (5_033, 50_330)
BATCH = 2000
CLIPS_OF_A_PERSON = 5
SENTENCES = 6
HEDGED_SHARE = 0.1
EMOTIONS = ("joy", "fear", "anger", "sadness", "surprise", "disgust", "")
WHO = ("The woman", "The young man", "The man with glasses", "The older woman")
WHAT = ("raises the inner ends of both brows", "presses the lips together", "lowers the eyes")
HOW = ("slowly and a little more on the left side", "for a short moment", "and holds them there")
THEN = ("while the corners of the mouth stay level", "before the jaw drops by a finger's width")
RESULTS = Path(__file__).parent / "results" / "releasing.json"


def fill(world: World, clips: int) -> None:
    drawn = random.Random(1)  # noqa: S311
    for first in range(0, clips, BATCH):
        numbers = range(first, min(first + BATCH, clips))
        made = Clip.objects.bulk_create(_clip(world, number, drawn) for number in numbers)
        ApprovedCaption.objects.bulk_create(_caption(clip, drawn) for clip in made)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _clip(world: World, number: int, drawn: random.Random) -> Clip:
    return ClipFactory.build(
        source=world.source,
        name=f"clip-{number:06}",
        group=f"person {number // CLIPS_OF_A_PERSON}",
        emotion=drawn.choice(EMOTIONS),
        stage=ClipStage.APPROVED,
    )


def _caption(clip: Clip, drawn: random.Random) -> ApprovedCaption:
    sentences = [a_sentence(f"c{place}", _sentence(drawn)) for place in range(SENTENCES)]
    if drawn.random() < HEDGED_SHARE:
        sentences[0]["text"] = f"{sentences[0]['text'][:-1]}, as if she were surprised."
    document = captions.parse({**a_document(), "facial_changes": sentences})
    return ApprovedCaption(
        clip=clip, imported={}, document=document.to_json(), sha256=document.content_hash()
    )


def _sentence(drawn: random.Random) -> str:
    return " ".join(drawn.choice(words) for words in (WHO, WHAT, HOW, THEN)) + "."


def measured(what: str, clips: int, call: Callable[[], object]) -> dict[str, object]:
    # What was freed before would hide how much this takes.
    gc.collect()
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    before = memory_mb("VmRSS")
    reset_peak()
    start, start_cpu = perf_counter(), process_time()
    call()
    seconds, cpu = perf_counter() - start, process_time() - start_cpu
    return {
        "what": what,
        "clips": clips,
        "seconds": round(seconds, 1),
        # What other programs on the machine take does not count here, nor does the database.
        "cpu_seconds": round(cpu, 1),
        "memory_growth_mb": round(memory_mb("VmHWM") - before, 1),
    }


def bench(clips: int) -> list[dict[str, object]]:
    world = World()
    fill(world, clips)
    wishes = {"project_id": world.project.pk, "actor": world.mila, "seed": 1}
    return [
        measured("preview", clips, lambda: preview_of(plan_version(**wishes))),
        measured("freeze", clips, lambda: freeze(**wishes)),
    ]


def main(sizes: list[int]) -> None:
    with servers_for(settings.ENVIRONMENT, durable=False):
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            rows = [row for clips in sizes for row in bench(clips)]
        finally:
            connection.creation.destroy_test_db("", verbosity=0)
    for row in rows:
        sys.stdout.write(f"{row}\n")
    machine = (
        f"{os.cpu_count()} CPU cores, shared, {platform.machine()}, Python {sys.version.split()[0]}"
    )
    RESULTS.write_text(json.dumps({"machine": machine, "rows": rows}, indent=1) + "\n")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
