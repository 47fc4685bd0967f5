from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.captions import DATASET_PARTS, PARTS
from annotation.exporting.choosing import ended_since
from annotation.models import Export as ExportRow
from annotation.models import ExportFormat, ExportMedia, Rendering, SourceKind, Split, TokenScope
from annotation.queries import datasets
from annotation.workflow.exporting import start_export
from annotation.workflow.release_plans import Filter
from annotation.workflow.releasing import freeze

from .actor import actor_of
from .clip_rows import API
from .endpoint import Body, Endpoint, HeavyEndpoint, read_body
from .jobs import Job
from .media import serve_file
from .pagination import PAGE_PARAMETERS, page_of, paged

LARGEST_SEED = 2**31 - 1
MOST_NAMES = 1000
MOST_CLIPS = 10_000_000


class Targets(serializers.Serializer[Any]):
    # None where a number of clips was asked for.
    test = serializers.FloatField(allow_null=True)
    validation = serializers.FloatField(allow_null=True)
    # Absent from versions that were frozen before numbers could be asked for.
    test_clips = serializers.IntegerField(required=False)
    validation_clips = serializers.IntegerField(required=False)


class SplitCounts(serializers.Serializer[Any]):
    total = serializers.IntegerField()
    train = serializers.IntegerField()
    validation = serializers.IntegerField()
    test = serializers.IntegerField()
    groups = serializers.IntegerField()
    # Captions that still hedge. Absent where nobody looked for it.
    hedged = serializers.IntegerField(required=False)
    left_out = serializers.DictField(child=serializers.IntegerField())


class Names(serializers.ListField):
    child = serializers.CharField(max_length=255, allow_blank=True)


class FilterBody(Body):
    sources = Names(max_length=MOST_NAMES, required=False)
    source_kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=SourceKind.choices), max_length=2, required=False
    )
    emotions = Names(max_length=MOST_NAMES, required=False)
    groups = Names(max_length=MOST_NAMES, required=False)
    approved_from = serializers.DateField(required=False, allow_null=True)
    approved_until = serializers.DateField(required=False, allow_null=True)


class PartsField(serializers.ListField):
    child = serializers.ChoiceField(choices=PARTS)


class DatasetVersion(serializers.Serializer[Any]):
    uid = serializers.CharField()
    project_id = serializers.IntegerField()
    number = serializers.IntegerField()
    note = serializers.CharField()
    parts = PartsField()
    rendering = serializers.ChoiceField(choices=Rendering.choices)
    filter = FilterBody()
    locks_test = serializers.BooleanField()
    seed = serializers.IntegerField()
    targets = Targets()
    counts = SplitCounts()
    sha256 = serializers.CharField()
    created_at = serializers.DateTimeField()
    created_by_name = serializers.CharField(source="created_by.name")


class SeedBody(Body):
    seed = serializers.IntegerField(
        min_value=0, max_value=LARGEST_SEED, required=False, allow_null=True, default=None
    )


class ClipCount(serializers.IntegerField):
    """Asked for instead of a share."""

    def __init__(self) -> None:
        super().__init__(
            min_value=0, max_value=MOST_CLIPS, required=False, allow_null=True, default=None
        )


class FreezeBody(SeedBody):
    note = serializers.CharField(max_length=2000, allow_blank=True, default="")
    parts = PartsField(allow_empty=False, max_length=len(PARTS), default=lambda: [*DATASET_PARTS])
    rendering = serializers.ChoiceField(choices=Rendering.choices, default=Rendering.STRIPPED)
    filter = FilterBody(default=dict)
    test_share = serializers.FloatField(min_value=0, max_value=1, default=0.2)
    validation_share = serializers.FloatField(min_value=0, max_value=1, default=0.0)
    test_clips = ClipCount()
    validation_clips = ClipCount()
    locks_test = serializers.BooleanField(default=False)
    leaves_out_hedged = serializers.BooleanField(default=False)

    def validate_filter(self, value: dict[str, Any]) -> Filter:
        return Filter(**value)


class DatasetVersionsView(HeavyEndpoint):
    write_scope = TokenScope.EXPORT

    @extend_schema(responses=page_of(DatasetVersion), parameters=PAGE_PARAMETERS)
    def get(self, request: Request, project_id: int) -> Response:
        versions = datasets.versions_of(project_id, actor_of(request))
        return paged(request, versions, "-number", serializer=DatasetVersion)

    @extend_schema(request=FreezeBody, responses={201: DatasetVersion})
    def post(self, request: Request, project_id: int) -> Response:
        version = freeze(
            project_id=project_id, actor=actor_of(request), **read_body(FreezeBody, request)
        )
        return Response(DatasetVersion(version).data, status=201)


class DatasetVersionView(Endpoint):
    @extend_schema(responses=DatasetVersion)
    def get(self, request: Request, version_uid: str) -> Response:
        return Response(DatasetVersion(datasets.version_for(version_uid, actor_of(request))).data)


class DatasetEntry(serializers.Serializer[Any]):
    clip_id = serializers.IntegerField()
    clip_name = serializers.CharField(source="clip.name")
    split = serializers.ChoiceField(choices=Split.choices)
    group = serializers.CharField()
    text = serializers.CharField()
    hedges = serializers.ListField(
        child=serializers.CharField(),
        allow_null=True,
        help_text="what still hedges without inferences; null where nobody looked for it",
    )


class EntryFilter(serializers.Serializer[Any]):
    hedges = serializers.BooleanField(required=False, allow_null=True, default=None)


class DatasetEntriesView(Endpoint):
    read_scope = TokenScope.EXPORT

    @extend_schema(
        responses=page_of(DatasetEntry),
        parameters=[
            *PAGE_PARAMETERS,
            OpenApiParameter("hedges", OpenApiTypes.BOOL, description="Whether they still do."),
        ],
    )
    def get(self, request: Request, version_uid: str) -> Response:
        filters = EntryFilter(data=request.query_params)
        filters.is_valid(raise_exception=True)
        entries = datasets.entries_of(
            version_uid, actor_of(request), hedges=filters.validated_data["hedges"]
        )
        return paged(request, entries, "id", serializer=DatasetEntry)


class Export(serializers.Serializer[Any]):
    uid = serializers.CharField()
    format = serializers.ChoiceField(choices=ExportFormat.choices)
    instruction_set = serializers.CharField(source="instruction_set.uid", allow_null=True)
    seed = serializers.IntegerField()
    rendering = serializers.ChoiceField(choices=Rendering.choices)
    splits = serializers.ListField(child=serializers.ChoiceField(choices=Split.choices))
    media = serializers.ChoiceField(choices=ExportMedia.choices)
    with_rule_drafts = serializers.BooleanField()
    status = serializers.CharField(source="job.state", allow_null=True)
    job = Job(allow_null=True)
    size_bytes = serializers.IntegerField(allow_null=True)
    sha256 = serializers.CharField()
    manifest = serializers.DictField()
    created_at = serializers.DateTimeField()
    ended_since = serializers.SerializerMethodField(
        help_text="clips in it whose use has ended since; it is not handed out any more"
    )
    download_url = serializers.SerializerMethodField()

    def get_ended_since(self, export: ExportRow) -> int:
        return len(ended_since(export)) if export.location else 0

    def get_download_url(self, export: ExportRow) -> str | None:
        return f"{API}/exports/{export.uid}/download" if export.location else None


class ExportBody(SeedBody):
    format = serializers.ChoiceField(choices=ExportFormat.choices)
    instruction_set = serializers.CharField(
        source="instruction_set_uid", max_length=64, allow_blank=True, default=""
    )
    rendering = serializers.ChoiceField(
        choices=Rendering.choices,
        allow_blank=True,
        default="",
        help_text="of the texts; the version's own where nothing is said",
    )
    splits = serializers.ListField(
        child=serializers.ChoiceField(choices=Split.choices),
        max_length=len(Split.values),
        default=list,
        help_text="all of them where nothing is said",
    )
    media = serializers.ChoiceField(
        choices=ExportMedia.choices,
        default=ExportMedia.PATHS,
        help_text="the names of the videos, the videos, or their names and where to fetch them",
    )
    with_rule_drafts = serializers.BooleanField(
        default=False, help_text="preferences also hold what rules wrote from signals"
    )


class ExportsView(HeavyEndpoint):
    read_scope = TokenScope.EXPORT
    write_scope = TokenScope.EXPORT

    @extend_schema(responses=page_of(Export), parameters=PAGE_PARAMETERS)
    def get(self, request: Request, version_uid: str) -> Response:
        exports = datasets.exports_of(version_uid, actor_of(request))
        return paged(request, exports, "-id", serializer=Export)

    @extend_schema(request=ExportBody, responses={202: Export})
    def post(self, request: Request, version_uid: str) -> Response:
        export = start_export(
            version_uid=version_uid,
            actor=actor_of(request),
            links_to=request.build_absolute_uri(f"{API}/dataset-versions/{version_uid}"),
            **read_body(ExportBody, request),
        )
        headers = {"Location": f"{API}/jobs/{export.job.uid}"} if export.job else {}
        return Response(Export(export).data, status=202, headers=headers)


class ExportView(Endpoint):
    read_scope = TokenScope.EXPORT

    @extend_schema(responses=Export)
    def get(self, request: Request, export_uid: str) -> Response:
        return Response(Export(datasets.export_for(export_uid, actor_of(request))).data)


class ExportDownloadView(Endpoint):
    read_scope = TokenScope.EXPORT

    @extend_schema(responses={(200, "application/zip"): OpenApiTypes.BINARY})
    def get(self, request: Request, export_uid: str) -> HttpResponseBase:
        export = datasets.finished_export(export_uid, actor_of(request))
        path = Path(settings.MEDIA_ROOT) / export.location
        response = serve_file(request._request, path, "application/zip")
        name = f"{export.format}-version-{export.version.number}.zip"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
