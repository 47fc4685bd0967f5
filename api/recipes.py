"""Recipes of training runs: what they can say, and what one comes to."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.models import DeviceKind, Launcher, TokenScope
from annotation.queries.recipes import checked_recipe
from annotation.recipes import presets
from annotation.workflow.training import offered_launchers

from .actor import actor_of
from .endpoint import Body, Endpoint, read_body


class CheckBody(Body):
    # Over its preset, so only what is another than there has to be sent.
    recipe = serializers.DictField()
    version = serializers.CharField(max_length=32, allow_blank=True, default="")
    device_kind = serializers.ChoiceField(choices=DeviceKind.choices, default=DeviceKind.CPU)
    launcher = serializers.ChoiceField(choices=Launcher.choices, default=Launcher.LOCAL)


class RecipeProblem(serializers.Serializer[Any]):
    field = serializers.CharField()
    message = serializers.CharField()


class MemoryEstimate(serializers.Serializer[Any]):
    total_gib = serializers.FloatField()
    parts = serializers.DictField(child=serializers.FloatField())


class CheckedRecipe(serializers.Serializer[Any]):
    # Every field with its value; null where something is no recipe at all.
    recipe = serializers.DictField(allow_null=True)
    # By field, the preset's value and this one.
    changed = serializers.DictField(child=serializers.ListField())
    memory = MemoryEstimate(allow_null=True)
    steps = serializers.IntegerField(allow_null=True)
    problems = RecipeProblem(many=True, source="errors")


class RecipeField(serializers.Serializer[Any]):
    name = serializers.CharField()
    type = serializers.CharField()
    help = serializers.CharField()
    nullable = serializers.BooleanField()
    minimum = serializers.FloatField(required=False)
    maximum = serializers.FloatField(required=False)
    maxLength = serializers.IntegerField(required=False)
    choices = serializers.ListField(child=serializers.CharField(), required=False)


class Recipes(serializers.Serializer[Any]):
    presets = serializers.DictField(child=serializers.DictField())
    fields = RecipeField(many=True)  # type: ignore[assignment]  # a field of that name
    # Ways of starting a run that there are here.
    launchers = serializers.ListField(child=serializers.ChoiceField(choices=Launcher.choices))


class RecipesView(Endpoint):
    @extend_schema(responses=Recipes)
    def get(self, request: Request) -> Response:
        return Response({**presets(), "launchers": offered_launchers()})


class RecipeCheckView(Endpoint):
    write_scope = TokenScope.ML

    @extend_schema(request=CheckBody, responses=CheckedRecipe)
    def post(self, request: Request, project_id: int) -> Response:
        return Response(CheckedRecipe(self.answer).data)

    def receive(self, request: Request, *args: Any, **kwargs: Any) -> None:
        body = read_body(CheckBody, request)
        self.answer = checked_recipe(kwargs["project_id"], actor_of(request), **body)
