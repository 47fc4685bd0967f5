"""The data card of a dataset version, as figures and as a file."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.cards.markdown import to_markdown
from annotation.errors import NotFound
from annotation.models import TokenScope
from annotation.queries.cards import card_of
from annotation.workflow.cards import ask_for_card

from .action_counts import ActionCount
from .actor import actor_of
from .card_figures import SCOPES, Summary
from .clip_rows import API
from .endpoint import HeavyEndpoint
from .jobs import Job
from .release_previews import Stratum


class CardScope(serializers.Serializer[Any]):
    by = serializers.ChoiceField(choices=SCOPES)
    name = serializers.CharField()
    words = Summary()
    words_and_punctuation = Summary()
    facial_actions = Summary()
    duration_s = Summary()


class Lexicon(serializers.Serializer[Any]):
    name = serializers.CharField()
    version = serializers.IntegerField()
    words = serializers.IntegerField()


class Licence(serializers.Serializer[Any]):
    source = serializers.CharField()  # type: ignore[assignment]
    kind = serializers.CharField()
    licence = serializers.CharField()
    clips = serializers.IntegerField()


class Hedged(serializers.Serializer[Any]):
    captions = serializers.IntegerField()
    per_thousand = serializers.FloatField()


class CardAgreement(serializers.Serializer[Any]):
    metric_version = serializers.CharField()
    pairs = serializers.IntegerField()
    event_f1 = serializers.FloatField()
    tem = serializers.FloatField()
    word_distance = serializers.FloatField()


class CardContent(serializers.Serializer[Any]):
    schema = serializers.IntegerField()
    counters = serializers.DictField(child=serializers.CharField())
    lexicon = Lexicon()
    scopes = CardScope(many=True)
    sources = Stratum(many=True)
    emotions = Stratum(many=True)
    licences = Licence(many=True)
    hedged = Hedged(allow_null=True)
    agreement = CardAgreement(allow_null=True)
    rejected = serializers.DictField(child=serializers.IntegerField())


class RunThatLearnt(serializers.Serializer[Any]):
    uid = serializers.CharField()
    number = serializers.IntegerField()
    name = serializers.CharField()


class DataCard(serializers.Serializer[Any]):
    content = CardContent(allow_null=True)
    made_at = serializers.DateTimeField(allow_null=True)
    job = Job(allow_null=True)
    ended = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        help_text="Clips whose use has ended since the version was frozen, by reason.",
    )
    runs = RunThatLearnt(many=True)
    action_counts = ActionCount(many=True)
    counting = Job(allow_null=True, help_text="By which a model counts, until it is done.")
    questions = serializers.IntegerField(help_text="That a model is asked to count.")


class CardView(HeavyEndpoint):
    read_scope = TokenScope.EXPORT
    write_scope = TokenScope.EXPORT

    @extend_schema(responses=DataCard)
    def get(self, request: Request, version_uid: str) -> Response:
        return Response(DataCard(card_of(version_uid, actor_of(request))).data)

    @extend_schema(request=None, responses={202: Job})
    def post(self, request: Request, version_uid: str) -> Response:
        job = ask_for_card(version_uid=version_uid, actor=actor_of(request))
        return Response(Job(job).data, status=202, headers={"Location": f"{API}/jobs/{job.uid}"})


class CardFileView(HeavyEndpoint):
    read_scope = TokenScope.EXPORT

    @extend_schema(responses={(200, "text/markdown"): OpenApiTypes.STR})
    def get(self, request: Request, version_uid: str) -> HttpResponse:
        now = card_of(version_uid, actor_of(request))
        if now.card is None:
            raise NotFound("The card is not made yet.")
        name = f"data-card-{now.card.version.number}.md"
        return HttpResponse(
            to_markdown(now.card, now.action_counts, now.ended),
            content_type="text/markdown; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
