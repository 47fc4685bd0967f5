"""Clips that look alike or show the same person never come into two splits."""

from __future__ import annotations

import math

import numpy as np
import pytest

from annotation.errors import NotAllowed
from annotation.jobs import run_job
from annotation.models import FaceBackends, FaceEmbedding, FaceTracks, JobState
from annotation.pipeline.grouping import group_clips, join, near_duplicates, same_faces
from annotation.workflow.grouping import start_grouping
from annotation.workflow.release_splits import ties
from annotation.workflow.screening_rules import change_rules
from tests.factories import World

ALIKE = "00ff" * 12


@pytest.fixture
def world(db):
    return World()


@pytest.fixture
def backends(db):
    return FaceBackends.objects.create(key="script", versions={})


def direction(degrees: float) -> list[float]:
    return [math.cos(math.radians(degrees)), math.sin(math.radians(degrees))]


def tracked(world, backends, perceptual_hash, *angles, main=(1,)):
    """A clip with one face for each angle; two faces up to 60 degrees apart are one person."""
    clip = world.clip()
    tracks = FaceTracks.objects.create(
        clip=clip,
        backends=backends,
        record="a",
        track_count=len(angles),
        main_tracks=list(main),
        has_face=bool(angles),
        main_area=0.2,
        identities=len(angles),
        cuts_per_10_s=0,
        motion=0.1,
        perceptual_hash=perceptual_hash,
    )
    for number, angle in enumerate(angles, 1):
        FaceEmbedding.objects.create(tracks=tracks, track=number, vector=direction(angle))
    return clip


def group(world):
    job = start_grouping(project_id=world.project.pk, actor=world.lena)
    run_job(job.pk, group_clips)
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.error
    return job


def groups_of(*clips):
    for clip in clips:
        clip.refresh_from_db()
    return [(clip.duplicate_group, clip.person_group) for clip in clips]


def test_near_duplicates_share_a_group_and_a_tie(world, backends):
    one = tracked(world, backends, ALIKE)
    other = tracked(world, backends, ALIKE[:-2] + "00")  # eight bits away
    far = tracked(world, backends, ALIKE[:-4] + "0100")  # nine from the first, one from the other
    alone = tracked(world, backends, "f" * 48)
    group(world)
    first, second, third, fourth = groups_of(one, other, far, alone)
    assert first[0] == second[0] == third[0] != ""
    assert fourth == ("", "")
    assert set(ties(one)) & set(ties(other))
    assert not set(ties(one)) & set(ties(alone))


def test_the_same_main_face_makes_a_group_whoever_else_is_seen(world, backends):
    one = tracked(world, backends, "", 0)
    same = tracked(world, backends, "", 50)
    # Shows the person in the background only.
    crowd = tracked(world, backends, "", 170, 0, main=(1,))
    group(world)
    first, second, third = groups_of(one, same, crowd)
    assert first[1] == second[1] != ""
    assert third[1] == ""


def test_embeddings_are_deleted_once_they_were_compared(world, backends):
    tracked(world, backends, "", 0, 90)
    assert group(world).result["embeddings"] == 0
    assert not FaceEmbedding.objects.exists()


def test_a_project_may_keep_them(world, backends):
    change_rules(
        project_id=world.project.pk,
        actor=world.lena,
        revision=0,
        changes={"keeps_embeddings": True},
    )
    tracked(world, backends, "", 0)
    assert group(world).result["embeddings"] == 1


def test_a_group_outlives_the_embeddings_that_showed_it(world, backends):
    one, same = tracked(world, backends, "", 0), tracked(world, backends, "", 10)
    group(world)
    before = groups_of(one, same)
    late, same_late = tracked(world, backends, "", 100), tracked(world, backends, "", 110)
    group(world)
    assert groups_of(one, same) == before
    (_, later), (_, latest) = groups_of(late, same_late)
    assert later == latest not in ("", before[0][1])


def test_what_two_embedders_say_is_not_compared(world, backends):
    other = FaceBackends.objects.create(key="other", versions={"embedder": "other-1"})
    one, same = tracked(world, backends, "", 0), tracked(world, backends, "", 10)
    longer = tracked(world, other, "", 0)
    FaceEmbedding.objects.filter(tracks__clip=longer).update(vector=[1.0, 0.0, 0.0])
    group(world)
    (_, first), (_, second), (_, third) = groups_of(one, same, longer)
    assert first == second != ""
    assert third == ""


def test_other_projects_are_not_compared(world, backends):
    elsewhere = World()
    one = tracked(world, backends, ALIKE, 0)
    other = tracked(elsewhere, backends, ALIKE, 0)
    group(world)
    assert groups_of(one, other) == [("", ""), ("", "")]
    assert FaceEmbedding.objects.filter(tracks__clip=other).exists()


def test_only_leads_and_ml_people_compare_faces(world):
    with pytest.raises(NotAllowed):
        start_grouping(project_id=world.project.pk, actor=world.dana)


def test_none_is_missed_at_the_edge_of_a_block_and_no_more_pairs_are_held_than_join(monkeypatch):
    monkeypatch.setattr("annotation.pipeline.grouping.ROWS", 2)
    hashes = {number: ALIKE if number % 2 else "0" * 48 for number in range(10)}
    for pairs in (
        list(near_duplicates(hashes, 0)),
        list(same_faces(range(10), np.array([direction(n % 2 * 90) for n in range(10)]), 0.9)),
    ):
        joined = join(pairs, {})
        assert [joined[number] == joined[1] for number in range(10)] == [False, True] * 5
        assert len(joined) == 10
        assert len(pairs) == 8
    assert list(near_duplicates({}, 0)) == []


def test_rows_that_meet_only_later_are_joined_too():
    angles = [0, 50, 120, 170, 85]
    vectors = np.array([direction(angle) for angle in angles], np.float32)
    joined = join(same_faces(range(5), vectors, math.cos(math.radians(51))), {})
    assert len(joined) == 5
    assert len(set(joined.values())) == 1


def test_groups_join_through_others_and_through_what_was_known():
    joined = join([(1, 2), (2, 3), (8, 9)], {3: "old", 4: "old"})
    assert joined[1] == joined[2] == joined[3] == joined[4] != joined[8]
    assert joined[8] == joined[9]
