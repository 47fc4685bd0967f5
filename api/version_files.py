"""The videos of a version, for a machine that fetches what an export links to."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from annotation.exporting.videos import ClipFile, original_video, shown_video
from annotation.models import TokenScope
from annotation.queries.datasets import clip_of_version

from .actor import actor_of
from .endpoint import Endpoint
from .media import serve_file
from .throttles import FetchRate

# What somebody uploaded is no page, whatever it holds.
BYTES = "application/octet-stream"


class FileEndpoint(Endpoint):
    read_scope = TokenScope.EXPORT
    throttle_classes = [FetchRate]


class VersionVideoView(FileEndpoint):
    @extend_schema(responses={(200, BYTES): OpenApiTypes.BINARY})
    def get(self, request: Request, version_uid: str, clip_uid: str) -> HttpResponseBase:
        clip = clip_of_version(version_uid, clip_uid, actor_of(request))
        return _served(request, shown_video(clip))


class VersionOriginalView(FileEndpoint):
    @extend_schema(responses={(200, BYTES): OpenApiTypes.BINARY})
    def get(self, request: Request, version_uid: str, clip_uid: str) -> HttpResponseBase:
        clip = clip_of_version(version_uid, clip_uid, actor_of(request))
        return _served(request, original_video(clip))


def _served(request: Request, file: ClipFile) -> HttpResponseBase:
    response = serve_file(request._request, file.path, BYTES)
    name = file.name.rpartition("/")[2]
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
