"""The rows that the paper of FEC-Bench printed. They are not of our clips, nor by our judges."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# Ours are of fewer: the rest of the clips was never published.
CLIPS = 1000
MARK = f"published, {CLIPS:,} clips"


@dataclass(frozen=True)
class PublishedRow:
    """Scores by the names of the metrics; a metric that was not printed is absent."""

    model: str
    scores: Mapping[str, float]


@cache
def published() -> dict[str, list[PublishedRow]]:
    """By the name of the table."""
    content = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {
        table: [
            PublishedRow(model, dict(zip(part["metrics"], scores, strict=True)))
            for model, *scores in part["rows"]
        ]
        for table, part in content.items()
    }
