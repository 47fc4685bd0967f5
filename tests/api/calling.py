"""Requests as the front end sends them."""

from __future__ import annotations

from typing import Any

from rest_framework.test import APIClient

from annotation.models import User
from tests.factories import World


class Caller:
    """A person at the API. Paths leave out what all of them begin with."""

    def __init__(self, person: User | None = None, token: str | None = None) -> None:
        self.client = APIClient()
        if person is not None:
            self.client.force_login(person)
        if token is not None:
            self.client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/v1/{path}")

    def send(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        revision: object = None,
        key: str | None = None,
    ) -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        if revision is not None:
            headers["If-Match"] = f'"{revision}"'
        send = getattr(self.client, method)
        return send(f"/api/v1/{path}", {} if body is None else body, headers=headers)

    def post(self, path: str, body: object = None, **extra: Any) -> Any:
        return self.send("post", path, body, **extra)

    def patch(self, path: str, body: object = None, **extra: Any) -> Any:
        return self.send("patch", path, body, **extra)

    def claim(self, world: World, role: str = "annotator") -> dict[str, Any]:
        answer = self.post(f"projects/{world.project.pk}/claims", {"role": role})
        assert answer.status_code == 200, answer.json()
        found: dict[str, Any] = answer.json()["claim"]
        return found
