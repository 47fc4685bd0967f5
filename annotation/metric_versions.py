"""
The metrics by name, with their versions, and the chance rows, as the web process knows them: it
never imports `ml`. A test holds the two together.
"""

from __future__ import annotations

WORD_METRICS = {"cider": "cider-d-1, ptb-like-1", "rouge_l": "rouge-l-1, ptb-like-1"}
EVENT_METRICS = {"autodq": "autodq-1", "tem": "tem-1"}
# Only a language model gives these.
SCORE_METRICS = dict.fromkeys(["correctness", "detail", "context", "temporal"], "judge-prompts-1")
METRIC_VERSIONS = WORD_METRICS | EVENT_METRICS | SCORE_METRICS
USUAL_METRICS = tuple(WORD_METRICS | EVENT_METRICS)

CHANCE_VERSION = "chance-1"
CHANCE_ROWS = {
    "another_reference": "chance: another clip's reference",
    "one_caption": "chance: one caption for all clips",
    "own_start": "the reference's own first 60 %",
}
