"""Evaluations as people ask for them, and their jobs as workers run them."""

from __future__ import annotations

import json
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from annotation.jobs import JobKind, run_job
from annotation.models import Job
from annotation.pipeline import comparing_judges, predicting, scoring

REFERENCES = [
    "He blinks. He frowns. He smiles.",
    "She nods. She opens her mouth.",
    "Her brows rise. Her eyes widen. She looks away. She closes her eyes.",
    "He shakes his head. He looks down.",
]
# 1,000 tokens in at 10 and 100 out at 100, each for a million.
PRICE = Decimal("0.02")
REVERSED = [". ".join(reversed(text.rstrip(".").split(". "))) + "." for text in REFERENCES]
CHANCE = [
    "chance: another clip's reference",
    "chance: one caption for all clips",
    "the reference's own first 60 %",
]
BODIES = {
    JobKind.PREDICT: predicting.predict,
    JobKind.PREDICT_BY_RULES: predicting.predict,
    JobKind.PREDICT_ON_DEVICE: predicting.predict,
    JobKind.SCORE: scoring.score,
    JobKind.JUDGE: scoring.score,
    JobKind.COMPARE_JUDGES: comparing_judges.compare_judges,
}


def ids(version):
    return list(version.entries.order_by("pk").values_list("clip__uid", flat=True))


def as_file(texts):
    return SimpleUploadedFile("texts.json", json.dumps(texts).encode())


def upload(caller, version, texts, **fields):
    return caller.client.post(
        f"/api/v1/dataset-versions/{version.uid}/evaluations/upload",
        {"name": "another model", "file": as_file(texts), **fields},
        format="multipart",
    )


def run_all():
    """What is asked for, and what that asks for."""
    while waiting := Job.objects.filter(state="queued", kind__in=BODIES).order_by("pk").first():
        Job.objects.filter(pk=waiting.pk).update(run_after=waiting.created_at)
        run_job(waiting.pk, BODIES[JobKind(waiting.kind)])


def table(caller, version, **query):
    answer = caller.client.get(f"/api/v1/dataset-versions/{version.uid}/leaderboard", query)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def row(board, name):
    return next(each for each in board["rows"] if each["name"] == name)
