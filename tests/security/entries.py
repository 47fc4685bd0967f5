"""What a line of the permission table says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .scene import Scene

MEMBERS = ("ada", "bela", "dana", "eli", "gita", "lena", "mila", "vera")
SIGNED_IN = (*MEMBERS, "finn")
BUILDERS = ("lena", "mila")
LEAD = ("lena",)
# Ada holds the clip.
MAIN_FACE_CHOOSERS = ("ada", "dana", "eli", "gita", "lena")

PROJECT = "projects/<int:project_id>"

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


def released(scene: Scene) -> dict[str, object]:
    return {"clip_uid": scene.approved.uid}


def approved(scene: Scene) -> dict[str, object]:
    return {"clip_id": scene.approved.pk}
