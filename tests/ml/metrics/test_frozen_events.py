"""The events of references, kept for one judge."""

from __future__ import annotations

import pytest

from ml.metrics.frozen_events import FrozenEvents
from ml.metrics.judge import JudgeUnusable

THREE = "He blinks. He frowns. He smiles."


def test_frozen_events_come_back_for_the_same_judge(tmp_path):
    path = tmp_path / "events" / "scripted.json"
    frozen = FrozenEvents.open(path, "scripted (judge-prompts-1)")
    frozen.add(THREE, ("he blinks", "il fronce"))
    frozen.save()
    again = FrozenEvents.open(path, "scripted (judge-prompts-1)")
    assert again.get(THREE.upper()) == ("he blinks", "il fronce")
    assert again.get("He nods.") is None
    with pytest.raises(JudgeUnusable, match="Name another file"):
        FrozenEvents.open(path, "another")


@pytest.mark.parametrize("content", ["", "[]", '{"judge": "a"}', '{"judge": "a", "events": [1]}'])
def test_a_file_that_holds_no_frozen_events_is_refused(tmp_path, content):
    path = tmp_path / "events.json"
    path.write_text(content)
    with pytest.raises(JudgeUnusable, match="no frozen events"):
        FrozenEvents.open(path, "a")
