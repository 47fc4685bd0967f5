"""Random people do random things, and what must always hold is asked of the database after each."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from annotation.models import ApprovedCaption, AssignmentStatus, Clip, ClipStage, ReviewStatus

from .moves import Moves

# What the rules are asked of, in one reading after each step: a reading for each rule and clip
# took most of the time.
READ = (
    "assignments",
    "events",
    "consolidations__cross_validations",
    "cross_validations__consolidation",
)
MOVES = [f"clip.{stage}" for stage in ClipStage.values]


class Workflow(Moves):
    @invariant()
    def the_rules_hold(self):
        clips = Clip.objects.prefetch_related(*READ)
        assert {clip.pk for clip in clips} == {clip.pk for clip in self.clips}
        for clip in clips:
            never_more_submissions_than_slots(clip)
            nobody_reviews_their_own_work(clip)
            stage_and_rows_agree(clip)
            every_move_left_an_event(clip, began_in=self.stages[clip.pk])


def submitted(clip):
    return [slot for slot in clip.assignments.all() if slot.status == AssignmentStatus.SUBMITTED]


def never_more_submissions_than_slots(clip):
    people = [slot.annotator_id for slot in clip.assignments.all() if slot.annotator_id]
    assert len(people) == len(set(people))
    assert len(submitted(clip)) <= len(clip.assignments.all())


def nobody_reviews_their_own_work(clip):
    writers = {slot.annotator_id for slot in submitted(clip)}
    for review in [*clip.consolidations.all(), *clip.cross_validations.all()]:
        assert review.reviewer_id not in writers
    for check in clip.cross_validations.all():
        if check.reviewer_id:
            assert check.reviewer_id != check.consolidation.reviewer_id
    for round_ in clip.consolidations.all():
        people = [check.reviewer_id for check in round_.cross_validations.all()]
        known = [person for person in people if person]
        assert len(known) == len(set(known))


def stage_and_rows_agree(clip):
    all_submitted = len(submitted(clip)) == len(clip.assignments.all())
    if clip.stage == ClipStage.ANNOTATING:
        assert not all_submitted
    if clip.stage in (ClipStage.CONSOLIDATING, ClipStage.CROSS_VALIDATING):
        assert all_submitted
        open_reviews = [
            review
            for review in [*clip.consolidations.all(), *clip.cross_validations.all()]
            if review.status in (ReviewStatus.OPEN, ReviewStatus.HELD)
        ]
        assert len(open_reviews) == 1
    if clip.stage == ClipStage.APPROVED:
        assert ApprovedCaption.objects.filter(clip=clip, consolidation__round=clip.round).exists()


def every_move_left_an_event(clip, began_in):
    events = sorted(clip.events.all(), key=lambda event: event.pk)
    if clip.stage != began_in:
        assert f"clip.{clip.stage}" in {event.kind for event in events}
    reached = None
    for event in events:
        if event.kind not in MOVES:
            continue
        if reached is not None:
            assert event.detail["came_from"] == reached
        reached = event.kind.removeprefix("clip.")
    assert reached == clip.stage


@pytest.mark.timeout(600)
@pytest.mark.django_db
def test_whatever_people_do_the_rules_hold():
    run_state_machine_as_test(
        Workflow,
        settings=settings(
            max_examples=40,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
