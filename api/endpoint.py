"""What all views share: who may call, how often, and POSTs that happen once."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS, IsAuthenticated
from rest_framework.request import Request
from rest_framework.views import APIView

from annotation.models import TokenScope

from .idempotency import answered_once
from .parsing import ShallowJSONParser
from .permissions import WithinToken
from .throttles import HeavyRate, PersonRate, StrangerRate


# The bases have no docstrings: the schema would show them as the text of every operation.
class Endpoint(APIView):
    # A scope of None keeps tokens out: without a `write_scope` only people change things.
    parser_classes = [ShallowJSONParser]
    permission_classes = [IsAuthenticated, WithinToken]
    throttle_classes = [PersonRate]
    read_scope: ClassVar[TokenScope | None] = TokenScope.READ
    write_scope: ClassVar[TokenScope | None] = None
    # False where the answer holds a secret, which is stored nowhere.
    keeps_answer: ClassVar[bool] = True

    def receive(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Work on files that a POST has to do before its transaction begins."""

    def needed_scope(self, request: Request) -> TokenScope | None:
        return self.read_scope if request.method in SAFE_METHODS else self.write_scope

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        # Faces and people's texts: no copy stays in a browser that somebody else uses next.
        response.headers.setdefault("Cache-Control", "private, no-store")
        return super().finalize_response(request, response, *args, **kwargs)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "post" in cls.__dict__:
            cls.post = answered_once(cls.__dict__["post"])  # type: ignore[attr-defined]


# For what starts work elsewhere. Reading stays as light as anywhere.
class HeavyEndpoint(Endpoint):
    def get_throttles(self) -> list[Any]:
        throttles = super().get_throttles()
        return throttles if self.request.method == "GET" else [*throttles, HeavyRate()]


# For strangers with an invitation, and for programs that ask what they talk to.
class OpenEndpoint(Endpoint):
    permission_classes = [WithinToken]
    throttle_classes = [PersonRate, StrangerRate]


# What a request brings. An unknown field is refused, so that no typing error passes.
class Body(serializers.Serializer[Any]):
    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            unknown = {
                name: [serializers.ErrorDetail("This field does not exist.", "unknown_field")]
                for name in data
                if name not in self.fields
            }
            if unknown:
                raise serializers.ValidationError(unknown)
        return super().to_internal_value(data)


B = TypeVar("B", bound=serializers.Serializer[Any])


def read_body(body: type[B], request: Request) -> dict[str, Any]:
    """The checked body as keyword arguments."""
    reader = body(data=request.data)
    reader.is_valid(raise_exception=True)
    values: dict[str, Any] = reader.validated_data
    return values
