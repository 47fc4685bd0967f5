"""
A project far along, for the pictures of the readme: captions, a version, rows of a leaderboard and
a training run. All of it is made up. Nothing is played, so no clip has a file.
"""

from __future__ import annotations

import hashlib
import json
import math
import random
from datetime import timedelta

from django.utils import timezone

from annotation import captions
from annotation.models import (
    ApprovedCaption,
    Clip,
    ClipStage,
    DatasetVersion,
    Membership,
    Project,
    Role,
    RunState,
    Source,
    SourceKind,
    TrainingRun,
    User,
)
from annotation.queries.datasets import instruction_sets_for
from annotation.run_folder import RunFolder
from annotation.workflow.evaluating import Judging, evaluate_uploaded
from annotation.workflow.releasing import freeze
from ml.training.presets import resolve
from tests.factories import ClipFactory

CLIPS = 640
CLIPS_OF_A_FILM = 4
SOURCES = (
    ("Film scenes", SourceKind.EXISTING, "research only", 5),
    ("Street interviews", SourceKind.COLLECTED, "CC BY 4.0", 3),
    ("Studio recordings", SourceKind.COLLECTED, "CC0 1.0", 1),
)
EMOTIONS = {"joy": 6, "surprise": 5, "sadness": 4, "anger": 3, "fear": 2, "disgust": 1}
WHO = (
    "A young woman with short dark hair and round glasses",
    "An older man with a grey beard",
    "A woman in a red coat",
    "A man with curly hair in a white shirt",
    "A girl with two braids",
)
WHERE = ("stands in a kitchen.", "sits by a window.", "faces the camera.", "stands in the street.")
ACTIONS = (
    "the brows rise and wrinkle the forehead",
    "the inner ends of the brows are drawn together",
    "the eyes widen",
    "the eyelids droop slowly",
    "the eyes blink twice",
    "the gaze moves down to the left",
    "the nose wrinkles",
    "the upper lip is raised",
    "the lips are pressed together",
    "the lips part",
    "the corners of the mouth rise",
    "the corners of the mouth sink",
    "the jaw drops",
    "the chin is pushed up",
    "the cheeks are lifted",
    "the head tilts to the right",
)
WHEN = ("At the beginning, ", "Then ", "As the video progresses, ", "At the end of the video, ")
GUESS = ", as if something had been heard"
HEDGED_SHARE = 0.06
# How much of what is approved each row tells, and how much that is not there.
ROWS = {
    "facial adapter, run 4": (0.82, 0.1),
    "facial adapter, run 2": (0.7, 0.2),
    "hosted model with crops": (0.62, 0.35),
    "base model, untrained": (0.38, 0.5),
}
STEPS, STEPS_OF_A_VALIDATION = 360, 30


def fill(project: Project) -> tuple[DatasetVersion, TrainingRun]:
    drawn = random.Random(5)  # noqa: S311 -- pictures need no secrets
    mila = User.objects.get(email__startswith="mila@")
    Membership.objects.get_or_create(project=project, user=mila, role=Role.ML)
    _add_clips(project, drawn)
    wishes = {"test_share": 0.2, "validation_share": 0.06, "locks_test": True}
    note = "What was approved by May. The test split stays for later versions."
    version = freeze(project_id=project.pk, actor=mila, seed=11, note=note, **wishes)
    for name, (kept, added) in ROWS.items():
        evaluate_uploaded(
            version_uid=version.uid,
            actor=mila,
            split="test",
            name=name,
            texts=_retold(version, kept, added, drawn),
            common_only=False,
            judging=Judging(),
        )
    return version, _run(version, mila, drawn)


def _add_clips(project: Project, drawn: random.Random) -> None:
    sources = [
        Source.objects.create(project=project, name=name, kind=kind, licence=licence)
        for name, kind, licence, _ in SOURCES
    ]
    weights = [weight for *_, weight in SOURCES]
    clips = Clip.objects.bulk_create(
        _clip(drawn.choices(sources, weights)[0], number, drawn) for number in range(CLIPS)
    )
    ApprovedCaption.objects.bulk_create(_caption(clip, drawn) for clip in clips)


def _clip(source: Source, number: int, drawn: random.Random) -> Clip:
    return ClipFactory.build(
        source=source,
        name=f"scene-{number:04}.mp4",
        source_video=f"film {number // CLIPS_OF_A_FILM}",
        emotion=drawn.choices(list(EMOTIONS), list(EMOTIONS.values()))[0],
        stage=ClipStage.APPROVED,
        duration_s=round(drawn.lognormvariate(1.1, 0.4), 2),
    )


def _caption(clip: Clip, drawn: random.Random) -> ApprovedCaption:
    told = drawn.sample(ACTIONS, min(8, 2 + int(drawn.expovariate(0.5))))
    times = [WHEN[0], *[drawn.choice(WHEN[1:-1]) for _ in told[2:]], WHEN[-1]]
    sentences = [f"{when}{action}." for when, action in zip(times, told, strict=True)]
    if drawn.random() < HEDGED_SHARE:
        sentences[-1] = f"{sentences[-1][:-1]}{GUESS}."
    attributes = f"{drawn.choice(WHO)} {drawn.choice(WHERE)}"
    document = captions.parse_marked(
        f"{attributes}\n---\n{' '.join(sentences)}\n---\nA face moves."
    )
    return ApprovedCaption(
        clip=clip, imported={}, document=document.to_json(), sha256=document.content_hash()
    )


def _retold(
    version: DatasetVersion, kept: float, added: float, drawn: random.Random
) -> dict[str, str]:
    """Each test clip's caption with sentences missing, and with others that it does not have."""
    told = {}
    for entry in version.entries.filter(split="test").select_related("clip"):
        sentences = [one for one in entry.text.split(". ") if drawn.random() < kept]
        if drawn.random() < added:
            sentences.insert(0, f"{drawn.choice(WHEN)}{drawn.choice(ACTIONS)}")
        told[entry.clip.name] = ". ".join(sentences) or "The face stays still."
    return told


def _run(version: DatasetVersion, mila: User, drawn: random.Random) -> TrainingRun:
    began = timezone.now() - timedelta(minutes=50)
    run = TrainingRun.objects.create(
        project=version.project,
        number=4,
        name="attributes and changes",
        version=version,
        instruction_set=instruction_sets_for(version.project_id, mila).latest("pk"),
        seed=version.seed,
        recipe=resolve({"preset": "mini", "name": "attributes and changes"}).as_dict(),
        device_kind="cpu",
        state=RunState.DONE,
        attempts=1,
        phase="training",
        message="The adapter is saved.",
        step=STEPS,
        steps=STEPS,
        done=STEPS,
        total=STEPS,
        result_sha256=hashlib.sha256(b"result").hexdigest(),
        created_by=mila,
        started_at=began,
        ended_at=began + timedelta(minutes=41),
    )
    out = RunFolder.of(run.uid).out
    out.mkdir(parents=True)
    points = [point for step in range(1, STEPS + 1) for point in _points(step, drawn)]
    lines = "".join(f"{json.dumps(point)}\n" for point in points)
    (out / "metrics.jsonl").write_text(lines, encoding="utf-8")
    (out / "log.txt").write_text(f"step {STEPS} of {STEPS}\nThe adapter is saved.\n")
    return run


def _points(step: int, drawn: random.Random) -> list[dict[str, float]]:
    loss = 0.72 + 2.3 * math.exp(-step / 70)
    told = [
        {
            "step": step,
            "loss": round(loss + drawn.gauss(0, 0.07), 4),
            "learning_rate": 2e-4 * min(step / 12, (1 + math.cos(math.pi * step / STEPS)) / 2),
            "grad_norm": round(0.4 + loss / 3 + abs(drawn.gauss(0, 0.08)), 3),
            "samples_per_s": round(drawn.gauss(4.1, 0.15), 2),
            "peak_memory_gib": 1.9 if step < 5 else 2.3,
        }
    ]
    if step % STEPS_OF_A_VALIDATION == 0:
        told.append({"step": step, "validation_loss": round(loss + 0.06 + step / 6000, 4)})
    return told
