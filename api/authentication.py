"""Tokens of programs. The browser's session is Django's own, with its CSRF check."""

from __future__ import annotations

from datetime import timedelta
from hmac import compare_digest
from typing import Any

from django.db.models import Q
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.crypto import hash_token
from knox.settings import CONSTANTS
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from annotation.models import ApiToken, User

# Existing clients of other tools send either word.
KEYWORDS = {b"bearer", b"token"}
# Enough to see which tokens are idle, without a write for every read.
NOTE_USE_EVERY = timedelta(minutes=1)


class TokenAuthentication(BaseAuthentication):
    """
    `Authorization: Bearer cnt_…` or `Token cnt_…`.

    A request that brings a token is that token's: if it is wrong, a session cookie beside it
    does not help.
    """

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        words = get_authorization_header(request).split()
        if not words or words[0].lower() not in KEYWORDS:
            return None
        if len(words) != 2:
            raise AuthenticationFailed("Send one token after the word Bearer.")
        token = find_token(words[1].decode("latin-1"))
        if token is None or not token.user.is_active:
            raise AuthenticationFailed("This token is not valid. Make a new one in your account.")
        _note_use(token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


def find_token(key: str) -> ApiToken | None:
    digest = hash_token(key)
    candidates = ApiToken.objects.select_related("user").filter(
        Q(expiry__isnull=True) | Q(expiry__gt=timezone.now()),
        token_key=key[: CONSTANTS.TOKEN_KEY_LENGTH],
    )
    return next((token for token in candidates if compare_digest(digest, token.digest)), None)


def _note_use(token: ApiToken) -> None:
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at < now - NOTE_USE_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "cnt_…"}
