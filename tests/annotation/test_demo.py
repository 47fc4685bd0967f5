"""The demo project: work in every stage, made once, through the work flow's own functions."""

from __future__ import annotations

import stat
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from annotation.captions import check_complete, render
from annotation.demo import story
from annotation.demo.captions import captioned_clips
from annotation.demo.clips import DemoClip, drawn_demo_clips
from annotation.demo.filling import fill
from annotation.demo.people import ROLES, accounts_file, make_people, tell_passwords
from annotation.management.commands import make_demo
from annotation.models import (
    Clip,
    ClipStage,
    Draft,
    DraftKind,
    Export,
    FaceBackends,
    Import,
    Pick,
    Project,
    Role,
    User,
    WorkflowEvent,
)
from tests.clips import Recipe, make_clip, steady
from tests.scripted_faces import a_record, a_track, store_tracks

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made_clips(tmp_path_factory):
    """Short videos under the names of the demo's, each of another length."""
    folder = tmp_path_factory.mktemp("demo")
    return [
        DemoClip(
            path=make_clip(
                folder / captioned.file,
                Recipe(captioned.file, *steady(Fraction(25), 5 + number)),
            ),
            source="A collection" if number % 2 else "Another collection",
            licence="CC BY 4.0",
            name=captioned.name,
            terms="For tests.",
            is_real=True,
        )
        for number, captioned in enumerate(captioned_clips())
        if not captioned.file.startswith("drawn")
    ]


@pytest.fixture(scope="module")
def media(tmp_path_factory):
    """Shared, because posters are made once for the same bytes."""
    return tmp_path_factory.mktemp("media")


@pytest.fixture
def place(tmp_path, media, settings):
    settings.MEDIA_ROOT = media
    settings.DATA_DIR = tmp_path
    return tmp_path


def test_every_screen_has_something_to_show(place, made_clips):
    project = fill(lambda: made_clips)

    stages = Counter(Clip.objects.values_list("stage", flat=True))
    assert stages == {
        ClipStage.ANNOTATING: 3,
        ClipStage.CONSOLIDATING: 1,
        ClipStage.CROSS_VALIDATING: 1,
        ClipStage.APPROVED: 2,
        ClipStage.REJECTED: 1,
    }
    roles = {Role(role) for role in project.memberships.values_list("role", flat=True)}
    assert roles == set(Role)
    assert {item.batch.kind for batch in Import.objects.all() for item in batch.items.all()} == {
        "upload"
    }
    drafts = Clip.objects.get(name="Woman between tears and laughter").drafts.all()
    assert {draft.generator for draft in drafts} == {"written by hand", "written by hand, second"}
    assert Export.objects.get().manifest["counts"]["train"] == 1
    assert set(Pick.objects.values_list("action", flat=True)) == {"take"}


def test_rules_draft_the_clips_that_are_worked_on_once_they_are_tracked(place, made_clips):
    project = fill(lambda: made_clips)
    backends = FaceBackends.objects.create(key="script", versions={})
    for clip in Clip.objects.filter(stage__in=[ClipStage.ANNOTATING, ClipStage.APPROVED]):
        store_tracks(clip, backends, a_record(a_track()))
    asked = Draft.objects.filter(kind=DraftKind.SIGNALS)
    assert {draft.clip.stage for draft in asked} == {ClipStage.ANNOTATING}
    assert asked.count() == 3

    project.draft_roles.update(ended_at=timezone.now())
    fill(lambda: pytest.fail("the clips are there"))
    assert not project.draft_roles.filter(ended_at__isnull=True).exists()


def test_a_call_that_was_stopped_is_gone_on_with_and_a_whole_one_left_alone(
    place, made_clips, monkeypatch
):
    def stop(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(story, "consolidate", stop)
        with pytest.raises(KeyboardInterrupt):
            fill(lambda: made_clips)
    assert not accounts_file().exists()

    fill(lambda: made_clips)
    assert accounts_file().exists()
    assert Clip.objects.filter(stage=ClipStage.APPROVED).count() == 2

    events = WorkflowEvent.objects.count()
    fill(lambda: pytest.fail("the clips are there"))
    assert WorkflowEvent.objects.count() == events
    assert Project.objects.count() == 1


def test_accounts_are_told_to_the_owner_of_the_file_only(place):
    tell_passwords(make_people(Project.objects.create(name="Demo")))
    assert stat.S_IMODE(accounts_file().stat().st_mode) == 0o600
    for line in accounts_file().read_text().splitlines()[1:]:
        _role, email, password = line.split()
        assert User.objects.get(email=email).check_password(password)
    assert User.objects.count() == len(ROLES)


def test_passwords_are_kept_until_the_file_is_lost(place):
    people = make_people(Project.objects.create(name="Demo"))
    tell_passwords(people)
    former = accounts_file().read_text()
    tell_passwords(people)
    assert accounts_file().read_text() == former
    accounts_file().unlink()
    tell_passwords(people)
    assert accounts_file().read_text() != former


def test_drawn_clips_have_a_story_too(place):
    fill(lambda: drawn_demo_clips(place))
    stages = sorted(Clip.objects.values_list("stage", flat=True))
    assert stages == [ClipStage.ANNOTATING, ClipStage.APPROVED, ClipStage.CONSOLIDATING]
    assert {clip.licence for clip in Clip.objects.all()} == {"CC0 1.0. Free for every use."}


def test_clips_without_captions_are_imported_all_the_same(place, made_clips):
    unknown = place / "unknown.mp4"
    unknown.write_bytes(made_clips[0].path.read_bytes())
    fill(lambda: [replace(made_clips[0], path=unknown)])
    assert Clip.objects.get().stage == ClipStage.ANNOTATING


def test_the_captions_are_complete_and_mark_inferences():
    documents = [
        document for clip in captioned_clips() for document in (*clip.drafts, *clip.annotations)
    ]
    for document in documents:
        check_complete(document)
        assert "[" not in render(document, "stripped")
    marked = [document for document in documents if "[" in render(document, "marked")]
    assert len(marked) > len(documents) / 2


def test_there_is_no_demo_on_a_server_for_others(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="no server that others can reach"):
        call_command("make_demo")


def test_the_command_fetches_fills_and_says_where_the_accounts_are(
    place, made_clips, monkeypatch, capsys
):
    fetched = []

    def fetch(folder):
        fetched.append(folder)
        return made_clips[:1]

    monkeypatch.setattr(make_demo, "demo_clips", fetch)
    call_command("make_demo")
    call_command("make_demo")
    assert fetched == [place / "demo-clips"]
    assert str(accounts_file()) in capsys.readouterr().out
