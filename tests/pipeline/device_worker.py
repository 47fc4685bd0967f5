"""
What the gpu worker of a test loads in place of a model: it writes a line for each clip, and in a
process that is told so it stays in its first batch.
"""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from unittest import mock

from annotation.pipeline import batching
from ml.drafting.protocols import ClipInputs, Drafted, Outcome

BATCH = 3
LOG = Path(os.environ["TEST_DRAFTS_LOG"])
TEXT = "A young woman. At the beginning her brows rise."


class Told:
    def draft_all(self, clips: Iterable[ClipInputs]) -> Iterator[tuple[ClipInputs, Outcome]]:
        waiting = iter(clips)
        while taken := list(itertools.islice(waiting, BATCH)):
            with LOG.open("a") as log:
                log.writelines(f"{os.getpid()} {clip.name}\n" for clip in taken)
            if os.environ.get("TEST_STAYS"):
                time.sleep(60)
            yield from ((clip, Drafted(TEXT)) for clip in taken)


mock.patch.object(batching, "own_drafter", return_value=Told()).start()
