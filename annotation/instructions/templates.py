"""
The instruction templates that ship with the product.

A file of templates is never edited, because exports name it by version: a better set is a new
file with the next number, and a migration that adds it.
"""

from __future__ import annotations

import json
from pathlib import Path

from annotation.drawing import draw

NAME = "Built in"
VERSION = 1


def load_templates(version: int = VERSION) -> list[str]:
    path = Path(__file__).with_name(f"templates-{version}.json")
    templates: list[str] = json.loads(path.read_text(encoding="utf-8"))
    return templates


def drawn_instruction(templates: list[str], seed: int, clip_uid: str) -> str:
    """The template of one clip: the same for the same seed, whatever else is exported."""
    return templates[int(draw(seed, "instruction", clip_uid) * len(templates))]
