"""A caption cut into clauses that say one thing each, in their order."""

from __future__ import annotations

import re

from ml.metrics.deeds import PART_WORDS, found, meaning_of

SENTENCES = re.compile(r"[.;!?\n]+")
BREAKS = re.compile(
    r",|\b(?:and(?! down| fro)|then|but|while|until|before|after|as (?=s?he |they |the |his |her )|"
    r"(?=without)|(?<!without )(?=showing|revealing))",
    re.IGNORECASE,
)
LEADING = re.compile(
    r"^(?:(?:at|in|towards?|near|by) the (?:very )?(?:beginning|start|middle|end|first half)"
    r"(?: of the (?:video|clip))?|as the (?:video|clip) progresses|finally|at first|initially|"
    r"afterwards|subsequently|this video shows|the video shows)\W*",
    re.IGNORECASE,
)
# Somebody does something, whatever it is: subject and verb, but none that tells looks.
ACTS = re.compile(
    r"^(?:and )?(?:s?he|they|(?:the|an?|his|her|their)(?: \w+){1,3}?) (?:\w+ly )?"
    r"(?!(?:has|is|was|wears|does|seems|appears|remains|shows|depicts|looks)\b)"
    r"\w{2,}(?:s|ed|ing)\b",
    re.IGNORECASE,
)


def clauses(text: str) -> list[str]:
    """
    A clause that names no part of the face goes on with that of the clause before, and one that
    says nothing of it yet is joined to the next.

    >>> clauses("At first, his brows rise and fall. Her eyes close, and she smiles.")
    ['his brows rise', 'brows fall', 'Her eyes close', 'she smiles']
    """
    return [clause for sentence in SENTENCES.split(text) for clause in _of_sentence(sentence)]


def tells_an_act(clause: str) -> bool:
    """
    >>> tells_an_act("she shrugs"), tells_an_act("he has grey hair")
    (True, False)
    """
    return bool(ACTS.match(clause))


def _of_sentence(sentence: str) -> list[str]:
    clauses: list[str] = []
    waiting = subject = ""
    for fragment in _fragments(sentence):
        clause = f"{waiting} and {fragment}" if waiting else fragment
        waiting = ""
        if part := _part(clause):
            subject = part.group()
        elif subject and not meaning_of(clause).deeds and meaning_of(f"{subject} {clause}").deeds:
            clause = f"{subject} {clause}"
        if part and not meaning_of(clause).deeds:
            waiting = clause
        else:
            clauses.append(clause)
    return [*clauses, waiting] if waiting else clauses


def _fragments(sentence: str) -> list[str]:
    plain = LEADING.sub("", sentence.strip())
    return [cut for part in BREAKS.split(plain) if (cut := LEADING.sub("", part.strip()).strip())]


def _part(clause: str) -> re.Match[str] | None:
    """The first by its place in the text."""
    text = clause.lower()
    parts = [PART_WORDS[name].search(text) for name in found(PART_WORDS, text)]
    return min((part for part in parts if part), key=lambda part: part.start(), default=None)
