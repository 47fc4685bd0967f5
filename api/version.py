from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.captions import SCHEMA
from annotation.errors import NotFound
from annotation.version import VERSION

from .endpoint import OpenEndpoint


class Version(serializers.Serializer[Any]):
    name = serializers.CharField()
    version = serializers.CharField()
    caption_schema = serializers.IntegerField()


class VersionView(OpenEndpoint):
    @extend_schema(responses=Version)
    def get(self, request: Request) -> Response:
        facts = {"name": "Countenance", "version": VERSION, "caption_schema": SCHEMA}
        return Response(Version(facts).data)


class UnknownAddressView(OpenEndpoint):
    """Keeps the form of refusals where no route fits."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise NotFound("There is nothing at this address.")
