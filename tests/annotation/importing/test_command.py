from __future__ import annotations

from fractions import Fraction

import pytest
from django.core.management import CommandError, call_command

from annotation.models import Clip
from tests.clips import Recipe, make_clip, steady
from tests.factories import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    return World()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "videos"
    made.mkdir()
    make_clip(made / "a.mp4", Recipe("a.mp4", *steady(Fraction(25), 5)))
    return made


def command(world, *paths, email=None, source=None):
    call_command(
        "import_clips",
        *paths,
        project=world.project.pk,
        source=source or world.source.name,
        email=email or world.lena.email,
    )


def test_folders_and_files_are_imported_at_once(world, folder, capsys):
    command(world, folder, folder / "a.mp4")
    told = "0 pending, 1 imported, 1 duplicate, 0 failed"
    assert capsys.readouterr().out.strip() == told
    assert Clip.objects.get().name == "a.mp4"


def test_what_failed_is_named_and_the_rest_imported(world, folder, capsys):
    (folder / "b.mp4").write_text("no video")
    with pytest.raises(CommandError, match="could not be imported"):
        command(world, folder, folder / "absent.mp4")
    told = capsys.readouterr().err
    assert "b.mp4: The content is not a video" in told
    assert "absent.mp4" in told
    assert Clip.objects.get().name == "a.mp4"


def test_unknown_people_and_sources_are_refused(world, folder, settings):
    with pytest.raises(CommandError, match="no such account"):
        command(world, folder, email="nobody@example.org")
    with pytest.raises(CommandError, match="no such source"):
        command(world, folder, source="Nowhere")
    with pytest.raises(CommandError, match="role lead or ml"):
        command(world, folder, email=world.ada.email)
    assert not (settings.MEDIA_ROOT / "originals").exists()
