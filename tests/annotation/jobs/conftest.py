from __future__ import annotations

import pytest

from tests.factories import World


@pytest.fixture
def world():
    return World()


@pytest.fixture
def sent(monkeypatch):
    """What went to the broker, without one."""
    messages: list[tuple[str, list[int]]] = []
    monkeypatch.setattr(
        "annotation.jobs.enqueuing.current_app.send_task",
        lambda name, args: messages.append((name, args)),
    )
    return messages


@pytest.fixture
def committed(sent, django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)
