"""
Writes tests/vectors/text_scores.json again: what pycocoevalcap 1.2 makes of fixed texts.

Needs Java 8 or later, and the folder of that package, unpacked, in PYTHONPATH. It is no
dependency: its wheel has a hundred megabytes, and its tokenizer is a Java program.

    python -m tests.ml.metrics.make_text_scores
"""

from __future__ import annotations

import importlib
import json

from tests.ml.metrics.text_pairs import PAIRS, TEXT_SCORES


def main() -> None:
    tokenizer = importlib.import_module("pycocoevalcap.tokenizer.ptbtokenizer").PTBTokenizer()
    predictions, references = (
        tokenizer.tokenize({number: [{"caption": pair[side]}] for number, pair in enumerate(PAIRS)})
        for side in (0, 1)
    )
    scorers = {
        "cider": importlib.import_module("pycocoevalcap.cider.cider").Cider(),
        "rouge_l": importlib.import_module("pycocoevalcap.rouge.rouge").Rouge(),
    }
    scores = {
        name: [float(score) for score in scorer.compute_score(references, predictions)[1]]
        for name, scorer in scorers.items()
    }
    rows = [
        {
            "prediction": pair[0],
            "reference": pair[1],
            "prediction_words": predictions[number][0].split(),
            "reference_words": references[number][0].split(),
            **{name: values[number] for name, values in scores.items()},
        }
        for number, pair in enumerate(PAIRS)
    ]
    TEXT_SCORES.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
