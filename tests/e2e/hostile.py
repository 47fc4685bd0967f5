"""A project in which every text field holds what would run, if it were taken for more than text."""

from __future__ import annotations

import json
import secrets
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.e2e.api import annotate, ask, call, claim, write
from tests.e2e.conftest import OpenAs
from tests.e2e.installation import Installation
from tests.e2e.projects import add_source, finish_import, make_project, numbered_clips
from tests.factories import a_sentence

# Each fits into the shortest field. Whatever runs sets `hit`.
PAYLOADS = (
    "<script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    '"><svg onload=window.hit=1>',
    "' onmouseover='window.hit=1' autofocus onfocus='window.hit=1",
    "javascript:window.hit=1",
    "[a link](javascript:window.hit=1)",
    "<iframe srcdoc='<script>parent.hit=1</script>'>",
    "{{constructor.constructor('window.hit=1')()}}${window.hit=1}",
    "</title></style></textarea><script>window.hit=1</script>",
    "Unbroken" * 14,
)
TURNED = "\u202etxt.exe <b>turned</b>"
EVERYTHING = " ".join((*PAYLOADS, TURNED))
PEOPLE = {
    "ada": ["annotator"],
    "bela": ["annotator"],
    "dana": ["reviewer"],
    "eli": ["reviewer"],
    "gita": ["reviewer"],
    "mila": ["ml"],
    "vera": ["viewer"],
}


@dataclass(frozen=True)
class Hostile:
    """The project, and pages that are not linked from its own: who sees them, and where."""

    project: int
    rejected: int
    withdrawn: int
    approved: int
    version: str
    work: dict[str, str]


def fill(opened: OpenAs, browser: Browser, countenance: Installation) -> Hostile:
    lead = opened("lena")
    pages = {name: opened(name) for name in PEOPLE}
    # Every cross-validation shows the first result, so that all of it can be marked.
    settings = {"cross_validation_blind_share": 0.0}
    project = make_project(lead, countenance, PEOPLE, PAYLOADS[1], **settings)
    fill_labels(lead, project)
    invite_somebody(lead, browser, countenance, project)
    for payload in PAYLOADS:
        call(lead, "POST", "/tokens", {"name": payload, "scopes": ["read"]})
    import_clips(lead, countenance, project)
    work = {name: pages[name] for name in PEOPLE}
    approved = approve(work, project)
    version = call(
        work["mila"], "POST", f"/projects/{project}/dataset-versions", {"note": EVERYTHING}
    )
    return Hostile(
        project=project,
        approved=approved,
        version=version["uid"],
        rejected=reject(work["ada"], project),
        withdrawn=withdraw(lead, project),
        work=leave_half_done(work, project),
    )


def fill_labels(lead: Page, project: int) -> None:
    path = f"/projects/{project}"
    revision = call(lead, "GET", path)["revision"]
    call(lead, "PATCH", path, {"description": EVERYTHING}, revision=revision)
    for payload in PAYLOADS:
        add_source(lead, project, payload, payload)


def invite_somebody(lead: Page, browser: Browser, countenance: Installation, project: int) -> None:
    """The names of people are their own choice."""
    stranger = browser.new_page(base_url=countenance.url)
    stranger.goto("/sign-in")
    for payload in PAYLOADS:
        invitation = {"email": f"{uuid.uuid4().hex}@example.org", "roles": ["viewer"]}
        made = call(lead, "POST", f"/projects/{project}/invitations", invitation)
        account = {"name": payload, "password": secrets.token_urlsafe()}
        call(stranger, "POST", f"/invitations/{made['url'].split('/')[-1]}/accept", account)
    stranger.close()


def import_clips(lead: Page, countenance: Installation, project: int) -> None:
    """One clip for each payload in its labels; every draft holds them all."""
    folder = countenance.imports / uuid.uuid4().hex
    clips = numbered_clips(folder, len(PAYLOADS))
    records = [
        record(clip.relative_to(countenance.imports), payload)
        for clip, payload in zip(clips, PAYLOADS, strict=True)
    ]
    lines = "\n".join(json.dumps(each) for each in records).encode()
    file = {"name": "records.jsonl", "mimeType": "application/jsonl", "buffer": lines}
    form = {"kind": "jsonl", "source": str(add_source(lead, project)), "file": file}
    answer = ask(lead, "POST", f"/projects/{project}/imports", {"multipart": form})
    assert answer.ok, answer.text()
    finish_import(lead, answer.json())
    shutil.rmtree(folder)


def record(video: Path, payload: str) -> dict[str, Any]:
    return {
        "video": str(video),
        "name": payload,
        "emotion": payload[:64],
        "source_video": payload,
        "group": payload,
        "licence": payload,
        "drafts": [{"generator": payload, "document": caption("draft")}],
    }


def caption(writer: str) -> dict[str, Any]:
    return {
        "schema": 1,
        "external_attributes": [a_sentence("s1", f"{EVERYTHING} says {writer}.")],
        "facial_changes": [
            a_sentence(f"c{number}", f"{payload} says {writer}.")
            for number, payload in enumerate((*PAYLOADS, TURNED))
        ],
        "summary": a_sentence("s3", f"{EVERYTHING} sums up {writer}."),
    }


def consolidate(page: Page, project: int) -> int:
    path = f"/consolidations/{claim(page, project, 'reviewer')['id']}"
    revision = write(page, path, caption("consolidation"))
    seen = call(page, "GET", path)
    verdicts = {"verdicts": {each["uid"]: "accepted" for each in seen["annotations"]}}
    call(page, "POST", f"{path}/finish", verdicts, revision=revision)
    return int(seen["clip"]["id"])


def mark_all(page: Page, project: int) -> str:
    path = f"/cross-validations/{claim(page, project, 'cross_validator')['id']}"
    document = call(page, "GET", path)["document"]
    sentences = [*document["external_attributes"], *document["facial_changes"]]
    marks = [
        {"sentence": each["id"], "mark": "ok", "note": EVERYTHING}
        for each in (*sentences, document["summary"])
    ]
    call(page, "PUT", f"{path}/marks", {"marks": marks})
    return path


def approve(pages: dict[str, Page], project: int) -> int:
    annotate(pages["ada"], project, caption("annotation"))
    clip = consolidate(pages["dana"], project)
    path = mark_all(pages["eli"], project)
    call(pages["eli"], "POST", f"{path}/agree", {}, revision=0)
    return clip


def leave_half_done(pages: dict[str, Page], project: int) -> dict[str, str]:
    """Everybody at work on a clip of their own: who -> the page of it."""
    annotate(pages["ada"], project, caption("annotation"))
    consolidate(pages["dana"], project)
    disputed = mark_all(pages["eli"], project)
    call(pages["eli"], "POST", f"{disputed}/dispute", {"reason": EVERYTHING})
    settled = f"/cross-validations/{claim(pages['gita'], project, 'cross_validator')['id']}"
    return {
        "gita": settled,
        "dana": answered_return(pages, project),
        "ada": open_return(pages, project),
        "bela": f"/assignments/{claim(pages['bela'], project, 'annotator')['id']}",
    }


def send_back(page: Page, project: int) -> str:
    path = f"/consolidations/{claim(page, project, 'reviewer')['id']}"
    [annotation] = call(page, "GET", path)["annotations"]
    body = {"annotation": annotation["uid"], "reason": EVERYTHING}
    call(page, "POST", f"{path}/return", body)
    return path


def answered_return(pages: dict[str, Page], project: int) -> str:
    annotate(pages["ada"], project, caption("annotation"))
    path = send_back(pages["dana"], project)
    returned = take_up_return(pages["ada"], project)
    call(pages["ada"], "POST", f"{returned}/submit", {"answer": EVERYTHING}, revision=1)
    return path


def open_return(pages: dict[str, Page], project: int) -> str:
    annotate(pages["ada"], project, caption("annotation"))
    send_back(pages["eli"], project)
    return take_up_return(pages["ada"], project)


def take_up_return(page: Page, project: int) -> str:
    """Puts back the clip that came with the last submission: what is held comes first."""
    for mine in call(page, "GET", f"/projects/{project}/queue")["annotator"]["mine"]:
        if mine["status"] == "held":
            call(page, "POST", f"/assignments/{mine['id']}/release")
    return f"/assignments/{claim(page, project, 'annotator')['id']}"


def reject(page: Page, project: int) -> int:
    held = claim(page, project, "annotator")
    body = {"reason": "other", "note": EVERYTHING}
    call(page, "POST", f"/assignments/{held['id']}/reject", body)
    return int(held["clip_id"])


def withdraw(lead: Page, project: int) -> int:
    clips = call(lead, "GET", f"/projects/{project}/clips?stage=annotating")["results"]
    clip = int(clips[0]["id"])
    call(lead, "POST", f"/clips/{clip}/withdraw", {"reason": EVERYTHING})
    return clip
