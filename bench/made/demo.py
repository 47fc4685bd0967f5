"""The demo clips with their captions, as a model without pictures may learn them."""

from __future__ import annotations

import tomllib
from typing import Any

from annotation import captions
from annotation.demo.clips import table


def demo_captions(people: set[str]) -> dict[str, str]:
    """By file, what changes in faces of these people, who are named by one of their files."""
    rows = tomllib.loads(table().with_name("captions.toml").read_text(encoding="utf-8"))["clip"]
    groups = {_group(row) for row in rows if row["file"] in people}
    return {
        row["file"]: _changes(texts[0])
        for row in rows
        if _group(row) in groups and (texts := row.get("annotations") or row.get("drafts"))
    }


def _group(row: dict[str, Any]) -> str:
    group: str = row.get("group") or row["file"]
    return group


def _changes(marked: str) -> str:
    """Looks are left out, since the numbers of landmarks do not tell them."""
    document = captions.parse_marked(marked.strip())
    return captions.render(document, "stripped", ("facial_changes",)).replace("\n", " ")
