"""
What the demo people have done before anybody signs in, through the work flow's own functions.

Every step asks first whether it was done, so that a start that was killed goes on where it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotation import captions
from annotation.captions import CaptionDocument, Origin, Part, Sentence
from annotation.models import (
    Annotation,
    Assignment,
    AssignmentStatus,
    Clip,
    ClipStage,
    Consolidation,
    CrossValidation,
    Mark,
    PickAction,
    Project,
    RejectionVote,
    ReviewStatus,
    User,
    Verdict,
)
from annotation.workflow.assigning import claim_annotation
from annotation.workflow.consolidation import (
    PickMade,
    finish,
    save_consolidation,
    submitted_annotations,
)
from annotation.workflow.cross_validating import agree, set_marks
from annotation.workflow.provenance import all_sentences
from annotation.workflow.rejecting import vote_to_reject
from annotation.workflow.reviewing import claim_review
from annotation.workflow.submissions import submit_annotation
from annotation.workflow.writing import save_annotation

from .captions import Captioned


def tell(project: Project, people: dict[str, User], clips: Sequence[Captioned]) -> None:
    """In three rounds, because everybody is given the first clip of the queue."""
    annotators = [people[name] for name in ("Ada", "Bela", "Chen")]
    for clip in clips:
        for person, document in zip(annotators, clip.annotations, strict=False):
            annotate(project, person, clip.name, document)
        for person in annotators if clip.votes else ():
            vote(project, person, clip.name, clip.votes)
    for clip in clips:
        if clip.reaches(ClipStage.CROSS_VALIDATING):
            consolidate(project, people["Dana"], clip.name)
    for clip in clips:
        if clip.reaches(ClipStage.APPROVED):
            cross_validate(project, people["Eli"], clip.name)


def _held(project: Project, person: User, name: str) -> Assignment | None:
    """The person's place on this clip, if it is the next they get."""
    clip = Clip.objects.get(project=project, name=name)
    if clip.stage != ClipStage.ANNOTATING or _has_part(person, clip):
        return None
    assignment = claim_annotation(project_id=project.pk, actor=person)
    return assignment if assignment and assignment.clip_id == clip.pk else None


def _has_part(person: User, clip: Clip) -> bool:
    submitted = clip.assignments.filter(annotator=person, status=AssignmentStatus.SUBMITTED)
    return submitted.exists() or RejectionVote.objects.filter(clip=clip, voter=person).exists()


def annotate(project: Project, person: User, name: str, document: CaptionDocument) -> None:
    assignment = _held(project, person, name)
    if assignment is None:
        return
    annotation = Annotation.objects.get(assignment=assignment, annotator=person)
    saved = save_annotation(
        assignment_id=assignment.pk,
        actor=person,
        revision=annotation.revision,
        document=document.to_json(),
    )
    submit_annotation(assignment_id=assignment.pk, actor=person, revision=saved.revision)


def vote(project: Project, person: User, name: str, reason: str) -> None:
    if assignment := _held(project, person, name):
        vote_to_reject(assignment_id=assignment.pk, actor=person, reason=reason, note="")


def consolidate(project: Project, person: User, name: str) -> None:
    """Attributes of the first annotation, changes of the second, the summary of the third."""
    clip = Clip.objects.get(project=project, name=name)
    if clip.stage != ClipStage.CONSOLIDATING:
        return
    held = claim_review(Consolidation, project_id=project.pk, actor=person)
    if held is None or held.clip_id != clip.pk:
        return
    chosen = sorted(submitted_annotations(clip), key=lambda found: found.assignment.slot)
    parts = dict(zip(captions.PARTS, map(_taken, chosen, captions.PARTS), strict=True))
    document = CaptionDocument(
        external_attributes=parts["external_attributes"],
        facial_changes=parts["facial_changes"],
        summary=parts["summary"][0],
    )
    saved = save_consolidation(
        consolidation_id=held.pk,
        actor=person,
        revision=held.revision,
        document=document.to_json(),
        picks=[_pick(sentence) for sentence in all_sentences(document)],
    )
    finish(
        consolidation_id=held.pk,
        actor=person,
        revision=saved.revision,
        verdicts={annotation.uid: Verdict.ACCEPTED for annotation in chosen},
    )


def _taken(annotation: Annotation, part: Part) -> tuple[Sentence, ...]:
    return tuple(
        replace(
            sentence,
            id=captions.new_sentence_id(),
            origin=Origin("annotation", annotation.uid, sentence.id),
        )
        for sentence in captions.parse(annotation.document).sentences(part)
    )


def _pick(sentence: Sentence) -> PickMade:
    origin = sentence.origin
    sources = (
        [{"kind": origin.kind, "uid": origin.uid, "sentence": origin.sentence}] if origin else []
    )
    return PickMade(PickAction.TAKE, sentence.id, sources, sentence.text, sentence.text)


def cross_validate(project: Project, person: User, name: str) -> None:
    clip = Clip.objects.get(project=project, name=name)
    if clip.stage != ClipStage.CROSS_VALIDATING:
        return
    held = claim_review(CrossValidation, project_id=project.pk, actor=person)
    if held is None or held.clip_id != clip.pk or held.status != ReviewStatus.HELD:
        return
    sentences = all_sentences(captions.parse(held.document))
    set_marks(
        cross_validation_id=held.pk,
        actor=person,
        marks=[{"sentence": sentence.id, "mark": Mark.OK} for sentence in sentences],
    )
    agree(cross_validation_id=held.pk, actor=person, revision=held.revision)
