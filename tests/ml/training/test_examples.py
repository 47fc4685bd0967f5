import pytest

from ml.training.examples import read_manifest
from ml.training.failures import RunFailed
from tests.ml.training.runs import write_manifest

CLIP = {
    "id": "one",
    "video": "/videos/one.mp4",
    "faces": None,
    "instruction": "What changes?",
    "answer": "She smiles.",
    "sha256": "a" * 64,
}


def refusal(tmp_path, examples, **header):
    path = write_manifest(tmp_path / "train.jsonl", examples, **header)
    with pytest.raises(RunFailed) as refused:
        read_manifest(path, split="train")
    return refused.value.code, refused.value.message


def test_a_manifest_is_read_in_its_order(tmp_path):
    path = write_manifest(tmp_path / "train.jsonl", [CLIP, CLIP | {"id": "another"}])
    manifest = read_manifest(path, split="train")
    assert [example.id for example in manifest.examples] == ["one", "another"]
    assert manifest.header.dataset_version == "v1"


@pytest.mark.parametrize("found", [{"split": "test"}, {"examples": CLIP | {"split": "test"}}])
def test_a_clip_of_the_test_split_is_refused_wherever_it_is_named(tmp_path, found):
    examples = [found.pop("examples", CLIP)]
    code, message = refusal(tmp_path, examples, **found)
    assert code == "test_clips_in_training"
    assert "one" in message


@pytest.mark.parametrize(
    ("examples", "header", "told"),
    [
        ([CLIP], {"split": "validation"}, "of the split validation"),
        ([CLIP], {"count": 2}, "tells of 2 clips and has 1"),
        ([CLIP, CLIP], {}, "names a clip twice"),
        ([], {}, "has no clips"),
        ([CLIP | {"answer": ""}], {}, "line 2: answer"),
        ([CLIP | {"sha256": "short"}], {}, "line 2: sha256"),
        ([CLIP | {"caption": "More."}], {}, "line 2: caption"),
        ([CLIP], {"schema": 2}, "line 1: schema"),
    ],
)
def test_what_is_no_manifest_is_refused_with_its_line(tmp_path, examples, header, told):
    code, message = refusal(tmp_path, examples, **header)
    assert code == "bad_manifest"
    assert told in message


def test_a_file_that_is_empty_or_not_there_is_refused(tmp_path):
    for name in ("empty", "absent"):
        if name == "empty":
            (tmp_path / name).touch()
        with pytest.raises(RunFailed, match="cannot be read"):
            read_manifest(tmp_path / name, split="train")
