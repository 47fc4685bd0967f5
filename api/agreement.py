"""How people agree. Of clips that are done, so that nobody at work learns anything here."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.queries.agreement import agreement_of

from .actor import actor_of
from .endpoint import Endpoint


class AgreementNumber(serializers.Serializer[Any]):
    value = serializers.FloatField()
    # 95 %, by resampling clips.
    low = serializers.FloatField()
    high = serializers.FloatField()


class AgreementFigures(serializers.Serializer[Any]):
    clips = serializers.IntegerField()
    event_f1 = AgreementNumber()
    tem = AgreementNumber()
    word_distance = AgreementNumber()
    # Null where nobody marked a word that both wrote.
    kappa = AgreementNumber(allow_null=True)


class PersonAgreement(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    figures = AgreementFigures()


class PairAgreement(serializers.Serializer[Any]):
    one = serializers.IntegerField()
    other = serializers.IntegerField()
    figures = AgreementFigures()


class WeekAgreement(serializers.Serializer[Any]):
    # Its Monday.
    week = serializers.DateField()
    figures = AgreementFigures()


class LowClip(serializers.Serializer[Any]):
    clip_id = serializers.IntegerField()
    clip_name = serializers.CharField()
    pairs = serializers.IntegerField()
    event_f1 = serializers.FloatField()
    tem = serializers.FloatField()
    word_distance = serializers.FloatField()


class GroupAgreement(serializers.Serializer[Any]):
    overall = AgreementFigures(allow_null=True)
    people = PersonAgreement(many=True)
    pairs = PairAgreement(many=True)
    weeks = WeekAgreement(many=True)
    lowest = LowClip(many=True)


class ProjectAgreement(serializers.Serializer[Any]):
    is_whole = serializers.BooleanField()
    is_current = serializers.BooleanField()
    computed_at = serializers.DateTimeField(allow_null=True)
    metric_versions = serializers.ListField(child=serializers.CharField())
    clips_waiting = serializers.IntegerField()
    annotators = GroupAgreement()
    reviewers = GroupAgreement()


class LabelledPair(serializers.Serializer[Any]):
    one = serializers.CharField()
    other = serializers.CharField()
    event_f1 = serializers.FloatField()
    tem = serializers.FloatField()
    word_distance = serializers.FloatField()


class ClipAgreement(serializers.Serializer[Any]):
    event_f1 = serializers.FloatField()
    pairs = LabelledPair(many=True)


class AgreementView(Endpoint):
    @extend_schema(responses=ProjectAgreement)
    def get(self, request: Request, project_id: int) -> Response:
        return Response(ProjectAgreement(agreement_of(project_id, actor_of(request))).data)
