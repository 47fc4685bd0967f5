"""Captions of many clips from a file: an object from id to caption, or the published list."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

MOST_NAMED = 5


class CaptionsRefused(ValueError):
    """What is wrong with the files, in a sentence that says what to do."""


def read_captions(path: Path) -> dict[str, str]:
    """Takes {"7": "..."} and [{"id": "7", "caption": "..."}]; other keys of a list are let be."""
    rows = _rows(_parsed(path), path)
    if wrong := [str(clip) for clip, caption in rows if not isinstance(caption, str)]:
        raise CaptionsRefused(f"{path}: {_listed(wrong)} no text for a caption.")
    counts = Counter(clip for clip, _ in rows)
    if twice := [clip for clip, count in counts.items() if count > 1]:
        raise CaptionsRefused(f"{path}: {_listed(twice)} more than one caption. Leave one of each.")
    if not rows:
        raise CaptionsRefused(f"{path} holds no captions.")
    return {clip: cast("str", caption) for clip, caption in rows}


def match_clips(
    predictions: Mapping[str, str], references: Mapping[str, str], *, common_only: bool = False
) -> list[str]:
    """The clips to score, in order. Other ids on either side are refused unless told otherwise."""
    missing, extra = references.keys() - predictions.keys(), predictions.keys() - references.keys()
    common = sorted(references.keys() & predictions.keys(), key=lambda clip: (len(clip), clip))
    if not common:
        raise CaptionsRefused("No id stands in both files. Compare how the ids are written.")
    if not common_only and missing:
        raise CaptionsRefused(f"Among the predictions {_listed(missing)} no caption. {ADVICE}")
    if not common_only and extra:
        raise CaptionsRefused(f"Among the references {_listed(extra)} no caption. {ADVICE}")
    if empty := [clip for clip in common if not references[clip].strip()]:
        raise CaptionsRefused(f"Among the references {_listed(empty)} an empty caption.")
    return common


ADVICE = "Add what is missing, or score the clips that both files have with --common-only."


def _parsed(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8-sig")
        return json.loads(text, object_pairs_hook=_Pairs)
    except OSError as problem:
        raise CaptionsRefused(f"{path} cannot be read ({problem.strerror}).") from None
    except UnicodeDecodeError:
        raise CaptionsRefused(f"{path} is not UTF-8 text.") from None
    except RecursionError:
        raise CaptionsRefused(f"{path} is nested too deeply to hold captions.") from None
    except ValueError as problem:
        raise CaptionsRefused(f"{path} is not JSON: {problem}.") from None


class _Pairs(list[tuple[str, Any]]):
    """An object with its keys as they stand, so that one written twice is seen."""


def _rows(content: Any, path: Path) -> list[tuple[str, Any]]:
    if isinstance(content, _Pairs):
        return [(clip, caption) for clip, caption in content]
    if not isinstance(content, list) or not all(isinstance(row, _Pairs) for row in content):
        raise CaptionsRefused(f"{path} holds neither an object of captions nor a list of objects.")
    rows = [dict(row) for row in content]
    if any(type(row.get("id")) not in (str, int) or "caption" not in row for row in rows):
        raise CaptionsRefused(f'{path}: every entry of a list needs an "id" and a "caption".')
    return [(str(row["id"]), row["caption"]) for row in rows]


def _listed(clips: Iterable[str]) -> str:
    """ "clip 7 has", or the first few "clips ... have"."""
    names = sorted(clips)
    shown = ", ".join(names[:MOST_NAMED])
    rest = len(names) - MOST_NAMED
    more = f" and {rest} more" if rest > 0 else ""
    return f"clip {shown} has" if len(names) == 1 else f"clips {shown}{more} have"
