"""How good a model's drafts were, traced from the approved captions back to their sentences."""

from __future__ import annotations

from decimal import Decimal

import pytest

from annotation.errors import NotAllowed
from annotation.models import DraftStatus, ModelCall
from annotation.queries.draft_statistics import statistics_of
from annotation.workflow.consolidation import finish, save_consolidation
from annotation.workflow.writing import save_annotation
from tests.factories import DraftFactory, HostedModelFactory, World, a_document, a_sentence
from tests.steps import accept_all, claim, start_consolidation, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World(annotators_per_clip=1, cross_validation_check_share=0.0)


@pytest.fixture
def version(world):
    return HostedModelFactory.create(project=world.project)


def drafted(clip, version, **fields):
    named = {"clip": clip, "kind": "openai", "generator": version.name, "version": version}
    return DraftFactory.create(**{**named, "document": a_document("Her brows rise."), **fields})


def from_draft(draft, name, text, **fields):
    origin = {"kind": "draft", "uid": draft.uid, "sentence": name}
    return a_sentence(name, text, origin=origin, **fields)


def approve(world, document):
    """Written by Ada as she found it, and taken over by Dana sentence by sentence."""
    assignment = claim(world, world.ada)
    annotation = save_annotation(
        assignment_id=assignment.pk, actor=world.ada, revision=0, document=document
    )
    submit(assignment, world.ada)
    consolidation = start_consolidation(world, world.dana)
    saved = save_consolidation(
        consolidation_id=consolidation.pk,
        actor=world.dana,
        revision=consolidation.revision,
        document=taken_from(annotation),
    )
    finish(
        consolidation_id=saved.pk,
        actor=world.dana,
        revision=saved.revision,
        verdicts=accept_all(saved.clip),
    )


def taken_from(annotation):
    def taken(sentence):
        origin = {"kind": "annotation", "uid": annotation.uid, "sentence": sentence["id"]}
        return {**sentence, "origin": origin}

    document = annotation.document
    return {
        "schema": 1,
        "external_attributes": list(map(taken, document["external_attributes"])),
        "facial_changes": list(map(taken, document["facial_changes"])),
        "summary": taken(document["summary"]),
    }


def test_sentences_are_followed_from_the_draft_into_the_approved_caption(world, version):
    clip = world.open_clip(emotion="surprise")
    draft = drafted(clip, version, seconds=4.0)
    ModelCall.objects.create(
        project=world.project,
        version=version,
        draft=draft,
        request_hash="a" * 64,
        status="used",
        answer="{}",
        reserved=1,
        price=Decimal("0.03"),
        ended_at=draft.ended_at,
    )
    document = {
        "schema": 1,
        "external_attributes": [from_draft(draft, "s1", "A young woman with short hair.")],
        "facial_changes": [from_draft(draft, "s2", "Her brows rise a lot.", phase="beginning")],
        "summary": a_sentence("s9", "A woman is pleased."),
    }
    approve(world, document)

    found = statistics_of(world.project.pk, world.mila, version.uid)
    total = found.total
    assert (total["drafts"], total["ready"], total["judged"]) == (1, 1, 1)
    assert (total["survival"], total["unchanged"]) == (round(2 / 3, 4), round(1 / 3, 4))
    assert 0 < total["edited"] < 1
    assert (total["price"], total["seconds_median"]) == (Decimal("0.03"), 4.0)
    assert found.by_source == {world.source.name: total}
    assert found.by_emotion == {"surprise": total}


def test_failures_are_counted_and_nothing_is_judged_before_approval(world, version):
    failed = {"status": DraftStatus.FAILED, "document": None, "error": "No.", "failure": "refused"}
    drafted(world.open_clip(), version, **failed)
    drafted(world.open_clip(), version)
    found = statistics_of(world.project.pk, world.mila, version.uid)
    assert (found.total["drafts"], found.total["ready"]) == (2, 1)
    assert found.failures == {"refused": 1}
    assert (found.total["survival"], found.total["edited"]) == (None, None)


def test_a_version_without_drafts_has_no_rates(world, version):
    total = statistics_of(world.project.pk, world.lena, version.uid).total
    assert (total["drafts"], total["price"], total["seconds_p95"]) == (0, 0, None)


def test_the_number_of_queries_does_not_grow(world, version, django_assert_max_num_queries):
    for _ in range(4):
        drafted(world.open_clip(), version)
    with django_assert_max_num_queries(7):
        statistics_of(world.project.pk, world.mila, version.uid)


def test_annotators_do_not_see_them(world, version):
    with pytest.raises(NotAllowed):
        statistics_of(world.project.pk, world.ada, version.uid)
