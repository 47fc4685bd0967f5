"""Drafts for many clips at once, and what models cost."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.models import ClipStage, TokenScope
from annotation.queries.draft_queue import draft_queue_of
from annotation.queries.drafts import spending_of
from annotation.workflow.redrafting import draft_again, estimate_drafts
from annotation.workflow.spending import set_budget

from .actor import actor_of
from .clip_rows import API
from .endpoint import Body, Endpoint, HeavyEndpoint, read_body
from .jobs import Job
from .versions import IF_MATCH, revision_of, tagged

# Named one by one: nothing of a request becomes a path through the tables.
CHOICES = {"stage": "stage", "source": "source_id", "emotion": "emotion"}


class RedraftBody(Body):
    """One model version, and the clips by stage, source and emotion; all where none is named."""

    version = serializers.CharField(max_length=32)
    stage = serializers.ChoiceField(choices=ClipStage.choices, required=False)
    # A field of that name means something else to a serializer.
    emotion = serializers.CharField(max_length=64, required=False, allow_blank=True)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        number = serializers.IntegerField(min_value=1, required=False)
        return {**super().get_fields(), "source": number}


def chosen_by(request: Request) -> dict[str, Any]:
    body = read_body(RedraftBody, request)
    filters = {column: body[name] for name, column in CHOICES.items() if name in body}
    return {"version": body["version"], "filters": filters}


class Estimate(serializers.Serializer[Any]):
    clips = serializers.IntegerField()
    drafted = serializers.IntegerField()
    hindered = serializers.IntegerField()
    to_draft = serializers.IntegerField()
    cost = serializers.DecimalField(max_digits=20, decimal_places=6)
    is_measured = serializers.BooleanField()
    budget_left = serializers.DecimalField(max_digits=20, decimal_places=6)


class DraftEstimateView(Endpoint):
    write_scope = TokenScope.ML

    @extend_schema(request=RedraftBody, responses=Estimate)
    def post(self, request: Request, project_id: int) -> Response:
        estimate = estimate_drafts(
            project_id=project_id, actor=actor_of(request), **chosen_by(request)
        )
        return Response(Estimate(estimate).data)


class RedraftStarted(serializers.Serializer[Any]):
    job = Job(source="*")


class RedraftView(HeavyEndpoint):
    write_scope = TokenScope.ML

    @extend_schema(request=RedraftBody, responses={202: RedraftStarted})
    def post(self, request: Request, project_id: int) -> Response:
        job = draft_again(project_id=project_id, actor=actor_of(request), **chosen_by(request))
        location = {"Location": f"{API}/jobs/{job.uid}"}
        return Response(RedraftStarted(job).data, status=202, headers=location)


class QueuedVersion(serializers.Serializer[Any]):
    version = serializers.CharField()
    name = serializers.CharField()
    waiting = serializers.IntegerField()
    running = serializers.IntegerField()
    ahead = serializers.IntegerField()
    seconds_left = serializers.FloatField(allow_null=True)


class DraftQueue(serializers.Serializer[Any]):
    versions = QueuedVersion(many=True)


class DraftQueueView(Endpoint):
    @extend_schema(responses=DraftQueue)
    def get(self, request: Request, project_id: int) -> Response:
        versions = draft_queue_of(project_id, actor_of(request))
        return Response(DraftQueue({"versions": versions}).data)


class Amount(serializers.DecimalField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=14, decimal_places=6, **kwargs)


class ModelSpending(serializers.Serializer[Any]):
    version = serializers.CharField(source="version__uid")
    name = serializers.CharField(source="version__name")
    calls = serializers.IntegerField()
    unanswered = serializers.IntegerField()
    input_tokens = serializers.IntegerField()
    output_tokens = serializers.IntegerField()
    price = Amount()


class DaySpending(serializers.Serializer[Any]):
    day = serializers.DateField()
    price = Amount()


class Spending(serializers.Serializer[Any]):
    limit = Amount(source="budget.limit")
    spent = Amount(source="budget.spent")
    reserved = Amount(source="budget.reserved")
    revision = serializers.IntegerField(source="budget.revision")
    by_model = ModelSpending(many=True)
    by_day = DaySpending(many=True)


class BudgetBody(Body):
    limit = Amount(min_value=0)


class SpendingView(Endpoint):
    write_scope = TokenScope.ADMIN

    @extend_schema(responses=Spending)
    def get(self, request: Request, project_id: int) -> Response:
        spending = spending_of(project_id, actor_of(request))
        return tagged(Spending(spending).data, spending.budget.revision)

    @extend_schema(request=BudgetBody, responses=Spending, parameters=[IF_MATCH])
    def patch(self, request: Request, project_id: int) -> Response:
        set_budget(
            project_id=project_id,
            actor=actor_of(request),
            revision=revision_of(request),
            **read_body(BudgetBody, request),
        )
        return self.get(request, project_id)
