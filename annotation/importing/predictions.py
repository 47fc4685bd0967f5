"""Captions of somebody else's model from a file: an object from id to caption, or a list."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from annotation.errors import InvalidInput

MOST_BYTES = 20 * 2**20
# Ten thousand words have sixty thousand letters.
MOST_LETTERS = 200_000
# A person who mends a file looks at the first few.
MOST_NAMED = 20
FORMS = 'Send {"id": "caption", …} or [{"id": "…", "caption": "…"}, …].'


class _Pairs(list[tuple[str, Any]]):
    """An object with its keys as they stand, so that one written twice is seen."""


@dataclass(frozen=True)
class Matched:
    """Texts by the clips' keys. `missing` clips have no text, `extra` ids are of no clip."""

    texts: Mapping[int, str]
    missing: list[str]
    extra: list[str]

    @property
    def empty(self) -> int:
        return sum(not text.strip() for text in self.texts.values())

    def require_whole(self) -> None:
        errors = [
            *_named(self.missing, "missing", "The file has no caption for this clip."),
            *_named(self.extra, "extra", "No clip of the split has this id."),
        ]
        if errors:
            raise InvalidInput(
                f"{len(self.missing)} clips have no caption and {len(self.extra)} ids are of no "
                "clip of the split. Mend the file, or have only what is common scored.",
                errors=errors,
            )


def read_predictions(content: bytes) -> dict[str, str]:
    """Other keys of a list are let be. Raises InvalidInput with the ids that are wrong."""
    rows = _rows(_parsed(content))
    counts = Counter(name for name, _ in rows)
    errors = [
        *_named([n for n, count in counts.items() if count > 1], "twice", "This id stands twice."),
        *_named(
            [n for n, text in rows if not isinstance(text, str)], "no_text", "This is no text."
        ),
        *_named([n for n, text in rows if _is_long(text)], "too_long", "This caption is too long."),
        *_named([n for n, text in rows if _is_odd(n) or _is_odd(text)], "odd", "This is no text."),
    ]
    if errors:
        raise InvalidInput("Some captions cannot be used. Mend the ids named.", errors=errors)
    if not rows:
        raise _refused("The file holds no captions.")
    return dict(rows)


def match_predictions(texts: Mapping[str, str], clips: Iterable[tuple[int, str, str]]) -> Matched:
    """
    `clips` are keys, uids and names. An id is a clip's uid, as exports have it, or its name where
    no other clip of the split has the same.
    """
    clips = list(clips)
    names = Counter(name for _, _, name in clips)
    key_of = {name: key for key, _, name in clips if names[name] == 1}
    key_of |= {uid: key for key, uid, _ in clips}
    found: dict[int, str] = {}
    extra: list[str] = []
    for written, text in texts.items():
        key = key_of.get(written)
        if key is None:
            extra.append(written)
        elif key in found:
            raise _refused(f"The id {written} and another one name the same clip.")
        else:
            found[key] = text
    if not found:
        raise _refused("No id of the file is one of a clip of the split. Use the ids of an export.")
    missing = [name for key, _, name in clips if key not in found]
    return Matched(found, sorted(missing), sorted(extra))


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=_Pairs)
    except UnicodeDecodeError:
        raise _refused("The file is not UTF-8 text.") from None
    except RecursionError:
        raise _refused("The file is nested too deeply to hold captions.") from None
    except ValueError as problem:
        where = f" (line {problem.lineno})" if isinstance(problem, json.JSONDecodeError) else ""
        raise _refused(f"The file is not JSON{where}. {FORMS}") from None


def _rows(content: Any) -> list[tuple[str, Any]]:
    if isinstance(content, _Pairs):
        return list(content)
    if not isinstance(content, list) or not all(isinstance(row, _Pairs) for row in content):
        raise _refused(f"The file holds no captions by id. {FORMS}")
    rows = [dict(row) for row in content]
    if any(type(row.get("id")) not in (str, int) or "caption" not in row for row in rows):
        raise _refused('Every entry of the list needs an "id" and a "caption".')
    return [(str(row["id"]), row["caption"]) for row in rows]


def _is_long(text: object) -> bool:
    return isinstance(text, str) and len(text) > MOST_LETTERS


def _is_odd(text: object) -> bool:
    """Holds what no database stores as text: half a character, or a zero byte."""
    return isinstance(text, str) and any(
        letter == "\x00" or "\ud800" <= letter <= "\udfff" for letter in text
    )


def _named(names: Iterable[str], code: str, message: str) -> list[dict[str, str]]:
    found = sorted(dict.fromkeys(names))
    shown = [name.encode("utf-8", "replace").decode()[:120] for name in found[:MOST_NAMED]]
    return [{"field": name, "code": code, "message": message} for name in shown]


def _refused(message: str) -> InvalidInput:
    return InvalidInput(message, errors=[{"field": "file", "code": "file", "message": message}])
