"""A data card as a Markdown file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from annotation.models import ActionCount, DataCard, DatasetVersion

MEASURES = {
    "words": "Words",
    "words_and_punctuation": "Words and punctuation",
    "duration_s": "Seconds",
    "facial_actions": "Facial actions",
}
SCOPES = {"all": "All", "source_kind": "Kind", "source": "Source"}


def to_markdown(
    card: DataCard, action_counts: Sequence[ActionCount], ended: dict[str, list[str]]
) -> str:
    """With what models counted and whose use has ended since: none of the card's own facts."""
    parts = [
        *_head(card.version),
        *_texts(card.content),
        *_actions(card.content, action_counts),
        *_clips(card.content),
        *_ended(ended),
    ]
    return "\n".join(parts) + "\n"


def _head(version: DatasetVersion) -> Iterator[str]:
    counts = version.counts
    yield f"# {_plain(version.project.name)}: dataset version {version.number}\n"
    if version.note:
        yield f"{_plain(version.note)}\n"
    yield from _table(
        ["Fact", "Value"],
        [
            ["Frozen", version.created_at.isoformat(timespec="seconds")],
            ["SHA-256", version.sha256],
            ["Clips", counts["total"]],
            ["Train, validation, test", ", ".join(str(counts[name]) for name in SPLITS)],
            ["Test split locked", "yes" if version.locks_test else "no"],
            ["Asked for", _pairs(version.targets)],
            ["Groups", counts["groups"]],
            ["Filter", _pairs(version.filter) or "everything approved"],
            ["Left out", _pairs(counts["left_out"]) or "nothing"],
            ["Parts", ", ".join(version.parts)],
            ["Text", version.rendering],
            ["Seed", version.seed],
        ],
    )


SPLITS = ("train", "validation", "test")


def _texts(content: dict[str, Any]) -> Iterator[str]:
    yield "\n## Captions\n\nMean and standard deviation of each caption.\n"
    yield from _table(
        ["Of", "Captions", *MEASURES.values()],
        [
            [
                _scope(scope),
                scope["words"]["count"],
                *(_figures(scope[name]) for name in MEASURES),
            ]
            for scope in content["scopes"]
        ],
    )
    yield ""
    yield from (f"- {MEASURES[name]}: {what}" for name, what in content["counters"].items())
    lexicon = content["lexicon"]
    yield f"- Lexicon: {lexicon['name']}, version {lexicon['version']}, {lexicon['words']} forms."
    yield "\n## Quality\n"
    hedged, agreement = content["hedged"], content["agreement"]
    yield "- Captions that still hedge without inferences: " + (
        "not looked for."
        if hedged is None
        else f"{hedged['captions']} ({hedged['per_thousand']} of 1,000)."
    )
    if agreement is not None:
        yield (
            f"- Agreement of {agreement['pairs']} pairs of annotations: "
            f"event F1 {agreement['event_f1']:.3f}, TEM {agreement['tem']:.3f}, "
            f"words to change {agreement['word_distance']:.3f} ({agreement['metric_version']})."
        )
    yield f"- Clips of the project rejected: {_pairs(content['rejected']) or 'none'}."


def _actions(content: dict[str, Any], counts: Sequence[ActionCount]) -> Iterator[str]:
    """Each column by another counter, so that no two are taken for one."""
    if not counts:
        return
    yield "\n## Facial actions, by who counted\n\nMean and standard deviation of each caption.\n"
    by_model = [{_scope(s): s["facial_actions"] for s in c.content["scopes"]} for c in counts]
    yield from _table(
        ["Of", "The lexicon", *(count.model.name for count in counts)],
        [
            [
                _scope(scope),
                _figures(scope["facial_actions"]),
                *(_figures(found.get(_scope(scope))) for found in by_model),
            ]
            for scope in content["scopes"]
        ],
    )
    yield ""
    for count in counts:
        yield (
            f"- {_plain(count.model.name)}, asked on {count.created_at.date().isoformat()} by "
            f"question {count.prompt_version}. Captions without a usable answer: "
            f"{count.content['not_counted']}; left out as no longer allowed: "
            f"{count.content['left_out']}."
        )


def _scope(scope: dict[str, Any]) -> str:
    return f"{SCOPES[scope['by']]} {scope['name']}".strip()


def _figures(summary: dict[str, Any] | None) -> str:
    return f"{summary['mean']:.2f} ± {summary['spread']:.2f}" if summary else "not counted"


def _clips(content: dict[str, Any]) -> Iterator[str]:
    for title, name in (("Sources", "sources"), ("Emotions", "emotions")):
        yield f"\n## {title}\n"
        rows = [[row["name"] or "not told", *(row[s] for s in SPLITS)] for row in content[name]]
        yield from _table([title[:-1], "Train", "Validation", "Test"], rows)
    yield "\n## Licences\n"
    rows = [[row[n] for n in ("source", "kind", "licence", "clips")] for row in content["licences"]]
    yield from _table(["Source", "Kind", "Licence", "Clips"], rows)


def _ended(ended: dict[str, list[str]]) -> Iterator[str]:
    yield "\n## No longer allowed\n"
    if not any(ended.values()):
        yield "No clip was withdrawn since."
    for reason, clips in ended.items():
        if clips:
            yield f"- {reason.replace('_', ' ')}: {', '.join(clips)}"


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(_plain(str(cell)) for cell in row)} |"


def _pairs(facts: dict[str, Any]) -> str:
    return ", ".join(
        f"{name.replace('_', ' ')} {_said(value)}"
        for name, value in facts.items()
        if value is not None
    )


def _said(value: object) -> str:
    return " or ".join(map(str, value)) if isinstance(value, list) else str(value)


def _plain(text: str) -> str:
    """What somebody typed ends no row and makes no markup."""
    for mark in "\\`*_[]<>|#":
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())
