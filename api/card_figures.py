"""How often something was counted, as data cards tell it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

SCOPES = ["all", "source_kind", "source"]


class Bar(serializers.Serializer[Any]):
    # `from` is no name in Python.
    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {
            "from": serializers.FloatField(),
            "to": serializers.FloatField(),
            "count": serializers.IntegerField(),
        }


class Summary(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    mean = serializers.FloatField()
    spread = serializers.FloatField(help_text="Standard deviation of the population.")
    least = serializers.FloatField()
    quarter = serializers.FloatField()
    median = serializers.FloatField()
    three_quarters = serializers.FloatField()
    most = serializers.FloatField()
    bars = Bar(many=True)
