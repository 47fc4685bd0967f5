"""Instruction templates: candidates, what nearly repeats, and sets that stay as they are."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from annotation.errors import InvalidInput, NotAllowed, NotFound, TransitionRefused
from annotation.instructions.likeness import nearest_by_letters
from annotation.instructions.templates import drawn_instruction
from annotation.models import InstructionSet, TemplateCandidate
from annotation.queries.templates import candidates_of
from annotation.workflow.templates import (
    add_candidates,
    choose_candidate,
    make_set,
    remove_candidate,
    store_likeness,
)
from tests.factories import World


def test_what_shares_most_runs_of_letters_is_nearest():
    first, second, third = nearest_by_letters(
        ["Describe the face in the video.", "Describe the faces in this video.", "Who smiles?"]
    )
    assert (first.place, second.place, third) == (1, 0, None)
    assert first.likeness == second.likeness > 0.5


@pytest.fixture
def world(db):
    return World()


def added(world, *texts, **fields):
    return add_candidates(
        **{"project_id": world.project.pk, "actor": world.mila, "texts": texts, **fields}
    )


def keep(world, *texts):
    for candidate in added(world, *texts).candidates:
        choose_candidate(uid=candidate.uid, actor=world.mila, choice="kept")


def a_set(world, name="Ours"):
    return make_set(project_id=world.project.pk, actor=world.mila, name=name)


def test_the_same_text_comes_in_once(world):
    assert added(world, "What moves?", "  what   MOVES? ").known == 1
    assert added(world, "What moves?").candidates == []
    assert TemplateCandidate.objects.get().text == "What moves?"


def test_unusable_lines_are_named_and_nothing_is_added(world):
    with pytest.raises(InvalidInput) as refusal:
        added(world, "What moves?", "   ", "x" * 501, "<video> What moves?")
    fields = [error["field"] for error in refusal.value.detail["errors"]]
    assert fields == ["texts.1", "texts.2", "texts.3"]
    assert not TemplateCandidate.objects.exists()


def test_a_pool_has_an_end(world):
    added(world, *(f"Number {n}?" for n in range(500)))
    with pytest.raises(InvalidInput, match="at most 500"):
        added(world, "One more?")


def test_candidates_tell_what_they_nearly_repeat(world):
    one, other = added(world, "What does the face do?", "What does this face do?").candidates
    store_likeness(world.project, {one.pk: (other.pk, 0.97), 0: (one.pk, 1.0)})
    first, second = candidates_of(world.project.pk, world.mila)
    assert first.by_letters.uid == other.uid
    assert first.by_letters.is_near
    assert (first.by_meaning.likeness, first.by_meaning.is_near) == (0.97, True)
    assert second.by_meaning is None
    remove_candidate(uid=other.uid, actor=world.mila)
    assert candidates_of(world.project.pk, world.mila)[0].by_meaning is None


def test_a_set_is_what_was_kept_and_the_next_has_another_number(world):
    added(world, "Never kept?")
    with pytest.raises(TransitionRefused, match="0 are kept"):
        a_set(world)
    keep(world, "What moves?", "Who is it?")
    first = a_set(world)
    assert (first.version, first.templates) == (1, ["What moves?", "Who is it?"])
    with pytest.raises(TransitionRefused, match="the same templates"):
        a_set(world)
    keep(world, "Where to?")
    assert a_set(world).version == 2
    assert a_set(world, "Another name").version == 1


def test_a_set_never_changes(world):
    keep(world, "What moves?")
    made = a_set(world)
    for change in (lambda rows: rows.update(templates=[]), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            change(InstructionSet.objects.filter(pk=made.pk))


def test_the_draw_is_the_same_byte_by_byte():
    templates = [f"Template {n}." for n in range(20)]
    drawn = [drawn_instruction(templates, 13, f"clip-{n}") for n in range(400)]
    assert drawn[:3] == ["Template 10.", "Template 3.", "Template 8."]
    assert len(set(drawn)) == 20


def test_only_builders_curate(world):
    candidate = added(world, "What moves?").candidates[0]
    with pytest.raises(NotAllowed):
        added(world, "Else?", actor=world.ada)
    with pytest.raises(NotAllowed):
        choose_candidate(uid=candidate.uid, actor=world.dana, choice="kept")
    with pytest.raises(NotFound):
        remove_candidate(uid=candidate.uid, actor=world.finn)
