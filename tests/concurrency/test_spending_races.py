"""S83: a budget holds, and an answer is paid once, however many workers ask at once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db.models import Sum

from annotation.jobs import TryLater
from annotation.models import CallStatus, ModelCall, ProjectBudget
from annotation.workflow.spending import Question, begin_call, end_call
from tests.concurrency.racing import codes, race
from tests.factories import HostedModelFactory

pytestmark = pytest.mark.django_db(transaction=True)
# The most that one call of the tests may cost: 1,000 tokens in at 10 a million, 900 out at 100.
MOST = Decimal("0.1")
WORKERS = 6


@pytest.fixture
def version():
    return HostedModelFactory.create()


def budget(version, limit):
    ProjectBudget.objects.create(project=version.project, limit=limit)


def question(version, name):
    return Question(
        project=version.project,
        version=version,
        draft=None,
        request_hash=name * 64,
        most_input_tokens=1000,
        most_output_tokens=900,
        pictures=16,
    )


def call(version, name):
    def attempt():
        try:
            return begin_call(question(version, name))
        except TryLater as later:
            return later

    return attempt


def test_six_at_once_find_room_for_three(version):
    budget(version, 3 * MOST)
    results = race(*(call(version, name) for name in "abcdef"))
    assert codes(results) == ["budget_spent"] * 3 + ["done"] * 3
    assert ProjectBudget.objects.get().reserved == 3 * MOST


def test_the_same_request_is_sent_by_one(version):
    budget(version, 100)
    results = race(*(call(version, "a") for _ in range(WORKERS)))
    assert sum(isinstance(result, TryLater) for result in results) == WORKERS - 1
    assert ModelCall.objects.count() == 1
    assert ProjectBudget.objects.get().reserved == MOST


def test_calls_that_end_at_once_are_all_settled(version):
    budget(version, 100)
    calls = [begin_call(question(version, name)) for name in "abcdef"]
    endings = [(CallStatus.FAILED, 0), (CallStatus.LOST, 0), (CallStatus.ANSWERED, 200)] * 2

    def end(call, status, tokens):
        answer = "{}" if status == CallStatus.ANSWERED else ""
        return lambda: end_call(call, status, answer=answer, output_tokens=tokens)

    # Each twice, as a worker does that lost its lease and does not know.
    race(*(end(call, *ending) for call, ending in zip(calls, endings, strict=True) for _ in "ab"))
    found = ProjectBudget.objects.get()
    assert (found.reserved, found.spent) == (Decimal(0), 2 * MOST + 2 * Decimal("0.02"))
    assert ModelCall.objects.aggregate(total=Sum("price"))["total"] == found.spent
