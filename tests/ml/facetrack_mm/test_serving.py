from dataclasses import replace

import pytest
import torch

from ml.drafting.protocols import Drafted, Failed
from ml.facetrack_mm.config import PromptConfig
from ml.facetrack_mm.model import FaceTrackModel, Words
from ml.facetrack_mm.prompt import PromptWriter
from ml.facetrack_mm.reading import ClipReader
from ml.facetrack_mm.serving import FaceTrackDrafter
from ml.video.containers import VideoRefused
from tests.ml.facetrack_mm.models import TINY, tiny_model
from tests.ml.facetrack_mm.records import record, track
from tests.ml.facetrack_mm.spelling import spelling
from tests.ml.facetrack_mm.test_reading import ONE, clip


class Telling(FaceTrackModel):
    """Says how many rows it was given, or what it is told to; `room` of them fit."""

    def __init__(self):
        super().__init__(TINY)
        self.room, self.says, self.sizes = 100, None, []

    def generate(self, rows, settings=None, *, keeps_cache=True):
        self.sizes.append(len(rows))
        if len(rows) > self.room:
            raise torch.OutOfMemoryError("CUDA out of memory.")
        said = f"At the beginning the woman looks at the {len(rows)} of them and smiles."
        said = said if self.says is None else self.says
        ids = spelling().encode(said, add_special_tokens=False).ids
        return [Words(ids, has_ended=True) for _ in rows]


@pytest.fixture(scope="module")
def loaded():
    return Telling()


@pytest.fixture
def model(loaded):
    loaded.room, loaded.says, loaded.sizes = 100, None, []
    return loaded


def drafter(model, batch=4):
    return FaceTrackDrafter(model, PromptWriter(spelling(), TINY), ClipReader(TINY), batch)


def named(name, faces=ONE, **options):
    return replace(clip(faces, **options), name=name)


def told(drafts):
    """By clip: how many rows its batch had, or why there is no draft."""
    return [
        (clip.name, outcome.content[40] if isinstance(outcome, Drafted) else outcome.code)
        for clip, outcome in drafts
    ]


def test_clips_are_written_in_batches_and_come_in_their_order(model):
    drafts = drafter(model).draft_all(named(f"{number}") for number in range(6))
    assert told(drafts) == [(f"{n}", "4") for n in range(4)] + [(f"{n}", "2") for n in (4, 5)]


def test_a_clip_that_cannot_be_read_takes_no_room_in_its_batch(model):
    clips = [named("good"), named("untracked", None), named("short", length=12), named("also")]
    assert told(drafter(model).draft_all(clips)) == [
        ("good", "2"),
        ("untracked", "no_tracks"),
        ("short", "unusable_video"),
        ("also", "2"),
    ]


def test_a_refused_video_says_why(model):
    def refuse():
        raise VideoRefused("unreadable", "The video stops the decoder. Re-encode it.")

    refused = replace(named("bad"), open_frames=refuse)
    outcome = drafter(model).draft(refused)
    assert outcome == Failed("unusable_video", "The video stops the decoder. Re-encode it.")


def test_when_memory_ends_the_batch_is_halved_and_the_clips_go_on(model):
    model.room = 1
    drafting = drafter(model)
    drafts = told(drafting.draft_all(named(f"{number}") for number in range(6)))
    assert drafts == [(f"{number}", "1") for number in range(6)]
    assert model.sizes[:3] == [4, 2, 1]
    assert set(model.sizes[3:]) == {1}
    assert drafting.batch == 1


def test_a_clip_that_does_not_fit_by_itself_fails_and_the_next_is_tried(model):
    model.room = 0
    assert told(drafter(model).draft_all([named("a"), named("b")])) == [
        ("a", "too_large"),
        ("b", "too_large"),
    ]


def test_another_error_is_not_taken_for_a_lack_of_memory(model, monkeypatch):
    def fail(rows):
        raise RuntimeError("shapes differ")

    monkeypatch.setattr(model, "generate", fail)
    with pytest.raises(RuntimeError, match="shapes differ"):
        drafter(model).draft(named("a"))


def test_no_more_clips_are_taken_than_are_about_to_be_read(model):
    taken = []

    def queue():
        for number in range(100):
            taken.append(number)
            yield named(f"{number}")

    next(drafter(model, batch=2).draft_all(queue()))
    assert len(taken) <= 4


def test_words_without_an_end_are_no_draft():
    real = tiny_model()
    outcome = drafter(real).draft(named("a"))
    assert isinstance(outcome, Failed)
    assert (outcome.code, outcome.usage.output_tokens) == ("cut_off", 8)
    assert "8 tokens" in outcome.reason


def test_no_words_are_no_draft(model):
    model.says = " "
    assert drafter(model).draft(named("a")).code == "empty"


def test_what_is_no_caption_is_refused(model):
    model.says = "I'm sorry, I cannot describe the people in this video."
    assert drafter(model).draft(named("a")).code == "refused"
    model.says = PromptConfig().instruction
    assert drafter(model).draft(named("a")).code == "echo"


def test_a_draft_tells_what_it_took(model):
    model.says = "The woman smiles."
    outcome = drafter(model).draft(named("a", record(track(1, {6: 400}))))
    assert outcome.content == "The woman smiles."
    assert outcome.usage.output_tokens == len(spelling().encode(model.says).ids)
    assert outcome.usage.input_tokens > 0
