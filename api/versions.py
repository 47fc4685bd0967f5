"""The revision of a document travels only as ETag and If-Match."""

from __future__ import annotations

import re
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.errors import InvalidInput, PreconditionRequired

STRONG_TAG = re.compile(r'"(0|[1-9][0-9]{0,8})"', re.ASCII)

IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=True,
    description='The revision that the change was made on, as `"7"`: the ETag of the answer.',
)


def revision_of(request: Request) -> int:
    """The revision that the sender read. Refuses an edit that does not say."""
    header = request.headers.get("If-Match")
    if header is None:
        raise PreconditionRequired("Send the revision that you read in the header If-Match.")
    match = STRONG_TAG.fullmatch(header.strip())
    if match is None:
        raise InvalidInput('If-Match has to be one revision in quotes, as in "7".')
    return int(match[1])


def tagged(data: Any, revision: int, status: int = 200) -> Response:
    return Response(data, status=status, headers={"ETag": f'"{revision}"'})
