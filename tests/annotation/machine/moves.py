"""What people may try in the work flow. Refusals are part of the game."""

from __future__ import annotations

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
)

from annotation.errors import WorkflowError
from annotation.models import (
    Annotation,
    Assignment,
    AssignmentStatus,
    Consolidation,
    CrossValidation,
    ReviewStatus,
    Role,
)
from annotation.workflow import (
    assigning,
    consolidation,
    cross_validating,
    membership,
    rejecting,
    reviewing,
    slots,
    submissions,
    writing,
)
from annotation.workflow.access import BEING_WRITTEN
from tests.factories import World, a_document

PEOPLE = ["ada", "bela", "chen", "dana", "eli", "gita", "hugo", "lena", "finn"]
person = st.sampled_from(PEOPLE)
reviewer = st.sampled_from(["dana", "eli", "gita", "hugo", "ada"])
stale = st.sampled_from([0, 0, 0, 0, -1])


class Moves(RuleBasedStateMachine):
    """Two clips, nine people, three of whom hold two roles."""

    def __init__(self) -> None:
        super().__init__()
        # Every example starts from nothing: its rows are rolled back in `teardown`.
        self.example = transaction.atomic()
        self.example.__enter__()
        self.world = World(
            annotators_per_clip=2,
            cross_validation_blind_share=0.5,
            cross_validation_check_share=0.8,
            return_cap=1,
        )
        self.hugo = self.world.member("Hugo", Role.ANNOTATOR, Role.REVIEWER)
        self.world.project.memberships.create(user=self.world.ada, role=Role.REVIEWER)
        self.world.project.memberships.create(user=self.world.gita, role=Role.ANNOTATOR)
        self.clips = [self.world.open_clip(), self.world.open_clip()]
        self.stages = {clip.pk: clip.stage for clip in self.clips}
        self.texts = 0

    @initialize(
        reached=st.sampled_from(["open", "annotated", "consolidated", "disputed", "agreed"])
    )
    def begin(self, reached):
        """Most interesting moves come late, so examples begin at different places."""
        if reached == "open":
            return
        for name in ("bela", "chen"):
            self.annotate(name, 0, "submitted")
        if reached != "annotated":
            self.consolidate("dana")
        if reached in ("disputed", "agreed"):
            self.cross_validate("eli", agrees=reached == "agreed")

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    def who(self, name):
        return self.hugo if name == "hugo" else getattr(self.world, name)

    def attempt(self, action, **words):
        try:
            return action(**words)
        except WorkflowError:
            return None

    def document(self):
        self.texts += 1
        return a_document(f"Text {self.texts}: her brows rise.")

    @rule(name=person, lag=stale, until=st.sampled_from(["claimed", "written", "submitted"]))
    def annotate(self, name, lag, until):
        actor = self.who(name)
        self.attempt(assigning.claim_annotation, project_id=self.world.project.pk, actor=actor)
        if until == "claimed":
            return
        for annotation in Annotation.objects.filter(annotator=actor):
            where = {"assignment_id": annotation.assignment_id, "actor": actor}
            saved = self.attempt(
                writing.save_annotation,
                revision=annotation.revision + lag,
                document=self.document(),
                **where,
            )
            if saved and until == "submitted":
                self.attempt(submissions.submit_annotation, revision=saved.revision, **where)

    @rule(
        name=person,
        action=st.sampled_from(
            [assigning.release, assigning.reclaim, assigning.renew, submissions.undo_submission]
        ),
    )
    def change_a_hold(self, name, action):
        for annotation in Annotation.objects.filter(annotator=self.who(name)):
            self.attempt(action, assignment_id=annotation.assignment_id, actor=self.who(name))

    @rule(name=person, action=st.sampled_from([assigning.skip, rejecting.vote_to_reject]))
    def refuse_a_clip(self, name, action):
        annotation = Annotation.objects.filter(annotator=self.who(name)).first()
        if annotation:
            self.attempt(
                action,
                assignment_id=annotation.assignment_id,
                actor=self.who(name),
                reason="static",
                note="",
            )

    @rule()
    def leases_run_out(self):
        past = "2020-01-01T00:00:00Z"
        Assignment.objects.filter(status=AssignmentStatus.HELD).update(lease_until=past)
        Consolidation.objects.filter(status=ReviewStatus.HELD).update(lease_until=past)
        CrossValidation.objects.filter(status=ReviewStatus.HELD).update(lease_until=past)

    def claim_review(self, name, model):
        self.attempt(
            reviewing.claim_review,
            model=model,
            project_id=self.world.project.pk,
            actor=self.who(name),
        )

    @rule(name=reviewer, model=st.sampled_from([Consolidation, CrossValidation]))
    def release_a_review(self, name, model):
        for held in model.objects.filter(reviewer=self.who(name)):
            self.attempt(
                reviewing.release_review, model=model, review_id=held.pk, actor=self.who(name)
            )

    @rule(name=reviewer)
    def consolidate(self, name):
        actor = self.who(name)
        self.claim_review(name, Consolidation)
        for held in Consolidation.objects.filter(reviewer=actor):
            saved = self.attempt(
                consolidation.save_consolidation,
                consolidation_id=held.pk,
                actor=actor,
                revision=held.revision,
                document=self.document(),
            )
            if saved:
                uids = [found.uid for found in consolidation.submitted_annotations(held.clip)]
                self.attempt(
                    consolidation.finish,
                    consolidation_id=held.pk,
                    actor=actor,
                    revision=saved.revision,
                    verdicts=dict.fromkeys(uids, "minor"),
                )

    @rule(name=reviewer)
    def return_an_annotation(self, name):
        self.claim_review(name, Consolidation)
        for held in Consolidation.objects.filter(reviewer=self.who(name)):
            for annotation in consolidation.submitted_annotations(held.clip)[:1]:
                self.attempt(
                    consolidation.return_annotation,
                    consolidation_id=held.pk,
                    actor=self.who(name),
                    annotation_uid=annotation.uid,
                    reason="Which side?",
                )

    @rule(name=reviewer, agrees=st.booleans())
    def cross_validate(self, name, agrees):
        actor = self.who(name)
        self.claim_review(name, CrossValidation)
        for held in CrossValidation.objects.filter(reviewer=actor):
            self.attempt(
                cross_validating.set_marks,
                cross_validation_id=held.pk,
                actor=actor,
                marks=[{"sentence": key, "mark": "ok"} for key in ("s1", "s2", "s3")],
            )
            saved = self.attempt(
                cross_validating.save_cross_validation,
                cross_validation_id=held.pk,
                actor=actor,
                revision=held.revision,
                document=self.document(),
            )
            revision = saved.revision if saved else held.revision
            by_revision = {"cross_validation_id": held.pk, "actor": actor, "revision": revision}
            self.attempt(cross_validating.reveal, **by_revision)
            if agrees:
                self.attempt(cross_validating.agree, **by_revision)
                self.attempt(cross_validating.settle, **by_revision)
            else:
                words = {"cross_validation_id": held.pk, "actor": actor, "reason": "No."}
                self.attempt(cross_validating.dispute, **words)
                self.attempt(cross_validating.send_back, **words)

    @rule(name=st.sampled_from(["lena", "ada"]), number=st.integers(0, 1))
    def lead_adds_a_slot(self, name, number):
        if self.clips[number].assignments.count() < 4:
            self.attempt(
                slots.add_slots, clip_id=self.clips[number].pk, actor=self.who(name), count=1
            )

    @rule(number=st.integers(0, 1), what=st.sampled_from(["reject", "restore", "reopen"]))
    def lead_decides(self, number, what):
        words = {"clip_id": self.clips[number].pk, "actor": self.world.lena}
        if what == "reject":
            self.attempt(rejecting.reject_as_lead, reason="other", note="", **words)
        elif what == "restore":
            self.attempt(rejecting.restore, note="", **words)
        else:
            self.attempt(rejecting.reopen_approved, reason="Again.", **words)

    @rule(number=st.integers(0, 1), slot=st.integers(1, 4))
    def lead_frees_a_slot(self, number, slot):
        clip = self.clips[number].pk
        self.attempt(slots.free_slot, clip_id=clip, slot=slot, actor=self.world.lena)

    @rule(name=person)
    def somebody_leaves_and_comes_back(self, name):
        """In the middle of something, where there is anything to do for them."""
        actor, project = self.who(name), self.world.project
        self.attempt(assigning.claim_annotation, project_id=project.pk, actor=actor)
        for model in (Consolidation, CrossValidation):
            self.claim_review(name, model)
        roles = list(project.memberships.filter(user=actor).values_list("role", flat=True))
        words = {"project_id": project.pk, "actor": self.world.lena}
        self.attempt(membership.remove_member, user_id=actor.pk, **words)
        if not project.memberships.filter(user=actor).exists():
            assert not Assignment.objects.filter(annotator=actor, status__in=BEING_WRITTEN).exists()
            for model in (Consolidation, CrossValidation):
                assert not model.objects.filter(reviewer=actor, status=ReviewStatus.HELD).exists()
        if roles:
            self.attempt(membership.add_member, email=actor.email, roles=roles, **words)
