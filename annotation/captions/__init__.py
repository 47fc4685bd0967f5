"""
The caption document: what people edit, compare, merge and export. No Django.

Everything is sentences; offsets count Unicode code points. The twin in the front end is
`frontend/src/core/caption*.ts`, and both pass the vectors in `tests/vectors/`. Reading what models
wrote (`generated`, `hedges`) is the server's alone.
"""

from annotation.captions.comparing import diff, distance
from annotation.captions.completeness import check_complete
from annotation.captions.document import (
    DATASET_PARTS,
    PARTS,
    PHASES,
    SCHEMA,
    CaptionDocument,
    InferenceSpan,
    Origin,
    Part,
    Phase,
    Sentence,
    empty,
    new_sentence_id,
)
from annotation.captions.editing import edit_text, join_sentences, split_sentence, toggle_inference
from annotation.captions.generated import from_generated
from annotation.captions.hedges import propose_inferences
from annotation.captions.marked import marked_sentence, to_marked, to_marked_part
from annotation.captions.marked_reading import parse_marked, parse_marked_part
from annotation.captions.markers import phase_of
from annotation.captions.parsing import parse
from annotation.captions.plain import from_plain
from annotation.captions.rendering import Mode, render
from annotation.captions.sentences import split_sentences
from annotation.captions.stripping import stripped_sentence

__all__ = [
    "DATASET_PARTS",
    "PARTS",
    "PHASES",
    "SCHEMA",
    "CaptionDocument",
    "InferenceSpan",
    "Mode",
    "Origin",
    "Part",
    "Phase",
    "Sentence",
    "check_complete",
    "diff",
    "distance",
    "edit_text",
    "empty",
    "from_generated",
    "from_plain",
    "join_sentences",
    "marked_sentence",
    "new_sentence_id",
    "parse",
    "parse_marked",
    "parse_marked_part",
    "phase_of",
    "propose_inferences",
    "render",
    "split_sentence",
    "split_sentences",
    "stripped_sentence",
    "to_marked",
    "to_marked_part",
    "toggle_inference",
]
