"""
What a model wrote freely, made fit to be read as a caption.

Every word is untrusted: markup goes, talk to the reader goes, and nothing in it is obeyed. What is
left is plain lines of sentences; whoever takes the draft divides them by their time markers.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from ml.drafting.protocols import Drafted, Failed, FailureCode, Outcome, Usage
from ml.drafting.wording import echoes, goes_in_circles, is_english, words

# Several times the longest published caption.
MOST_LETTERS = 6000
# As much markup around it; more is not looked at.
MOST_WRITTEN = 2 * MOST_LETTERS
# Below this share of its words an answer is a page, not a caption with some markup in it.
LEAST_TEXT = 0.6
REASONS: dict[FailureCode, str] = {
    "empty": "The model wrote nothing.",
    "too_large": "The model wrote more than a caption may hold.",
    "markup": "The model wrote a page of markup instead of sentences.",
    "cut_off": "The model went in circles and did not come to an end.",
    "refused": "The model refuses to describe this clip.",
    "not_english": "The model did not write English.",
    "echo": "The model wrote instructions instead of describing the clip.",
}
# What starts another turn of a talk; what follows is not the answer.
TURN = re.compile(
    r"<\|[a-z_0-9]+\|>|</s>|\[/?INST\]|^[^\w\n]*(?:human|user|system|assistant)[ \t*]*:",
    re.IGNORECASE | re.MULTILINE,
)
FENCE = re.compile(r"^[ \t]*(?:```|~~~).*$", re.MULTILINE)
LINK = re.compile(r"!?\[([^\]\n]{0,200})\]\([^)\n]{0,500}\)")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
BULLET = re.compile(r"^[ \t]*(?:(?:[-*+•>]|#{1,6}|\d{1,2}[.)])[ \t]+)+", re.MULTILINE)
EMPHASIS = re.compile(r"(\*\*|__|\*|`)(?=\S)([^*`\n]{1,300}?)(?<=\S)\1")
RULE = re.compile(r"^[ \t]*(?:[-*_=][ \t]*){3,}$", re.MULTILINE)
HEADING = re.compile(r"^[ \t]*#{1,6}[ \t].*$", re.MULTILINE)
# The head of a list, or of a part: "Facial changes:"
LABEL = re.compile(r"^[^.!?:\n]{1,60}:[ \t]*$", re.MULTILINE)
PART = re.compile(
    r"^(?:external attributes|appearance|facial changes|changes|caption|description|answer)"
    r"[ \t]*:[ \t]*",
    re.IGNORECASE | re.MULTILINE,
)
# The one label that stays, since it says of a sentence what its words do not.
SUMMARY = re.compile(
    r"^[ \t#*_\d.)-]*(?:(?:one|single)[- ]sentence )?summary(?: sentence)?[*_]*\s*"
    r"(?::|$)[\s*_]*",
    re.IGNORECASE | re.MULTILINE,
)
# A first line to the reader.
GREETING = re.compile(
    r"\A\s*(?:(?:sure|certainly|of course|okay|absolutely)\b[^.!:\n]*[.!:,]\s*)?"
    r"(?:here(?:'s| is| are)\b[^.:\n]*[.:]\s*)?",
    re.IGNORECASE,
)
# A last one.
OFFER = re.compile(
    r"(?:^|(?<=[.!?]))\s*(?:let me know|please let me know|i hope this|if you (?:need|would like|"
    r"have any)|feel free to)\b[^\n]*\Z",
    re.IGNORECASE | re.MULTILINE,
)
REFUSAL = re.compile(
    r"\b(?:as an ai|as a language model|i(?: a|')m (?:sorry|unable|not able)|"
    r"i (?:can(?:no|')t|cannot|won't|will not) (?:describe|identify|help|assist|see|view|provide))",
    re.IGNORECASE,
)
ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget) (?:all |any |the |your )*(?:previous|prior|above|earlier|"
    r"preceding) (?:instructions?|prompts?|text|rules)|\bsystem prompt\b",
    re.IGNORECASE,
)
ENDED = re.compile(r".*[.!?…][\"'”\u2019)]*", re.DOTALL)


def read_free_text(answer: str, told: str, usage: Usage | None = None) -> Outcome:
    """`told` is what the model was told, which is no caption."""
    usage = usage or Usage()
    if len(answer) > MOST_WRITTEN:
        endless: FailureCode = "cut_off" if goes_in_circles(answer) else "too_large"
        return Failed(endless, REASONS[endless], usage)
    text = plain_text(answer)
    code = _fault(answer, text, told)
    return Failed(code, REASONS[code], usage) if code else Drafted(text, usage)


def plain_text(answer: str) -> str:
    """Without markup, greeting, later turns of the talk and the sentence that was cut off."""
    text = TURN.split(answer.strip(), maxsplit=1)[0] if answer.strip() else ""
    text = _without_tags(text)
    text = SUMMARY.sub("Summary: ", text)
    for pattern in (FENCE, RULE, HEADING):
        text = pattern.sub("", text)
    text = ADDRESS.sub("", LINK.sub(r"\1", text))
    text = EMPHASIS.sub(r"\2", EMPHASIS.sub(r"\2", BULLET.sub("", text)))
    text = GREETING.sub("", text, count=1)
    for pattern in (LABEL, PART, OFFER):
        text = pattern.sub("", text)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return _finished("\n".join(filter(None, lines)))


def _fault(answer: str, text: str, told: str) -> FailureCode | None:
    if not words(text):
        return "markup" if words(answer) else "empty"
    faults: dict[FailureCode, bool] = {
        "refused": bool(REFUSAL.search(text)),
        "cut_off": goes_in_circles(text),
        "too_large": len(text) > MOST_LETTERS,
        "markup": len(words(text)) < LEAST_TEXT * len(words(answer)) and "<" in answer,
        "echo": echoes(text, told) or bool(ORDERS.search(text)),
        "not_english": not is_english(text),
    }
    return next((code for code, is_found in faults.items() if is_found), None)


def _finished(text: str) -> str:
    """Up to the last full stop; a text without any is one sentence that lacks it."""
    ended = ENDED.match(text)
    return ended.group() if ended else text


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in HIDDEN
        self.parts.append("\n" if tag in LINES else "")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in HIDDEN and self.hidden > 0
        self.parts.append("\n" if tag in LINES else "")

    def handle_data(self, data: str) -> None:
        self.parts.append("" if self.hidden else data)


HIDDEN = frozenset({"script", "style", "head", "title"})
LINES = frozenset({"p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "tr"})


def _without_tags(text: str) -> str:
    reader = _Text()
    reader.feed(text)
    reader.close()
    return "".join(reader.parts)
