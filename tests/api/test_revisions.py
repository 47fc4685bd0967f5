from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from annotation.models import Assignment
from tests.factories import World, a_document
from tests.steps import claim, write

from .calling import Caller

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("tag", "status", "code"),
    [
        ('"1"', 200, None),
        (None, 428, "revision_required"),
        ('"7"', 409, "revision_conflict"),
        ('W/"1"', 400, "invalid_input"),
        ("*", 400, "invalid_input"),
        ("1", 400, "invalid_input"),
        ('"1", "2"', 400, "invalid_input"),
        ('"-1"', 400, "invalid_input"),
        ('"99999999999"', 400, "invalid_input"),
    ],
)
def test_an_edit_names_the_revision_it_was_made_on(tag, status, code):
    world = World()
    world.open_clip()
    assignment = claim(world, world.ada)
    write(assignment, world.ada)
    answer = Caller(world.ada).client.patch(
        f"/api/v1/assignments/{assignment.pk}/working-text",
        {"document": a_document("Her lips part.")},
        headers={} if tag is None else {"If-Match": tag},
    )
    assert answer.status_code == status
    assert answer.json().get("code") == code


def test_a_conflict_answers_with_what_is_stored():
    world = World()
    world.open_clip()
    assignment = claim(world, world.ada)
    stored = write(assignment, world.ada)
    answer = Caller(world.ada).patch(
        f"assignments/{assignment.pk}/working-text",
        {"document": a_document("Something else.")},
        revision=0,
    )
    body = answer.json()
    assert (body["current"], body["document"]) == (1, stored.document)


def test_a_lost_lease_answers_423_and_the_text_can_be_read():
    world = World(annotators_per_clip=1)
    world.open_clip()
    assignment = claim(world, world.ada)
    write(assignment, world.ada, "Mine.")
    past = timezone.now() - timedelta(minutes=1)
    Assignment.objects.filter(pk=assignment.pk).update(lease_until=past)
    claim(world, world.bela)
    ada = Caller(world.ada)
    work = f"assignments/{assignment.pk}"
    answer = ada.patch(f"{work}/working-text", {"document": a_document("More.")}, revision=1)
    assert (answer.status_code, answer.json()["code"]) == (423, "lease_lost")
    seen = ada.get(work).json()
    assert seen["status"] == "lost"
    assert seen["document"]["facial_changes"][0]["text"] == "Mine."


def test_a_bad_caption_names_the_field_and_the_offset():
    world = World()
    world.open_clip()
    assignment = claim(world, world.ada)
    document = a_document("Up 😮.", inferences=[{"start": 3, "end": 9}])
    answer = Caller(world.ada).patch(
        f"assignments/{assignment.pk}/working-text", {"document": document}, revision=0
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_caption")
    [error] = answer.json()["errors"]
    assert (error["field"], error["code"], error["offset"]) == (
        "facial_changes.0.inferences.0",
        "span_outside",
        5,
    )


def test_two_leads_do_not_overwrite_each_others_settings():
    world = World()
    lena = Caller(world.lena)
    path = f"projects/{world.project.pk}"
    first = lena.patch(path, {"settings": {"lease_minutes": 45}}, revision=1)
    assert (first["ETag"], first.json()["settings"]["lease_minutes"]) == ('"2"', 45)
    second = lena.patch(path, {"name": "Other"}, revision=1)
    assert (second.status_code, second.json()["current"]) == (409, 2)


@pytest.mark.parametrize(
    "settings",
    [
        {"annotators_per_clip": 0},
        {"annotators_per_clip": 10},
        {"lease_minutes": 0},
        {"draft_policy": "sometimes"},
        {"cross_validation_blind_share": 1.5},
        {"no_such_setting": 1},
    ],
)
def test_settings_out_of_range_are_refused(settings):
    world = World()
    answer = Caller(world.lena).patch(
        f"projects/{world.project.pk}", {"settings": settings}, revision=1
    )
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == f"settings.{next(iter(settings))}"
