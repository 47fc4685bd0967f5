"""Exports: complete, repeatable and safely named."""

from __future__ import annotations

import hashlib
import json
import os
from zipfile import ZipFile, ZipInfo

import pytest

from annotation.errors import InvalidInput, NotAllowed, NotFound, TransitionRefused
from annotation.exporting import archive, choosing, native
from annotation.exporting.names import stem, video_name
from annotation.importing.preparing import stored_path
from annotation.instructions.templates import load_templates
from annotation.models import InstructionSet, Split
from annotation.queries.datasets import finished_export
from annotation.workflow.exporting import start_export
from annotation.workflow.rejecting import withdraw
from tests.factories import World

from .exports import export_of, files_of, store_videos

pytestmark = pytest.mark.django_db


def test_conversations_are_what_the_trainer_reads(world, version):
    files = files_of(export_of(version, world.mila))

    entries = {entry.clip.uid: entry for entry in version.entries.select_related("clip")}
    seen = {}
    for split in Split.values:
        for record in json.loads(files[f"{split}.json"]):
            entry = entries[record["id"]]
            assert entry.split == split
            question, answer = record["conversations"]
            assert question["from"] == "human"
            assert question["value"].removeprefix("<video>\n") in load_templates()
            assert answer == {"from": "gpt", "value": entry.text}
            assert record["video"] == f"videos/{video_name(entry.clip)}"
            seen[record["id"]] = question["value"]
    assert seen.keys() == entries.keys()
    assert len(set(seen.values())) > 1
    assert json.loads(files["validation.json"]) == []


def test_native_records_hold_documents_and_provenance_but_no_person(world, version):
    files = files_of(export_of(version, world.lena, "native-jsonl"))
    records = [
        json.loads(line) for split in Split.values for line in files[f"{split}.jsonl"].splitlines()
    ]
    assert len(records) == 5
    for record in records:
        assert record["document"]["summary"]["text"] == "A woman is surprised."
        assert record["provenance"]["verdicts"] == ["accepted"] * 3
        assert record["clip"]["source"] == world.source.name
    for person in [*world.annotators, world.dana]:
        assert person.email.encode() not in files["train.jsonl"]
        assert f'"{person.name}"'.encode() not in files["train.jsonl"]


def test_the_manifest_names_every_file_by_its_hash(world, version):
    export = export_of(version, world.mila)
    files = files_of(export)
    manifest = json.loads(files.pop("manifest.json"))

    assert manifest == export.manifest
    assert manifest["files"] == {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "size_bytes": len(content)}
        for name, content in files.items()
    }
    assert manifest["dataset_version"]["uid"] == version.uid
    assert manifest["counts"] == {"train": 3, "validation": 0, "test": 2}
    assert manifest["instruction_set"]["templates"] == load_templates()
    assert manifest["licences"] == [
        {"source": world.source.name, "kind": "collected", "licence": "CC BY 4.0", "clips": 5}
    ]
    assert manifest["left_out"] == {"withdrawn": [], "consent_ended": []}
    assert export.sha256 == hashlib.sha256(stored_path(export.location).read_bytes()).hexdigest()
    assert export.size_bytes == stored_path(export.location).stat().st_size


@pytest.mark.parametrize("format", ["videollama2", "native-jsonl"])
def test_the_same_version_and_seed_give_the_same_bytes(world, version, format):
    first, second = (export_of(version, world.mila, format) for _ in range(2))
    assert first.uid != second.uid
    assert first.sha256 == second.sha256


def test_another_seed_draws_other_instructions(world, version):
    first, second = (export_of(version, world.mila, seed=seed) for seed in (1, 2))
    assert first.sha256 != second.sha256


def test_videos_can_come_along(world, version):
    store_videos(version)
    files = files_of(export_of(version, world.mila, media="copies"))
    videos = {name: content for name, content in files.items() if name.startswith("videos/")}
    for entry in version.entries.select_related("clip"):
        assert videos.pop(f"videos/{video_name(entry.clip)}") == entry.clip.uid.encode()
    assert not videos


def test_a_video_that_is_gone_ends_the_export_by_the_name_of_its_clip(world, version):
    store_videos(version)
    gone = version.entries.earliest("pk").clip
    stored_path(gone.original).unlink()
    job = export_of(version, world.mila, media="copies").job
    assert job.state == "dead"
    assert f"The video of the clip {gone.name} is not where it was stored." in job.error


def test_files_of_single_clips_have_their_hashes_in_a_file_of_their_own(world, version):
    export = export_of(version, world.mila, "vtt")
    files = files_of(export)
    assert files.keys() - export.manifest["files"].keys() - {"manifest.json"} == {
        f"{entry.split}/{stem(entry.clip)}.vtt" for entry in version.entries.select_related("clip")
    }
    assert set(files["files.sha256"].decode().splitlines()) == {
        f"{hashlib.sha256(content).hexdigest()}  {name}"
        for name, content in files.items()
        if name.endswith(".vtt")
    }


def test_videos_that_stay_behind_are_named_with_their_hashes(world, version):
    files = files_of(export_of(version, world.mila))
    clips = [entry.clip for entry in version.entries.select_related("clip")]
    assert set(files["videos.sha256"].decode().splitlines()) == {
        f"{clip.sha256}  videos/{video_name(clip)}" for clip in clips
    }


def test_a_cropped_clip_comes_as_it_was_described(world, version):
    clip = version.entries.select_related("clip").first().clip
    clip.name, clip.crop, clip.proxy = "one.avi", [0, 0, 64, 64], "cropped.mp4"
    clip.save()
    store_videos(version)
    stored_path(clip.proxy).write_bytes(b"cropped")
    files = files_of(export_of(version, world.mila, media="copies"))
    name = f"videos/one-{clip.uid}.mp4"
    assert files[name] == b"cropped"
    sha256 = hashlib.sha256(b"cropped").hexdigest()
    assert f"{sha256}  {name}" in files["videos.sha256"].decode().splitlines()


def test_what_was_withdrawn_since_the_freeze_is_left_out_and_listed(world, version):
    clip = version.entries.first().clip
    withdraw(clip_id=clip.pk, actor=world.lena, reason="asked")
    export = export_of(version, world.mila)
    files = files_of(export)
    assert export.manifest["left_out"]["withdrawn"] == [clip.uid]
    text = b"".join(content for name, content in files.items() if name != "manifest.json")
    assert clip.uid.encode() not in text
    assert sum(export.manifest["counts"].values()) == 4


def test_an_export_is_not_handed_out_once_the_use_of_a_clip_has_ended(world, version):
    export = export_of(version, world.mila)
    assert finished_export(export.uid, world.mila) == export
    withdraw(clip_id=version.entries.first().clip.pk, actor=world.lena, reason="asked")
    with pytest.raises(TransitionRefused, match="1 of its clips"):
        finished_export(export.uid, world.mila)
    assert finished_export(export_of(version, world.mila).uid, world.mila)


def test_who_may_export_and_what(world, version):
    for person in (world.ada, world.dana, world.vera):
        with pytest.raises(NotAllowed):
            export_of(version, person)
    with pytest.raises(NotFound):
        export_of(version, world.finn)
    with pytest.raises(InvalidInput, match="formats"):
        export_of(version, world.mila, "shapefile")


def test_an_instruction_set_of_another_project_is_not_found(world, version):
    """S41: an id in a body is checked like one in the path."""
    foreign = InstructionSet.objects.create(
        project=World().project, name="Theirs", templates=["Describe it."]
    )
    with pytest.raises(NotFound):
        export_of(version, world.mila, instruction_set_uid=foreign.uid)


def test_the_projects_own_templates_are_used_when_asked_for(world, version):
    own = InstructionSet.objects.create(
        project=world.project, name="Ours", templates=["Say what the face does."]
    )
    files = files_of(export_of(version, world.mila, instruction_set_uid=own.uid))
    assert "Say what the face does." in files["train.json"].decode()


def test_the_product_ships_twenty_different_templates():
    templates = load_templates()
    assert len(templates) == len(set(templates)) == 20
    assert all(template == template.strip() and template for template in templates)


def test_a_version_takes_as_many_queries_whatever_its_size(
    world, version, django_assert_num_queries
):
    export = start_export(version_uid=version.uid, actor=world.mila, format="native-jsonl")
    chosen = choosing.Chosen(export, lambda piece, done: None)
    with django_assert_num_queries(3 + 2 * len(native.RELATED)):  # no entries in validation
        assert len(list(chosen.entries(*native.RELATED))) == 5


def test_an_archive_says_nothing_of_when_and_where_it_was_made(tmp_path):
    with archive.new_archive(tmp_path / "x.zip") as made:
        made.add("a.txt", [b"text"])
    info: ZipInfo = ZipFile(tmp_path / "x.zip").getinfo("a.txt")
    assert info.date_time == (1980, 1, 1, 0, 0, 0)
    assert info.create_system == 3
    assert os.listdir(tmp_path) == ["x.zip"]
