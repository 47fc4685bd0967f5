"""
Who gets which answer at every route and method.

`test_every_route_is_in_the_table` fails on a route that is not here. `allowed` names people of
the project; other members get `denied`, people of other projects 404, strangers 401.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.factories import a_document

from .scene import PROPOSED_CROP, Scene

MEMBERS = ("ada", "bela", "dana", "eli", "gita", "lena", "mila", "vera")
SIGNED_IN = (*MEMBERS, "finn")
BUILDERS = ("lena", "mila")
LEAD = ("lena",)
# Ada holds the clip.
MAIN_FACE_CHOOSERS = ("ada", "dana", "eli", "gita", "lena")

PROJECT = "projects/<int:project_id>"
CLIP = "clips/<int:clip_id>"
ASSIGNMENT = "assignments/<int:assignment_id>"
CONSOLIDATION = "consolidations/<int:consolidation_id>"
CROSS_VALIDATION = "cross-validations/<int:cross_validation_id>"
VERSION = "dataset-versions/<slug:version_uid>"
CANDIDATE = "template-candidates/<slug:candidate_uid>"
EXPORT = "exports/<slug:export_uid>"
IMPORT = "imports/<slug:import_uid>"
JOB = "jobs/<slug:job_uid>"
RUN = "training-runs/<slug:run_uid>"
EVALUATION = "evaluations/<slug:evaluation_uid>"

WHY = {"reason": "static", "note": "Nothing moves."}
TEXT = {"reason": "It says too much."}

Body = dict[str, Any] | Callable[[Scene], dict[str, Any]]
# Method, rest of the route, status for the holder, body.
Part = tuple[str, str, int, Body]


@dataclass(frozen=True)
class Entry:
    method: str
    route: str
    allowed: tuple[str, ...]
    status: int = 200
    body: Body = field(default_factory=dict)
    denied: int = 403
    # Instead of the scene's usual arguments, and answers that fit no rule.
    arguments: Callable[[Scene], dict[str, object]] = lambda scene: {}
    special: dict[str, int] = field(default_factory=dict)
    query: Callable[[Scene], str] = lambda scene: ""

    def __str__(self) -> str:
        return f"{self.method} {self.route}"

    def expected(self, name: str) -> int:
        if name in self.special:
            return self.special[name]
        if name in self.allowed:
            return self.status
        return {"nobody": 401, "finn": 404}.get(name, self.denied)

    def path(self, scene: Scene) -> str:
        path = self.route
        for name, value in {**scene.arguments, **self.arguments(scene)}.items():
            for kind in ("int", "slug"):
                path = path.replace(f"<{kind}:{name}>", str(value))
        return f"/api/v1/{path}{self.query(scene)}"

    def body_of(self, scene: Scene) -> dict[str, Any]:
        return self.body(scene) if callable(self.body) else self.body


def approved(scene: Scene) -> dict[str, object]:
    return {"clip_id": scene.approved.pk}


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

OPEN = {"nobody": 200}


def of_holder(name: str, route: str, parts: list[Part]) -> list[Entry]:
    """Work is its holder's alone: to everybody else it does not exist."""
    return [
        Entry(method, f"{route}{path}", (name,), status, body, denied=404)
        for method, path, status, body in parts
    ]


TABLE = [
    Entry("GET", "version", SIGNED_IN, special=OPEN),
    Entry("GET", "users/me", SIGNED_IN),
    Entry("GET", "tokens", SIGNED_IN),
    Entry("POST", "tokens", SIGNED_IN, 201, {"name": "sync", "scopes": ["read"]}),
    Entry("DELETE", "tokens/<slug:prefix>", ("ada",), 204, denied=404),
    Entry("GET", "invitations/<slug:key>", SIGNED_IN, special=OPEN),
    # For another address than theirs; somebody without an account has to send a password.
    Entry("POST", "invitations/<slug:key>/accept", SIGNED_IN, 403, special={"nobody": 400}),
    Entry("GET", "projects", SIGNED_IN),
    Entry("POST", "projects", LEAD, 201, {"name": "Another"}, special={"finn": 201}),
    Entry("GET", PROJECT, MEMBERS),
    Entry("PATCH", PROJECT, LEAD, 200, {"settings": {"lease_minutes": 30}}),
    Entry("GET", f"{PROJECT}/progress", MEMBERS),
    Entry("GET", f"{PROJECT}/agreement", MEMBERS),
    Entry("GET", f"{PROJECT}/sources", MEMBERS),
    Entry(
        "POST",
        f"{PROJECT}/sources",
        BUILDERS,
        201,
        {"name": "A collection", "kind": "collected", "licence": "CC BY 4.0"},
    ),
    Entry(
        "PATCH",
        f"{PROJECT}/sources/<int:source_id>",
        LEAD,
        200,
        {"external_processing_allowed": True},
    ),
    Entry("GET", f"{PROJECT}/members", LEAD),
    Entry(
        "POST",
        f"{PROJECT}/members",
        LEAD,
        201,
        lambda scene: {"email": scene.world.finn.email, "roles": ["viewer"]},
    ),
    Entry("PATCH", f"{PROJECT}/members/<int:user_id>", LEAD, 200, {"roles": ["viewer"]}),
    # Bela may leave by herself.
    Entry("DELETE", f"{PROJECT}/members/<int:user_id>", ("lena", "bela"), 204),
    Entry("GET", f"{PROJECT}/invitations", LEAD),
    Entry(
        "POST",
        f"{PROJECT}/invitations",
        LEAD,
        201,
        {"email": "ivan@example.org", "roles": ["annotator"]},
    ),
    Entry("DELETE", f"{PROJECT}/invitations/<int:invitation_id>", LEAD, 204),
    Entry("GET", f"{PROJECT}/queue", MEMBERS),
    Entry("POST", f"{PROJECT}/claims", ("ada", "bela"), 200, {"role": "annotator"}),
    Entry("GET", f"{PROJECT}/clips", MEMBERS),
    Entry("GET", f"{PROJECT}/imports", BUILDERS),
    Entry(
        "POST",
        f"{PROJECT}/imports",
        BUILDERS,
        400,
        lambda scene: {"kind": "folder", "source": scene.world.source.pk, "path": "/nowhere"},
    ),
    Entry("GET", f"{PROJECT}/import-folders", BUILDERS),
    Entry("GET", f"{PROJECT}/dataset-versions", MEMBERS),
    Entry("POST", f"{PROJECT}/dataset-versions", BUILDERS, 201),
    Entry("POST", f"{PROJECT}/dataset-versions/preview", BUILDERS),
    Entry("GET", f"{PROJECT}/jobs", MEMBERS),
    Entry("GET", f"{PROJECT}/track", BUILDERS),
    Entry("POST", f"{PROJECT}/track", BUILDERS, 202),
    Entry("GET", f"{PROJECT}/screening", BUILDERS),
    Entry("GET", f"{PROJECT}/screening/rules", BUILDERS),
    # Nobody has changed the rules yet, and every If-Match of these tests says 1.
    Entry("PATCH", f"{PROJECT}/screening/rules", LEAD, 409, {"max_identities": 3}),
    Entry("GET", f"{PROJECT}/sampling-plan", BUILDERS),
    Entry("PUT", f"{PROJECT}/sampling-plan", LEAD, 200, {"quotas": []}),
    # There is no plan yet.
    Entry("POST", f"{PROJECT}/sampling-plan/draw", LEAD, 409),
    Entry("GET", f"{PROJECT}/groups", BUILDERS),
    Entry("POST", f"{PROJECT}/groups", BUILDERS, 202),
    Entry("GET", f"{PROJECT}/prompts", BUILDERS),
    Entry(
        "POST",
        f"{PROJECT}/prompts",
        BUILDERS,
        201,
        {"name": "Short", "instructions": "Be short.", "request": "Write the caption."},
    ),
    # What writes from signals has no prompt to try.
    Entry(
        "POST",
        f"{PROJECT}/prompts/<slug:prompt_uid>/preview",
        BUILDERS,
        400,
        lambda scene: {"version": scene.signals.uid, "clip": scene.clip.pk},
    ),
    Entry(
        "GET",
        "previews/<slug:job_uid>",
        BUILDERS,
        arguments=lambda scene: {"job_uid": scene.preview.uid},
    ),
    Entry("GET", f"{PROJECT}/models", BUILDERS),
    # The settings of the tests name no endpoint.
    Entry(
        "POST",
        f"{PROJECT}/models/hosted",
        BUILDERS,
        400,
        lambda scene: {
            "name": "hosted",
            "endpoint": "none",
            "model": "large",
            "prompt": scene.prompt.uid,
        },
    ),
    Entry("POST", f"{PROJECT}/models/own", BUILDERS, 201, {"name": "own", "base": "mini"}),
    Entry("GET", f"{PROJECT}/models/<slug:model_uid>/statistics", BUILDERS),
    Entry("GET", f"{PROJECT}/draft-endpoints", BUILDERS),
    Entry("GET", f"{PROJECT}/draft-roles", BUILDERS),
    Entry(
        "POST",
        f"{PROJECT}/draft-roles",
        BUILDERS,
        200,
        lambda scene: {"version": scene.signals.uid, "role": "shadow", "reason": "To compare."},
    ),
    # There is no default to roll back.
    Entry(
        "POST",
        f"{PROJECT}/draft-roles/roll-back",
        BUILDERS,
        409,
        {"kind": "signals", "reason": "Too many blinks."},
    ),
    Entry(
        "POST",
        f"{PROJECT}/redraft",
        BUILDERS,
        202,
        lambda scene: {"version": scene.signals.uid},
    ),
    Entry(
        "POST",
        f"{PROJECT}/redraft/estimate",
        BUILDERS,
        200,
        lambda scene: {"version": scene.signals.uid},
    ),
    Entry("GET", f"{PROJECT}/draft-queue", BUILDERS),
    Entry("GET", f"{PROJECT}/spending", BUILDERS),
    Entry("PATCH", f"{PROJECT}/spending", LEAD, 200, {"limit": "5"}),
    Entry("GET", f"{PROJECT}/training-runs", BUILDERS),
    # Batches of nothing cannot be.
    Entry(
        "POST",
        f"{PROJECT}/training-runs",
        BUILDERS,
        400,
        lambda scene: {
            "name": "first",
            "version": scene.version.uid,
            "recipe": {"preset": "mini", "train": {"batch": 0}},
        },
    ),
    Entry("POST", f"{PROJECT}/training-runs/check", BUILDERS, 200, {"recipe": {"preset": "mini"}}),
    Entry("GET", f"{PROJECT}/training-devices", BUILDERS),
    Entry("GET", "training-runs/recipes", SIGNED_IN),
    Entry("GET", RUN, BUILDERS),
    Entry("GET", f"{RUN}/metrics", BUILDERS),
    Entry("GET", f"{RUN}/log", BUILDERS),
    Entry("POST", f"{RUN}/cancel", BUILDERS),
    # It waits for its first start.
    Entry("POST", f"{RUN}/resume", BUILDERS, 409),
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
    Entry(
        "GET",
        "instruction-sets",
        MEMBERS,
        query=lambda scene: f"?project={scene.world.project.pk}",
    ),
    Entry("POST", f"{PROJECT}/instruction-sets", BUILDERS, 201, {"name": "Ours"}),
    Entry("GET", f"{PROJECT}/template-candidates", BUILDERS),
    Entry("POST", f"{PROJECT}/template-candidates", BUILDERS, 201, {"texts": ["Look closely."]}),
    # What writes from signals writes no templates.
    Entry(
        "POST",
        f"{PROJECT}/template-candidates/write",
        BUILDERS,
        400,
        lambda scene: {"version": scene.signals.uid},
    ),
    Entry("POST", f"{PROJECT}/template-candidates/compare", BUILDERS, 202),
    Entry("PATCH", CANDIDATE, BUILDERS, 200, {"choice": "dropped"}),
    Entry("DELETE", CANDIDATE, BUILDERS, 204),
    Entry("GET", VERSION, MEMBERS),
    Entry("GET", f"{VERSION}/entries", BUILDERS),
    Entry("GET", f"{VERSION}/diff", BUILDERS, query=lambda scene: f"?against={scene.version.uid}"),
    Entry("GET", f"{VERSION}/card", BUILDERS),
    # No worker made it.
    Entry("GET", f"{VERSION}/card.md", BUILDERS, 404),
    Entry("POST", f"{VERSION}/card", BUILDERS, 202),
    Entry("GET", f"{VERSION}/exports", BUILDERS),
    Entry("POST", f"{VERSION}/exports", BUILDERS, 202, {"format": "native-jsonl"}),
    Entry("GET", f"{PROJECT}/evaluations", BUILDERS),
    Entry("GET", f"{PROJECT}/leaderboards", BUILDERS),
    # The one clip of the version is in its train split.
    Entry("POST", f"{VERSION}/evaluations", BUILDERS, 409, lambda s: {"model": s.signals.uid}),
    # These two take a file, which these tests do not send.
    Entry("POST", f"{VERSION}/evaluations/check", BUILDERS, 400),
    Entry("POST", f"{VERSION}/evaluations/upload", BUILDERS, 400),
    Entry("GET", f"{VERSION}/leaderboard", BUILDERS),
    Entry(
        "GET",
        f"{VERSION}/leaderboard/<slug:form>",
        BUILDERS,
        arguments=lambda scene: {"form": "csv"},
    ),
    # The one clip of the version is in its train split, of which nothing is judged.
    Entry("POST", f"{VERSION}/judge-comparisons", BUILDERS, 409),
    Entry(
        "GET",
        "judge-comparisons/<slug:job_uid>",
        BUILDERS,
        arguments=lambda scene: {"job_uid": scene.comparison.uid},
    ),
    Entry("GET", EVALUATION, BUILDERS),
    Entry("GET", f"{EVALUATION}/clips", BUILDERS, query=lambda scene: "?metric=rouge_l"),
    Entry("GET", f"{EVALUATION}/clips/<int:clip_id>", BUILDERS, arguments=approved),
    Entry("GET", EXPORT, BUILDERS),
    Entry("GET", f"{EXPORT}/download", BUILDERS),
    Entry("GET", IMPORT, BUILDERS),
    Entry("GET", f"{IMPORT}/items", BUILDERS),
    Entry("POST", f"{IMPORT}/retry", BUILDERS, 409),
    Entry("GET", JOB, BUILDERS, denied=404),
    Entry("POST", f"{JOB}/cancel", BUILDERS, denied=404),
    Entry("POST", f"{JOB}/retry", BUILDERS, 409, denied=404),
]
READS = [entry for entry in TABLE if entry.method == "GET"]
WRITES = [entry for entry in TABLE if entry.method != "GET"]
