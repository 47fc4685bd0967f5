"""
The prompt that ships with the product.

A file is never edited, because drafts name their prompt by version: a better one is a new file
with the next number, which `annotation.shipping` adds.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

NAME = "Built in"


def load_prompt(number: int) -> dict[str, Any]:
    path = Path(__file__).with_name(f"draft-{number}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
