"""
The caption document: what people edit, compare, merge and export. No Django.

Everything is sentences; offsets count Unicode code points. The twin in the front end is
`frontend/src/core/caption*.ts`, and both pass the vectors in `tests/vectors/`.
"""

from annotation.captions.comparing import diff, distance
from annotation.captions.completeness import check_complete
from annotation.captions.document import (
    DATASET_PARTS,
    PARTS,
    PHASES,
    CaptionDocument,
    InferenceSpan,
    Origin,
    Part,
    Phase,
    Sentence,
    empty,
    new_sentence_id,
)
from annotation.captions.parsing import parse
from annotation.captions.rendering import render

__all__ = [
    "DATASET_PARTS",
    "PARTS",
    "PHASES",
    "CaptionDocument",
    "InferenceSpan",
    "Origin",
    "Part",
    "Phase",
    "Sentence",
    "check_complete",
    "diff",
    "distance",
    "empty",
    "new_sentence_id",
    "parse",
    "render",
]
