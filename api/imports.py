from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.importing.preparing import store_file, store_files
from annotation.models import Import, ImportItemStatus, ImportKind, TokenScope, User
from annotation.queries.imports import folders_for, import_for, imports_of, items_of
from annotation.workflow import import_batches
from annotation.workflow.access import project_for
from annotation.workflow.importing import IMPORTERS, source_for_import

from .actor import actor_of
from .clip_rows import API, SourceRef
from .endpoint import Body, Endpoint, HeavyEndpoint, read_body
from .jobs import Job
from .pagination import PAGE_PARAMETERS, page_of, paged, whole
from .parsing import ShallowJSONParser
from .work import NothingBody

MOST_UPLOADS = 1000


class ImportCounts(serializers.Serializer[Any]):
    pending = serializers.IntegerField(source="pending_items")
    imported = serializers.IntegerField(source="imported_items")
    duplicate = serializers.IntegerField(source="duplicate_items")
    failed = serializers.IntegerField(source="failed_items")


class ImportError(serializers.Serializer[Any]):
    line = serializers.IntegerField()
    field = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()


class ImportAnswer(serializers.Serializer[Any]):
    uid = serializers.CharField()
    project_id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=ImportKind.choices)
    dry_run = serializers.BooleanField()
    source = SourceRef(allow_null=True)  # type: ignore[assignment]  # a field of that name
    created_at = serializers.DateTimeField()
    job = Job(allow_null=True)
    counts = ImportCounts(source="*")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # `errors` is an attribute of every serializer already.
        return {**super().get_fields(), "errors": ImportError(many=True)}


class Started(serializers.Serializer[Any]):
    job = Job()

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {"import": ImportAnswer(source="*"), **super().get_fields()}


class FolderBody(Body):
    """A folder of this machine, or one file; `film` cuts what it holds into clips."""

    kind = serializers.ChoiceField(choices=[ImportKind.FOLDER.value, ImportKind.FILM.value])
    source = serializers.IntegerField(source="source_id")  # type: ignore[assignment]
    path = serializers.CharField(max_length=4000)


class UploadBody(Body):
    kind = serializers.ChoiceField(choices=[ImportKind.UPLOAD.value])
    source = serializers.IntegerField(source="source_id")  # type: ignore[assignment]
    files = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True, max_length=255),
        allow_empty=False,
        max_length=MOST_UPLOADS,
    )


class RecordsBody(Body):
    kind = serializers.ChoiceField(choices=[ImportKind.JSONL.value])
    source = serializers.IntegerField(source="source_id")  # type: ignore[assignment]
    file = serializers.FileField(max_length=255)
    dry_run = serializers.BooleanField(default=False)
    lenient = serializers.BooleanField(default=False)


class ArchiveBody(Body):
    """A native export of another project. Its sources come with it."""

    kind = serializers.ChoiceField(choices=[ImportKind.ARCHIVE.value])
    file = serializers.FileField(max_length=255)
    dry_run = serializers.BooleanField(default=False)


class KindOnly(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=ImportKind.choices)


UPLOAD_OR_RECORDS = PolymorphicProxySerializer(
    component_name="FilesBody",
    serializers=[UploadBody, RecordsBody, ArchiveBody],
    resource_type_field_name=None,
)


class ImportsView(HeavyEndpoint):
    write_scope = TokenScope.ML
    parser_classes = [ShallowJSONParser, MultiPartParser]

    @extend_schema(responses=page_of(ImportAnswer), parameters=PAGE_PARAMETERS)
    def get(self, request: Request, project_id: int) -> Response:
        imports = imports_of(project_id, actor_of(request))
        return paged(request, imports, "-id", serializer=ImportAnswer)

    @extend_schema(
        request={"application/json": FolderBody, "multipart/form-data": UPLOAD_OR_RECORDS},
        responses={202: Started},
    )
    def post(self, request: Request, project_id: int) -> Response:
        return started(self.start().uid, actor_of(request))

    def receive(self, request: Request, *args: Any, **kwargs: Any) -> None:
        kind = KindOnly(data=request.data)
        kind.is_valid(raise_exception=True)
        self.start = RECEIVE[kind.validated_data["kind"]](request, kwargs["project_id"])


def started(import_uid: str, actor: User) -> Response:
    batch = import_for(import_uid, actor)
    headers = {"Location": f"{API}/jobs/{batch.job.uid}"} if batch.job else {}
    return Response(Started(batch).data, status=202, headers=headers)


Start = Callable[[], Import]


def receive_folder(request: Request, project_id: int) -> Start:
    body = read_body(FolderBody, request)
    return partial(
        import_batches.start_folder_import,
        project_id=project_id,
        actor=actor_of(request),
        source_id=body["source_id"],
        path=body["path"],
        kind=ImportKind(body["kind"]),
    )


def receive_upload(request: Request, project_id: int) -> Start:
    actor = actor_of(request)
    body = read_body(UploadBody, request)
    # Asked before the files are kept, and again by the workflow.
    source_for_import(project_id, actor, body["source_id"])
    files = store_files((file, file.name) for file in body["files"])
    return partial(
        import_batches.start_upload_import,
        project_id=project_id,
        actor=actor,
        source_id=body["source_id"],
        files=files,
    )


def receive_records(request: Request, project_id: int) -> Start:
    actor = actor_of(request)
    body = read_body(RecordsBody, request)
    source_for_import(project_id, actor, body["source_id"])
    return partial(
        import_batches.start_jsonl_import,
        project_id=project_id,
        actor=actor,
        source_id=body["source_id"],
        records=store_file(body["file"], body["file"].name),
        dry_run=body["dry_run"],
        lenient=body["lenient"],
    )


def receive_archive(request: Request, project_id: int) -> Start:
    actor = actor_of(request)
    body = read_body(ArchiveBody, request)
    # Asked before the file is kept, and again by the workflow.
    project_for(project_id, actor, *IMPORTERS)
    return partial(
        import_batches.start_archive_import,
        project_id=project_id,
        actor=actor,
        archive=store_file(body["file"], body["file"].name),
        dry_run=body["dry_run"],
    )


RECEIVE = {
    ImportKind.FOLDER.value: receive_folder,
    ImportKind.FILM.value: receive_folder,
    ImportKind.UPLOAD.value: receive_upload,
    ImportKind.JSONL.value: receive_records,
    ImportKind.ARCHIVE.value: receive_archive,
}


class ImportView(Endpoint):
    @extend_schema(responses=ImportAnswer)
    def get(self, request: Request, import_uid: str) -> Response:
        return Response(ImportAnswer(import_for(import_uid, actor_of(request))).data)


class ImportItem(serializers.Serializer[Any]):
    position = serializers.IntegerField()
    name = serializers.CharField()
    status = serializers.ChoiceField(choices=ImportItemStatus.choices)
    code = serializers.CharField()
    message = serializers.CharField()
    clip_id = serializers.IntegerField(allow_null=True)


class ItemFilter(serializers.Serializer[Any]):
    status = serializers.ChoiceField(choices=ImportItemStatus.choices, required=False)


class ImportItemsView(Endpoint):
    @extend_schema(
        responses=page_of(ImportItem),
        parameters=[*PAGE_PARAMETERS, OpenApiParameter("status", enum=ImportItemStatus.values)],
    )
    def get(self, request: Request, import_uid: str) -> Response:
        filters = ItemFilter(data=request.query_params)
        filters.is_valid(raise_exception=True)
        items = items_of(import_uid, actor_of(request)).filter(**filters.validated_data)
        return paged(request, items, "position", serializer=ImportItem)


class ImportRetryView(HeavyEndpoint):
    write_scope = TokenScope.ML

    @extend_schema(request=NothingBody, responses={202: Started})
    def post(self, request: Request, import_uid: str) -> Response:
        actor = actor_of(request)
        import_batches.retry_failed(import_uid=import_uid, actor=actor)
        return started(import_uid, actor)


class ImportFolder(serializers.Serializer[Any]):
    root = serializers.CharField()  # type: ignore[assignment]
    entries = serializers.ListField(child=serializers.CharField())


class ImportFoldersView(Endpoint):
    @extend_schema(responses=page_of(ImportFolder))
    def get(self, request: Request, project_id: int) -> Response:
        return whole(folders_for(project_id, actor_of(request)), ImportFolder)
