"""
The words of drafts that rules write.

Every phrase says what a curve shows and no more: where the corners of a mouth are, not that it
smiles. Sides are the subject's own. What is not known of a person, their name, age or gender, is
left to whoever corrects the draft.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Literal, TypeVar

from ml.drafting.moments import Deed, Moment

T = TypeVar("T")
Phase = Literal["beginning", "progress", "middle", "end", "throughout"]

# The verb after "the person"; `how` is "slightly " or nothing, `side` the subject's own.
ACTS: dict[Deed, tuple[str, ...]] = {
    "blink": ("blinks",),
    "wink": ("closes the {side} eye", "shuts the {side} eye"),
    "eyes_closed": (
        "keeps the eyes closed or nearly closed",
        "lowers the lids until the eyes are closed or nearly closed",
    ),
    "eyes_wide": ("{how}widens the eyes", "opens the eyes {wider}"),
    "corners_raised": (
        "{how}raises the corners of the mouth",
        "{how}lifts the corners of the mouth",
    ),
    "corners_drawn": (
        "{how}draws the corners of the mouth outwards",
        "{how}stretches the mouth sideways",
    ),
    "mouth_open": ("{how}opens the mouth", "{how}parts the lips"),
    "brows_raised": ("{how}raises the brows", "{how}lifts the eyebrows"),
    "brows_lowered": ("{how}lowers the brows", "{how}furrows the eyebrows"),
    "head_turned": (
        "{how}turns the head to their {side}",
        "turns the head {how}towards their {side}",
    ),
    "head_raised": ("{how}raises the head", "{how}lifts the chin"),
    "head_lowered": ("{how}lowers the head", "{how}bows the head"),
    "head_tilted": (
        "{how}tilts the head to their {side}",
        "tilts the head {how}towards their {side}",
    ),
    "gaze_shifted": ("looks to their {side}", "shifts the gaze to their {side}"),
}
# Of what is so from the first frame on: nobody saw it begin.
KEPT: dict[Deed, tuple[str, ...]] = {
    "eyes_wide": ("keeps the eyes wide open", "holds the eyes wide open"),
    "corners_raised": (
        "keeps the corners of the mouth {how}raised",
        "holds the corners of the mouth {how}raised",
    ),
    "corners_drawn": (
        "keeps the corners of the mouth {how}drawn outwards",
        "holds the mouth {how}stretched sideways",
    ),
    "mouth_open": ("keeps the mouth {how}open", "keeps the lips {how}parted"),
    "brows_raised": ("keeps the brows {how}raised", "holds the eyebrows {how}raised"),
    "brows_lowered": ("keeps the brows {how}lowered", "holds the eyebrows {how}furrowed"),
    "head_turned": ("holds the head {how}turned to their {side}",),
    "head_raised": ("holds the head {how}raised", "keeps the chin {how}lifted"),
    "head_lowered": ("holds the head {how}lowered", "keeps the head {how}bowed"),
    "head_tilted": ("holds the head {how}tilted to their {side}",),
}
REPEATED: dict[Deed, str] = {
    "blink": " several times",
    "mouth_open": " again and again",
}
SLIGHT, STRONG = 0.5, 0.85

# Each is a time marker, so that a plain text of these sentences is read with the same phases.
LEADS: dict[Phase, tuple[str, ...]] = {
    "throughout": ("Throughout the video,", "During the whole video,"),
    "beginning": (
        "At the beginning of the video,",
        "At the start of the video,",
        "In the first moments of the video,",
    ),
    "progress": (
        "As the video progresses,",
        "As the video continues,",
        "As the video goes on,",
    ),
    "middle": (
        "In the middle of the video,",
        "Midway through the video,",
        "Around the middle of the video,",
    ),
    "end": (
        "Towards the end of the video,",
        "Near the end of the video,",
        "In the last part of the video,",
    ),
}
# Of a later sentence in the same phase, by whether the one before is over.
AFTER = ("Then", "After that,", "Next,")
MEANWHILE = ("At the same time,", "Meanwhile,")
LASTS = ("; this lasts until the last frame", ", up to the last frame")

STILL = (
    "shows no clear movement of the brows, the eyes, the mouth or the head",
    "shows no clear movement of the face or the head",
)
ORDINALS = ("first", "second", "third")
# By how many people are told of.
SEVERAL = {
    2: "The faces of two people are seen, here called the first and the second person, "
    "from the left of the picture to its right.",
    3: "The faces of three people are seen, here called the first, the second and the third "
    "person, from the left of the picture to its right.",
}


def act(moment: Moment, seed: str) -> str:
    """What is done, to stand after the name of the person."""
    is_kept = moment.start == 0 and (moment.times == 1 or moment.deed not in REPEATED)
    options = KEPT.get(moment.deed) if is_kept else None
    words = pick(options or ACTS[moment.deed], seed, moment.deed, moment.start)
    how = "slightly " if moment.strength < SLIGHT else ""
    wider = "a little wider" if how else "very wide" if moment.strength >= STRONG else "wide"
    return words.format(how=how, side=moment.side, wider=wider) + _times(moment)


def _times(moment: Moment) -> str:
    if moment.times == 1 or moment.deed not in REPEATED:
        return ""
    return " twice" if moment.times == 2 else REPEATED[moment.deed]


def listed(parts: Sequence[str]) -> str:
    """The comma before "and" keeps the words of one act out of the next."""
    return ", and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def sentence(text: str) -> str:
    return text[0].upper() + text[1:] + "."


def pick(options: Sequence[T], *seed: object, turn: int = 0) -> T:
    """The same for the same seed, on every machine; one of the others at the next turn."""
    digest = hashlib.sha256(repr(seed).encode()).digest()
    return options[(int.from_bytes(digest[:8], "big") + turn) % len(options)]
