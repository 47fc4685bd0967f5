"""Clips, and what people do at them."""

from __future__ import annotations

from typing import Any

from tests.factories import a_document

from .entries import (
    BUILDERS,
    LEAD,
    MAIN_FACE_CHOOSERS,
    MEMBERS,
    PROJECT,
    TEXT,
    WHY,
    Entry,
    Part,
    approved,
)
from .scene import PROPOSED_CROP, Scene

CLIP = "clips/<int:clip_id>"
ASSIGNMENT = "assignments/<int:assignment_id>"
CONSOLIDATION = "consolidations/<int:consolidation_id>"
CROSS_VALIDATION = "cross-validations/<int:cross_validation_id>"


def screened(scene: Scene) -> dict[str, object]:
    return {"clip_id": scene.screened.pk}


def text(scene: Scene) -> dict[str, Any]:
    return {"document": a_document("Her lips part.")}


OF_ASSIGNMENTS: list[Part] = [
    ("GET", "", 200, {}),
    ("PATCH", "/working-text", 200, text),
    ("POST", "/heartbeat", 200, {}),
    ("POST", "/submit", 200, {}),
    ("POST", "/skip", 200, WHY),
    ("POST", "/reject", 200, WHY),
    ("POST", "/release", 204, {}),
    ("POST", "/undo", 409, {}),
    ("POST", "/reclaim", 200, {}),
    ("GET", "/versions", 200, {}),
]

OF_CONSOLIDATIONS: list[Part] = [
    ("GET", "", 200, {}),
    ("PATCH", "/working-text", 200, text),
    ("POST", "/heartbeat", 200, {}),
    ("POST", "/release", 204, {}),
    ("POST", "/return", 200, lambda scene: {**TEXT, "annotation": scene.annotation.uid}),
    ("POST", "/reject", 200, WHY),
    (
        "POST",
        "/finish",
        200,
        lambda scene: {"verdicts": {scene.annotation.uid: "accepted"}},
    ),
]

OF_CROSS_VALIDATIONS: list[Part] = [
    ("GET", "", 200, {}),
    ("PATCH", "/working-text", 200, text),
    ("PUT", "/marks", 200, {"marks": [{"sentence": "s1", "mark": "ok"}]}),
    ("POST", "/heartbeat", 200, {}),
    ("POST", "/release", 204, {}),
    # These four belong to other modes than a check.
    ("POST", "/reveal", 409, {}),
    ("POST", "/settle", 409, {}),
    ("POST", "/send-back", 409, TEXT),
    ("POST", "/reject", 409, WHY),
    ("POST", "/agree", 200, {}),
    ("POST", "/dispute", 200, TEXT),
]


def of_holder(name: str, route: str, parts: list[Part]) -> list[Entry]:
    """Work is its holder's alone: to everybody else it does not exist."""
    return [
        Entry(method, f"{route}{path}", (name,), status, body, denied=404)
        for method, path, status, body in parts
    ]


OF_WORK = [
    Entry("GET", f"{PROJECT}/queue", MEMBERS),
    Entry("POST", f"{PROJECT}/claims", ("ada", "bela"), 200, {"role": "annotator"}),
    Entry("GET", f"{PROJECT}/clips", MEMBERS),
    Entry("GET", CLIP, MEMBERS),
    Entry("PATCH", CLIP, LEAD, 200, {"priority": 5}),
    Entry("GET", f"{CLIP}/media", MEMBERS),
    Entry("GET", f"{CLIP}/poster.jpg", MEMBERS),
    Entry("GET", f"{CLIP}/frames/<int:index>.jpg", MEMBERS),
    Entry("GET", f"{CLIP}/timestamps", MEMBERS),
    Entry("GET", f"{CLIP}/tracks", MEMBERS),
    Entry("GET", f"{CLIP}/signals", MEMBERS),
    Entry("POST", f"{CLIP}/main-faces", MAIN_FACE_CHOOSERS, 200, {"tracks": [1]}),
    Entry("POST", f"{CLIP}/crop", LEAD, 202, {"crop": [0, 0, 64, 64]}, arguments=screened),
    Entry("POST", f"{CLIP}/screening/keep", LEAD, 200, arguments=screened),
    Entry("POST", f"{CLIP}/screening/reject", LEAD, 200, WHY, arguments=screened),
    Entry(
        "POST",
        f"{CLIP}/screening/dismiss-crop",
        LEAD,
        200,
        {"crop": PROPOSED_CROP},
        arguments=screened,
    ),
    Entry("GET", f"{CLIP}/drafts", BUILDERS),
    Entry("POST", f"{CLIP}/drafts", BUILDERS, 202, lambda scene: {"version": scene.signals.uid}),
    Entry("GET", f"{CLIP}/events", MEMBERS),
    Entry("GET", f"{CLIP}/approved-caption", MEMBERS, arguments=approved),
    Entry("GET", f"{CLIP}/uses", BUILDERS),
    Entry("POST", f"{CLIP}/reject", LEAD, 200, WHY),
    Entry("POST", f"{CLIP}/restore", LEAD, 409, {"note": "It is fine."}),
    Entry("POST", f"{CLIP}/withdraw", LEAD, 200, TEXT),
    Entry("POST", f"{CLIP}/reopen", LEAD, 200, TEXT, arguments=approved),
    Entry("GET", f"{CLIP}/slots", LEAD),
    Entry("POST", f"{CLIP}/slots", LEAD, 200, {"count": 1}),
    Entry("POST", f"{CLIP}/slots/<int:slot>/free", LEAD),
    *of_holder("ada", ASSIGNMENT, OF_ASSIGNMENTS),
    *of_holder("dana", CONSOLIDATION, OF_CONSOLIDATIONS),
    *of_holder("eli", CROSS_VALIDATION, OF_CROSS_VALIDATIONS),
]
