"""The caption document as the schema describes it. Its rules are `annotation.captions.parse`."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotation.captions import PHASES


class InferenceSpan(serializers.Serializer[Any]):
    start = serializers.IntegerField(min_value=0)
    end = serializers.IntegerField(min_value=1)
    replacement = serializers.CharField(required=False, allow_blank=True)


class Origin(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=["draft", "annotation", "consolidation"])
    uid = serializers.CharField()
    sentence = serializers.CharField()
    distance = serializers.IntegerField(required=False, min_value=0)


@extend_schema_field({"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2})
class FrameRange(serializers.JSONField):
    """First frame, and the one after the last."""


class Sentence(serializers.Serializer[Any]):
    id = serializers.CharField()
    text = serializers.CharField(allow_blank=True)
    inferences = InferenceSpan(many=True)
    phase = serializers.ChoiceField(choices=PHASES, required=False, allow_null=True)
    frames = FrameRange(required=False, allow_null=True)
    origin = Origin(required=False, allow_null=True)


class CaptionDocument(serializers.Serializer[Any]):
    schema = serializers.IntegerField(min_value=1, max_value=1)
    external_attributes = Sentence(many=True)
    facial_changes = Sentence(many=True)
    summary = Sentence(allow_null=True)


@extend_schema_field(CaptionDocument)
class DocumentField(serializers.JSONField):
    """Passed through as it is: the parser of captions says what is wrong, with offsets."""
