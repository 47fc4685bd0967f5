"""Every refusal has the same form: problem+json with a code that the front end knows."""

from __future__ import annotations

import logging
import secrets
import sys
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from psycopg.errors import DiskFull
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler as drf_exception_handler

from annotation import errors
from annotation.full_disk import StorageFull
from annotation.recipes import TrainerAway

logger = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"

STATUS_OF: dict[type[errors.WorkflowError], int] = {
    errors.NotFound: 404,
    errors.NotAllowed: 403,
    errors.TransitionRefused: 409,
    errors.RevisionConflict: 409,
    errors.LeaseLost: 423,
    errors.PreconditionRequired: 428,
    StorageFull: 507,
    TrainerAway: 503,
}
CODE_OF = {
    400: "invalid_input",
    401: "not_signed_in",
    403: "not_allowed",
    404: "not_found",
    413: "too_large",
    429: "too_many_requests",
}
SENTENCE_OF = {
    400: "The request cannot be read. Correct it and send it again.",
    401: "Sign in, or send a valid token.",
    403: "You may not do this. Ask the lead of the project.",
    404: "There is nothing here, or it is not open to you.",
    405: "This address does not take this method.",
    413: "This is too large. Send less at once.",
    415: "Send JSON with the content type application/json.",
    429: "That was too often. Wait a moment and try again.",
    500: "Something went wrong on the server. Try again; if it stays, tell the operator.",
}


class RequestRefused(exceptions.APIException):
    """A refusal about the request itself, with a status and a code of its own."""

    def __init__(self, status: int, code: str, sentence: str) -> None:
        super().__init__(sentence, code)
        self.status_code = status
        self.code = code


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """None for what nobody foresaw: the server's own handler answers and logs that."""
    if isinstance(exc, errors.WorkflowError):
        return _answer(_of_workflow(exc))
    if isinstance(exc, OperationalError | InterfaceError):
        return _answer(_of_database(exc))
    plain = drf_exception_handler(exc, context)
    if plain is None:
        return None
    response = _answer(_of_framework(exc, plain.status_code))
    for header in ("Retry-After", "WWW-Authenticate", "Allow"):
        if header in plain:
            response[header] = plain[header]
    return response


def problem(status: int, code: str, sentence: str, **members: object) -> dict[str, Any]:
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": sentence,
        "code": code,
        "errors": [],
        "request_id": secrets.token_hex(8),
        **members,
    }


def _answer(body: dict[str, Any]) -> Response:
    logger.info("refused %s %s request %s", body["status"], body["code"], body["request_id"])
    response = Response(
        body,
        status=body["status"],
        content_type=CONTENT_TYPE,
        headers={"X-Request-Id": body["request_id"]},
    )
    # Django would log the address, and an invitation's address is its key.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _of_workflow(exc: errors.WorkflowError) -> dict[str, Any]:
    status = next((STATUS_OF[kind] for kind in type(exc).__mro__ if kind in STATUS_OF), 400)
    members: dict[str, object] = {"errors": exc.detail.get("errors", [])}
    if isinstance(exc, errors.RevisionConflict):
        members |= {
            name: exc.detail[name] for name in ("current", "document") if name in exc.detail
        }
    return problem(status, exc.code, exc.message, **members)


def _of_database(exc: DatabaseError | InterfaceError) -> dict[str, Any]:
    cause = type(exc.__cause__)
    # Its text may quote what was to be stored.
    logger.error("database refused: %s", cause.__name__)
    if issubclass(cause, DiskFull):
        return problem(
            507,
            StorageFull.code,
            "The disk of the server is full. Tell the operator, then try again.",
        )
    return problem(503, "database_away", "The database did not answer. Try again in a moment.")


def _of_framework(exc: Exception, status: int) -> dict[str, Any]:
    if isinstance(exc, RequestRefused):
        return problem(status, exc.code, str(exc.detail))
    if isinstance(exc, exceptions.ValidationError):
        found = list(_field_errors(exc.detail, ""))
        return problem(status, "invalid_input", "Correct the fields named.", errors=found)
    sentence = SENTENCE_OF.get(status, SENTENCE_OF[400])
    # Django's and the framework's own texts may quote what was sent.
    if isinstance(exc, exceptions.APIException) and not isinstance(
        exc, (Http404, PermissionDenied)
    ):
        sentence = _sentence(exc, sentence)
    return problem(status, CODE_OF.get(status, "refused"), sentence)


def _sentence(exc: exceptions.APIException, otherwise: str) -> str:
    if isinstance(exc, (exceptions.AuthenticationFailed, exceptions.PermissionDenied)):
        return str(exc.detail)
    return otherwise


def _field_errors(detail: Any, path: str) -> Iterator[dict[str, Any]]:
    if isinstance(detail, dict):
        for name, inner in detail.items():
            # Errors about the whole object carry the object's own path.
            step = "" if name == "non_field_errors" else str(name)
            yield from _field_errors(inner, ".".join(filter(None, (path, step))))
    elif isinstance(detail, list):
        for index, inner in enumerate(detail):
            is_leaf = isinstance(inner, str)
            yield from _field_errors(inner, path if is_leaf else f"{path}.{index}".lstrip("."))
    else:
        yield {"field": path, "code": getattr(detail, "code", "invalid"), "message": str(detail)}


def plain_answer(status: int) -> JsonResponse:
    body = problem(status, CODE_OF.get(status, "refused"), SENTENCE_OF[status])
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE)


def bad_request(request: HttpRequest, exception: Exception) -> JsonResponse:
    return plain_answer(400)


def not_allowed(request: HttpRequest, exception: Exception) -> JsonResponse:
    return plain_answer(403)


def not_found(request: HttpRequest, exception: Exception) -> JsonResponse:
    return plain_answer(404)


def server_error(request: HttpRequest) -> JsonResponse:
    """Also for what is not ours: the sign-in's views, and sessions that cannot be stored."""
    exc = sys.exception()
    if isinstance(exc, OperationalError | InterfaceError):
        body = _of_database(exc)
        return JsonResponse(body, status=body["status"], content_type=CONTENT_TYPE)
    return plain_answer(500)
