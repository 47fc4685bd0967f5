"""What an export links to is fetched by the line that it documents, byte for byte."""

from __future__ import annotations

import csv
import hashlib
import re
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest
from rest_framework.test import APIClient

from annotation.importing.preparing import stored_path
from annotation.jobs import run_job
from annotation.models import Clip, Export
from annotation.workflow.exporting import run_export
from annotation.workflow.rejecting import withdraw
from annotation.workflow.tokens import create_token
from tests.factories import World
from tests.released import a_version, add_entry

CROPPED = "a part of the picture"


def a_clip(world: World, name: str, **fields: object) -> Clip:
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    clip = world.clip(stage="approved", name=name, sha256=sha256, **fields)
    store(clip.original, name)
    return clip


def store(location: str, content: str) -> None:
    path = stored_path(location)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)


@pytest.fixture
def world(transactional_db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return World()


@pytest.fixture
def version(world):
    store("crop.mp4", CROPPED)
    made = a_version(world, train=2)
    for clip in (
        a_clip(world, "Höhe (3).AVI", crop=[0, 0, 64, 64], proxy="crop.mp4"),
        a_clip(world, "a whole picture.mp4"),
    ):
        add_entry(world, made, clip, "Her brows rise.", "train")
    return made


@pytest.fixture
def folder(world, version, live_server, tmp_path):
    """The unpacked archive with the token laid beside, as the head of its list says."""
    _, key = create_token(
        actor=world.mila, name="fetching", scopes=["export"], project_id=None, days=1
    )
    client = APIClient(headers={"authorization": f"Bearer {key}"})
    asked = {"format": "native-jsonl", "media": "links"}
    address = f"/api/v1/dataset-versions/{version.uid}/exports"
    host = live_server.url.removeprefix("http://")
    answer = client.post(address, asked, format="json", headers={"host": host})
    assert answer.status_code == 202, answer.content
    export = Export.objects.get()
    assert export.job is not None
    run_job(export.job.pk, run_export)
    export.refresh_from_db()
    with ZipFile(stored_path(export.location)) as archive:
        archive.extractall(tmp_path / "export")
    (tmp_path / "export" / "token").write_text(f"Authorization: Bearer {key}\n")
    return tmp_path / "export"


def fetch(folder: Path) -> int:
    """The status of the line in the head of the list."""
    line = re.search(r"^# +(curl .*)$", (folder / "media.curl").read_text(), re.MULTILINE)
    assert line is not None
    return subprocess.run(line[1].split(), cwd=folder, check=False).returncode


def rows_of(folder: Path) -> list[dict[str, str]]:
    with (folder / "media.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_every_video_comes_to_the_path_that_names_it(folder):
    assert fetch(folder) == 0
    fetched = {row["path"]: (folder / row["path"]).read_bytes() for row in rows_of(folder)}
    assert set(fetched.values()) == {
        CROPPED.encode(),
        "Höhe (3).AVI".encode(),
        b"a whole picture.mp4",
    }
    for row in rows_of(folder):
        content = fetched[row["path"]]
        assert hashlib.sha256(content).hexdigest() == row["sha256"]
        assert len(content) == int(row["bytes"])
    check = ["sha256sum", "--check", "videos.sha256"]
    assert subprocess.run(check, cwd=folder, check=False).returncode == 0


def test_the_same_line_goes_on_where_it_stopped_and_passes_over_what_has_ended(
    folder, world, version
):
    assert fetch(folder) == 0
    whole, gone = (
        folder / row["path"] for row in rows_of(folder) if "originals" not in row["path"]
    )
    content = whole.read_bytes()
    whole.write_bytes(content[:5])
    gone.unlink()
    clip = version.entries.get(clip__uid=gone.stem.rpartition("-")[2]).clip
    withdraw(clip_id=clip.pk, actor=world.lena, reason="asked")
    fetch(folder)
    assert whole.read_bytes() == content
    assert not gone.exists()
