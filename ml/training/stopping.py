"""A run that is asked to end does so after the step that it is in."""

from __future__ import annotations

import signal
from types import FrameType

from ml.training.failures import Stopped


class StopRequest:
    def __init__(self) -> None:
        self.is_made = False

    def listen(self) -> None:
        """From the first moment on: libraries take seconds to load."""
        signal.signal(signal.SIGTERM, self._note)
        signal.signal(signal.SIGINT, self._note)

    def obey(self) -> None:
        if self.is_made:
            raise Stopped("It was stopped before its first step.")

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.is_made = True
