"""Templates that a hosted model writes, and templates compared by meaning."""

from __future__ import annotations

import numpy as np
import pytest

from annotation.errors import InvalidInput
from annotation.jobs import run_job
from annotation.models import JobState, ModelCall, TemplateCandidate
from annotation.pipeline import template_writing
from annotation.pipeline.template_writing import compare_templates, read_templates, write_templates
from annotation.queries.templates import candidates_of
from annotation.workflow.promoting import shipped_signals
from annotation.workflow.templates import add_candidates, ask_for_comparison, ask_for_templates
from tests.hosted_model import saying

pytestmark = pytest.mark.django_db

WRITTEN = {"instructions": ["What moves?", " Who is it? ", "What moves?", "", "x" * 501, 7]}


def written(world, version):
    job = ask_for_templates(
        project_id=world.project.pk, actor=world.mila, version=version.uid, count=6
    )
    run_job(job.pk, write_templates)
    job.refresh_from_db()
    return job


def test_usable_texts_become_candidates_and_are_paid_for(world, hosted, server):
    add_candidates(project_id=world.project.pk, actor=world.mila, texts=["Look at the brows."])
    server.then(saying(WRITTEN))
    job = written(world, hosted)
    assert job.state == JobState.DONE, job.error
    assert job.result == {"added": 2, "known": 1, "unusable": 2}
    texts = TemplateCandidate.objects.filter(origin="generated").values_list("text", flat=True)
    assert set(texts) == {"What moves?", "Who is it?"}
    assert "Look at the brows." in server.requests[0]["messages"][1]["content"]
    assert ModelCall.objects.get().price > 0


def test_an_answer_without_templates_ends_the_job_with_a_sentence(world, hosted, server):
    server.then(saying("I would rather not."))
    job = written(world, hosted)
    assert (job.state, TemplateCandidate.objects.count()) == (JobState.DEAD, 0)
    assert "holds no templates" in job.error


@pytest.mark.parametrize("answer", ["", "[]", "{", '{"instructions": "no"}', "[" * 10_000])
def test_what_is_no_list_of_texts_is_none(answer):
    assert read_templates(answer) == []


def test_json_is_found_in_what_surrounds_it():
    assert read_templates('```json\n{"instructions": ["A  b."]}\n```') == ["A b."]


def test_only_hosted_models_write(world):
    with pytest.raises(InvalidInput, match="hosted"):
        written(world, shipped_signals())


class ScriptedNetwork:
    """Sentences with the same first word point the same way."""

    def points(self, sentences):
        first = [sentence.split()[0] for sentence in sentences]
        names = sorted(set(first))
        return np.eye(len(names), dtype=np.float32)[[names.index(name) for name in first]]


def test_candidates_are_compared_by_meaning(world, monkeypatch):
    monkeypatch.setattr(template_writing, "installed_network", ScriptedNetwork)
    texts = ["Describe it.", "Who is there?", "Describe what happens."]
    add_candidates(project_id=world.project.pk, actor=world.mila, texts=texts)
    job = ask_for_comparison(project_id=world.project.pk, actor=world.mila)
    run_job(job.pk, compare_templates)
    first, second, third = candidates_of(world.project.pk, world.mila)
    assert (first.by_meaning.text, third.by_meaning.text) == (texts[2], texts[0])
    assert not second.by_meaning.is_near
