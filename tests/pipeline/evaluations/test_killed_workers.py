"""A real worker that is killed while a hosted judge answers."""

from __future__ import annotations

import json
import threading
from collections import Counter

import pytest

from annotation.jobs.sweeping import sweep
from annotation.models import CallStatus, Evaluation, ModelCall, ProjectBudget
from tests.hosted_model import LateReply
from tests.jobs.conftest import until
from tests.ml.metrics.scripted_judge import Judging
from tests.pipeline.evaluations.asking import REVERSED, ids, upload

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow_process]

# Of the references four are for their events, so the kill falls among the pairs.
BEFORE_THE_KILL = 7
QUESTIONS = 20
KNOWN = (CallStatus.ANSWERED, CallStatus.USED)


@pytest.fixture
def hanging():
    """What a server that hangs says, until the test is over."""
    over = threading.Event()
    yield LateReply(over)
    over.set()


def test_what_was_answered_before_a_kill_is_not_paid_again(
    io_worker, version, mila, hosted, server, hanging
):
    server.then(*[Judging()] * BEFORE_THE_KILL, hanging)
    texts = dict(zip(ids(version), REVERSED, strict=True))
    uid = upload(mila, version, texts, judge=hosted.uid).json()["uid"]
    evaluation = Evaluation.objects.get(uid=uid)
    known = ModelCall.objects.filter(status__in=KNOWN)

    def hangs():
        return known.count() == BEFORE_THE_KILL and len(server.requests) > BEFORE_THE_KILL

    until(hangs, f"answers, and a question without one; see {io_worker.log}")
    io_worker.kill()
    paid = set(known.values_list("request_hash", flat=True))
    server.then(Judging())
    io_worker.start()

    def is_over():
        sweep()
        evaluation.refresh_from_db()
        return evaluation.done_at

    until(is_over, f"the end of {evaluation}; see {io_worker.log}")
    # One reply of the server for each question, but for those that the kill cut off.
    times = Counter(ModelCall.objects.values_list("request_hash", flat=True))
    assert len(times) == len(set(map(json.dumps, server.requests))) == known.count() == QUESTIONS
    assert {times[question] for question in paid} == {1}
    lost = ModelCall.objects.filter(status=CallStatus.LOST)
    assert set(lost.values_list("request_hash", flat=True)).isdisjoint(paid)
    assert lost.count() + QUESTIONS == ModelCall.objects.count()
    assert ProjectBudget.objects.get().reserved == 0
    assert evaluation.scores["autodq"]["value"] == 1
