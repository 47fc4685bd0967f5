"""Frozen versions: what comes in, into which split, and that nothing changes them."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from annotation.errors import InvalidInput, NotAllowed, NotFound, TransitionRefused
from annotation.models import (
    ApprovedCaption,
    Clip,
    DatasetEntry,
    DatasetVersion,
    Split,
    WorkflowEvent,
)
from annotation.workflow import release_readings, releasing
from annotation.workflow.rejecting import reject_as_lead, reopen_approved, withdraw
from annotation.workflow.release_candidates import passing
from annotation.workflow.releasing import freeze
from tests.factories import World
from tests.steps import annotated_clip, consolidated_clip

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """Everything consolidated is approved at once."""
    return World(cross_validation_check_share=0.0)


def frozen(world, **changes) -> DatasetVersion:
    fields = {"project_id": world.project.pk, "actor": world.mila, "seed": 1}
    return freeze(**{**fields, **changes})


def split_of(version, clip) -> str:
    return DatasetEntry.objects.get(version=version, clip=clip).split


def test_a_version_holds_the_stripped_text_of_what_is_approved(world):
    clip = consolidated_clip(world)
    version = frozen(world)
    entry = version.entries.get()
    assert entry.clip == clip
    assert entry.caption == ApprovedCaption.objects.get()
    assert "Her brows rise." in entry.text
    assert "A woman is surprised." not in entry.text  # the summary is no part of it
    assert (version.number, version.counts["total"]) == (1, 1)
    assert WorkflowEvent.objects.filter(kind="dataset.version_created", actor=world.mila).exists()


def test_what_is_left_out_is_counted_by_reason(world):
    yesterday, today = timezone.localdate() - timedelta(days=1), timezone.localdate()
    consolidated_clip(world, consent_until=yesterday)
    last_day = consolidated_clip(world, consent_until=today)
    asked, static, doubtful = (consolidated_clip(world).pk for _ in range(3))
    withdraw(clip_id=asked, actor=world.lena, reason="asked")
    reject_as_lead(clip_id=static, actor=world.lena, reason="static", note="")
    reopen_approved(clip_id=doubtful, actor=world.lena, reason="again")
    annotated_clip(world)

    version = frozen(world)

    assert version.counts["left_out"] == {
        "consent_ended": 1,
        "not_approved": 2,
        "rejected": 1,
        "withdrawn": 1,
    }
    assert version.counts["total"] + 5 == Clip.objects.count()
    assert version.entries.filter(clip=last_day).exists()


def test_nothing_approved_is_nothing_to_freeze(world):
    annotated_clip(world)
    with pytest.raises(TransitionRefused, match="nothing to freeze"):
        frozen(world)
    assert not DatasetVersion.objects.exists()


def test_clips_of_one_video_or_one_person_stay_together(world):
    film = [consolidated_clip(world, source_video="film") for _ in range(2)]
    bridge = consolidated_clip(world, source_video="film", group="Anna")
    person = consolidated_clip(world, group="Anna")
    alone = [consolidated_clip(world) for _ in range(4)]
    joined = [*film, bridge, person]

    for seed in range(6):
        version = frozen(world, seed=seed, test_share=0.5)
        assert len({split_of(version, clip) for clip in joined}) == 1
        assert {split_of(version, joined[0]), split_of(version, alone[0])} == {
            Split.TRAIN,
            Split.TEST,
        }
        assert version.counts["test"] == 4
        assert version.counts["groups"] == 5


def test_the_same_data_and_seed_have_the_same_hash(world):
    clips = [consolidated_clip(world) for _ in range(4)]
    first, second = frozen(world), frozen(world)
    assert [version.number for version in (first, second)] == [1, 2]
    assert first.sha256 == second.sha256
    withdraw(clip_id=clips[0].pk, actor=world.lena, reason="asked")
    assert frozen(world).sha256 != first.sha256
    assert first.entries.count() == 4


def test_the_hash_is_of_one_line_for_each_entry_in_the_order_of_clips(world, monkeypatch):
    monkeypatch.setattr(releasing, "BATCH", 2)
    monkeypatch.setattr(release_readings, "BATCH", 2)
    clips = [consolidated_clip(world) for _ in range(3)]
    version = frozen(world)
    assert list(version.entries.order_by("pk").values_list("clip", flat=True)) == [
        clip.pk for clip in clips
    ]
    head = {"parts": ["external_attributes", "facial_changes"], "rendering": "stripped"}
    lines = [{**head, "schema": 1}] + [
        {
            "clip": entry.clip.uid,
            "file": entry.clip.sha256,
            "caption": entry.caption.sha256,
            "group": entry.group,
            "split": entry.split,
            "text": entry.text,
        }
        for entry in version.entries.order_by("clip__uid")
    ]
    told = (json.dumps(line, sort_keys=True, separators=(",", ":")) + "\n" for line in lines)
    assert version.sha256 == hashlib.sha256("".join(told).encode()).hexdigest()


def test_what_is_approved_or_withdrawn_while_captions_are_read_counts(world, monkeypatch):
    gone = consolidated_clip(world)
    come = []

    def read_and_change(*given):
        found = passing(*given)
        withdraw(clip_id=gone.pk, actor=world.lena, reason="asked")
        come.append(consolidated_clip(world))
        return found

    # What is read before the locks are taken is asked for through this name alone.
    monkeypatch.setattr(releasing, "passing", read_and_change)
    version = frozen(world)
    assert [entry.clip for entry in version.entries.all()] == come
    assert version.counts["left_out"] == {"withdrawn": 1}


def test_parts_and_rendering_can_be_chosen(world):
    consolidated_clip(world)
    version = frozen(world, parts=["summary"], rendering="full")
    assert version.entries.get().text == "A woman is surprised."


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"parts": []}, "parts"),
        ({"parts": ["weather"]}, "parts"),
        ({"rendering": "loud"}, "rendering"),
        ({"test_share": -0.1}, "test_share"),
        ({"validation_share": 1.5}, "validation_share"),
        ({"test_share": 0.7, "validation_share": 0.7}, "validation_share"),
    ],
)
def test_what_cannot_be_frozen_names_the_field(world, changes, field):
    with pytest.raises(InvalidInput) as refusal:
        frozen(world, **changes)
    assert [error["field"] for error in refusal.value.detail["errors"]] == [field]


def test_only_ml_staff_and_leads_freeze(world):
    for person in (world.ada, world.dana, world.vera):
        with pytest.raises(NotAllowed):
            frozen(world, actor=person)
    with pytest.raises(NotFound):
        frozen(world, actor=world.finn)


@pytest.mark.parametrize(
    "model", [DatasetVersion, DatasetEntry, WorkflowEvent, ApprovedCaption], ids=str
)
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_refuses_to_change_what_is_frozen(world, model, change):
    consolidated_clip(world)
    frozen(world)
    with (
        pytest.raises(IntegrityError, match="never changed or deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change.format(model._meta.db_table))
