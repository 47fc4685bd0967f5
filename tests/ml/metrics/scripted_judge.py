"""A hosted judge that goes by words: sentences are its events, and equal ones mean the same."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from typing import Any

from ml.metrics.events import Relation
from tests.hosted_model import Reply, saying


class Judging(Reply):
    """Answers what the question calls for, as the model that it says it is."""

    def __init__(self, model: str = "scripted-1") -> None:
        super().__init__()
        self.model = model

    def send(self, handler: BaseHTTPRequestHandler) -> None:
        asked = handler.asked  # type: ignore[attr-defined]
        reply = saying(answer_to(asked))
        reply.body["model"] = self.model
        reply.send(handler)


def answer_to(asked: dict[str, Any]) -> dict[str, Any]:
    task = asked["messages"][0]["content"]
    material = json.loads(asked["messages"][1]["content"])
    if '"events"' in task:
        return {"events": sentences(material["text"])[:10]}
    if '"verdicts"' in task:
        return {"verdicts": [verdict(e, material["description"]) for e in bare(material["events"])]}
    if '"rows"' in task:
        columns = bare(material["prediction"])
        return {"rows": [[relation(a, b) for b in columns] for a in bare(material["reference"])]}
    if '"score"' in task:
        return {"score": 5 if material["description"] in material["answers"] else 2}
    return {"text": material["text"].replace("- ", "")}


def sentences(text: str) -> list[str]:
    return [part.strip() for part in text.split(".") if part.strip()]


def bare(events: list[str]) -> list[str]:
    return [event.split(". ", 1)[1] for event in events]


def verdict(event: str, text: str) -> str:
    told = sentences(text)
    return (
        "entailment" if event in told else "contradiction" if f"not {event}" in told else "neutral"
    )


def relation(a: str, b: str) -> Relation:
    if a == b:
        return "same_meaning"
    return "opposite_meaning" if f"not {a}" == b or f"not {b}" == a else "no_relation"
