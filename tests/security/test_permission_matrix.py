"""S40: each route, each method, each kind of person."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from api.endpoint import Endpoint
from api.urls import urlpatterns

from .entries import Entry
from .scene import PERSONAS, Scene
from .table import TABLE, WRITES

pytestmark = pytest.mark.django_db


def send(scene: Scene, client: Any, entry: Entry, **extra: Any) -> Any:
    """The request, and everything it did taken back."""
    headers = extra.pop("headers", {})
    if entry.method != "GET":
        headers = {"If-Match": '"1"', **headers}
    with transaction.atomic():
        response = client.generic(
            entry.method,
            entry.path(scene),
            client_body(entry, scene),
            content_type="application/json",
            headers=headers,
        )
        transaction.set_rollback(True)
    return response


FORMS = {
    "application/json",
    "application/octet-stream",
    "application/zip",
    "image/jpeg",
    "text/csv",
    "video/mp4",
}


def client_body(entry: Entry, scene: Scene) -> str:

    return "" if entry.method == "GET" else json.dumps(entry.body_of(scene))


def views() -> list[tuple[str, type[Endpoint]]]:
    """Every route with its view. `as_view` leaves the class on the function it makes."""
    return [(str(pattern.pattern), pattern.callback.view_class) for pattern in urlpatterns]  # type: ignore[attr-defined]


def routes() -> set[tuple[str, str]]:
    methods = ("get", "post", "put", "patch", "delete")
    return {
        (name.upper(), route) for route, view in views() for name in methods if hasattr(view, name)
    }


def test_every_route_is_in_the_table():
    assert routes() == {(entry.method, entry.route) for entry in TABLE}


def test_every_view_has_the_shared_checks():
    assert all(issubclass(view, Endpoint) for _, view in views())


@pytest.mark.parametrize("entry", TABLE, ids=str)
def test_everybody_gets_the_answer_of_the_table(scene, entry):
    answers = {name: send(scene, scene.client(name), entry).status_code for name in PERSONAS}
    assert answers == {name: entry.expected(name) for name in PERSONAS}


@pytest.mark.parametrize("entry", TABLE, ids=str)
def test_s06_s32_every_answer_is_json_or_a_file_with_safe_headers(scene, entry):
    for name in ("nobody", "lena"):
        response = send(scene, scene.client(name), entry)
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
        assert "unsafe" not in response["Content-Security-Policy"]
        assert "Access-Control-Allow-Origin" not in response, "S62"
        assert "private" in response["Cache-Control"]
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if response.status_code >= 400:
            assert kind == "application/problem+json"
            body = response.json()
            assert body["status"] == response.status_code
            assert body["code"]
            assert body["detail"].endswith(".")
        elif response.status_code != 204:
            assert kind in FORMS


@pytest.mark.parametrize("entry", WRITES, ids=str)
def test_s61_a_session_needs_the_csrf_token_for_every_change(scene, entry):
    client = Client(enforce_csrf_checks=True)
    client.force_login(scene.world.lena)
    assert send(scene, client, entry).status_code == 403


@pytest.mark.parametrize("entry", WRITES, ids=str)
def test_s74_a_token_that_may_only_read_changes_nothing(scene, entry):
    """Each of the people who could do it themselves, with a token for reading."""
    for name in entry.allowed:
        _, key = scene.token_for(scene.person(name), ["read"])
        response = send(scene, Client(), entry, headers={"Authorization": f"Bearer {key}"})
        assert response.status_code == 403
