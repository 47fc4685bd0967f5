"""A clip as lists and workspaces show it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from annotation.models import Clip, ClipStage

API = "/api/v1"


class SourceRef(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()


class Slots(serializers.Serializer[Any]):
    submitted = serializers.IntegerField(source="slots_submitted")
    total = serializers.IntegerField(source="slots_total")


class ClipRow(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    uid = serializers.CharField()
    name = serializers.CharField()
    stage = serializers.ChoiceField(choices=ClipStage.choices)
    stage_since = serializers.DateTimeField()
    round = serializers.IntegerField()
    source = SourceRef()  # type: ignore[assignment]  # a field of that name
    emotion = serializers.CharField(allow_blank=True)
    source_video = serializers.CharField(allow_blank=True)
    duration_s = serializers.FloatField()
    frame_count = serializers.IntegerField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    poster_url = serializers.SerializerMethodField()
    slots = Slots(source="*")
    priority = serializers.IntegerField()
    created_at = serializers.DateTimeField()

    def get_poster_url(self, clip: Clip) -> str:
        return f"{API}/clips/{clip.pk}/poster.jpg"


class ClipDetail(ClipRow):
    project_id = serializers.IntegerField()
    licence = serializers.SerializerMethodField()
    consent_until = serializers.DateField(allow_null=True)
    group = serializers.CharField(allow_blank=True)
    has_audio = serializers.BooleanField()
    media_url = serializers.SerializerMethodField()
    timestamps_url = serializers.SerializerMethodField()
    frame_url_template = serializers.SerializerMethodField()

    def get_licence(self, clip: Clip) -> str:
        """Its own, else that of its source."""
        return clip.licence or clip.source.licence

    def get_media_url(self, clip: Clip) -> str:
        return f"{API}/clips/{clip.pk}/media"

    def get_timestamps_url(self, clip: Clip) -> str:
        return f"{API}/clips/{clip.pk}/timestamps"

    def get_frame_url_template(self, clip: Clip) -> str:
        return f"{API}/clips/{clip.pk}/frames/{{i}}.jpg"
