"""The pictures of a clip. Every byte goes through the same question: may this person see it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.errors import NotFound
from annotation.media import extract_frame
from annotation.models import Clip, FrameTable
from annotation.queries.clips import frame_table_of, watchable_clip

from .actor import actor_of
from .endpoint import Endpoint
from .media import serve_file

# By what the import makes or lets through: browsers play these as they are.
VIDEO_TYPES = {".webm": "video/webm", ".mp4": "video/mp4"}
JPEG = "image/jpeg"


def stored(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name


def video_type(clip: Clip) -> str:
    """Originals are stored without a suffix, so the codec tells the container."""
    if clip.proxy:
        return VIDEO_TYPES[".mp4"]
    return (
        VIDEO_TYPES[".webm"] if clip.video_codec in {"vp8", "vp9", "av1"} else VIDEO_TYPES[".mp4"]
    )


class MediaView(Endpoint):
    @extend_schema(responses={(200, "video/*"): OpenApiTypes.BINARY})
    def get(self, request: Request, clip_id: int) -> HttpResponseBase:
        clip = watchable_clip(clip_id, actor_of(request))
        return serve_file(request._request, stored(clip.playable), video_type(clip))


class PosterView(Endpoint):
    @extend_schema(responses={(200, JPEG): OpenApiTypes.BINARY})
    def get(self, request: Request, clip_id: int) -> HttpResponseBase:
        clip = watchable_clip(clip_id, actor_of(request))
        return serve_file(request._request, stored(clip.poster), JPEG)


class FrameView(Endpoint):
    @extend_schema(responses={(200, JPEG): OpenApiTypes.BINARY})
    def get(self, request: Request, clip_id: int, index: int) -> HttpResponseBase:
        clip = watchable_clip(clip_id, actor_of(request))
        if index >= clip.frame_count:
            raise NotFound(f"The clip has {clip.frame_count} frames, counted from 0.")
        # The original's, so that the picture is the frame that captions point at.
        frame = extract_frame(stored(clip.original), index, clip.crop)
        return serve_file(request._request, frame, JPEG)


class Timestamps(serializers.Serializer[Any]):
    time_base = serializers.SerializerMethodField()
    pts = serializers.ListField(child=serializers.IntegerField())
    seconds = serializers.SerializerMethodField()
    duration_s = serializers.FloatField(source="clip.duration_s")

    def get_time_base(self, table: FrameTable) -> list[int]:
        return [table.time_base_num, table.time_base_den]

    def get_seconds(self, table: FrameTable) -> list[float]:
        """From the file's zero, as the player's clock counts."""
        num, den = table.time_base_num, table.time_base_den
        return [round(tick * num / den, 6) for tick in table.pts]


class TimestampsView(Endpoint):
    @extend_schema(responses=Timestamps)
    def get(self, request: Request, clip_id: int) -> Response:
        return Response(Timestamps(frame_table_of(clip_id, actor_of(request))).data)
