"""Drafts that rules write are caption documents, and read the same as plain text."""

from __future__ import annotations

import pytest

from annotation import captions
from ml.drafting.phrases import LEADS
from ml.drafting.protocols import Drafted
from ml.drafting.signals import draft_from_record
from tests.ml.drafting.made_records import face, record

BUSY = face(
    ("blink", 0.8, 2, 4),
    ("smile", 0.8, 4, 20),
    ("brow_raise", 0.6, 17, 21),
    ("yaw", 25, 22, 30),
    ("jaw_open", 0.5, 32, 40),
    ("roll", -20, 50, 60),
    ("eyes_wide", 0.5, 56, 64),
    ("blink", 0.8, 42, 44),
    ("blink", 0.8, 60, 61),
)
OTHER = face(("pitch", 15, 10, 20), ("gaze_left", 0.9, 48, 60))


@pytest.mark.parametrize("seed", [str(number) for number in range(6)])
def test_a_draft_is_a_complete_document_whose_text_has_the_same_phases(seed):
    answer = draft_from_record(record(BUSY, OTHER, seed=seed))
    assert isinstance(answer, Drafted)
    document = captions.parse(answer.content)
    captions.check_complete(document)
    plain = captions.from_plain(captions.render(document, "full"))
    assert _phases(plain.facial_changes) == _phases(document.facial_changes)
    assert {phase for _, phase in _phases(plain.facial_changes)} == set(captions.PHASES)


@pytest.mark.parametrize("phase", captions.PHASES)
def test_leads_are_time_markers(phase):
    assert {captions.phase_of(f"{lead} one waits.") for lead in LEADS[phase]} == {phase}


def _phases(sentences):
    return [(sentence.text, sentence.phase) for sentence in sentences]
