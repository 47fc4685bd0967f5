"""Keys of programs. A token acts as its owner, within its scopes and its project."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction

from annotation.errors import NotFound
from annotation.models import ApiToken, User

from .access import require_role


@transaction.atomic
def create_token(
    *,
    actor: User,
    name: str,
    scopes: Collection[str],
    project_id: int | None,
    days: int,
) -> tuple[ApiToken, str]:
    """The token and its key, which nobody can read again."""
    if project_id is not None:
        require_role(project_id, actor)
    token: ApiToken
    key: str
    token, key = ApiToken.objects.create(
        user=actor,
        expiry=timedelta(days=days),
        name=name,
        scopes=sorted(set(scopes)),
        project_id=project_id,
    )
    return token, key


def revoke_token(*, actor: User, prefix: str) -> None:
    deleted, _ = ApiToken.objects.filter(user=actor, token_key=prefix).delete()
    if not deleted:
        raise NotFound("You have no such token.")
