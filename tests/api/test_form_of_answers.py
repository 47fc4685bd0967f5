"""One form of refusals, whatever refuses; version and schema."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from psycopg.errors import AdminShutdown, DiskFull

from annotation.version import VERSION
from api import errors
from api.throttles import PersonRate
from tests.factories import World

from .calling import Caller

pytestmark = pytest.mark.django_db

MEMBERS = {"type", "title", "status", "detail", "code", "errors", "request_id"}


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("get", "nothing/here", 404, "not_found"),
        ("get", "projects/", 404, "not_found"),
        ("get", "projects/0", 404, "not_found"),
        ("delete", "projects", 405, "refused"),
        ("put", "version", 405, "refused"),
        ("post", "projects", 400, "invalid_input"),
    ],
)
def test_a_refusal_has_the_one_form(method, path, status, code):
    world = World()
    client = Caller(world.lena).client
    answer = getattr(client, method)(f"/api/v1/{path}")
    body = answer.json()
    assert set(body) == MEMBERS
    assert (answer.status_code, body["status"], body["code"]) == (status, status, code)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["X-Request-Id"] == body["request_id"]


def test_strangers_are_asked_to_sign_in():
    answer = Client().get("/api/v1/users/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
    assert answer["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("handler", "status"),
    [(errors.bad_request, 400), (errors.not_allowed, 403), (errors.not_found, 404)],
)
def test_refusals_outside_of_the_views_have_it_too(handler, status):
    answer = handler(RequestFactory().get("/"), ValueError("a secret path"))
    assert answer.status_code == status
    assert b"secret" not in answer.content


def test_a_failure_tells_nothing_of_itself(monkeypatch):
    def fail(**_):
        raise RuntimeError("a secret path")

    monkeypatch.setattr("api.sources.add_source", fail)
    world = World()
    client = Caller(world.lena).client
    client.raise_request_exception = False
    body = {"name": "A", "kind": "collected", "licence": "CC BY 4.0"}
    answer = client.post(f"/api/v1/projects/{world.project.pk}/sources", body)
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert b"secret" not in answer.content


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [(DiskFull, 507, "storage_full"), (AdminShutdown, 503, "database_away")],
)
def test_a_database_that_cannot_is_named_and_what_it_says_is_not(
    monkeypatch, caplog, fault, status, code
):
    def fail(**_):
        raise OperationalError("a secret caption") from fault("a secret caption")

    monkeypatch.setattr("api.sources.add_source", fail)
    world = World()
    body = {"name": "A", "kind": "collected", "licence": "CC BY 4.0"}
    answer = Caller(world.lena).post(f"projects/{world.project.pk}/sources", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert "try again" in answer.json()["detail"].lower()
    assert b"secret" not in answer.content
    assert fault.__name__ in caplog.text
    assert "secret" not in caplog.text


def test_a_sign_in_that_cannot_be_stored_says_why(monkeypatch):
    def fail(*_, **__):
        raise OperationalError("a secret") from DiskFull("a secret")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.save", fail)
    world = World()
    world.ada.set_password("a long password")
    world.ada.save()
    client = Client(raise_request_exception=False)
    answer = client.post(
        "/_allauth/browser/v1/auth/login",
        {"email": world.ada.email, "password": "a long password"},
        content_type="application/json",
    )
    assert (answer.status_code, answer.json()["code"]) == (507, "storage_full")
    assert b"secret" not in answer.content


def test_errors_of_nested_fields_name_their_path():
    world = World()
    body = {"scopes": ["read", "fly"], "name": "x" * 121}
    answer = Caller(world.lena).post("tokens", body)
    assert {(found["field"], found["code"]) for found in answer.json()["errors"]} == {
        ("name", "max_length"),
        ("scopes.1", "invalid_choice"),
    }


def test_too_many_requests_are_told_when_to_come_back(monkeypatch):
    monkeypatch.setattr(PersonRate, "rate", "3/min")
    world = World()
    ada = Caller(world.ada)
    assert [ada.get("users/me").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = ada.get("users/me")
    assert refused.json()["code"] == "too_many_requests"
    assert 0 < int(refused["Retry-After"]) <= 60
    assert Caller(world.bela).get("users/me").status_code == 200


def test_the_version_is_open_to_programs():
    assert Client().get("/api/v1/version").json() == {
        "name": "Countenance",
        "version": VERSION,
        "caption_schema": 1,
    }
