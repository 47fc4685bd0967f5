"""
What a clause says is done, by its words: a part of the face, a way in which it moves, a side, and
whether it is denied. English, and only what captions of faces speak of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

VERSION = "deeds-1"

Side: TypeAlias = Literal["left", "right"]

PARTS: dict[str, str] = {
    "brows": r"(?:eye)?brows?",
    "forehead": r"foreheads?",
    "eyes": r"eyes?|eyeballs?|pupils?",
    "lids": r"eyelids?|lids?",
    "gaze": r"gaz(?:e|es|ed|ing)|look(?:s|ed|ing)?|glanc\w+|star(?:e|es|ed|ing)|peer(?:s|ed|ing)?",
    "nose": r"nose|nostrils?",
    "cheeks": r"cheeks?",
    "corners": r"(?:corners?|sides?) of (?:the|his|her|their) (?:mouth|lips)|mouth corners?",
    "mouth": r"mouth|lips?|jaws?",
    "upper lip": r"upper lip",
    "teeth": r"teeth|tooth",
    "tongue": r"tongue",
    "chin": r"chin",
    "head": r"head",
    "face": r"face|expressions?|features",
    "smile": r"smil(?:e|es|ed|ing)|grin(?:s|ned|ning)?|beam(?:s|ed|ing)",
    "hand": r"hands?|fingers?|touch(?:es|ed|ing)?|wip(?:es?|ed|ing)|scratch(?:es|ed|ing)?",
}
WAYS: dict[str, str] = {
    "up": r"rais\w+|lift\w*|ris(?:es?|ing|en)|rose|up|upwards?|arch(?:es|ed|ing)?|upturned",
    "down": r"lower(?! (?:lip|teeth|eyelid))|low(?:ers|ered|ering)|drop\w*|fall(?:s|en|ing)?|fell|"
    r"droop\w*|sag\w*|s[ia]nk\w*|down|downwards?|downturned|dip(?:s|ped|ping)?|bow(?:s|ed|ing)?",
    "open": r"open\w*|part(?:s|ed|ing)?(?! of)|agape|ajar",
    "wide": r"wide\w*|bulg\w+|flar\w+|enlarg\w+",
    "close": r"clos(?:e|es|ed|ing)|shut\w*",
    "narrow": r"narrow\w*|squint\w*|screw\w*",
    "together": r"knit\w*|furrow\w*|together|contract\w*|pinch\w*|frown\w*|scowl\w*|tighten\w*|"
    r"press\w*|compress\w*|clench\w*|tight",
    "forward": r"pout\w*|pucker\w*|purs\w+|protrud\w+|forwards?|push\w*",
    "turn": r"turn\w*|rotat\w+|swivel\w*",
    "tilt": r"tilt\w*|lean\w*|cock\w*|inclin\w+",
    "tremble": r"trembl\w*|quiver\w*|quak\w+|twitch\w*",
    "wrinkle": r"wrinkl\w*|creas\w*|scrunch\w*|crinkl\w*|furrow\w*|lines",
    "relax": r"relax\w*|smooth\w*|loosen\w*|soften\w*|eas(?:es?|ed|ing)|tension",
    "show": r"show\w*|reveal\w*|visible|expos\w+|bar(?:es?|ed|ing)|appears?",
    "out": r"out|sticks?|stuck|sticking|protrud\w+|extend\w*",
    "bite": r"bit(?:es?|ing|ten)?|catch\w*|caught",
    "lick": r"lick\w*|passes|pass(?:ed|ing)?",
    "puff": r"puff\w*|fills?|filled|inflat\w+|blow\w*",
    "aside": r"(?:to|towards?) (?:the |his |her |their )?(?:left|right|side)|aside|sideways|"
    r"\w+(?:s|ed|ing)? (?:left|right)$",
    "away": r"away|avert\w*",
    "ahead": r"ahead|forwards?|straight|camera|front",
    "shift": r"shift\w*|dart\w*|mov\w+",
    "to and fro": r"sid(?:e|es) to side|shak(?:e|es|ing)|shook|sways?|swaying",
    "up and down": r"up and down|nod\w*",
    "end": r"fad(?:e|es|ed|ing)|disappear\w*|vanish\w*|stop\w*|ceas\w+|no longer",
    "grow": r"broad\w*|wide\w*|deep\w*|grow\w*|bigger|brighter",
    "change": r"chang\w+",
}
# Which deed a way of moving is for a part. What stands nowhere here is no deed.
DEEDS: dict[str, dict[str, str]] = {
    "brows": {
        "up": "brows up",
        "down": "brows knit",
        "together": "brows knit",
        "wrinkle": "brows knit",
        "relax": "brows relaxed",
    },
    "forehead": {"wrinkle": "forehead wrinkled", "relax": "forehead smooth"},
    "eyes": {
        "open": "eyes open",
        "wide": "eyes wide",
        "close": "eyes closed",
        "narrow": "eyes narrow",
        "down": "gaze down",
        "up": "gaze up",
        "aside": "gaze aside",
        "turn": "gaze aside",
        "shift": "gaze aside",
        "away": "gaze away",
        "ahead": "gaze ahead",
    },
    "lids": {
        "open": "eyes open",
        "up": "eyes open",
        "wide": "eyes wide",
        "close": "eyes closed",
        "down": "lids lowered",
        "narrow": "eyes narrow",
        "tremble": "lids tremble",
    },
    "gaze": {
        "up": "gaze up",
        "down": "gaze down",
        "aside": "gaze aside",
        "away": "gaze away",
        "ahead": "gaze ahead",
    },
    "nose": {"wrinkle": "nose wrinkled", "wide": "nostrils wide"},
    "cheeks": {"up": "cheeks up", "puff": "cheeks puffed"},
    "corners": {"up": "smile", "down": "corners down"},
    "mouth": {
        "open": "mouth open",
        "close": "mouth closed",
        "together": "lips pressed",
        "forward": "lips forward",
        "tremble": "lips tremble",
        "bite": "lip bitten",
        "lick": "lips licked",
        "down": "mouth down",
    },
    "upper lip": {"up": "upper lip up"},
    "teeth": {"show": "teeth shown"},
    "tongue": {"out": "tongue out"},
    "chin": {"tremble": "chin trembles", "up": "head up", "down": "head down", "out": "chin out"},
    "head": {
        "turn": "head turned",
        "tilt": "head tilted",
        "up": "head up",
        "down": "head down",
        "to and fro": "head shaken",
        "up and down": "nods",
        "aside": "head turned",
    },
    "face": {"relax": "face relaxed", "change": "face changes"},
    "smile": {"end": "smile ends", "grow": "smile grows"},
    "hand": {
        part: f"hand to {part}" for part in ("chin", "nose", "mouth", "eyes", "cheeks", "head")
    },
}
# Verbs that need no part of the face beside them.
VERBS: dict[str, str] = {
    "blinks": r"blink\w*|wink\w*|flutter\w*",
    "smile": r"smil(?:es?|ed|ing)|grin(?:s|ned|ning)?|beam(?:s|ed|ing)",
    "brows knit": r"frown(?:s|ed|ing)?|scowl\w*",
    "lips forward": r"pout\w*",
    "eyes narrow": r"squint\w*",
    "nods": r"nod(?:s|ded|ding)?",
    "laughs": r"laugh\w*|chuckl\w*|giggl\w*",
    "cries": r"cr(?:y|ies|ied|ying)|weep\w*|wept|sob\w*|tears",
    "speaks": r"speak\w*|spoke|talk\w*|says?|said|tell\w*|convers(?:es?|ing|ation)",
    "sings": r"s[iau]ng|sings|singing",
    "shouts": r"shout\w*|yell\w*|scream\w*",
    "swallows": r"swallow\w*|gulp\w*",
    "yawns": r"yawn\w*",
    "sighs": r"sigh\w*",
    "sniffs": r"sniff\w*",
    "kisses": r"kiss\w*",
    "listens": r"listen\w*",
}
# The longer deed leaves nothing to the shorter one; a way fits several parts at times.
OVERRULES: dict[str, tuple[str, ...]] = {
    "eyes wide": ("eyes open",),
    "teeth shown": ("mouth open",),
    "head shaken": ("head turned",),
    "nods": ("head up", "head down", "head tilted", "head turned", "head shaken"),
    "head tilted": ("head turned",),
    "gaze aside": ("head turned",),
    "lips licked": ("mouth open", "tongue out"),
    "lip bitten": ("teeth shown", "eyes closed"),
    "smile ends": ("smile",),
    "upper lip up": ("lips forward",),
}
OPPOSITE = {
    frozenset(pair)
    for pair in (
        ("brows up", "brows knit"),
        ("brows knit", "brows relaxed"),
        ("forehead wrinkled", "forehead smooth"),
        ("eyes open", "eyes closed"),
        ("eyes wide", "eyes closed"),
        ("eyes wide", "eyes narrow"),
        ("gaze up", "gaze down"),
        ("gaze ahead", "gaze away"),
        ("smile", "corners down"),
        ("smile", "smile ends"),
        ("smile grows", "smile ends"),
        ("mouth open", "mouth closed"),
        ("mouth open", "lips pressed"),
        ("speaks", "speaks ends"),
        ("head up", "head down"),
        ("laughs", "cries"),
    )
}
DENIAL = re.compile(
    r"\b(?:no|not|never|without|neither|nor|hardly|cannot|fails? to|nothing|unchanged|"
    r"\w+n['\u2019]t)\b"
)
ENDING = re.compile(r"\b(?:stop(?:s|ped|ping)?|ceas(?:es?|ed|ing)|no longer)\b|\bsilent\b")
SIDE = re.compile(r"\b(left|right)\b(?! (?:after|as|at|away|before|in|now|on|then|when))")


def _compiled(words: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(rf"\b(?:{pattern})\b") for name, pattern in words.items()}


PART_WORDS, WAY_WORDS, VERB_WORDS = _compiled(PARTS), _compiled(WAYS), _compiled(VERBS)


@dataclass(frozen=True)
class Meaning:
    """Of one clause; left and right are the subject's own."""

    deeds: frozenset[str]
    side: Side | None
    is_denied: bool


@lru_cache(maxsize=10_000)
def meaning_of(clause: str) -> Meaning:
    """
    >>> meaning_of("Her left eyebrow doesn't rise.")
    Meaning(deeds=frozenset({'brows up'}), side='left', is_denied=True)
    """
    clause = clause.lower()
    deeds = _moves(clause) | set(found(VERB_WORDS, clause))
    overruled = {shorter for deed in deeds for shorter in OVERRULES.get(deed, ())}
    is_ended = bool(ENDING.search(clause))
    deeds = {_ended(deed) if is_ended else deed for deed in deeds - overruled}
    sides = set(SIDE.findall(clause))
    return Meaning(
        deeds=frozenset(deeds or ({"speaks ends"} if is_ended and "silent" in clause else ())),
        side=sides.pop() if len(sides) == 1 else None,
        is_denied=bool(DENIAL.search(clause)) and not is_ended,
    )


def found(words: dict[str, re.Pattern[str]], clause: str) -> list[str]:
    return [name for name, pattern in words.items() if pattern.search(clause)]


def _moves(clause: str) -> set[str]:
    parts, ways = set(found(PART_WORDS, clause)), found(WAY_WORDS, clause)
    if "hand" in parts:
        return {DEEDS["hand"][part] for part in parts if part in DEEDS["hand"]}
    # "Corners of the mouth" and "upper lip" are no whole mouth.
    if parts & {"corners", "upper lip"}:
        parts.discard("mouth")
    return {DEEDS[part][way] for part in parts for way in ways if way in DEEDS[part]}


def _ended(deed: str) -> str:
    return deed if deed.endswith(" ends") else f"{deed} ends"
