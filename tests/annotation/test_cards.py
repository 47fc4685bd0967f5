"""Data cards: what they count, what they say, and that they stay."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from annotation.cards.counting import count
from annotation.cards.markdown import to_markdown
from annotation.cards.tallies import Tally
from annotation.jobs import run_job
from annotation.models import DataCard, Job
from annotation.queries.cards import card_of
from annotation.workflow.cards import make_card
from annotation.workflow.rejecting import reject_as_lead, withdraw
from annotation.workflow.releasing import freeze
from tests.factories import World
from tests.steps import annotate, consolidate


def test_each_counter_counts_what_it_says():
    assert count("She's wide-eyed; her lips part, and she smiles.") == {
        "words": 8,
        "words_and_punctuation": 11,
        "facial_actions": 2,
    }


def test_a_tally_summarizes_without_keeping_the_values():
    tally = Tally()
    for value in [*range(1, 101), 1000]:
        tally.add(value)
    summary = tally.summary()
    assert (summary["least"], summary["median"], summary["most"]) == (1, 51, 1000)
    assert summary["mean"] == pytest.approx(6050 / 101, abs=0.001)
    assert sum(bar["count"] for bar in summary["bars"]) == summary["count"] == 101
    assert len(summary["bars"]) <= 25


def test_tenths_of_seconds_stay_tenths():
    tally = Tally(units_in_one=10)
    for seconds in (1.04, 2.0, 2.5):
        tally.add(seconds)
    summary = tally.summary()
    assert (summary["least"], summary["median"], summary["most"]) == (1.0, 2.0, 2.5)
    assert summary["bars"][0]["from"] <= 1.0 < summary["bars"][0]["to"]


@pytest.fixture
def world(db):
    return World(cross_validation_check_share=0.0, annotators_per_clip=1)


def approved(world, change: str = "Her brows rise.", **fields):
    clip = world.open_clip(**fields)
    annotate(world, world.ada)
    consolidate(world, world.dana, change)
    clip.refresh_from_db()
    return clip


def made(world, **wishes):
    version = freeze(project_id=world.project.pk, actor=world.mila, **wishes)
    run_job(Job.objects.get(kind__endswith="make_card").pk, make_card)
    return version


def test_freezing_asks_for_a_card_of_what_was_frozen(world):
    approved(world, emotion="joy", duration_s=2.0)
    approved(world, "Her lips part, as if she were glad.", duration_s=4.0)
    static = approved(world)
    reject_as_lead(clip_id=static.pk, actor=world.lena, reason="static", note="")

    version = made(world)

    content = DataCard.objects.get(version=version).content
    scopes = {(scope["by"], scope["name"]): scope for scope in content["scopes"]}
    assert set(scopes) == {
        ("all", ""),
        ("source_kind", "collected"),
        ("source", world.source.name),
    }
    assert scopes["all", ""]["duration_s"]["mean"] == 3.0
    assert scopes["all", ""]["facial_actions"]["most"] == 1
    assert content["hedged"] == {"captions": 1, "per_thousand": 500.0}
    assert content["rejected"] == {"static": 1}
    assert content["lexicon"]["version"] == 1
    assert content["licences"][0]["licence"] == "CC BY 4.0"
    assert {row["name"] for row in content["emotions"]} == {"joy", ""}


def test_a_card_stays_as_it_was_made_and_tells_who_left_since(world):
    clip = approved(world)
    version = made(world, note="For | the *paper*")
    withdraw(clip_id=clip.pk, actor=world.lena, reason="asked")
    now = card_of(version.uid, world.mila)
    assert now.ended["withdrawn"] == [clip.uid]
    assert now.card is not None
    text = to_markdown(now.card, now.action_counts, now.ended)
    assert f"withdrawn: {clip.uid}" in text
    assert "For \\| the \\*paper\\*" in text
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        DataCard.objects.update(content={})


def test_the_job_that_makes_the_card_is_told_until_it_is_made(world):
    approved(world)
    version = freeze(project_id=world.project.pk, actor=world.mila)
    now = card_of(version.uid, world.mila)
    assert now.card is None
    assert now.job is not None
    assert now.job.state == "queued"
