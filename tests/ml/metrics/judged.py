"""Judged pairs, written as short as by hand."""

from __future__ import annotations

from ml.metrics.events import RELATIONS, VERDICTS, JudgedPair, Relation, Verdict

VERDICT: dict[str, Verdict] = dict(zip("enc", VERDICTS, strict=True))
RELATION: dict[str, Relation] = dict(zip("so.", RELATIONS, strict=True))


def judged(relations: str, reference: str = "", prediction: str = "") -> JudgedPair:
    """
    Rows of s(ame), o(pposite) and . with a space between; verdicts as e, n and c, else what the
    rows and columns tell.
    """
    rows = relations.split()
    columns = ["".join(column) for column in zip(*rows, strict=True)]
    return JudgedPair(
        tuple(f"reference {row}" for row in range(len(rows))),
        tuple(f"prediction {column}" for column in range(len(columns))),
        tuple(VERDICT[letter] for letter in reference or told(rows)),
        tuple(VERDICT[letter] for letter in prediction or told(columns)),
        tuple(tuple(RELATION[letter] for letter in row) for row in rows),
    )


def told(lines: list[str]) -> str:
    return "".join("e" if "s" in line else "c" if "o" in line else "n" for line in lines)


def without(*, rows: int = 0, columns: int = 0) -> JudgedPair:
    """Events on one side alone, or nowhere."""
    untold: Verdict = "neutral"
    return JudgedPair(
        ("he blinks",) * rows,
        ("he blinks",) * columns,
        (untold,) * rows,
        (untold,) * columns,
        ((),) * rows,
    )
