"""The words by which a caption says when something happens."""

from __future__ import annotations

import re

from annotation.captions.document import Phase

WHOLE = (
    r"(?:video|clip|footage|scene|sequence|recording|film|shot|segment|process|conversation|"
    r"interview|performance|dance|song|plot|story|period)"
)
PIECE = (
    r"(?:few )?(?:half|third|parts?|portion|section|stage|phase|moments?|seconds?|frames?|shots?|"
    r"segment)"
)
LATE = r"(?:late|later|latter|last|final|end)"
OF_WHOLE = rf" of (?:the|this) (?:whole |entire )?{WHOLE}\b"
MOVES_ON = (
    r"(?:progress(?:es)?|continues?|goes on|pass(?:es)?|moves? (?:on|forward)|unfolds?|proceeds?|"
    r"plays(?: on)?|advances?|develops?|elapses)"
)
# At the start of a sentence these are about time even without "of the video".
STARTS = r"^[\"'“‘«(]*(?:but |and |then,? |however, )?"

# At one place the first that fits wins, so the wider phrases stand before the narrower.
PATTERNS: tuple[tuple[Phase, str], ...] = (
    ("throughout", r"\bfrom (?:the )?(?:very )?(?:beginning|start) to (?:the )?(?:very )?end\b"),
    ("throughout", rf"\bthroughout(?: the)?(?: (?:whole|entire|rest of the|remaining))? {WHOLE}\b"),
    ("throughout", rf"\b(?:during|for|over) the (?:whole|entire) (?:{WHOLE}|time)\b"),
    ("throughout", rf"{STARTS}(?:throughout|all the while|the whole time)\b"),
    ("beginning", r"\b(?:at|in|from|since) the (?:very )?(?:beginning|start|outset)\b"),
    ("beginning", rf"\bin the (?:first|initial|early|earlier|opening|beginning) {PIECE}\b"),
    ("beginning", rf"\bas the {WHOLE} (?:begins|starts|opens)\b"),
    ("beginning", rf"{STARTS}(?:initially|at first|first|firstly|to begin with|to start with)\b"),
    ("progress", rf"\bas (?:the |this )?(?:{WHOLE}|time) {MOVES_ON}\b"),
    ("progress", rf"\bin the (?:following|next|subsequent) {PIECE}\b"),
    ("progress", r"\b(?:over time|with time|as it (?:progresses|continues|goes on))\b"),
    (
        "middle",
        rf"\b(?:at|by|from|in|near|to|towards?|around|until) the (?:very )?middle{OF_WHOLE}",
    ),
    ("middle", rf"\b(?:at|from|in|during) the middle (?:{PIECE}|(?:to|and|or) (?:the )?{LATE})\b"),
    ("middle", rf"{STARTS}(?:at|by|from|in|near|towards?|around) the middle\b(?! of)"),
    ("middle", rf"\b(?:halfway|midway|partway) through\b|{STARTS}(?:halfway|midway)\b"),
    ("end", rf"\b(?:at|by|in|near|before|to|towards?|until) the (?:very )?end(?:ing)?{OF_WHOLE}"),
    ("end", rf"\bin the (?:final|last|later|latter|closing|second|ending) {PIECE}\b"),
    ("end", rf"{STARTS}(?:at|by|in|near|towards?|until) the (?:very )?end\b(?! of)"),
    ("end", rf"{STARTS}(?:finally|lastly|eventually|ultimately|at last)\b"),
)
MARKERS = tuple((phase, re.compile(pattern, re.IGNORECASE)) for phase, pattern in PATTERNS)


def phase_of(sentence: str) -> Phase | None:
    """The phase that the first time marker of a sentence names."""
    found: tuple[int, Phase] | None = None
    for phase, pattern in MARKERS:
        match = pattern.search(sentence)
        if match and (found is None or match.start() < found[0]):
            found = (match.start(), phase)
    return found[1] if found else None


def phases_of(sentences: list[str]) -> list[Phase | None]:
    """A sentence without a marker goes on in the phase of the one before it."""
    phases: list[Phase | None] = []
    for sentence in sentences:
        phases.append(phase_of(sentence) or (phases[-1] if phases else None))
    return phases
