"""Videos of folders that the operator opened for imports, and of no others."""

from __future__ import annotations

import os

import pytest

from annotation.errors import InvalidInput
from annotation.models import (
    Clip,
    ImportItemStatus,
)

from .starting import from_folder, put, run

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["..", "../media", "/etc", "link", "absent", "a\0b", "x" * 5000])
def test_a_path_out_of_the_import_folders_is_refused(world, roots, path):
    """S20: dots, absolute names and links that lead out."""
    (roots / "link").symlink_to("/etc")
    with pytest.raises(InvalidInput, match="no such path"):
        from_folder(world, path)


def test_a_linked_file_out_of_the_import_folders_fails(world, videos, roots, tmp_path):
    put(videos, "plain.mp4", tmp_path / "secret.mp4")
    (roots / "innocent.mp4").symlink_to(tmp_path / "secret.mp4")
    assert run(from_folder(world)).items.get().status == ImportItemStatus.FAILED
    assert not Clip.objects.exists()


def test_a_file_whose_name_no_database_holds_fails_alone(world, videos, roots):
    put(videos, "plain.mp4", roots / "good.mp4")
    put(videos, "other.mp4", roots / "z\udcff.mp4")
    deep = roots.joinpath(*["d" * 200] * 6)
    put(videos, "other.mp4", deep / "deep.mp4")
    batch = run(from_folder(world))
    assert [(item.name, item.code) for item in batch.items.order_by("position")] == [
        ("good.mp4", ""),
        ("z?.mp4", "unusable_path"),
        ("deep.mp4", "unusable_path"),
    ]
    assert Clip.objects.count() == 1


def test_a_pipe_is_not_waited_for(world, roots):
    os.mkfifo(roots / "pipe.mp4")
    assert run(from_folder(world)).items.get().code == "invalid_input"


def test_folders_are_walked_in_order_and_only_videos_taken(world, videos, roots):
    for name in ("b/one.mp4", "a/two.MP4", ".hidden/three.mp4", "notes.txt"):
        put(videos, "plain.mp4", roots / name)
    batch = from_folder(world)
    names = batch.items.order_by("position").values_list("name", flat=True)
    assert list(names) == ["two.MP4", "one.mp4"]


def test_an_empty_folder_is_refused_with_what_to_do(world):
    with pytest.raises(InvalidInput, match="holds no videos"):
        from_folder(world)
