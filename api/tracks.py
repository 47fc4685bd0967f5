"""Faces over time, what they do, and which of them the caption is about."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.models import FaceTracks, TokenScope
from annotation.queries.screening import count_tracks
from annotation.queries.tracks import is_outdated, record_of, signals_in, tracks_of
from annotation.workflow.tracking import choose_main_faces, track_missing

from .actor import actor_of
from .endpoint import Body, Endpoint, HeavyEndpoint, read_body
from .work import NothingBody

MOST_TRACKS = 1000
WHOLE = {"type": "integer"}
# The one has an address of its own, the other is for the screening page.
APART = ("signals", "screening")


@extend_schema_field({"type": "array", "items": WHOLE})
class Column(serializers.JSONField):
    """Whole numbers, one for each observation."""


@extend_schema_field({"type": "array", "items": {"type": ["integer", "null"]}})
class Values(serializers.JSONField):
    """Thousandths; nothing where the face cannot be measured."""


@extend_schema_field({"type": "array", "items": {"type": "array", "items": WHOLE}})
class Rows(serializers.JSONField):
    """Several whole numbers for each."""


class Track(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    is_main = serializers.BooleanField()
    # Positions in the frames of the record.
    at = Column()
    # In tenths of a pixel of the shown picture: left, top, right, bottom; x and y of five points.
    boxes = Rows()
    landmarks = Rows()
    scores = Column()
    tracklets = Rows()
    mean_area = serializers.FloatField()
    similarity = serializers.FloatField()


class Selection(serializers.Serializer[Any]):
    rule = serializers.CharField()
    explanation = serializers.CharField()
    features = serializers.ListField(child=serializers.ListField(child=serializers.FloatField()))
    labels = Column()


class ClipTracks(serializers.Serializer[Any]):
    schema = serializers.IntegerField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    frame_count = serializers.IntegerField()
    rate = serializers.FloatField(allow_null=True)
    # The clip's own frames that were looked at, and those where a new shot begins.
    frames = Column()
    cuts = Column()
    tracks = Track(many=True)
    selection = Selection()
    backends = serializers.DictField(child=serializers.CharField())
    # The workers see faces with others by now.
    is_outdated = serializers.BooleanField()


class FaceEvent(serializers.Serializer[Any]):
    """The clip's own frames; `stop` is the first one after it, the side is the subject's."""

    kind = serializers.CharField()
    start = serializers.IntegerField()
    peak = serializers.IntegerField()
    stop = serializers.IntegerField()
    side = serializers.ChoiceField(choices=["both", "left", "right"])
    strength = serializers.FloatField()


class TrackSignals(serializers.Serializer[Any]):
    track = serializers.IntegerField()
    at = Column()
    values = serializers.DictField(child=Values())
    baselines = serializers.DictField(child=serializers.IntegerField())
    events = FaceEvent(many=True)


class ClipSignals(serializers.Serializer[Any]):
    frames = Column()
    signals = TrackSignals(many=True)


def fresh(request: Request, tracks: FaceTracks, data: dict[str, Any]) -> HttpResponseBase:
    """Kept by this browser only, and asked about each time: a choice changes it, or its age."""
    etag = f'"{tracks.pk}-{tracks.revision}{"-old" if data.get("is_outdated") else ""}"'
    response = Response(data, headers={"ETag": etag, "Cache-Control": "private, no-cache"})
    return get_conditional_response(request._request, etag=etag, response=response) or response


class ClipTracksView(Endpoint):
    @extend_schema(responses=ClipTracks)
    def get(self, request: Request, clip_id: int) -> HttpResponseBase:
        tracks = tracks_of(clip_id, actor_of(request))
        record = record_of(tracks)
        shown = {name: record[name] for name in record if name not in APART}
        return fresh(request, tracks, {**shown, "is_outdated": is_outdated(tracks)})


class ClipSignalsView(Endpoint):
    @extend_schema(
        responses=ClipSignals,
        parameters=[
            OpenApiParameter(
                "blendshapes", OpenApiTypes.BOOL, description="All 52 of them as well."
            )
        ],
    )
    def get(self, request: Request, clip_id: int) -> HttpResponseBase:
        tracks = tracks_of(clip_id, actor_of(request))
        record = record_of(tracks)
        with_blendshapes = request.query_params.get("blendshapes") == "true"
        signals = signals_in(record, with_blendshapes=with_blendshapes)
        return fresh(request, tracks, {"frames": record["frames"], "signals": signals})


class MainFacesBody(Body):
    tracks = serializers.ListField(
        child=serializers.IntegerField(min_value=1), max_length=MOST_TRACKS
    )


class MainFaces(serializers.Serializer[Any]):
    tracks = serializers.ListField(child=serializers.IntegerField(), source="main_tracks")
    revision = serializers.IntegerField()


class MainFacesView(Endpoint):
    write_scope = TokenScope.ANNOTATE

    @extend_schema(request=MainFacesBody, responses=MainFaces)
    def post(self, request: Request, clip_id: int) -> Response:
        body = read_body(MainFacesBody, request)
        chosen = choose_main_faces(clip_id=clip_id, actor=actor_of(request), **body)
        return Response(MainFaces(chosen).data)


class TrackCounts(serializers.Serializer[Any]):
    """Of the clips in use: without tracks, and with tracks of former networks or settings."""

    missing = serializers.IntegerField()
    outdated = serializers.IntegerField()


class Asked(serializers.Serializer[Any]):
    asked = serializers.IntegerField()
    left = serializers.IntegerField()


class TrackMissingView(HeavyEndpoint):
    write_scope = TokenScope.ML

    @extend_schema(responses=TrackCounts)
    def get(self, request: Request, project_id: int) -> Response:
        """How many clips lack tracks, or newer ones."""
        return Response(count_tracks(project_id, actor_of(request)))

    @extend_schema(request=NothingBody, responses={202: Asked})
    def post(self, request: Request, project_id: int) -> Response:
        """Asks for tracks that are missing or older than the networks, a thousand at a time."""
        read_body(NothingBody, request)
        asked, left = track_missing(project_id=project_id, actor=actor_of(request))
        return Response({"asked": asked, "left": left}, status=202)
