"""Random people do random things, and what must always hold is asked of the database after each."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from annotation.models import ApprovedCaption, Clip, ClipStage, ReviewStatus, WorkflowEvent

from .moves import Moves


class Workflow(Moves):
    @invariant()
    def never_more_submissions_than_slots(self):
        for clip in self.clips:
            people = clip.assignments.exclude(annotator=None).values_list("annotator", flat=True)
            assert len(people) == len(set(people))
            assert clip.assignments.filter(status="submitted").count() <= clip.assignments.count()

    @invariant()
    def nobody_reviews_their_own_work(self):
        for clip in self.clips:
            writers = set(
                clip.assignments.filter(status="submitted").values_list("annotator", flat=True)
            )
            for review in [*clip.consolidations.all(), *clip.cross_validations.all()]:
                assert review.reviewer_id not in writers
            for check in clip.cross_validations.exclude(reviewer=None):
                assert check.reviewer_id != check.consolidation.reviewer_id
            for round_ in clip.consolidations.all():
                second = round_.cross_validations.exclude(reviewer=None)
                people = list(second.values_list("reviewer", flat=True))
                assert len(people) == len(set(people))

    @invariant()
    def stage_and_rows_agree(self):
        for clip in Clip.objects.all():
            submitted = [row.status == "submitted" for row in clip.assignments.all()]
            if clip.stage == ClipStage.ANNOTATING:
                assert not all(submitted)
            if clip.stage in (ClipStage.CONSOLIDATING, ClipStage.CROSS_VALIDATING):
                assert all(submitted)
                open_reviews = [
                    review
                    for review in [*clip.consolidations.all(), *clip.cross_validations.all()]
                    if review.status in (ReviewStatus.OPEN, ReviewStatus.HELD)
                ]
                assert len(open_reviews) == 1
            if clip.stage == ClipStage.APPROVED:
                assert ApprovedCaption.objects.filter(
                    clip=clip, consolidation__round=clip.round
                ).exists()

    @invariant()
    def every_move_left_an_event(self):
        for clip in Clip.objects.all():
            if clip.stage != self.stages[clip.pk]:
                kinds = WorkflowEvent.objects.filter(clip=clip).values_list("kind", flat=True)
                assert f"clip.{clip.stage}" in kinds
            moves = WorkflowEvent.objects.filter(
                clip=clip, kind__in=[f"clip.{stage}" for stage in ClipStage.values]
            ).order_by("pk")
            reached = None
            for event in moves:
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
