"""Records that name files: all or nothing, and every error by its line."""

from __future__ import annotations

from unittest.mock import Mock

import pytest

from annotation import media
from annotation.models import (
    Clip,
    DraftKind,
)
from annotation.workflow import import_records
from annotation.workflow.import_batches import (
    count_items,
)
from tests.factories import a_document

from .starting import from_lines, kept_files, put, run

pytestmark = pytest.mark.django_db


def test_records_bring_labels_and_drafts(world, videos, roots):
    put(videos, "plain.mp4", roots / "set/plain.mp4")
    record = {
        "video": "set/plain.mp4",
        "name": "First",
        "emotion": "surprise",
        "source_video": "film-7",
        "group": "person-3",
        "licence": "CC BY 4.0",
        "consent_until": "2031-05-01",
        "priority": 5,
        "drafts": [
            {"generator": "plain", "caption": "A man. At the beginning he smiles."},
            {"generator": "marked", "marked": "A man. At first he smiles[, as if glad]."},
            {"generator": "whole", "document": a_document()},
        ],
    }
    clip = run(from_lines(world, record)).items.get().clip

    assert (clip.name, clip.emotion, clip.source_video) == ("First", "surprise", "film-7")
    assert (clip.group, clip.licence, clip.priority) == ("person-3", "CC BY 4.0", 5)
    assert str(clip.consent_until) == "2031-05-01"
    drafts = {draft.generator: draft for draft in clip.drafts.all()}
    assert {draft.kind for draft in drafts.values()} == {DraftKind.IMPORTED}
    assert drafts["whole"].document["summary"]["text"] == "A woman is surprised."
    marked = drafts["marked"].document["facial_changes"][0]
    (span,) = marked["inferences"]
    assert marked["text"][span["start"] : span["end"]] == ", as if glad"
    assert drafts["plain"].document["facial_changes"][0]["phase"] == "beginning"


GOOD = {"video": "plain.mp4"}
BAD_RECORDS = [
    ("{", "", "json_invalid"),
    ("[]", "", "model_type"),
    ({}, "video", "missing"),
    ({**GOOD, "colour": 1}, "colour", "extra_forbidden"),
    ({**GOOD, "priority": "high"}, "priority", "int_type"),
    ({**GOOD, "priority": 10**12}, "priority", "less_than_equal"),
    ({**GOOD, "emotion": "x" * 65}, "emotion", "string_too_long"),
    ({**GOOD, "name": "a\x00b"}, "name", "value_error"),
    ({**GOOD, "consent_until": "soon"}, "consent_until", "date_parsing"),
    ({"video": "../outside.mp4"}, "video", "unknown_path"),
    ({"video": "absent.mp4"}, "video", "unknown_path"),
    ({**GOOD, "drafts": [{"generator": "x"}]}, "drafts[0]", "value_error"),
    ({**GOOD, "drafts": [{"generator": "x", "marked": "He [smiles."}]}, "drafts[0].text", None),
    ({**GOOD, "drafts": [{"generator": "x", "document": {"schema": 9}}]}, "drafts[0].schema", None),
    (
        {**GOOD, "drafts": [{"generator": "x", "caption": "A man."}] * 2},
        "drafts[1].generator",
        "repeated_generator",
    ),
]


@pytest.mark.parametrize(("record", "field", "code"), BAD_RECORDS)
def test_a_bad_record_is_named_by_line_and_nothing_is_imported(
    world, videos, roots, record, field, code
):
    put(videos, "plain.mp4", roots / "plain.mp4")
    batch = run(from_lines(world, GOOD, "", record))

    error = batch.errors[0]
    assert error["line"] == 3
    assert error["message"].endswith(".")
    assert error["field"].startswith(field.removesuffix(".text"))
    assert code is None or error["code"] == code
    assert not batch.items.exists()
    assert not Clip.objects.exists()


def test_a_record_of_a_broken_video_keeps_all_others_out(world, videos, roots):
    put(videos, "plain.mp4", roots / "plain.mp4")
    (roots / "bad.mp4").write_bytes(b"no video")
    batch = run(from_lines(world, GOOD, {"video": "bad.mp4"}))
    assert [(error["line"], error["code"]) for error in batch.errors] == [(2, "not_a_video")]
    assert not Clip.objects.exists()


def test_a_video_of_many_lines_is_decoded_once_and_its_fault_told_for_each(
    world, videos, roots, monkeypatch
):
    put(videos, "plain.mp4", roots / "plain.mp4")
    (roots / "bad.mp4").write_bytes(b"no video")
    probe = Mock(wraps=media.probe)
    monkeypatch.setattr(media, "probe", probe)
    batch = run(from_lines(world, GOOD, {"video": "bad.mp4"}, GOOD, {"video": "bad.mp4"}))
    assert [call.args[0].name for call in probe.call_args_list] == ["plain.mp4", "bad.mp4"]
    assert [error["line"] for error in batch.errors] == [2, 4]


def test_unknown_keys_pass_where_that_was_asked_for(world, videos, roots):
    put(videos, "plain.mp4", roots / "plain.mp4")
    batch = run(from_lines(world, {**GOOD, "colour": 1}, lenient=True))
    assert count_items(batch)["imported"] == 1


def test_a_dry_run_checks_everything_and_changes_nothing(world, videos, roots, settings):
    put(videos, "plain.mp4", roots / "plain.mp4")
    batch = run(from_lines(world, GOOD, dry_run=True))
    assert batch.errors == []
    assert not Clip.objects.exists()
    assert kept_files(settings) == []


def test_errors_past_the_limit_are_cut_off_and_it_says_so(world, monkeypatch):
    monkeypatch.setattr(import_records, "MOST_ERRORS", 3)
    batch = run(from_lines(world, *["{}"] * 9))
    assert [error["code"] for error in batch.errors] == ["missing"] * 3 + ["too_many_errors"]
    assert batch.errors[-1]["line"] == 3


def test_a_line_that_never_ends_is_not_read_into_memory(world):
    batch = run(from_lines(world, "{}", " " * 3_000_000 + "{}", "{}"))
    assert [(error["line"], error["code"]) for error in batch.errors] == [
        (1, "missing"),
        (2, "line_too_long"),
        (3, "missing"),
    ]


def test_a_deeply_nested_record_is_an_error_like_any_other(world):
    batch = run(from_lines(world, '{"video":' + "[" * 100_000))
    assert batch.errors[0]["code"] == "json_invalid"


def test_an_empty_file_of_records_says_what_it_needs(world):
    assert run(from_lines(world, "")).errors[0]["code"] == "line_count"
