"""Instruction templates: candidates, the choice among them, and the sets that are made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from annotation.errors import InvalidInput, NotFound, TransitionRefused
from annotation.jobs import JobKind, enqueue
from annotation.models import (
    LONGEST_TEMPLATE,
    InstructionSet,
    Job,
    ModelKind,
    Project,
    Role,
    TemplateCandidate,
    TemplateChoice,
    TemplateOrigin,
    User,
    new_uid,
)

from .access import project_for, require_role
from .promoting import version_in
from .recording import record_in_project

CURATORS = (Role.ML, Role.LEAD)
# Each is compared with all others whenever they are listed.
MOST_CANDIDATES = 500
MOST_IN_A_SET = 100


@dataclass(frozen=True)
class Added:
    candidates: list[TemplateCandidate]
    known: int  # that many were there already, or twice among those given


@transaction.atomic
def add_candidates(
    *, project_id: int, actor: User, texts: Sequence[str], origin: str = TemplateOrigin.TYPED
) -> Added:
    """All of them or none: what is empty or too long is told by its place. Locks the project."""
    require_role(project_id, actor, *CURATORS)
    found = [" ".join(text.split()) for text in texts]
    _refuse_unusable(found)
    project = Project.objects.select_for_update(no_key=True).get(pk=project_id)
    added = add_texts(project, actor, found, origin)
    if added.candidates:
        record_in_project(
            "templates.added", project=project, actor=actor, count=len(added.candidates)
        )
    return added


def add_texts(project: Project, actor: User, texts: Iterable[str], origin: str) -> Added:
    """Of usable texts those that the locked project does not have."""
    there = {
        text.lower()
        for text in TemplateCandidate.objects.filter(project=project).values_list("text", flat=True)
    }
    candidates: list[TemplateCandidate] = []
    known = 0
    for text in texts:
        if text.lower() in there:
            known += 1
            continue
        there.add(text.lower())
        candidates.append(
            TemplateCandidate(project=project, text=text, origin=origin, added_by=actor)
        )
    if len(there) > MOST_CANDIDATES:
        raise InvalidInput(
            f"A project has at most {MOST_CANDIDATES} candidates. Remove some that were dropped."
        )
    return Added(TemplateCandidate.objects.bulk_create(candidates), known)


def why_unusable(text: str) -> str | None:
    """Of a text without needless spaces."""
    if not text:
        return "A template says something."
    if len(text) > LONGEST_TEMPLATE:
        return f"A template has at most {LONGEST_TEMPLATE} characters; this one has {len(text)}."
    if "<video>" in text:
        return "The mark <video> is put before the template by the export. Leave it out."
    return None


def _refuse_unusable(texts: Sequence[str]) -> None:
    wrong = [(place, why) for place, text in enumerate(texts) if (why := why_unusable(text))]
    if wrong:
        raise InvalidInput(
            "Nothing was added. Correct the lines named.",
            errors=[
                {"field": f"texts.{place}", "code": "unusable", "message": f"{place + 1}: {why}"}
                for place, why in wrong
            ],
        )


def choose_candidate(*, uid: str, actor: User, choice: str) -> TemplateCandidate:
    candidate = _candidate(uid, actor)
    candidate.choice = choice
    candidate.save(update_fields=["choice"])
    return candidate


def remove_candidate(*, uid: str, actor: User) -> None:
    """Sets that were made of it keep its text."""
    _candidate(uid, actor).delete()


def _candidate(uid: str, actor: User) -> TemplateCandidate:
    found = TemplateCandidate.objects.filter(uid=uid).first()
    if found is None:
        raise NotFound("There is no such template.")
    try:
        require_role(found.project_id, actor, *CURATORS)
    except NotFound:
        raise NotFound("There is no such template.") from None
    return found


@transaction.atomic
def make_set(*, project_id: int, actor: User, name: str) -> InstructionSet:
    """What is kept, in the order it was added, as the next version under the name."""
    require_role(project_id, actor, *CURATORS)
    project = Project.objects.select_for_update(no_key=True).get(pk=project_id)
    kept = TemplateCandidate.objects.filter(project=project, choice=TemplateChoice.KEPT).order_by(
        "pk"
    )
    templates = list(kept.values_list("text", flat=True))
    if not 0 < len(templates) <= MOST_IN_A_SET:
        raise TransitionRefused(
            f"A set holds 1 to {MOST_IN_A_SET} templates, and {len(templates)} are kept. "
            "Keep some of the candidates first."
        )
    own = InstructionSet.objects.filter(project=project, name=name)
    newest = own.order_by("-version").first()
    if newest is not None and newest.templates == templates:
        raise TransitionRefused(f"Version {newest.version} of this name holds the same templates.")
    made = InstructionSet.objects.create(
        project=project,
        name=name,
        version=(own.aggregate(last=Max("version"))["last"] or 0) + 1,
        templates=templates,
    )
    record_in_project("instructions.made", project=project, actor=actor, set=made.uid)
    return made


@transaction.atomic
def ask_for_templates(*, project_id: int, actor: User, version: str, count: int) -> Job:
    """A hosted model writes them, paid for by the project's budget."""
    project = project_for(project_id, actor, *CURATORS)
    found = version_in(project_id, version)
    if found.kind != ModelKind.OPENAI:
        raise InvalidInput("Only hosted models write templates. Choose one of those.")
    return enqueue(
        JobKind.WRITE_TEMPLATES,
        key=f"templates:{new_uid()}",
        payload={"version": found.pk, "count": count},
        project=project,
        started_by=actor,
    )


@transaction.atomic
def ask_for_comparison(*, project_id: int, actor: User) -> Job:
    """By meaning, which takes a network that only workers have."""
    project = project_for(project_id, actor, *CURATORS)
    return enqueue(
        JobKind.COMPARE_TEMPLATES,
        key=f"templates compared:{new_uid()}",
        payload={"project": project.pk},
        project=project,
        started_by=actor,
    )


@transaction.atomic
def store_likeness(project: Project, nearest: Mapping[int, tuple[int, float]]) -> None:
    """By candidate; those that were removed meanwhile are passed over."""
    there = {
        found.pk: found
        for found in TemplateCandidate.objects.select_for_update().filter(project=project)
    }
    changed = []
    for pk, (other, alikeness) in nearest.items():
        if pk in there and other in there:
            there[pk].alike_id, there[pk].alikeness = other, alikeness
            changed.append(there[pk])
    TemplateCandidate.objects.bulk_update(changed, ["alike", "alikeness"])
