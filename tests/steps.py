"""Steps of the work flow that many tests begin with."""

from __future__ import annotations

from annotation.models import (
    Annotation,
    Assignment,
    Clip,
    Consolidation,
    CrossValidation,
    User,
    Verdict,
)
from annotation.workflow.assigning import claim_annotation
from annotation.workflow.consolidation import finish, save_consolidation, submitted_annotations
from annotation.workflow.reviewing import claim_review
from annotation.workflow.submissions import submit_annotation
from annotation.workflow.writing import save_annotation
from tests.factories import World, a_document


def claim(world: World, person: User) -> Assignment:
    assignment = claim_annotation(project_id=world.project.pk, actor=person)
    assert assignment is not None
    return assignment


def annotation_of(assignment: Assignment, person: User) -> Annotation:
    return Annotation.objects.get(assignment=assignment, annotator=person)


def write(assignment: Assignment, person: User, change: str = "Her brows rise.") -> Annotation:
    annotation = annotation_of(assignment, person)
    return save_annotation(
        assignment_id=assignment.pk,
        actor=person,
        revision=annotation.revision,
        document=a_document(change),
    )


def submit(assignment: Assignment, person: User) -> Annotation:
    return submit_annotation(
        assignment_id=assignment.pk,
        actor=person,
        revision=annotation_of(assignment, person).revision,
    )


def annotate(world: World, person: User, change: str = "Her brows rise.") -> Assignment:
    """Claims the next clip, writes and submits."""
    assignment = claim(world, person)
    write(assignment, person, change)
    submit(assignment, person)
    assignment.refresh_from_db()
    return assignment


def annotated_clip(world: World, **fields: object) -> Clip:
    """A clip in `consolidating`, annotated by everybody."""
    clip = world.open_clip(**fields)
    for number, person in enumerate(world.annotators):
        annotate(world, person, f"Version {number}: her brows rise.")
    clip.refresh_from_db()
    return clip


def start_consolidation(world: World, person: User) -> Consolidation:
    consolidation = claim_review(Consolidation, project_id=world.project.pk, actor=person)
    assert consolidation is not None
    return consolidation


def accept_all(clip: Clip) -> dict[str, str]:
    return {annotation.uid: Verdict.ACCEPTED for annotation in submitted_annotations(clip)}


def consolidate(world: World, person: User, change: str = "Her brows rise.") -> Consolidation:
    consolidation = start_consolidation(world, person)
    saved = save_consolidation(
        consolidation_id=consolidation.pk,
        actor=person,
        revision=consolidation.revision,
        document=a_document(change),
    )
    return finish(
        consolidation_id=consolidation.pk,
        actor=person,
        revision=saved.revision,
        verdicts=accept_all(consolidation.clip),
    )


def consolidated_clip(world: World, **fields: object) -> Clip:
    """A clip that Dana has consolidated."""
    clip = annotated_clip(world, **fields)
    consolidate(world, world.dana)
    clip.refresh_from_db()
    return clip


def start_cross_validation(world: World, person: User) -> CrossValidation:
    cross_validation = claim_review(CrossValidation, project_id=world.project.pk, actor=person)
    assert cross_validation is not None
    return cross_validation
