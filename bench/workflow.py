"""
Claims, saves, submissions and queue counts, at two sizes of project.

The sizes are the paper's 5,033 clips and ten times as many. Next to each time stands the number of
queries, and at the end the ratio of the two sizes: a claim should cost the same at both.

    python -m bench.workflow
"""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from annotation.models import Annotation, Assignment, Clip, ClipStage, Role, User  # noqa: E402
from annotation.queries.queue import Work, reasons_for  # noqa: E402
from annotation.workflow.assigning import claim_annotation  # noqa: E402
from annotation.workflow.submissions import submit_annotation  # noqa: E402
from annotation.workflow.writing import save_annotation  # noqa: E402
from bench.measuring import Measured, measure  # noqa: E402
from config.embedded import servers_for  # noqa: E402
from tests.factories import ClipFactory, World, a_document  # noqa: E402

SIZES = (5_033, 50_330)
CALLS = 200
CLIENTS = 8
RESULTS = Path(__file__).parent / "results" / "workflow.json"


def fill(world: World, clips: int) -> None:
    made = Clip.objects.bulk_create(
        [ClipFactory.build(source=world.source, stage=ClipStage.ANNOTATING) for _ in range(clips)],
        batch_size=2000,
    )
    Assignment.objects.bulk_create(
        (Assignment(clip=clip, slot=slot) for clip in made for slot in (1, 2, 3)),
        batch_size=5000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def annotate_next(world: World, person: User) -> None:
    held = claim_annotation(project_id=world.project.pk, actor=person)
    if held is None:
        raise SystemExit("The queue ran empty; the bench needs more clips.")
    saved = save_annotation(assignment_id=held.pk, actor=person, revision=0, document=a_document())
    submit_annotation(assignment_id=held.pk, actor=person, revision=saved.revision)


def bench(clips: int) -> list[Measured]:
    world = World()
    fill(world, clips)
    project = world.project.pk

    def claim_anew() -> None:
        Assignment.objects.filter(annotator=world.ada, status="held").update(
            status="submitted", lease_until=None, submitted_at=timezone.now()
        )
        claim_annotation(project_id=project, actor=world.ada)

    held = claim_annotation(project_id=project, actor=world.bela)
    if held is None:
        raise SystemExit("There is nothing to claim.")
    revision = iter(range(10**6))

    def save() -> None:
        number = next(revision)
        save_annotation(
            assignment_id=held.pk,
            actor=world.bela,
            revision=number,
            document=a_document(f"Text {number}."),
        )

    return [
        measure("next (one of them a put-away)", clips, CALLS, claim_anew),
        measure("save", clips, CALLS, save),
        measure("next + save + submit", clips, CALLS, lambda: annotate_next(world, world.chen)),
        measure(
            "reasons of an empty queue",
            clips,
            20,
            lambda: reasons_for(Work.ANNOTATOR, project_id=project, actor=world.ada),
        ),
    ]


def together() -> str:
    """Eight annotators at once: how many a second, and whether any slot was given twice."""
    world = World()
    fill(world, 500)
    people = [world.member(f"Person{number}", Role.ANNOTATOR) for number in range(CLIENTS)]

    def work(person: User) -> int:
        try:
            for _ in range(50):
                annotate_next(world, person)
        finally:
            connection.close()
        return 50

    start = perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        done = sum(pool.map(work, people))
    rate = done / (perf_counter() - start)
    written = Annotation.objects.filter(assignment__clip__project=world.project).count()
    lost = done - written
    return f"{CLIENTS} annotators: {rate:.0f} annotations/s, {lost} of {done} lost or doubled"


def main() -> None:
    with servers_for(settings.ENVIRONMENT, durable=False):
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            results = [row for clips in SIZES for row in bench(clips)]
            shared = together()
        finally:
            connection.creation.destroy_test_db("", verbosity=0)
    for row in results:
        print(row.line())
    half = len(results) // 2
    for small, large in zip(results[:half], results[half:], strict=True):
        print(f"{small.name:<34} x{large.median_ms / small.median_ms:.2f} at ten times the size")
    print(shared)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(
        json.dumps({"rows": [vars(row) for row in results], "together": shared}, indent=1) + "\n"
    )


if __name__ == "__main__":
    main()
