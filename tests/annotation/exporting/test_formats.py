"""Each format as those read it for whom it is made, where a small package of theirs exists."""

from __future__ import annotations

import csv
import json
import tarfile
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import pytest

from annotation import captions
from annotation.exporting.elan import lanes
from annotation.exporting.formats import FORMATS
from annotation.exporting.label_studio import result_of
from annotation.exporting.spreadsheets import safe_cell
from annotation.exporting.subtitles import srt, vtt
from annotation.exporting.timing import Cue
from annotation.importing.preparing import stored_path
from annotation.jobs import run_job
from annotation.models import (
    Consolidation,
    DatasetVersion,
    Draft,
    DraftKind,
    ExportFormat,
    Pick,
    Split,
)
from annotation.workflow.exporting import run_export, start_export
from annotation.workflow.releasing import freeze
from tests.factories import DraftFactory, HostedModelFactory, World, a_document, a_sentence
from tests.steps import consolidated_clip

TASKS = Path(__file__).parents[2] / "vectors" / "label_studio_tasks.json"
WANTED = "A young woman with short hair.\nHer brows rise."


@pytest.fixture
def version(world) -> DatasetVersion:
    """One clip called like a formula, drafted by hand, whose reviewer changed and dropped."""
    clip = consolidated_clip(world, name="=SUM(A1)", emotion="surprise")
    DraftFactory.create(clip=clip, generator="model x")
    path = stored_path(clip.original)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"a video")
    return freeze(project_id=world.project.pk, actor=world.mila, test_share=0.0, seed=3)


def exported(world: World, version: DatasetVersion, format: str, folder: Path, **options) -> Path:
    """The archive, unpacked."""
    export = start_export(version_uid=version.uid, actor=world.mila, format=format, **options)
    run_job(export.job.pk, run_export)
    export.refresh_from_db()
    assert export.location, export.job.error
    with ZipFile(stored_path(export.location)) as archive:
        archive.extractall(folder / format)  # noqa: S202 -- our own names
    return folder / format


def test_every_format_is_written():
    assert FORMATS.keys() == set(ExportFormat)


def test_conversations_in_the_shapes_of_two_readers(world, version, tmp_path):
    folder = exported(world, version, "facialdynamic", tmp_path, splits=["train"])
    [record] = json.loads((folder / "train.json").read_text())
    assert record.keys() == {"id", "video", "caption"}
    assert record["caption"] == WANTED
    assert not (folder / "test.json").exists()

    folder = exported(world, version, "llama-factory", tmp_path)
    train = json.loads((folder / "dataset_info.json").read_text())["countenance_train"]
    [row] = json.loads((folder / train["file_name"]).read_text())
    messages = row[train["columns"]["messages"]]
    assert [message["from"] for message in messages] == ["human", "gpt"]
    assert messages[0]["value"].count("<video>") == len(row[train["columns"]["videos"]]) == 1


def test_another_rendering_than_the_versions(world, tmp_path, monkeypatch):
    marked = partial(a_document, inferences=[{"start": 3, "end": 9}])
    monkeypatch.setattr("tests.steps.a_document", marked)
    consolidated_clip(world)
    version = freeze(project_id=world.project.pk, actor=world.mila, test_share=0.0)
    folder = exported(world, version, "facialdynamic", tmp_path, rendering="marked")
    [record] = json.loads((folder / "train.json").read_text())
    assert version.entries.get().text.endswith("Her rise.")
    assert record["caption"].endswith("Her[ brows] rise.")
    assert json.loads((folder / "manifest.json").read_text())["rendering"] == "marked"


def judge(world: World, version: DatasetVersion) -> None:
    """What a reviewer did: reworded one sentence, left another out."""
    consolidation = Consolidation.objects.get()
    draft = Draft.objects.get()
    source = {"kind": "draft", "uid": draft.uid, "sentence": "s2"}
    Pick.objects.create(
        consolidation=consolidation, action="edit", sentence="s2", text_before="Her brows fall."
    )
    Pick.objects.create(
        consolidation=consolidation, action="drop", sentence="other", sources=[source]
    )


def test_preferences_are_drafts_and_what_reviewers_changed(world, version, tmp_path):
    judge(world, version)
    folder = exported(world, version, "dpo", tmp_path)
    pairs = json.loads((folder / "train.json").read_text())
    rejected = [pair["rejected"]["value"] for pair in pairs]
    assert {pair["chosen"]["value"] for pair in pairs} == {WANTED}
    assert rejected == [
        WANTED.replace("Her brows rise.", "Her brows rise in the draft."),
        WANTED.replace("rise", "fall"),
        f"{WANTED} Her brows rise in the draft.",
    ]
    info = json.loads((folder / "dataset_info.json").read_text())["countenance_train"]
    assert info["ranking"]

    folder = exported(world, version, "kto", tmp_path)
    rows = json.loads((folder / "train.json").read_text())
    assert {row["conversations"][1]["value"]: row["kto_tag"] for row in rows} == {
        WANTED: True,
        **dict.fromkeys(rejected, False),
    }


def test_what_rules_wrote_is_a_preference_only_when_asked_for(world, version, tmp_path):
    rules = HostedModelFactory.create(project=world.project)
    Draft.objects.update(kind=DraftKind.SIGNALS, version=rules)
    for is_asked in (False, True):
        folder = exported(world, version, "dpo", tmp_path, with_rule_drafts=is_asked)
        assert bool(json.loads((folder / "train.json").read_text())) == is_asked


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "'=1", "＝1", "  =1"]
)
def test_no_cell_is_a_formula_and_each_reads_back(text):
    """S37."""
    cell = safe_cell(text)
    assert cell == f"'{text}"
    assert safe_cell("plain - text") == "plain - text"
    assert safe_cell(2.5) == 2.5


def test_a_table_of_captions(world, version, tmp_path):
    folder = exported(world, version, "csv", tmp_path)
    with (folder / "train.csv").open(newline="") as file:
        [row] = csv.DictReader(file)
    assert row["name"] == "'=SUM(A1)"
    assert row["caption"] == WANTED
    assert row["summary"] == "A woman is surprised."


def test_typed_tables_as_data_frames_and_datasets_load_them(world, version, tmp_path):
    import datasets
    from pyarrow import parquet

    folder = exported(world, version, "parquet", tmp_path)
    table = parquet.read_table(folder / "train.parquet")
    [row] = table.to_pylist()
    assert row["name"] == "=SUM(A1)"
    assert row["duration_s"] == 2.0
    assert [found["phase"] for found in row["sentences"]] == [None, "beginning", None]
    assert parquet.read_table(folder / "validation.parquet").schema == table.schema

    folder = exported(world, version, "hugging-face", tmp_path)
    loaded = datasets.load_dataset(str(folder), cache_dir=str(tmp_path / "cache"))
    assert {split: len(rows) for split, rows in loaded.items()} == {Split.TRAIN: 1}
    assert loaded["train"][0]["caption"] == WANTED


def test_shards_hold_video_text_and_facts(world, version, tmp_path):
    import webdataset

    folder = exported(world, version, "webdataset", tmp_path)
    shard = folder / "train-000000.tar"
    [sample] = list(webdataset.WebDataset(str(shard), shardshuffle=False))
    assert sample["mp4"] == b"a video"
    assert sample["txt"] == WANTED.encode()
    assert json.loads(sample["json"])["emotion"] == "surprise"
    with tarfile.open(shard) as tar:
        assert len(tar.getnames()) == 3


def test_time_lines_that_elan_and_players_read(world, version, tmp_path):
    from pympi.Elan import Eaf

    folder = exported(world, version, "eaf", tmp_path)
    [path] = folder.glob("train/*.eaf")
    eaf = Eaf(str(path))
    names = set(eaf.get_tier_names())
    assert names >= {"phases", "sentences", "inference", "annotator 1", "annotator 3"}
    cues = eaf.get_annotation_data_for_tier("sentences")
    cues += eaf.get_annotation_data_for_tier("sentences, lane 2")
    assert [cue[:3] for cue in cues] == [
        (0, 2000, "A young woman with short hair."),
        (0, 2000, "Her brows rise."),
    ]
    folder = exported(world, version, "vtt", tmp_path)
    [path] = folder.glob("train/*.vtt")
    assert path.read_text().count("00:00:00.000 --> 00:00:02.000") == 2


def test_cues_of_one_lane_never_overlap():
    cues = [Cue(0, 2000, "all"), Cue(0, 500, "first"), Cue(500, 900, "second")]
    assert [[cue.text for cue in lane] for lane in lanes(cues)] == [["first", "second"], ["all"]]


def test_subtitles_keep_their_own_signs_out_of_texts():
    cues = [Cue(0, 3_723_004, "a --> <b>")]
    assert vtt(cues) == "WEBVTT\n\n00:00:00.000 --> 01:02:03.004\na --&gt; &lt;b&gt;\n"
    assert srt(cues) == "1\n00:00:00,000 --> 01:02:03,004\na → <b>\n"


def test_tasks_of_label_studio_hold_captions_drafts_and_phases(world, version, tmp_path):
    folder = exported(world, version, "ls-json", tmp_path)
    [task] = json.loads((folder / "train.json").read_text())
    texts = {part["from_name"]: part["value"]["text"] for part in task["annotations"][0]["result"]}
    assert texts["facial_changes"] == ["Her brows rise."]
    assert [found["model_version"] for found in task["predictions"]] == ["model x"]
    phased = captions.parse(a_document(frames=[0, 10]))
    assert result_of(phased)[-1]["value"] == {
        "ranges": [{"start": 1, "end": 10}],
        "timelinelabels": ["beginning"],
    }


def documents_for_label_studio() -> list[dict[str, object]]:
    """Inferences and phases with frames in one; what a format may trip over in the other."""
    surprised = a_sentence(
        "s2", "At first, her brows rise, as if surprised.", phase="beginning", frames=[0, 12]
    )
    smiling = a_sentence("s4", "Then she seems to smile.", phase="end", frames=[30, 50])
    surprised["inferences"] = [{"start": 24, "end": 41}]
    smiling["inferences"] = [{"start": 9, "end": 23, "replacement": "smiles"}]
    return [
        {**a_document(), "facial_changes": [surprised, smiling]},
        a_document('He mouths "да" \U0001f642 & <b>[no]</b>.\\', attribute="Ein älterer Mann."),
    ]


def test_the_tasks_that_make_interop_sends_are_those_that_are_written(world, tmp_path, monkeypatch):
    for number, document in enumerate(documents_for_label_studio()):
        monkeypatch.setattr("tests.steps.a_document", lambda change, found=document: found)
        clip = consolidated_clip(world, name=f"clip-{number}", uid=f"clip{number}")
        DraftFactory.create(clip=clip, generator="model x")
        DraftFactory.create(clip=clip, generator="model y", document=document)
    version = freeze(project_id=world.project.pk, actor=world.mila, test_share=0.0)
    folder = exported(world, version, "ls-json", tmp_path)
    assert json.loads((folder / "train.json").read_text()) == json.loads(TASKS.read_text())


def test_the_audit_tells_all_and_names_nobody(world, version, tmp_path):
    judge(world, version)
    folder = exported(world, version, "consolidation-audit", tmp_path)
    text = (folder / "train.jsonl").read_text()
    made = json.loads(text)["consolidation"]
    assert [pick["action"] for pick in made["picks"]] == ["edit", "drop"]
    assert len({found["annotator"] for found in made["verdicts"]}) == 3
    assert all(f'"{person.name}"' not in text for person in [*world.annotators, world.dana])
