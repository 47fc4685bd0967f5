"""What the database itself refuses about predictions and evaluations."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from annotation.models import (
    ClipScore,
    DatasetVersion,
    Evaluation,
    Prediction,
    PredictionSet,
    SubjectKind,
)
from tests.factories import HostedModelFactory, World

pytestmark = pytest.mark.django_db


def refused(name, change):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        change()


@pytest.fixture
def world():
    return World()


@pytest.fixture
def predictions(world):
    version = DatasetVersion.objects.create(
        project=world.project,
        number=1,
        parts=["facial_changes"],
        rendering="stripped",
        seed=1,
        targets={},
        counts={},
        sha256="a" * 64,
        created_by=world.mila,
    )
    return PredictionSet.objects.create(
        version=version,
        split="test",
        kind=SubjectKind.CHANCE,
        subject="one_caption",
        name="one caption",
        created_by=world.mila,
    )


def an_evaluation(predictions, **fields):
    return Evaluation.objects.create(
        **{
            "predictions": predictions,
            "metrics": {"tem": "tem-1", "cider": "cider-d-1"},
            "created_by": predictions.created_by,
        }
        | fields
    )


def test_a_subject_has_one_set_of_predictions_and_a_set_one_evaluation(predictions, world):
    with pytest.raises(IntegrityError, match="prediction_set_once"), transaction.atomic():
        PredictionSet.objects.create(
            version=predictions.version,
            split="test",
            kind=predictions.kind,
            subject=predictions.subject,
            name="another name",
            created_by=world.mila,
        )
    an_evaluation(predictions)
    turned_round = {"cider": "cider-d-1", "tem": "tem-1"}
    refused("evaluation_once", lambda: an_evaluation(predictions, metrics=turned_round))
    an_evaluation(predictions, metrics={"tem": "tem-2"})
    an_evaluation(predictions, judge=HostedModelFactory.create(project=world.project))


def test_a_model_and_a_person_are_named_by_their_sets_alone(predictions, world):
    sets = PredictionSet.objects.filter(pk=predictions.pk)
    refused("names_its_subject", lambda: sets.update(kind="model"))
    refused("names_its_subject", lambda: sets.update(person=world.ada))
    sets.update(kind="annotator", person=world.ada)


def test_what_is_whole_or_done_never_changes(predictions, world):
    sets = PredictionSet.objects.filter(pk=predictions.pk)
    sets.update(whole_at=timezone.now())
    refused("never changed", lambda: sets.update(name="better"))
    evaluation = an_evaluation(predictions)
    rows = Evaluation.objects.filter(pk=evaluation.pk)
    refused("is_done_whole", lambda: rows.update(done_at=timezone.now()))
    rows.update(done_at=timezone.now(), set_digest="a" * 64)
    refused("never changed", lambda: rows.update(scores={}))
    refused("never changed", rows.delete)


def test_a_text_and_a_number_never_change(predictions, world):
    clip = world.open_clip()
    Prediction.objects.create(of=predictions, clip=clip, text="He blinks.")
    refused("never changed", lambda: Prediction.objects.update(text="He smiles."))
    refused("never changed", Prediction.objects.all().delete)
    evaluation = an_evaluation(predictions)
    ClipScore.objects.create(evaluation=evaluation, clip=clip, values={}, columns={})
    refused("never changed", lambda: ClipScore.objects.update(values={"tem": 1}))


def test_a_prediction_has_a_text_or_the_reason_why_not(predictions, world):
    clip = world.open_clip()

    def add(**fields):
        return Prediction.objects.create(of=predictions, clip=clip, **fields)

    refused("text_or_error", lambda: add(text="He blinks.", failure="refused", error="No."))
    refused("text_or_error", lambda: add(failure="refused"))
    add(failure="refused", error="The model refuses to look at the clip.")
    refused("prediction_once", add)
