"""
A POST that carries an Idempotency-Key happens once, however often it is sent.

The note of the key and the effect share one transaction: a second sender waits on the unique key
until the first is done, then reads its answer; a first that failed leaves nothing behind.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from annotation.models import AnsweredRequest, User

from .errors import RequestRefused

KEPT_FOR = timedelta(hours=24)
LONGEST_KEY = 128
KEPT_HEADERS = ("ETag", "Location")

Handler = Callable[..., Response]


def answered_once(handler: Handler) -> Handler:
    """Wraps a view's `post`. `keeps_answer = False` on the view: the answer holds a secret."""

    @functools.wraps(handler)
    def post(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key")
        if key is None or not isinstance(request.user, User):
            view.receive(request, *args, **kwargs)
            return handler(view, request, *args, **kwargs)
        if not 0 < len(key) <= LONGEST_KEY or not key.isprintable():
            raise RequestRefused(
                400, "invalid_input", "An Idempotency-Key has 1 to 128 printable characters."
            )
        # Reads the whole body, files included, before the transaction begins.
        fingerprint = _fingerprint(request)
        view.receive(request, *args, **kwargs)
        _forget_old(request.user)
        with transaction.atomic():
            note, is_new = AnsweredRequest.objects.get_or_create(
                user=request.user, key=key, defaults={"fingerprint": fingerprint}
            )
            if not is_new:
                return _answer_again(note, fingerprint)
            response = handler(view, request, *args, **kwargs)
            _keep(note, response, with_body=view.keeps_answer)
            return response

    return post


def _fingerprint(request: Request) -> str:
    sent: Any = request.data
    if hasattr(sent, "lists"):
        sent = {name: [_named(value) for value in values] for name, values in sent.lists()}
    body = json.dumps(sent, sort_keys=True, cls=JSONEncoder)
    text = "\n".join((request.method or "", request.get_full_path(), body))
    # A lone surrogate is legal in JSON and has no place in UTF-8.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _named(value: object) -> object:
    """Files count by name and size: hashing gigabytes twice would cost more than it protects."""
    return [value.name, value.size] if isinstance(value, UploadedFile) else value


def _forget_old(user: User) -> None:
    AnsweredRequest.objects.filter(user=user, created_at__lt=timezone.now() - KEPT_FOR).delete()


def _answer_again(note: AnsweredRequest, fingerprint: str) -> Response:
    if note.fingerprint != fingerprint:
        raise RequestRefused(
            422, "key_reused", "This Idempotency-Key was sent with another request. Use a new one."
        )
    if note.body is None:
        raise RequestRefused(
            409, "answered_before", "This was done already, and its answer is shown only once."
        )
    return Response(note.body["data"], status=note.status, headers=note.body["headers"])


def _keep(note: AnsweredRequest, response: Response, *, with_body: bool) -> None:
    note.status = response.status_code
    if with_body:
        data = json.loads(json.dumps(response.data, cls=JSONEncoder))
        headers = {name: response[name] for name in KEPT_HEADERS if name in response}
        note.body = {"data": data, "headers": headers}
    note.save(update_fields=["status", "body"])
