"""Clips before they are learned from, with frozen parts that answer what the test says."""

from types import SimpleNamespace
from typing import cast

import pytest
import torch

from ml.facetrack_mm.presets import PRESETS as MODELS
from ml.facetrack_mm.prompt import PromptWriter
from ml.facetrack_mm.reading import NothingToSee
from ml.facetrack_mm.tiny import speller
from ml.training.examples import TrainingExample
from ml.training.failures import RunFailed, Stopped
from ml.training.features import FeatureFiles, Features
from ml.training.folder import RunFolder
from ml.training.opening import Student
from ml.training.preparing import Preparation
from ml.training.presets import PRESETS
from ml.training.report import Report
from ml.training.stopping import StopRequest


class Seeing:
    """Sees a face in all clips but those whose names say that there is none."""

    def __init__(self, folder):
        self.config = MODELS["tiny"]
        self.writer = PromptWriter(speller(), self.config)
        self.files = FeatureFiles(folder, "made")
        self.seen = []

    def make(self, example):
        self.seen.append(example.id)
        if example.id.startswith("faceless"):
            raise NothingToSee(f"{example.id} shows no face.")
        return Features(None, torch.zeros(1))


@pytest.fixture
def preparation(tmp_path):
    (tmp_path / "run").mkdir()
    report = Report(RunFolder(tmp_path / "run"), is_first=True)
    seeing = Seeing(tmp_path / "features")
    return Preparation(cast(Student, seeing), PRESETS["tiny"], report, StopRequest())


@pytest.fixture
def named(tmp_path):
    (tmp_path / "media").touch()

    def make(*names):
        media = str(tmp_path / "media")
        return [
            TrainingExample(name, media, media, "What?", "She smiles.", f"{place:064x}")
            for place, name in enumerate(names)
        ]

    return make


def test_clips_that_show_nothing_are_left_out_and_named(preparation, named):
    clips = preparation.clips(named("one", "faceless", "another"))
    assert [example.id for example in clips.examples] == ["one", "another"]
    assert len(clips.words) == 2
    assert preparation.left_out == ["faceless"]


def test_what_is_kept_is_not_looked_at_again(preparation, named):
    examples = named("one", "another")
    for _ in range(2):
        clips = preparation.clips(examples)
    assert torch.equal(clips[1].features.faces, torch.zeros(1))
    assert preparation.student.seen == ["one", "another"]


def test_without_a_face_in_any_clip_there_is_nothing_to_learn(preparation, named):
    with pytest.raises(RunFailed, match="None of the clips"):
        preparation.clips(named("faceless"))


def test_a_stop_is_heard_between_two_clips(preparation, named):
    preparation.stop.is_made = True
    with pytest.raises(Stopped):
        preparation.clips(named("one"))
    assert preparation.student.seen == []


def test_an_instruction_that_holds_a_mark_of_the_model_is_refused(preparation, named):
    (example,) = named("one")
    marked = SimpleNamespace(**vars(example) | {"answer": "She </s> smiles."})
    with pytest.raises(RunFailed, match="one: The text holds </s>") as refused:
        preparation.clips([marked])
    assert refused.value.code == "bad_manifest"
