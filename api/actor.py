from __future__ import annotations

from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from annotation.models import ApiToken, User


def actor_of(request: Request) -> User:
    """The person on whose behalf the request acts."""
    if isinstance(request.user, User):
        return request.user
    raise NotAuthenticated


def signed_in(request: Request) -> User | None:
    """For the few endpoints that strangers may use."""
    return request.user if isinstance(request.user, User) else None


def token_of(request: Request) -> ApiToken | None:
    """The token that the request came with; None for a browser's session."""
    return request.auth if isinstance(request.auth, ApiToken) else None


def project_limit(request: Request) -> int | None:
    """The only project that the request's token may reach; None where there is no such limit."""
    token = token_of(request)
    return token.project_id if token else None
