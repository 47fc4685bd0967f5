"""
Words as the published captioning scores count them.

Those scores split texts with the Penn Treebank tokenizer of Stanford CoreNLP, in lower case and
without punctuation. This one gives the same words for captions; docs/metrics.md says where not.
"""

from __future__ import annotations

import re

VERSION = "ptb-like-1"

# What pycocoevalcap leaves out of the tokenizer's answer; `!!` or `&` are no part of its list.
PUNCTUATION = frozenset(["'", "`", '"', ".", "?", "!", ",", ":", ";", "-", "--", "..."])
SPELT: dict[str, str] = {
    "(": "-lrb-",
    ")": "-rrb-",
    "[": "-lsb-",
    "]": "-rsb-",
    "{": "-lcb-",
    "}": "-rcb-",
}
PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "--", "½": "1/2"}  # noqa: RUF001
)

TITLES = "Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|Gen|Capt|Lt|Sgt|Rev|Hon"
SHORTENED = "etc|vs|Fig|Figs|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Corp|Co"
TOKEN = re.compile(
    rf"""
    (?P<address>https?://[^\s<>"]*[^\s<>".,;:!?)] | [\w.+-]{{1,64}}@\w[\w-]*(?:\.\w+)+)
  | (?P<tag></?[A-Za-z][^<>]*>)
  | (?P<ellipsis>\.{{3,}} | …)
  | (?P<shortened>\b(?:(?:{TITLES}|{SHORTENED})\.(?!\w)|(?:[A-Za-z]\.)+(?!\w)|No\.(?=\s*\d)))
  | (?P<word>
        '(?:\d\ds|[nN]')(?!\w)
      | [-+]?\d[\d,.:/-]*\d(?!\w) | [-+]\d(?!\w)
      | [#@][^\W\d]\w*
      | [^\W_]\w*(?:['/&.!?-]\w+)*
    )
  | (?P<marks>[!?]+)
  | (?P<dash>-+)
  | (?P<symbol>[^\s\w\U00010000-\U0010ffff])
    """,
    re.VERBOSE,
)
# Clitics after a word, and words that the Treebank writes as two.
CLITIC = re.compile(r"(?i)\A(.+)(n't|'(?:s|re|ve|ll|d|m))\Z")
FUSED = re.compile(r"(?i)\A(can)(not)\Z|\A(gon|got|wan)(na|ta)\Z|\A(lem|gim)(me)\Z|\A(y')(all)\Z")


def tokenize(text: str) -> list[str]:
    """
    >>> tokenize("At first, she doesn't smile; her half-closed eyes (both) blink.")
    ['at', 'first', 'she', 'does', "n't", 'smile', 'her', 'half-closed', 'eyes', '-lrb-', 'both', \
'-rrb-', 'blink']
    """
    found = TOKEN.finditer(text.translate(PLAIN))
    tokens = (part.lower() for match in found for part in _parts(match))
    return [token for token in tokens if token not in PUNCTUATION]


def _parts(match: re.Match[str]) -> list[str]:
    token = match.group()
    if match.lastgroup == "symbol":
        return [SPELT.get(token, token)]
    if match.lastgroup == "dash":
        return ["--"]
    if match.lastgroup == "ellipsis":
        return ["..."]
    return _split(token) if match.lastgroup == "word" else [token]


def _split(word: str) -> list[str]:
    if fused := FUSED.match(word):
        return [part for part in fused.groups() if part]
    if clitic := CLITIC.match(word):
        return [*_split(clitic[1]), clitic[2]]
    return [word]
