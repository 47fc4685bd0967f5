"""Invitations, members and tokens: S04, S35, S47, S52, S70, S72, S73, S74."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from annotation.models import ApiToken, Invitation, Membership, Role, User
from tests.api.calling import Caller
from tests.factories import PASSWORD, ProjectFactory, UserFactory, World

pytestmark = pytest.mark.django_db

ACCOUNT = {"name": "Hana", "password": "a phrase that nobody guesses"}
SIGN_UP = "/_allauth/browser/v1/auth/signup"


@pytest.fixture
def world():
    return World()


@pytest.fixture
def lena(world):
    return Caller(world.lena)


def invite(world, email="hana@example.org", roles=("annotator",)):
    answer = Caller(world.lena).post(
        f"projects/{world.project.pk}/invitations", {"email": email, "roles": list(roles)}
    )
    assert answer.status_code == 201
    return answer.json()["url"].rpartition("/")[2]


def test_s04_nobody_registers_by_themselves(world):
    client = Client()
    body = {"email": "ivan@example.org", "password": ACCOUNT["password"]}
    answer = client.post(SIGN_UP, body, content_type="application/json")
    assert answer.status_code == 403
    assert not User.objects.filter(email="ivan@example.org").exists()


def test_s04_an_invitation_makes_one_account_with_its_roles(world):
    key = invite(world)
    stranger = Caller()
    offer = stranger.get(f"invitations/{key}").json()
    assert (offer["email"], offer["roles"]) == ("hana@example.org", ["annotator"])
    assert stranger.post(f"invitations/{key}/accept", ACCOUNT).status_code == 204
    hana = User.objects.get(email="hana@example.org")
    assert list(hana.memberships.values_list("role", flat=True)) == ["annotator"]
    assert not hana.is_staff
    for answer in (
        stranger.get(f"invitations/{key}"),
        stranger.post(f"invitations/{key}/accept", ACCOUNT),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_s04_an_invitation_ends_and_can_be_taken_back(world, lena):
    late, revoked = invite(world), invite(world, "ivan@example.org")
    first, second = Invitation.objects.order_by("id")
    Invitation.objects.filter(pk=first.pk).update(
        created_at=timezone.now() - timedelta(days=8), expires_at=timezone.now()
    )
    lena.client.delete(f"/api/v1/projects/{world.project.pk}/invitations/{second.pk}")
    for key in (late, revoked, "no-such-key"):
        assert Caller().get(f"invitations/{key}").status_code == 404
        assert Caller().post(f"invitations/{key}/accept", ACCOUNT).status_code == 404


def test_s04_an_invitation_is_for_its_address_only(world):
    key = invite(world)
    assert Caller(world.finn).post(f"invitations/{key}/accept").status_code == 403
    hana = UserFactory.create(email="Hana@example.org")
    assert Caller().post(f"invitations/{key}/accept", ACCOUNT).status_code == 409
    assert Caller(hana).post(f"invitations/{key}/accept").status_code == 204
    assert hana.memberships.get().role == Role.ANNOTATOR


def test_s35_no_answer_lists_a_key_or_a_hash(world, lena):
    key = invite(world)
    token = lena.post("tokens", {"name": "sync", "scopes": ["read"]}).json()["token"]
    listed = [
        lena.get(path).content.decode()
        for path in (
            "users/me",
            "tokens",
            *[f"projects/{world.project.pk}/{name}" for name in ("members", "invitations")],
        )
    ]
    stored = Invitation.objects.get().key_hash, ApiToken.objects.get().digest, world.lena.password
    for secret in (key, token, *stored):
        assert all(secret not in text for text in listed)


@pytest.mark.parametrize(
    "body",
    [
        {"role": "lead"},
        {"roles": ["annotator"], "is_staff": True},
        {"roles": ["annotator"], "is_superuser": True},
        {"roles": ["annotator"], "project": 1},
        {"roles": ["owner"]},
        {"roles": []},
        {"roles": "lead"},
    ],
)
def test_s52_members_take_roles_and_nothing_else(world, lena, body):
    path = f"projects/{world.project.pk}/members/{world.ada.pk}"
    assert lena.patch(path, body).status_code == 400
    world.ada.refresh_from_db()
    assert not world.ada.is_staff
    assert [row.role for row in world.ada.memberships.all()] == ["annotator"]


@pytest.mark.parametrize(
    "extra", ["uid", "revision", "seed", "created_at", "roles", "owner", "status", "id"]
)
def test_s52_a_project_keeps_what_nobody_may_set(world, lena, extra):
    answer = lena.patch(f"projects/{world.project.pk}", {extra: 99}, revision=1)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "unknown_field"


def test_s52_nobody_raises_themselves(world):
    for person in (world.ada, world.dana, world.mila, world.vera):
        path = f"projects/{world.project.pk}/members/{person.pk}"
        assert Caller(person).patch(path, {"roles": ["lead"]}).status_code == 403
    assert Membership.objects.filter(role=Role.LEAD).count() == 1


def test_the_last_lead_stays(world, lena):
    path = f"projects/{world.project.pk}/members/{world.lena.pk}"
    assert lena.patch(path, {"roles": ["viewer"]}).status_code == 409
    assert lena.client.delete(f"/api/v1/{path}").status_code == 409
    world.member("Olga", Role.LEAD)
    assert lena.client.delete(f"/api/v1/{path}").status_code == 204


def test_a_person_may_hold_several_roles(world, lena):
    path = f"projects/{world.project.pk}/members"
    body = {"email": world.finn.email.upper(), "roles": ["ml", "reviewer"]}
    assert lena.post(path, body).json()["roles"] == ["ml", "reviewer"]
    changed = lena.patch(f"{path}/{world.finn.pk}", {"roles": ["reviewer", "viewer"]})
    assert changed.json()["roles"] == ["reviewer", "viewer"]
    assert lena.post(path, {**body, "email": "ivan@example.org"}).status_code == 400


def test_s47_a_removed_member_is_out_at_once(world, lena):
    ada, clip = Caller(world.ada), world.open_clip()
    _, key = ApiToken.objects.create(user=world.ada, name="sync", scopes=["read"])
    held = ada.claim(world)
    lena.client.delete(f"/api/v1/projects/{world.project.pk}/members/{world.ada.pk}")
    for caller in (ada, Caller(token=key)):
        for path in (f"clips/{clip.pk}", f"clips/{clip.pk}/media", f"assignments/{held['id']}"):
            assert caller.get(path).status_code == 404


def test_s70_passwords_are_no_way_into_the_api(world):
    client = Client()
    word = base64.b64encode(f"{world.ada.email}:{PASSWORD}".encode()).decode()
    answer = client.get("/api/v1/users/me", headers={"Authorization": f"Basic {word}"})
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize("word", ["Bearer", "Token", "bearer"])
def test_both_words_introduce_a_token(world, word):
    _, key = ApiToken.objects.create(user=world.ada, name="sync", scopes=["read"])
    answer = Client().get("/api/v1/users/me", headers={"Authorization": f"{word} {key}"})
    assert answer.json()["name"] == "Ada"


@pytest.mark.parametrize("key", ["", "cnt_", "cnt_0000", "a b", "\xff", "cnt_" + "0" * 5000])
def test_s61_a_wrong_token_is_refused_whatever_the_cookie(world, key):
    ada = Caller(world.ada)
    answer = ada.client.get("/api/v1/users/me", headers={"Authorization": f"Bearer {key}"})
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")


def test_s61_a_token_needs_no_csrf_and_acts_as_its_owner(world):
    _, key = ApiToken.objects.create(user=world.lena, name="sync", scopes=["admin"])
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.ada)
    answer = client.post(
        "/api/v1/projects",
        {"name": "By a program"},
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )
    assert answer.status_code == 201
    assert world.lena.memberships.filter(project_id=answer.json()["id"]).exists()


def test_s70_ended_tokens_and_inactive_people_are_refused(world):
    token, key = ApiToken.objects.create(user=world.ada, name="sync", scopes=["read"])
    caller = Caller(token=key)
    assert caller.get("users/me").status_code == 200
    token.refresh_from_db()
    assert token.last_used_at is not None
    User.objects.filter(pk=world.ada.pk).update(is_active=False)
    assert caller.get("users/me").status_code == 401
    User.objects.filter(pk=world.ada.pk).update(is_active=True)
    ApiToken.objects.update(expiry=timezone.now() - timedelta(seconds=1))
    assert caller.get("users/me").status_code == 401


def test_s73_a_revoked_token_is_refused_at_once(world):
    ada = Caller(world.ada)
    made = ada.post("tokens", {"name": "sync", "scopes": ["read"]}).json()
    caller = Caller(token=made["token"])
    assert caller.get("users/me").status_code == 200
    assert ada.client.delete(f"/api/v1/tokens/{made['id']}").status_code == 204
    assert caller.get("users/me").status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("get", "tokens", None),
        ("post", "tokens", {"name": "another", "scopes": ["admin"]}),
        ("post", "projects/{project}/members", {"email": "x@example.org", "roles": ["lead"]}),
        ("patch", "projects/{project}/members/{user}", {"roles": ["lead"]}),
        ("delete", "projects/{project}/members/{user}", None),
        ("post", "projects/{project}/invitations", {"email": "x@e.org", "roles": ["lead"]}),
    ],
)
def test_s74_a_token_with_every_scope_manages_neither_tokens_nor_people(world, method, path, body):
    scopes = ["read", "annotate", "review", "export", "ml", "admin"]
    _, key = ApiToken.objects.create(user=world.lena, name="sync", scopes=scopes)
    path = path.format(project=world.project.pk, user=world.ada.pk)
    if method == "get":
        answer = Caller(token=key).get(path)
    else:
        answer = Caller(token=key).send(method, path, body)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


def test_a_token_of_one_project_reaches_no_other(world):
    other = ProjectFactory.create()
    Membership.objects.create(project=other, user=world.ada, role=Role.ANNOTATOR)
    clip = world.open_clip()
    _, key = ApiToken.objects.create(
        user=world.ada, name="sync", scopes=["read", "annotate"], project=other
    )
    caller = Caller(token=key)
    assert caller.get(f"projects/{other.pk}").status_code == 200
    assert [found["id"] for found in caller.get("projects").json()["results"]] == [other.pk]
    assert [found["id"] for found in caller.get("users/me").json()["projects"]] == [other.pk]
    for path in (
        f"projects/{world.project.pk}",
        f"clips/{clip.pk}",
        f"instruction-sets?project={world.project.pk}",
    ):
        assert caller.get(path).status_code == 404


def test_s72_guessing_invitations_is_throttled(world):
    answers = [Caller().get("invitations/guess").status_code for _ in range(31)]
    assert answers == [404] * 30 + [429]
    refused = Caller().get("invitations/guess")
    assert refused.json()["code"] == "too_many_requests"
    assert int(refused["Retry-After"]) > 0
