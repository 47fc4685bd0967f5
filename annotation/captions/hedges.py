"""
Proposes which words of a sentence are inferred rather than seen. English; a person decides.

Each proposal is the smallest span whose absence leaves a sentence: the end of a clause ("as if
…", "suggesting …"), a hedge before what is seen ("seems to smile" is "smiles" without it), or a
whole clause that tells of nothing but a feeling. Where none would leave a sentence there is no
proposal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from annotation.captions.document import CaptionDocument, InferenceSpan, Sentence
from annotation.captions.editing import tidy_spans
from annotation.captions.feelings import FEELING
from annotation.captions.markers import phase_of
from annotation.captions.stripping import stripped_sentence

ADVERB = r"(?:perhaps|maybe|possibly|probably|presumably|apparently|evidently|seemingly)"
# How old somebody looks is seen, with some doubt.
AGE = r"be (?:around|about|in (?:his|her|their)|over|between|at|\d)"
FEW = r"(?:[\w'’-]+ ){0,4}?"
TELLING = (
    r"(?:suggesting|indicating|implying|conveying|expressing|betraying|reflecting|signall?ing|"
    r"demonstrating|highlighting|hinting at)"
)
# From here to the end of its clause.
TAILS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:almost |just )?as (?:if|though)\b",
        rf"\b(?:\w+ly |perhaps )?{TELLING}\b",
        rf"\b(?:showing|displaying|revealing) (?!no ){FEW}{FEELING}",
        rf"\bgiving (?:off )?{FEW}{FEW}(?:impression|feeling|vibe|appearance|air|aura)\b",
        rf"(?<=, )(?:appearing|seeming|looking) {FEW}{FEELING}",
        rf"\b(?:in|out of|due to|because of|(?:(?:tinged|filled|mixed) )?with) "
        rf"(?!no |(?:her |his |the )?emotion){FEW}{FEELING}",
        rf"\b{ADVERB} (?:because|in|from|due|out of|at|with|trying|about|thinking|wondering|"
        r"listening|looking for|reacting|responding|to|a|an)\b",
        r"\b(?:(?:but|and) )?it(?: is|['’]s) (?:\w+ )?(?:evident|clear|obvious|apparent|likely|"
        r"possible|probable) that\b",
        r"\bwh(?:ich|o) (?:seems?|suggests?|indicates?|implies|may|might|could)\b",
        rf"\bwh(?:ich|o) appears? to (?!{AGE})",
        r"\bbecause\b(?! of)",
        r"\bas (?:he|she|they) (?:feels?|thinks?|reali[sz]es?|wants?|tries|remembers?)\b",
    )
)
CLAUSE_END = re.compile(
    r"[,;:.!?—]|\s(?=(?:and|but|while|then) (?:his|her|their|its|the|he|she|they|it|then)\b)|"
    r"\s(?=(?:while|before|after|followed by)\b)",
    re.IGNORECASE,
)
# The rest of a list of feelings goes with its first.
MORE = re.compile(
    rf",?\s(?:(?:and|or) )?(?:an? |some )?(?:\w+ )?{FEELING}(?=[,;:.!?])", re.IGNORECASE
)
SEEMS = re.compile(rf"\b(seem|seems|appear|appears) to (?!have\b|{AGE})([a-z]+)", re.IGNORECASE)
HEDGED = re.compile(rf"\b{ADVERB}\s", re.IGNORECASE)
ONLY_FELT = re.compile(
    rf"\b(?:seems?|appears?|looks?|feels?|(?:may|might|must|could) (?:be|feel)|is {ADVERB}|"
    rf"{ADVERB} (?:is|feels?)) {FEW}{FEELING}|"
    r"\b(?:convey|express|suggest|indicate|reflect|betray)s? (?:a |an |his |her |their )?"
    rf"{FEW}{FEELING}",
    re.IGNORECASE,
)
# What may stand on its own as a sentence.
CLAUSE = re.compile(
    r"^\s*(?:(?:and|but|while|then) )?(?:then )?(?:his|her|their|its|the|a|an|he|she|they|it)\b",
    re.I,
)
LEAST_WORDS = 2


def with_proposed_inferences(document: CaptionDocument) -> CaptionDocument:
    """Sentences that have inferences keep those that they have."""
    return CaptionDocument(
        tuple(map(_proposed, document.external_attributes)),
        tuple(map(_proposed, document.facial_changes)),
        document.summary,
    )


def propose_inferences(text: str) -> tuple[InferenceSpan, ...]:
    whole = _only_felt(text)
    found = whole or tidy_spans(_apart([*_tails(text), *_hedges(text)]), text)
    kept = stripped_sentence(Sentence("", text, found))
    if kept and len(kept.split()) < LEAST_WORDS:
        return (InferenceSpan(0, len(text)),)
    return found


def _proposed(sentence: Sentence) -> Sentence:
    if sentence.inferences:
        return sentence
    return replace(sentence, inferences=propose_inferences(sentence.text))


def _apart(spans: Sequence[InferenceSpan]) -> Iterator[InferenceSpan]:
    """Of those that overlap, the first and the longest."""
    reached = 0
    for span in sorted(spans, key=lambda item: (item.start, -item.end)):
        if span.start >= reached:
            yield span
            reached = span.end


def _tails(text: str) -> Iterator[InferenceSpan]:
    for pattern in TAILS:
        for match in pattern.finditer(text):
            end = _clause_end(text, match.end())
            while more := MORE.match(text, end):
                end = more.end()
            yield InferenceSpan(match.start(), end)


def _clause_end(text: str, start: int) -> int:
    found = CLAUSE_END.search(text, start)
    return found.start() if found else len(text)


def _hedges(text: str) -> Iterator[InferenceSpan]:
    """Those that are gone without what they hedge."""
    for match in SEEMS.finditer(text):
        is_one = match.group(1).endswith("s")
        yield InferenceSpan(match.start(), match.end(), _present(match.group(2), is_one=is_one))
    for match in HEDGED.finditer(text):
        yield InferenceSpan(match.start(), match.end() - 1)


def _present(verb: str, *, is_one: bool) -> str:
    if verb == "be":
        return "is" if is_one else "are"
    if not is_one:
        return verb
    if re.search(r"(?:s|x|z|ch|sh|o)$", verb):
        return f"{verb}es"
    return re.sub(r"(?<![aeiou])y$", "ie", verb) + "s"


def _only_felt(text: str) -> tuple[InferenceSpan, ...]:
    """A clause that tells of a feeling alone, with what joins it to the others."""
    felt = ONLY_FELT.search(text)
    if felt is None or re.search(r"\bwh(?:o|ich) $", text[: felt.start()]):
        return ()
    start = max(text.rfind(mark, 0, felt.start()) + 1 for mark in ",;")
    end = _clause_end(text, felt.end())
    before, after = text[:start], text[end:].lstrip(" ,;")
    if _is_sentence(before) and (not after.strip(".!?") or CLAUSE.match(after)):
        return tidy_spans([InferenceSpan(start, end)], text)
    if not after.strip(".!?") and not _is_sentence(before):
        return (InferenceSpan(0, len(text)),)
    return ()


def _is_sentence(before: str) -> bool:
    """More than a time marker stands there."""
    parts = [part for part in before.split(",") if part.strip()]
    return any(CLAUSE.match(part) for part in parts if phase_of(part) is None)
