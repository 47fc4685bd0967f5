"""
What models cost. Room in the budget is taken before a request is sent and given back after it,
so that a budget holds however many workers spend at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import F, Q, Sum
from django.utils import timezone

from annotation.errors import RevisionConflict, WorkflowError
from annotation.jobs import TryLater
from annotation.models import (
    CallStatus,
    Draft,
    DraftStatus,
    Job,
    ModelCall,
    ModelVersion,
    Project,
    ProjectBudget,
    Role,
    User,
)

from .access import project_for
from .recording import record, record_in_project

# Two workers at the same request: the second looks again when the first will have its answer.
SAME_REQUEST_WAIT_S = 30.0
# Longer than any request takes; nobody will say how a preview's call ended.
FORGOTTEN_AFTER = timedelta(hours=1)


class BudgetSpent(WorkflowError):
    """The project's budget has no room for the call."""

    code = "budget_spent"


@dataclass(frozen=True)
class Question:
    """A request to a hosted model, before it is sent."""

    project: Project
    version: ModelVersion
    # None for a preview, which makes no draft.
    draft: Draft | None
    request_hash: str
    most_input_tokens: int
    most_output_tokens: int
    pictures: int
    # Of an evaluation, which makes no draft either.
    job: Job | None = None


def answer_of(question: Question) -> ModelCall | None:
    """A call whose answer is there: the same request again costs nothing."""
    answered = ModelCall.objects.filter(
        project=question.project,
        request_hash=question.request_hash,
        status__in=[CallStatus.ANSWERED, CallStatus.USED],
    )
    return answered.first()


@transaction.atomic
def begin_call(question: Question) -> ModelCall:
    """
    Takes room in the budget for the most that the request can cost, and records the sending.

    Raises BudgetSpent, or TryLater while another worker waits for the same answer.
    """
    _give_up_former_attempt(question)
    most = question.version.price_of(question.most_input_tokens, question.most_output_tokens)
    _reserve(question.project, most)
    try:
        with transaction.atomic():
            call = ModelCall.objects.create(
                project=question.project,
                version=question.version,
                draft=question.draft,
                job=question.job,
                request_hash=question.request_hash,
                reserved=most,
            )
    except IntegrityError:
        reason = "Another worker waits for the same answer. This job looks for it later."
        raise TryLater(reason, wait_s=SAME_REQUEST_WAIT_S, costs_attempt=False) from None
    if question.draft:
        record(
            "draft.sent",
            clip=question.draft.clip,
            actor=None,
            draft=question.draft.uid,
            endpoint=question.version.endpoint,
            model=question.version.uid,
            pictures=question.pictures,
        )
    return call


def _give_up_former_attempt(question: Question) -> None:
    """This attempt holds the draft's job, so whoever sent its last call is gone."""
    if question.draft is None:
        return
    for call in ModelCall.objects.filter(draft=question.draft, status=CallStatus.SENT):
        end_call(call, CallStatus.LOST)


def give_up_calls_of(job: Job) -> None:
    """The attempt that begins holds the job, so whoever sent these is gone."""
    sent = ModelCall.objects.filter(job=job, status=CallStatus.SENT).select_related("version")
    for call in sent:
        end_call(call, CallStatus.LOST)


def price_of_calls(key: str) -> Decimal:
    """Of all jobs that had this key: one was cancelled, and another took its place."""
    calls = ModelCall.objects.filter(job__key=key)
    return calls.aggregate(total=Sum("price"))["total"] or Decimal(0)


def _reserve(project: Project, most: Decimal) -> None:
    if not most:
        return
    has_room = Q(limit__gte=F("spent") + F("reserved") + most)
    budget = ProjectBudget.objects.filter(has_room, project=project)
    if not budget.update(reserved=F("reserved") + most):
        raise BudgetSpent(
            "The project's budget for models has no room for this. Have a lead raise it."
        )


@transaction.atomic
def end_call(
    call: ModelCall,
    status: CallStatus,
    *,
    answer: str = "",
    input_tokens: int = 0,
    output_tokens: int = 0,
) -> None:
    """
    Settles what was reserved, once: a call that was given up meanwhile stays as it is.

    Nobody knows what a lost call cost, so it counts as the most that it could.
    """
    price = Decimal(0)
    if status == CallStatus.LOST:
        price = call.reserved
    elif status != CallStatus.FAILED:
        price = call.version.price_of(input_tokens, output_tokens)
    ended = ModelCall.objects.filter(pk=call.pk, status=CallStatus.SENT).update(
        status=status,
        answer=answer,
        input_tokens=input_tokens,
        output_tokens=output_tokens,
        price=price,
        ended_at=timezone.now(),
    )
    if ended and (price or call.reserved):
        ProjectBudget.objects.filter(project=call.project_id).update(
            reserved=F("reserved") - call.reserved, spent=F("spent") + price
        )


def judge_calls(calls: list[ModelCall], *, are_used: bool) -> None:
    """An answer that made no caption is not given again to who asks the same."""
    status = CallStatus.USED if are_used else CallStatus.UNUSABLE
    ModelCall.objects.filter(pk__in=[call.pk for call in calls], status=CallStatus.ANSWERED).update(
        status=status
    )


def end_forgotten_calls() -> int:
    """Calls whose draft ended without them, and old previews. Safe to run anywhere."""
    without_draft = Q(draft__isnull=True, created_at__lt=timezone.now() - FORGOTTEN_AFTER)
    of_ended_draft = Q(draft__isnull=False) & ~Q(draft__status=DraftStatus.REQUESTED)
    forgotten = ModelCall.objects.filter(without_draft | of_ended_draft, status=CallStatus.SENT)
    calls = list(forgotten.select_related("version"))
    for call in calls:
        end_call(call, CallStatus.LOST)
    return len(calls)


@transaction.atomic
def set_budget(*, project_id: int, actor: User, revision: int, limit: Decimal) -> ProjectBudget:
    """What the project may spend in all. A limit below what is spent stops further calls."""
    project = project_for(project_id, actor, Role.LEAD)
    ProjectBudget.objects.get_or_create(project=project)
    budget = ProjectBudget.objects.select_for_update().get(project=project)
    if budget.revision != revision:
        raise RevisionConflict(
            "Somebody else changed the budget. Read it again.", current=budget.revision
        )
    was, budget.limit = budget.limit, limit
    budget.revision += 1
    budget.save(update_fields=["limit", "revision"])
    record_in_project(
        "budget.changed", project=project, actor=actor, limit=str(limit), was=str(was)
    )
    return budget


def budget_of(project: Project) -> ProjectBudget:
    found = ProjectBudget.objects.filter(project=project).first()
    return found or ProjectBudget(project=project)
