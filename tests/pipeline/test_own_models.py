"""Drafts of models that run here, on the platform's jobs."""

from __future__ import annotations

from unittest import mock

import pytest

from annotation.models import DraftStatus, ModelVersion, RoleKind
from annotation.pipeline import batching, own_models
from annotation.workflow.promoting import register_own_model
from ml.drafting.protocols import Drafted, Failed, Usage
from ml.facetrack_mm import loading
from tests.pipeline.drafting import ask, give, run

pytestmark = pytest.mark.django_db
TEXT = (
    "A woman with short hair. At the beginning her brows rise. "
    "By the end of the video she smiles, as if relieved."
)


class Scripted:
    def __init__(self, outcome):
        self.outcome, self.seen = outcome, []

    def draft_all(self, clips):
        for clip in clips:
            self.seen.append(clip.name)
            yield clip, self.outcome


@pytest.fixture
def version(world):
    registered = register_own_model(
        project_id=world.project.pk, actor=world.mila, name="mini of us", base="mini"
    )
    give(registered, RoleKind.DEFAULT)
    return registered


@pytest.fixture
def says(monkeypatch):
    def set_to(outcome):
        scripted = Scripted(outcome)
        monkeypatch.setattr(batching, "own_drafter", lambda version: scripted)
        return scripted

    return set_to


def test_free_text_becomes_a_document_with_phases_and_proposals(world, version, says, seen_clip):
    scripted = says(Drafted(TEXT, Usage(seconds=1.5)))
    draft = run(seen_clip.drafts.get())
    assert (draft.status, draft.kind, draft.seconds) == (DraftStatus.READY, "facetrack_mm", 1.5)
    assert scripted.seen == [seen_clip.uid]
    first, second = draft.document["facial_changes"]
    assert (first["phase"], second["phase"]) == ("beginning", "end")
    assert second["inferences"]


def test_a_failure_keeps_its_word_and_its_reason(world, version, says, seen_clip):
    says(Failed("no_face", "There is no face to describe."))
    draft = run(seen_clip.drafts.get())
    assert (draft.failure, draft.error) == ("no_face", "There is no face to describe.")


def test_a_text_too_long_for_a_caption_fails(world, version, says, seen_clip):
    says(Drafted("She smiles. " * 3000))
    draft = run(seen_clip.drafts.get())
    assert (draft.status, draft.failure) == (DraftStatus.FAILED, "invalid_caption")


def test_a_model_that_is_not_there_fails_the_draft_and_not_the_worker(
    world, seen_clip, tmp_path, monkeypatch
):
    monkeypatch.setenv("MODELS_DIR", str(tmp_path))
    missing = register_own_model(
        project_id=world.project.pk, actor=world.mila, name="lost", base="lost"
    )
    give(missing, RoleKind.DEFAULT)
    draft = run(ask(seen_clip))
    assert draft.failure == "model_unusable"
    assert str(tmp_path) not in draft.error
    assert ModelVersion.objects.get(pk=missing.pk).base == "lost"


def test_versions_with_other_adapters_share_the_loaded_model(tmp_path, monkeypatch, settings):
    settings.DRAFT_BATCH, settings.DRAFT_IN_FOUR_BITS = 3, True
    monkeypatch.setenv("MODELS_DIR", str(tmp_path))
    folder = tmp_path / "facetrack-mm" / "ours"
    folder.mkdir(parents=True)
    load = mock.Mock()
    monkeypatch.setattr(loading, "load_base", load)
    model = own_models.OneModel()
    model.drafter("ours", "")
    model.drafter("ours", "first")
    load.assert_called_once_with(folder, loading.Serving(batch=3, in_four_bits=True))
    asked = [call.args[0] for call in load.return_value.using.call_args_list]
    assert asked == [None, tmp_path / "adapters" / "first"]
    (folder / "model.safetensors").write_bytes(b"other weights")
    model.drafter("ours", "first")
    assert load.call_count == 2
