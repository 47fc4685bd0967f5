"""What a run says of itself while it goes on."""

import json

from ml.training.folder import RunFolder
from ml.training.report import Report


def test_a_heart_that_beats_is_no_step_forward(tmp_path):
    report = Report(RunFolder(tmp_path), is_first=True)

    def beats(count):
        for _ in range(count):
            report.beat()
        state = json.loads((tmp_path / "state.json").read_text())
        return state["still_s"], state["longest_still_s"]

    # What it takes to open the base is not counted.
    assert beats(4) == (20, None)
    report.tell(step=0)
    assert beats(0) == (0, 0)
    assert beats(2) == (10, 0)
    report.tell(step=1)
    assert beats(1) == (5, 10)
    report.tell(step=2)
    assert beats(0) == (0, 10)
