"""Projects with clips and people, made through the API for tests that are about something else."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.clips import Recipe, make_clip, steady
from tests.e2e.api import call
from tests.e2e.installation import Installation

FINAL = ("done", "cancelled", "dead")
POLL_MS = 200
SHORTEST = 24


def make_project(
    lead: Page,
    countenance: Installation,
    people: dict[str, list[str]],
    name: str = "A project",
    **settings: Any,
) -> int:
    """One annotator a clip, unless the settings say otherwise. `people` names their roles."""
    made = call(lead, "POST", "/projects", {"name": name, "description": ""})
    path = f"/projects/{made['id']}"
    changes = {"settings": {"annotators_per_clip": 1, **settings}}
    call(lead, "PATCH", path, changes, revision=made["revision"])
    for person, roles in people.items():
        email, _ = countenance.passwords[person]
        call(lead, "POST", f"{path}/members", {"email": email, "roles": roles})
    return int(made["id"])


def numbered_clips(folder: Path, count: int) -> list[Path]:
    """Clips whose every frame shows its number; no two are the same file."""
    folder.mkdir(parents=True)
    return [
        make_clip(folder / f"clip-{number}.mp4", Recipe("", *steady(Fraction(25), length)))
        for number, length in enumerate(range(SHORTEST, SHORTEST + count))
    ]


def add_source(lead: Page, project: int, name: str = "Own", licence: str = "CC0 1.0") -> int:
    body = {"name": name, "kind": "collected", "licence": licence}
    return int(call(lead, "POST", f"/projects/{project}/sources", body)["id"])


def import_folder(lead: Page, project: int, folder: Path) -> None:
    """`folder` lies below the installation's import folder."""
    body = {"kind": "folder", "source": add_source(lead, project), "path": str(folder)}
    finish_import(lead, call(lead, "POST", f"/projects/{project}/imports", body))


def finish_import(lead: Page, started: dict[str, Any]) -> None:
    path = f"/imports/{started['import']['uid']}"
    while (job := call(lead, "GET", path)["job"])["state"] not in FINAL:
        lead.wait_for_timeout(POLL_MS)
    items = call(lead, "GET", f"{path}/items")["results"]
    assert {item["status"] for item in items} == {"imported"}, (job, items)
