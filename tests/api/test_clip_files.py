"""Pictures go out to members, as long as consent holds. Ranges are in test_media_ranges."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotation.models import ClipStage, Role
from tests.factories import World

from .calling import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return World()


@pytest.fixture
def clip(world, settings):
    clip = world.open_clip(proxy="proxy.mp4")
    for name in (clip.original, clip.proxy, clip.poster):
        path = Path(settings.MEDIA_ROOT, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return clip


def test_the_player_gets_the_proxy_in_parts(world, clip):
    answer = Caller(world.ada).client.get(
        f"/api/v1/clips/{clip.pk}/media", headers={"Range": "bytes=0-4"}
    )
    assert (answer.status_code, answer.getvalue()) == (206, b"proxy")
    assert answer["Content-Type"] == "video/mp4"
    assert "private" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("codec", "kind"), [("h264", "video/mp4"), ("vp9", "video/webm"), ("av1", "video/webm")]
)
def test_an_original_has_the_type_of_its_codec(world, clip, codec, kind):
    clip.proxy, clip.video_codec = "", codec
    clip.save()
    assert Caller(world.ada).get(f"clips/{clip.pk}/media")["Content-Type"] == kind


def test_a_frame_comes_from_the_original(world, clip, monkeypatch, settings):
    asked = []

    def extract(path, index, crop):
        asked.append((path.name, index, crop))
        return Path(settings.MEDIA_ROOT, clip.poster)

    monkeypatch.setattr("api.clip_files.extract_frame", extract)
    answer = Caller(world.ada).get(f"clips/{clip.pk}/frames/49.jpg")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert asked == [(Path(clip.original).name, 49, None)]
    assert Caller(world.ada).get(f"clips/{clip.pk}/frames/50.jpg").status_code == 404


def test_seconds_are_the_times_of_the_file(world, clip):
    seen = Caller(world.ada).get(f"clips/{clip.pk}/timestamps").json()
    assert seen["time_base"] == [1, 25]
    assert (seen["pts"][:3], seen["seconds"][:3]) == ([0, 1, 2], [0.0, 0.04, 0.08])
    assert seen["duration_s"] == 2.0


def test_a_withdrawn_clip_is_shown_to_nobody(world, clip):
    lena = Caller(world.lena)
    used = lena.post(f"clips/{clip.pk}/withdraw", {"reason": "The consent has ended."})
    assert used.json() == {"dataset_versions": [], "exports": [], "training_runs": []}
    for person in (world.lena, world.mila, world.ada):
        for name in ("media", "poster.jpg", "frames/0.jpg", "timestamps", "approved-caption"):
            assert Caller(person).get(f"clips/{clip.pk}/{name}").status_code == 404
    assert lena.get(f"clips/{clip.pk}").json()["stage"] == ClipStage.WITHDRAWN


def test_a_missing_file_is_not_found(world, clip, settings):
    Path(settings.MEDIA_ROOT, clip.poster).unlink()
    answer = Caller(world.ada).get(f"clips/{clip.pk}/poster.jpg")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_members_of_any_role_may_watch(world, clip):
    for role in Role:
        person = world.member(f"someone-{role}", role)
        assert Caller(person).get(f"clips/{clip.pk}/media").status_code == 200
    assert Caller(world.finn).get(f"clips/{clip.pk}/media").status_code == 404
