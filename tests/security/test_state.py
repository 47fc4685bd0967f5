"""S60: reading changes nothing. S05, S23, S30, S41, S42, S51, S53."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework import serializers

from annotation.models import Source, WorkflowEvent
from tests.api.calling import Caller
from tests.factories import PASSWORD, World, a_document

from .table import READS
from .test_permission_matrix import send

pytestmark = pytest.mark.django_db

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</script><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{constructor.constructor('alert(1)')()}}",
    "${7*7}",
    '=HYPERLINK("http://127.0.0.1")',
    "' OR 1=1 --",
    "\u202egnp.exe",
]
WRITING = ("INSERT", "UPDATE", "DELETE", "SELECT SETVAL", "TRUNCATE")


@pytest.mark.parametrize("entry", READS, ids=str)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_s60_a_read_changes_no_row(scene, entry, method):
    for name in ("lena", *entry.allowed[:1]):
        client = scene.client(name)
        with CaptureQueriesContext(
            connection,
        ) as log:
            client.generic(method, entry.path(scene))
        statements = [found["sql"].lstrip().upper() for found in log.captured_queries]
        assert statements
        assert not [sql for sql in statements if sql.startswith(WRITING) or " FOR UPDATE" in sql]


@pytest.mark.parametrize("entry", READS, ids=str)
def test_reading_takes_a_fixed_number_of_queries(scene, entry):
    """The session, the person, the roles and a few for the rows: never one for each row."""
    with CaptureQueriesContext(connection) as log:
        send(scene, scene.client(entry.allowed[0]), entry)
    counted = [found for found in log.captured_queries if "SAVEPOINT" not in found["sql"]]
    assert len(counted) <= MOST_QUERIES.get(entry.route, 7), [found["sql"] for found in counted]


# What brings together what several screens of other tools would show, and pages of ML staff.
MOST_QUERIES = {
    "projects/<int:project_id>/queue": 12,
    "projects/<int:project_id>/progress": 8,
    "assignments/<int:assignment_id>": 10,
    "consolidations/<int:consolidation_id>": 14,
    "cross-validations/<int:cross_validation_id>": 14,
    "dataset-versions/<slug:version_uid>/diff": 8,
    "dataset-versions/<slug:version_uid>/card": 11,
    "dataset-versions/<slug:version_uid>/card.md": 11,
    "dataset-versions/<slug:version_uid>/leaderboard": 8,
    "dataset-versions/<slug:version_uid>/leaderboard/<slug:form>": 8,
    "evaluations/<slug:evaluation_uid>/clips/<int:clip_id>": 12,
}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_s30_texts_come_back_as_they_were_and_as_data(payload):
    world = World()
    clip = world.open_clip(name=payload[:255], emotion=payload[:64], source_video=payload)
    lena, project = Caller(world.lena), f"projects/{world.project.pk}"
    answers = [
        lena.patch(project, {"name": payload, "description": payload}, revision=1),
        lena.post(f"{project}/sources", {"name": payload, "kind": "collected", "licence": payload}),
        lena.post("tokens", {"name": payload, "scopes": ["read"]}),
        lena.get(f"clips/{clip.pk}"),
    ]
    ada = Caller(world.ada)
    work = f"assignments/{ada.claim(world)['id']}"
    ada.patch(f"{work}/working-text", {"document": a_document(payload)}, revision=0)
    answers.append(ada.get(work))
    skipped = ada.post(f"{work}/skip", {"reason": "other", "note": payload})
    assert skipped.status_code == 200
    answers.append(lena.post(f"clips/{clip.pk}/reject", {"reason": "other", "note": payload}))
    answers.append(lena.get(f"clips/{clip.pk}/events"))
    for answer in answers:
        assert answer.status_code in {200, 201}, answer.json()
        assert answer["Content-Type"] == "application/json"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert payload in list(texts(answer.json()))


def texts(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from texts(inner)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("payload", PAYLOADS)
def test_s32_a_refusal_is_json_and_echoes_nothing_as_html(payload):
    world = World()
    answer = Caller(world.lena).post(f"projects/{world.project.pk}/claims", {"role": payload})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", "application/json", 400),
        ("[]", "application/json", 400),
        ("null", "application/json", 400),
        ("\ud800".encode("utf-8", "surrogatepass"), "application/json", 400),
        ("role=annotator", "application/x-www-form-urlencoded", 415),
        ("<role/>", "text/xml", 415),
        ('{"role":"annotator","role_":1}', "application/json", 400),
        ('{"role":' + "[" * 100_000 + "]" * 100_000 + "}", "application/json", 400),
    ],
)
def test_s92_a_body_that_cannot_be_read_is_refused(body, kind, status):
    world = World()
    client = Client()
    client.force_login(world.ada)
    path = f"/api/v1/projects/{world.project.pk}/claims"
    answer = client.post(path, body, content_type=kind)
    assert answer.status_code == status
    assert answer.json()["code"]


def test_s41_a_body_names_only_what_the_person_may_read():
    here, there = World(), World()
    lena = Caller(here.lena)
    body = {"kind": "folder", "source": there.source.pk, "path": "clips"}
    assert lena.post(f"projects/{here.project.pk}/imports", body).status_code == 404
    token = {"name": "sync", "scopes": ["read"], "project": there.project.pk}
    assert lena.post("tokens", token).status_code == 404
    assert lena.get(f"instruction-sets?project={there.project.pk}").status_code == 404


def test_s42_a_child_belongs_to_the_parent_in_the_path(scene):
    lena, other = scene.client("lena"), scene.elsewhere.pk
    here, there = scene.world.project.pk, scene.world.finn.pk
    for path in (
        f"/api/v1/projects/{here}/members/{there}",
        f"/api/v1/projects/{other}/members/{scene.world.ada.pk}",
        f"/api/v1/projects/{other}/invitations/{scene.invitation.pk}",
    ):
        assert lena.delete(path).status_code == 404
    finn = scene.client("finn")
    path = f"/api/v1/projects/{other}/invitations/{scene.invitation.pk}"
    assert finn.delete(path).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "media/../poster.jpg",
        "media/%2e%2e/%2e%2e/secret",
        "media%2f..%2f..%2fsecret",
        "media%252e%252e%252f",
        "media\\..\\secret",
        "frames/..%2f0.jpg",
        "frames/-1.jpg",
        "frames/0.jpg%00.png",
        "frames/9999.jpg",
        "frames/99999999999999999999.jpg",
    ],
)
def test_s23_media_addresses_lead_nowhere_else(scene, name):
    answer = scene.client("vera").get(f"/api/v1/clips/{scene.clip.pk}/{name}")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("number", [2**31, 2**63, 2**64, 10**30])
def test_an_id_beyond_all_rows_is_not_found(scene, number):
    for path in (f"projects/{number}", f"clips/{number}", f"assignments/{number}"):
        assert scene.client("lena").get(f"/api/v1/{path}").status_code == 404


def test_s51_options_lists_no_choices(scene):
    answer = scene.client("lena").options(f"/api/v1/projects/{scene.world.project.pk}/sources")
    assert "choices" not in json.dumps(answer.json())
    assert "text/html" not in json.dumps(answer.json())


def test_s53_every_serializer_names_its_fields(scene):
    def below(kind):
        for child in kind.__subclasses__():
            yield child
            yield from below(child)

    ours = [
        kind for kind in below(serializers.BaseSerializer) if kind.__module__.startswith("api.")
    ]
    assert len(ours) > 50
    assert not [kind for kind in ours if issubclass(kind, serializers.ModelSerializer)]


def test_s05_the_session_cookie_is_out_of_reach_of_scripts(scene):
    client = Client()
    body = {"email": scene.world.ada.email, "password": PASSWORD}
    path = "/_allauth/browser/v1/auth/login"
    assert client.post(path, body, content_type="application/json").status_code == 200
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_every_change_leaves_an_event_with_its_actor():
    world = World()
    lena = Caller(world.lena)
    body = {"name": "A collection", "kind": "collected", "licence": "CC BY 4.0"}
    lena.post(f"projects/{world.project.pk}/sources", body)
    event = WorkflowEvent.objects.latest("id")
    assert (event.kind, event.actor) == ("source.added", world.lena)
    assert event.detail == {"source": Source.objects.get(name="A collection").pk}
