"""`python -m ml draft`, `assemble` and `merge` with tiny models."""

import json
import shutil
from dataclasses import replace
from fractions import Fraction

import pytest
import torch

from ml.__main__ import main
from ml.facetrack_mm.adapters import Adapters, lora
from ml.facetrack_mm.checkpoints import load_model, save_model
from ml.facetrack_mm.config import FaceConfig, FaceTrackConfig
from ml.facetrack_mm.model import FaceTrackModel, Words
from ml.facetrack_mm.presets import PRESETS, TINY_ENCODER
from ml.facetrack_mm.prompt import load_tokenizer
from ml.video.streaming import stream_frames
from tests.clips import Recipe, make_clip, steady
from tests.ml.facetrack_mm.models import row, tiny_model
from tests.ml.facetrack_mm.records import record, track
from tests.ml.facetrack_mm.spelling import spelling
from tests.ml.facetrack_mm.test_checkpoints import FACEXFORMER
from tests.ml.facetrack_mm.test_model import FOLDER, TOWER

CLIP = Recipe("clip.mkv", *steady(Fraction(30), 15), codec="ffv1", width=160, height=95)
SENTENCE = "At the beginning, the woman looks down."


@pytest.fixture
def model(tmp_path):
    (tmp_path / "tokenizer").mkdir()
    spelling().save(str(tmp_path / "tokenizer" / "tokenizer.json"))
    save_model(tiny_model(), tmp_path / "model", tmp_path / "tokenizer")
    return tmp_path / "model"


@pytest.fixture
def draft(tmp_path, model, capsys, monkeypatch):
    """Two clips: one whose face is followed, and one with a damaged record."""
    for name in ("a.mkv", "b.mkv"):
        (tmp_path / "clips" / name).parent.mkdir(exist_ok=True)
        make_clip(tmp_path / "clips" / name, CLIP)
    frames = [frame.index for frame in stream_frames(tmp_path / "clips" / "a.mkv")]
    found = record(track(1, dict.fromkeys(range(len(frames)), 40), left=20), length=len(frames))
    found = replace(found, frames=frames, frame_count=15, width=160, height=95)
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "a.mkv.json.gz").write_bytes(found.to_gzip())
    (tmp_path / "records" / "b.mkv.json.gz").write_bytes(b"damaged")

    def say(self, rows, settings=None, *, keeps_cache=True):
        assert all(row.faces is not None for row in rows)
        ids = spelling().encode(SENTENCE, add_special_tokens=False).ids
        return [Words(ids, has_ended=True) for _ in rows]

    monkeypatch.setattr(FaceTrackModel, "generate", say)

    def run(*options, folder=model):
        paths = (f"--out={tmp_path / 'drafts.jsonl'}", f"--records={tmp_path / 'records'}")
        code = main(["draft", str(tmp_path / "clips"), f"--model={folder}", *paths, *options])
        return code, json.loads(capsys.readouterr().out.splitlines()[-1])

    return run


@pytest.fixture
def lines(tmp_path):
    return lambda: [json.loads(line) for line in (tmp_path / "drafts.jsonl").open()]


def test_each_clip_has_its_text_or_its_reason_and_a_second_run_goes_on(draft, lines):
    code, answer = draft()
    assert (code, answer["drafted"], answer["failed"]) == (0, 1, 1)
    written, refused = lines()
    assert written == {"video": "a.mkv", "generator": "facetrack-mm model", "text": SENTENCE}
    assert (refused["video"], refused["error"]) == ("b.mkv", "unusable_video")
    _, answer = draft("--batch=1")
    assert (answer["kept"], answer["drafted"], answer["failed"]) == (1, 0, 1)


def run(capsys, *words):
    code = main([str(word) for word in words])
    return code, json.loads(capsys.readouterr().out.splitlines()[-1])


def test_the_released_files_are_joined_into_a_model(tmp_path, capsys, monkeypatch):
    released = shutil.copytree(FOLDER, tmp_path / "released")
    spelling().save(str(released / "tokenizer.json"))
    face = FaceConfig(encoder=TINY_ENCODER)
    monkeypatch.setitem(PRESETS, "made", FaceTrackConfig(vision=TOWER, face=face))
    paths = (f"--facexformer={FACEXFORMER}", f"--out={tmp_path / 'joined'}")
    code, answer = run(capsys, "assemble", released, "--preset=made", *paths)
    assert (code, answer) == (0, {"folder": str(tmp_path / "joined")})
    model = load_model(tmp_path / "joined")
    assert model.config.frames.count == 4
    assert model.face_projector is not None
    assert load_tokenizer(tmp_path / "joined").get_vocab_size() == 256


@pytest.mark.parametrize(
    ("words", "error"),
    [(["--preset=none"], "unknown_preset"), (["--preset=7b-no-faces"], "unusable_model")],
)
def test_what_cannot_be_joined_is_told(tmp_path, capsys, words, error):
    # The golden folder's tower is smaller than the released one's.
    code, answer = run(capsys, "assemble", FOLDER, *words, f"--out={tmp_path / 'joined'}")
    assert (code, answer["error"]) == (1, error)
    assert not (tmp_path / "joined").exists()


def test_an_adapter_is_laid_into_its_model(tmp_path, capsys, model):
    adapters = Adapters(load_model(model))
    adapters.add("made", lora(rank=2, alpha=4))
    with torch.no_grad():
        for weight in adapters.model.language_model.parameters():
            weight.add_(0.01)
    adapters.save("made", tmp_path / "trained")
    expected = Adapters(load_model(model))
    expected.load("made", tmp_path / "trained")
    code, _ = run(capsys, "merge", model, tmp_path / "trained", f"--out={tmp_path / 'merged'}")
    assert code == 0
    merged = load_model(tmp_path / "merged")
    with torch.no_grad():
        logits = [each.logits([row()])[0] for each in (merged, expected.model)]
    torch.testing.assert_close(*logits, atol=1e-5, rtol=1e-5)
    code, answer = run(capsys, "merge", model, model, f"--out={tmp_path / 'again'}")
    assert (code, answer["error"]) == (1, "unusable_model")


def test_an_adapter_is_part_of_the_name(tmp_path, draft, lines):
    adapters = Adapters(tiny_model())
    adapters.add("made", lora(rank=2, alpha=4))
    adapters.save("made", tmp_path / "trained")
    draft(f"--adapter={tmp_path / 'trained'}")
    assert lines()[0]["generator"] == "facetrack-mm model + trained"


@pytest.mark.parametrize(
    ("file", "words"),
    [("tokenizer.json", "no tokenizer.json"), ("model.safetensors", "cannot be read")],
)
def test_a_folder_that_is_no_model_says_what_is_missing(draft, model, file, words):
    (model / file).unlink()
    code, answer = draft()
    assert (code, answer["error"]) == (1, "unusable_model")
    assert words in answer["message"]


def test_the_small_model_says_how_to_get_its_weights(tmp_path, draft, monkeypatch):
    monkeypatch.setenv("MODELS_DIR", str(tmp_path))
    code, answer = draft(folder="mini")
    assert (code, answer["error"]) == (1, "weights_missing")
    assert "fetch-models --with smollm2" in answer["message"]
