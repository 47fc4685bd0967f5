"""What was written by hand about the demo clips."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotation.captions import CaptionDocument
from annotation.captions.marked_reading import parse_marked
from annotation.models import ClipStage

STAGES = (ClipStage.CONSOLIDATING, ClipStage.CROSS_VALIDATING, ClipStage.APPROVED)
GENERATORS = ("written by hand", "written by hand, second")


@dataclass(frozen=True)
class Captioned:
    """A clip of the demo: its labels and drafts, and what the demo people have done with it."""

    file: str
    name: str
    group: str = ""
    drafts: tuple[CaptionDocument, ...] = ()
    annotations: tuple[CaptionDocument, ...] = ()
    # The stage that their work has reached: one of STAGES.
    until: str = ""
    # The reason for which annotators vote against it.
    votes: str = ""

    def reaches(self, stage: ClipStage) -> bool:
        return self.until in STAGES[STAGES.index(stage) :]

    def record(self, priority: int, licence: str) -> dict[str, Any]:
        return {
            "licence": licence,
            "name": self.name,
            "group": self.group,
            "priority": priority,
            "drafts": [
                {"generator": generator, "document": document.to_json()}
                for generator, document in zip(GENERATORS, self.drafts, strict=False)
            ],
        }


def captioned_clips() -> list[Captioned]:
    """In the order in which the demo people take them up."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return [_captioned(**clip) for clip in tomllib.loads(text)["clip"]]


def _captioned(
    drafts: tuple[str, ...] = (), annotations: tuple[str, ...] = (), **labels: str
) -> Captioned:
    return Captioned(
        drafts=tuple(parse_marked(text.strip()) for text in drafts),
        annotations=tuple(parse_marked(text.strip()) for text in annotations),
        **labels,
    )
