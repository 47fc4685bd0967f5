"""Which movements of a face a sentence claims. English; words only, no measurement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Movement = Literal[
    "blink",
    "eyes_closed",
    "eyes_wide",
    "smile",
    "jaw_open",
    "brow_raise",
    "brow_lower",
    "head_turn",
    "head_nod",
    "head_tilt",
    "gaze",
]
Direction = Literal["left", "right", "up", "down"]


@dataclass(frozen=True)
class Claim:
    """
    `start` and `stop` are offsets in the sentence; left and right are the subject's own.

    A denied claim says that the movement is not there.
    """

    movement: Movement
    direction: Direction | None
    is_denied: bool
    start: int
    stop: int


EYES = r"eye(?:s|lids?)?"
BROWS = r"(?:eye)?brows?"
MOUTH = r"mouth|lips?|jaw"
HEAD = r"head|chin"
CORNERS = r"(?:corners?|edges?) of (?:the|his|her|their) (?:mouth|lips)"
OPEN = r"open(?:s|ed|ing)?|agape|ajar|part(?:s|ed|ing)?(?! of)|gap(?:es?|ed|ing)"
DROP = r"drop(?:s|ped|ping)?|fall(?:s|en|ing)?"
UPWARDS = r"up(?:wards?)?"
CLOSE = r"clos(?:es?|ed|ing)|shut(?:s|ting)?"
WIDE = r"wide(?:n|ns|ned|ning|r)?|bulg(?:es?|ed|ing)"
RAISE = (
    r"rais(?:es?|ed|ing)|lift(?:s|ed|ing)?|ris(?:es?|ing)|rose|arch(?:es|ed|ing)?|"
    r"(?:go|goes|going|went|shoots?|move[sd]?|moving) up(?:wards?)?"
)
KNIT = (
    r"furrow(?:s|ed|ing)?|knit(?:s|ted|ting)?|low(?:er|ers|ered|ering)|frown(?:s|ed|ing)?|"
    r"(?:draw|draws|drawn|drew|drawing|pull(?:s|ed|ing)?|come|comes|pinch(?:es|ed|ing)?) together|"
    r"contract(?:s|ed|ing)?|wrinkl(?:es?|ed|ing)|knot(?:s|ted)?|squeez(?:es?|ed|ing)"
)
TURN = (
    r"turn(?:s|ed|ing)?|rotat(?:es?|ed|ing)|swivel(?:s|led)?|shak(?:es?|ing)|shook|"
    r"sway(?:s|ed|ing)?|mov(?:es?|ed|ing)"
)
TILT = r"tilt(?:s|ed|ing)?|cock(?:s|ed|ing)?|lean(?:s|ed|ing)?|inclin(?:es?|ed|ing)"
BOW = r"bow(?:s|ed|ing)?|low(?:ers?|ered|ering)|drop(?:s|ped|ping)?|dip(?:s|ped|ping)?"
LOOK = r"look(?:s|ed|ing)?|glanc(?:es?|ed|ing)|gaz(?:es?|ed|ing)|peer(?:s|ed|ing)?|star(?:es?|ing)"
AWAY = (
    r"left|up(?:wards?)?|down(?:wards?)?|away|aside|sideways|around|right(?! (?:at|into|through))"
)
SHIFT = (
    r"shift(?:s|ed|ing)?|dart(?:s|ed|ing)?|drift(?:s|ed|ing)?|wander(?:s|ed|ing)?|mov(?:es?|ing)"
)
UPRIGHT_WORDS = r"(?:up|down|back|for)(?:wards?)?"
# Words between the two halves of a phrase; a comma or a full stop ends it.
GAP = r"(?:[ -][\w'\u2019]+){0,%d}?[ -]"


def _near(one: str, other: str, words: int = 4) -> str:
    gap = GAP % words
    return rf"\b(?:{one})\b{gap}(?:{other})\b|\b(?:{other})\b{gap}(?:{one})\b"


# At one place the first that fits wins.
PATTERNS: tuple[tuple[Movement, str], ...] = (
    ("smile", _near(CORNERS, rf"{RAISE}|(?:curl|turn)(?:s|ed|ing)? {UPWARDS}", 3)),
    ("smile", _near(r"mouth|lips", rf"(?:curl|turn|curve?)(?:s|d|ed|ing)? {UPWARDS}", 3)),
    (
        "smile",
        r"\b(?:smil(?:es?|ed|ing)|grin(?:s|ned|ning)?|beam(?:s|ed|ing)|smirk(?:s|ed|ing)?)\b",
    ),
    ("smile", r"\blaugh(?:s|ed|ing|ter)?\b"),
    ("blink", r"\b(?:blink(?:s|ed|ing)?|wink(?:s|ed|ing)?)\b"),
    ("blink", _near(r"flutter(?:s|ed|ing)?", EYES, 3)),
    ("eyes_wide", _near(EYES, rf"{WIDE}|(?:open(?:s|ed)?|wide) wide", 4)),
    ("eyes_closed", _near(EYES, CLOSE, 3)),
    ("brow_raise", _near(BROWS, RAISE, 5)),
    ("brow_lower", _near(BROWS, KNIT, 4)),
    ("brow_lower", r"\b(?:frown(?:s|ed|ing)?|scowl(?:s|ed|ing)?)\b"),
    ("jaw_open", _near(MOUTH, OPEN, 4)),
    ("jaw_open", _near("jaw", DROP, 3)),
    ("jaw_open", r"\b(?:gap(?:es|ing)|yawn(?:s|ed|ing)?)\b"),
    ("head_nod", r"\bnod(?:s|ded|ding)?\b"),
    ("head_nod", rf"\b(?:{TILT}|{TURN})\b{GAP % 2}(?:{HEAD})\b{GAP % 1}(?:{UPRIGHT_WORDS})\b"),
    ("head_nod", rf"\b(?:{HEAD})\b{GAP % 2}(?:{TILT}|{TURN})\b{GAP % 1}(?:{UPRIGHT_WORDS})\b"),
    ("head_nod", _near(HEAD, rf"{BOW}|rais(?:es?|ed|ing)|lift(?:s|ed|ing)?", 2)),
    ("head_tilt", _near(HEAD, TILT, 3)),
    ("head_turn", _near(HEAD, TURN, 3)),
    (
        "head_turn",
        rf"(?<!eyes )(?<!eyeballs )\b(?:{TURN}) (?:(?:slightly|slowly|quickly) )?(?:to|towards) "
        r"(?:the |his |her |their )?(?:left|right|side)\b",
    ),
    ("gaze", rf"\b(?:{LOOK}) (?:\w+ly )?(?:to (?:the|his|her|their) )?(?:{AWAY})\b"),
    ("gaze", _near(r"gaze|eyes|glance", SHIFT, 3)),
)
COMPILED = tuple((movement, re.compile(text, re.IGNORECASE)) for movement, text in PATTERNS)
# Up to a few words before the claim, within its clause.
DENIAL = re.compile(
    r"\b(?:no|not|never|without|neither|nor|hardly|cannot|no longer|"
    r"fails? to|\w+n['\u2019]t)\b(?:[ -][\w'\u2019]+){0,3}[ -]$",
    re.IGNORECASE,
)
DIRECTIONS: tuple[tuple[Direction, str], ...] = (
    ("left", r"\bleft\b"),
    ("right", r"\bright\b(?! (?:after|as|at|away|before|in|now|on|then|when))"),
    ("up", r"\b(?:up(?! and down)|upwards?|back|rais\w+|lift\w*)\b"),
    ("down", r"\b(?:(?<!up and )down|downwards?|forwards?|low\w+|bow\w*|drop\w*|dip\w*)\b"),
)
UPRIGHT: frozenset[Movement] = frozenset({"head_nod"})
CLAUSE_ENDS = re.compile(r"[,.;:!?]|\b(?:and(?! down)|but|while|then)\b", re.IGNORECASE)


def find_claims(sentence: str) -> list[Claim]:
    """In the order of the words; no word counts twice."""
    claims: list[Claim] = []
    for movement, match in sorted(_matches(sentence), key=lambda found: found[1].start()):
        if not any(match.start() < claim.stop and claim.start < match.end() for claim in claims):
            claims.append(_claim(sentence, movement, match))
    return claims


def _matches(sentence: str) -> Iterator[tuple[Movement, re.Match[str]]]:
    for movement, pattern in COMPILED:
        for match in pattern.finditer(sentence):
            yield movement, match


def _claim(sentence: str, movement: Movement, match: re.Match[str]) -> Claim:
    start, stop = match.span()
    before = _last_clause(sentence[:start])
    inside = re.search(r"\b(?:not|never|\w+n['\u2019]t)\b", match.group())
    after = CLAUSE_ENDS.split(sentence[stop:], maxsplit=1)[0]
    return Claim(
        movement=movement,
        direction=_direction(movement, before, match.group(), after),
        is_denied=bool(DENIAL.search(before) or inside),
        start=start,
        stop=stop,
    )


def _last_clause(text: str) -> str:
    return CLAUSE_ENDS.split(text)[-1]


def _direction(movement: Movement, before: str, inside: str, after: str) -> Direction | None:
    """Of the words of the claim, then those that follow it, then those before."""
    for text in (inside, after, before):
        for direction, pattern in DIRECTIONS:
            if _may_go(movement, direction) and re.search(pattern, text, re.IGNORECASE):
                return direction
    return None


def _may_go(movement: Movement, direction: Direction) -> bool:
    if movement == "gaze":
        return True
    is_upright = direction in ("up", "down")
    return is_upright == (movement in UPRIGHT)
