"""
TEM, temporal event matching: which events a text tells, and whether in the right order.

The paper leaves some of it open. The default is its Algorithm 1; the other readings are options.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ml.metrics.autodq import auto_dq, f_measure
from ml.metrics.events import JudgedPair

VERSION = "tem-1"

# What the length of the common order is divided by: the events of the reference (Algorithm 1),
# of the prediction (the paper's text), or the mean of both.
Normaliser: TypeAlias = Literal["reference", "prediction", "both"]
# Events against whole texts (AutoDQ's) or against events.
FMeasure: TypeAlias = Literal["text", "pairs"]
Matches: TypeAlias = Sequence[Sequence[bool]]


@dataclass(frozen=True)
class Tem:
    lcs: float
    f1: float

    @property
    def score(self) -> float:
        return (self.lcs + self.f1) / 2


def tem(pair: JudgedPair, *, normaliser: Normaliser = "reference", f_of: FMeasure = "text") -> Tem:
    """Two texts without events agree; with events on one side alone they have nothing in common."""
    if not (pair.rows and pair.columns):
        agree = float(pair.rows == pair.columns)
        return Tem(agree, agree)
    common = len(aligned(matches(pair)))
    divisor = {
        "reference": pair.rows,
        "prediction": pair.columns,
        "both": (pair.rows + pair.columns) / 2,
    }[normaliser]
    return Tem(common / divisor, auto_dq(pair).f1 if f_of == "text" else pair_f1(pair))


def matches(pair: JudgedPair) -> list[list[bool]]:
    return [[relation == "same_meaning" for relation in row] for row in pair.relations]


def pair_f1(pair: JudgedPair) -> float:
    """As the paper's algorithm can also be read: an event counts that has any partner at all."""
    grid = matches(pair)
    rows = sum(any(row) for row in grid)
    columns = sum(any(column) for column in zip(*grid, strict=True))
    return f_measure(columns / pair.columns, rows / pair.rows)


def aligned(grid: Matches) -> list[tuple[int, int]]:
    """
    Rows and columns of a longest run of matches in which both go forward, each used once.

    >>> aligned([[False, True], [True, False], [False, True]])
    [(1, 0), (2, 1)]
    """
    longest = _longest_from(grid)
    row = column = 0
    run = []
    while longest[row][column]:
        if longest[row][column] == longest[row + 1][column]:
            row += 1
        elif longest[row][column] == longest[row][column + 1]:
            column += 1
        else:
            run.append((row, column))
            row, column = row + 1, column + 1
    return run


def _longest_from(grid: Matches) -> list[list[int]]:
    """The longest run from each row and column to the end, with a border of zeros after it."""
    rows, columns = len(grid), len(grid[0]) if grid else 0
    longest = [[0] * (columns + 1) for _ in range(rows + 1)]
    for row in reversed(range(rows)):
        for column in reversed(range(columns)):
            longest[row][column] = (
                1 + longest[row + 1][column + 1]
                if grid[row][column]
                else max(longest[row + 1][column], longest[row][column + 1])
            )
    return longest
