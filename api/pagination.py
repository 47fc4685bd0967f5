"""Lists page by page, with a cursor that stays right while rows are added."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError as InvalidValue
from django.db import DataError
from django.db.models import Model, QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

PAGE_PARAMETERS = [
    OpenApiParameter("cursor", OpenApiTypes.STR, description="Where the page begins."),
    OpenApiParameter("page_size", OpenApiTypes.INT, description="At most 200; 50 if not given."),
]


class Pages(CursorPagination):
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200

    def __init__(self, *ordering: str) -> None:
        self.ordering = ordering

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:
        return tuple(self.ordering)

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> Any:
        try:
            return super().paginate_queryset(queryset, request, view)
        except (NotFound, ValueError, TypeError, DataError, InvalidValue):
            # A cursor is ours, but anybody can write one.
            raise ValidationError({"cursor": "This cursor is not valid. Begin again."}) from None


def paged(
    request: Request,
    rows: QuerySet[Any, Any],
    *ordering: str,
    serializer: type[serializers.Serializer[Any]],
    context: dict[str, Any] | None = None,
) -> Response:
    """One page of the rows in an order that is the same every time."""
    pages = Pages(*ordering)
    page = pages.paginate_queryset(rows, request)
    data = serializer(page, many=True, context=context or {}).data
    return pages.get_paginated_response(data)


def whole(rows: list[Any], serializer: type[serializers.Serializer[Any]]) -> Response:
    """A list that is short by nature, in the form of its only page."""
    data = serializer(rows, many=True).data
    return Response({"next": None, "previous": None, "results": data})


def page_of(serializer: type[serializers.Serializer[Any]]) -> serializers.Serializer[Model]:
    """The page as the schema describes it."""
    return inline_serializer(
        f"{serializer.__name__}Page",
        {
            "results": serializer(many=True),
            "next": serializers.CharField(allow_null=True),
            "previous": serializers.CharField(allow_null=True),
        },
    )
