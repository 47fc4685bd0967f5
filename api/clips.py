from __future__ import annotations

from typing import Any

import django_filters  # type: ignore[import-untyped]
from django.db.models import Q, QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.models import (
    Assignment,
    AssignmentStatus,
    Clip,
    ClipStage,
    TokenScope,
    WorkflowEvent,
)
from annotation.queries.clips import (
    approved_caption_of,
    clip_for,
    clips_of,
    events_of,
    slots_of,
)
from annotation.queries.lineage import uses_of_clip
from annotation.workflow.priorities import set_priority
from annotation.workflow.rejecting import reject_as_lead, reopen_approved, restore, withdraw
from annotation.workflow.slots import add_slots, free_slot

from .actor import actor_of
from .captions import DocumentField
from .clip_rows import ClipDetail, ClipRow
from .endpoint import Body, Endpoint, read_body
from .pagination import PAGE_PARAMETERS, page_of, paged
from .work import ClipReasonBody, NothingBody, ReasonBody

ORDERS = {"newest": ("-id",), "oldest": ("id",), "name": ("name", "id")}


class ClipFilters(django_filters.FilterSet):  # type: ignore[misc]
    """Every filter is named here; nothing of a request becomes a path through the tables."""

    stage = django_filters.ChoiceFilter(choices=ClipStage.choices)
    source = django_filters.NumberFilter(field_name="source_id")
    emotion = django_filters.CharFilter(field_name="emotion", max_length=64)
    search = django_filters.CharFilter(method="search_names", max_length=200)
    order = django_filters.ChoiceFilter(choices=[(name, name) for name in ORDERS], method="keep")

    class Meta:
        model = Clip
        fields: list[str] = []

    def search_names(self, clips: QuerySet[Clip], name: str, value: str) -> QuerySet[Clip]:
        """Names only: a search through captions would unblind those who work on the clip."""
        return clips.filter(Q(name__icontains=value) | Q(source_video__icontains=value))

    def keep(self, clips: QuerySet[Clip], name: str, value: str) -> QuerySet[Clip]:
        """The order belongs to the pages."""
        return clips


KNOWN_PARAMETERS = {*ClipFilters.base_filters, "cursor", "page_size"}
FILTER_PARAMETERS = [
    *PAGE_PARAMETERS,
    OpenApiParameter("stage", enum=ClipStage.values),
    OpenApiParameter("source", int),
    OpenApiParameter("emotion"),
    OpenApiParameter("search", description="Part of the clip's or the source video's name."),
    OpenApiParameter("order", enum=list(ORDERS)),
]


def filtered(clips: QuerySet[Clip], request: Request) -> tuple[QuerySet[Clip], tuple[str, ...]]:
    """The clips asked for and their order. An unknown parameter is refused, not ignored."""
    if unknown := sorted(set(request.query_params) - KNOWN_PARAMETERS):
        raise ValidationError({name: "There is no such filter." for name in unknown})
    filters = ClipFilters(request.query_params, queryset=clips)
    if not filters.is_valid():
        raise ValidationError(filters.errors)
    order = filters.form.cleaned_data["order"] or "newest"
    return filters.qs, ORDERS[order]


class ClipsView(Endpoint):
    @extend_schema(responses=page_of(ClipRow), parameters=FILTER_PARAMETERS)
    def get(self, request: Request, project_id: int) -> Response:
        clips, order = filtered(clips_of(project_id, actor_of(request)), request)
        return paged(request, clips, *order, serializer=ClipRow)


class PriorityBody(Body):
    priority = serializers.IntegerField(min_value=-1000, max_value=1000)


class ClipView(Endpoint):
    write_scope = TokenScope.ADMIN

    @extend_schema(responses=ClipDetail)
    def get(self, request: Request, clip_id: int) -> Response:
        return Response(ClipDetail(clip_for(clip_id, actor_of(request))).data)

    @extend_schema(request=PriorityBody, responses=ClipDetail)
    def patch(self, request: Request, clip_id: int) -> Response:
        body = read_body(PriorityBody, request)
        set_priority(clip_id=clip_id, actor=actor_of(request), **body)
        return self.get(request, clip_id)


class ClipEvent(serializers.Serializer[Any]):
    kind = serializers.CharField()
    actor_name = serializers.SerializerMethodField()
    at = serializers.DateTimeField(source="created_at")
    detail = serializers.SerializerMethodField()

    def get_actor_name(self, event: WorkflowEvent) -> str | None:
        return event.actor.name if self.context["is_open"] and event.actor else None

    def get_detail(self, event: WorkflowEvent) -> dict[str, Any]:
        return event.detail if self.context["is_open"] else {}


class ClipEventsView(Endpoint):
    @extend_schema(responses=page_of(ClipEvent), parameters=PAGE_PARAMETERS)
    def get(self, request: Request, clip_id: int) -> Response:
        events, is_open = events_of(clip_id, actor_of(request))
        return paged(request, events, "-id", serializer=ClipEvent, context={"is_open": is_open})


class Renderings(serializers.Serializer[Any]):
    full = serializers.CharField()
    marked = serializers.CharField()
    stripped = serializers.CharField()


class ApprovedCaption(serializers.Serializer[Any]):
    uid = serializers.CharField()
    document = DocumentField()
    renderings = Renderings()
    approved_at = serializers.DateTimeField()


class ApprovedCaptionView(Endpoint):
    @extend_schema(responses=ApprovedCaption)
    def get(self, request: Request, clip_id: int) -> Response:
        return Response(ApprovedCaption(approved_caption_of(clip_id, actor_of(request))).data)


class NoteBody(Body):
    note = serializers.CharField(max_length=2000, allow_blank=True, default="")


class CountBody(Body):
    count = serializers.IntegerField(min_value=1, max_value=9)


# A lead's move; answered with the clip as it is now.
class ClipAction(Endpoint):
    write_scope = TokenScope.ADMIN

    def now(self, request: Request, clip_id: int) -> Response:
        return Response(ClipDetail(clip_for(clip_id, actor_of(request))).data)


class ClipRejectView(ClipAction):
    @extend_schema(request=ClipReasonBody, responses=ClipDetail)
    def post(self, request: Request, clip_id: int) -> Response:
        body = read_body(ClipReasonBody, request)
        reject_as_lead(clip_id=clip_id, actor=actor_of(request), **body)
        return self.now(request, clip_id)


class ClipRestoreView(ClipAction):
    @extend_schema(request=NoteBody, responses=ClipDetail)
    def post(self, request: Request, clip_id: int) -> Response:
        restore(clip_id=clip_id, actor=actor_of(request), **read_body(NoteBody, request))
        return self.now(request, clip_id)


class ClipReopenView(ClipAction):
    @extend_schema(request=ReasonBody, responses=ClipDetail)
    def post(self, request: Request, clip_id: int) -> Response:
        reopen_approved(clip_id=clip_id, actor=actor_of(request), **read_body(ReasonBody, request))
        return self.now(request, clip_id)


class ClipSlot(serializers.Serializer[Any]):
    slot = serializers.IntegerField()
    status = serializers.ChoiceField(choices=AssignmentStatus.choices)
    lease_until = serializers.DateTimeField(allow_null=True)
    annotator_name = serializers.SerializerMethodField()

    def get_annotator_name(self, place: Assignment) -> str | None:
        return place.annotator.name if self.context["is_open"] and place.annotator else None


class ClipSlotsView(ClipAction):
    @extend_schema(responses=page_of(ClipSlot), parameters=PAGE_PARAMETERS)
    def get(self, request: Request, clip_id: int) -> Response:
        slots, is_open = slots_of(clip_id, actor_of(request))
        return paged(request, slots, "slot", serializer=ClipSlot, context={"is_open": is_open})

    @extend_schema(request=CountBody, responses=ClipDetail)
    def post(self, request: Request, clip_id: int) -> Response:
        add_slots(clip_id=clip_id, actor=actor_of(request), **read_body(CountBody, request))
        return self.now(request, clip_id)


class ClipSlotFreeView(ClipAction):
    @extend_schema(request=NothingBody, responses=ClipDetail)
    def post(self, request: Request, clip_id: int, slot: int) -> Response:
        free_slot(clip_id=clip_id, slot=slot, actor=actor_of(request))
        return self.now(request, clip_id)


class VersionRef(serializers.Serializer[Any]):
    uid = serializers.CharField()
    number = serializers.IntegerField()


class ExportRef(serializers.Serializer[Any]):
    uid = serializers.CharField()
    format = serializers.CharField()


class RunOfClip(serializers.Serializer[Any]):
    uid = serializers.CharField()
    number = serializers.IntegerField()
    # By name, what it became.
    models = serializers.SerializerMethodField()

    def get_models(self, run: Any) -> list[str]:
        return [version.name for version in run.model_versions.all()]


class Uses(serializers.Serializer[Any]):
    dataset_versions = VersionRef(many=True)
    exports = ExportRef(many=True)
    training_runs = RunOfClip(many=True)


class ClipUsesView(Endpoint):
    """Before a withdrawal: what has used the clip."""

    @extend_schema(responses=Uses)
    def get(self, request: Request, clip_id: int) -> Response:
        return Response(Uses(uses_of_clip(clip_id, actor_of(request))).data)


class ClipWithdrawView(Endpoint):
    write_scope = TokenScope.ADMIN

    @extend_schema(request=ReasonBody, responses=Uses)
    def post(self, request: Request, clip_id: int) -> Response:
        actor = actor_of(request)
        withdraw(clip_id=clip_id, actor=actor, **read_body(ReasonBody, request))
        return Response(Uses(uses_of_clip(clip_id, actor)).data)
