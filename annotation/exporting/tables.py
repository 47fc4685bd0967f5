"""A leaderboard as a file: for a spreadsheet, a paper, or a program."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from annotation.models import Evaluation
from annotation.queries.leaderboard import Leaderboard

# Spreadsheets run what begins so.
FORMULA = re.compile(r"[=+\-@\t\r]")
LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{letter: f"\\{letter}" for letter in "&%$#_{}"},
}
DIGITS = 3


@dataclass(frozen=True)
class Form:
    suffix: str
    content_type: str
    write: Callable[[Leaderboard], str]


def write_csv(table: Leaderboard) -> str:
    """One line for each row and metric; published rows have no interval."""
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(["row", "kind", "metric", "value", "low", "high", "clips", "set", "note"])
    for row in table.rows:
        digest = row.evaluation.set_digest[:12]
        note = "" if row.is_same_set else "another set"
        for metric in (each for each in table.metrics if each in row.evaluation.scores):
            score = row.evaluation.scores[metric]
            numbers = [score[name] for name in ("value", "low", "high", "clips")]
            kind = row.evaluation.predictions.kind
            lines.writerow([_cell(row.name), kind, metric, *numbers, digest, note])
    for published in table.published:
        for metric, value in published["scores"].items():
            name = f"{published['model']} ({published['table']})"
            note = table.published_note
            lines.writerow([_cell(name), "published", metric, value, "", "", "", "", note])
    return out.getvalue()


def _cell(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) else text


def write_latex(table: Leaderboard) -> str:
    """A tabular for booktabs; what it has to say for itself stands in comments above it."""
    return "\n".join(
        [
            *(f"% {line}" for line in _facts(table)),
            rf"\begin{{tabular}}{{l{'c' * len(table.metrics)}}}",
            r"\toprule",
            _latex_line(["", *map(_latex, table.metrics)]),
            r"\midrule",
            *(
                _latex_line([_latex(row.name), *_latex_cells(row.evaluation, table.metrics)])
                for row in table.rows
            ),
            r"\bottomrule",
            r"\end{tabular}",
            "",
        ]
    )


def _facts(table: Leaderboard) -> Iterator[str]:
    yield f"version {table.version.number}, {table.split}: {table.clips} clips"
    yield f"set {table.set_digest}"
    yield f"judge: {table.judge_name}; values with 95 % intervals"
    for warning in table.warnings:
        yield " ".join(warning.split())


def _latex_line(cells: list[str]) -> str:
    return " & ".join(cells) + r" \\"


def _latex_cells(evaluation: Evaluation, metrics: list[str]) -> Iterator[str]:
    for metric in metrics:
        score = evaluation.scores.get(metric)
        if score is None:
            yield "--"
        else:
            low, value, high = (f"{score[name]:.{DIGITS}f}" for name in ("low", "value", "high"))
            yield rf"{value} {{\scriptsize [{low}, {high}]}}"


def _latex(text: str) -> str:
    return "".join(LATEX.get(letter, letter) for letter in text)


def write_json(table: Leaderboard) -> str:
    content: dict[str, Any] = {
        "version": {"number": table.version.number, "sha256": table.version.sha256},
        "split": table.split,
        "clips": table.clips,
        "set": table.set_digest,
        "judge": table.judge_name,
        "warnings": table.warnings,
        "rows": [
            {
                "name": row.name,
                "kind": row.evaluation.predictions.kind,
                "metrics": row.evaluation.metrics,
                "clips": row.evaluation.clips,
                "unjudged": row.evaluation.unjudged,
                "set": row.evaluation.set_digest,
                "scores": row.evaluation.scores,
                "differences": row.differences,
            }
            for row in table.rows
        ],
        "published": {"note": table.published_note, "rows": table.published},
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


FORMS = {
    "csv": Form("csv", "text/csv; charset=utf-8", write_csv),
    "latex": Form("tex", "application/x-tex; charset=utf-8", write_latex),
    "json": Form("json", "application/json", write_json),
}
