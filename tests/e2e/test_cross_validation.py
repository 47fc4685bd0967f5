"""Blind cross-validation, by hand: two write apart, compare, and agree or let a third decide."""

from __future__ import annotations

import re
import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.api import annotate, call, claim, write
from tests.e2e.projects import import_folder, make_project, numbered_clips
from tests.factories import a_document

PEOPLE = {
    "ada": ["annotator"],
    "dana": ["reviewer"],
    "eli": ["reviewer"],
    "gita": ["reviewer"],
}
FIRST, SECOND = "Her brows rise.", "Her left brow rises."


@pytest.fixture
def consolidated(opened, countenance) -> int:
    """A project with two clips that Dana has consolidated, both drawn for the blind mode."""
    lead = opened("lena")
    folder = countenance.imports / uuid.uuid4().hex
    numbered_clips(folder, 2)
    project = make_project(lead, countenance, PEOPLE, cross_validation_blind_share=1.0)
    import_folder(lead, project, folder)
    ada, dana = opened("ada"), opened("dana")
    for _ in range(2):
        annotate(ada, project, a_document("Her brows move."))
        consolidate(dana, project)
    return project


def consolidate(page: Page, project: int) -> None:
    path = f"/consolidations/{claim(page, project, 'reviewer')['id']}"
    revision = write(page, path, a_document(FIRST))
    [annotation] = call(page, "GET", path)["annotations"]
    verdicts = {"verdicts": {annotation["uid"]: "accepted"}}
    call(page, "POST", f"{path}/finish", verdicts, revision=revision)


def take_next(page: Page, project: int) -> None:
    page.goto(f"/projects/{project}/queue")
    work = page.get_by_role("region", name="Cross-validate")
    work.get_by_role("button", name="Take the next clip").click()


def write_alone(page: Page) -> None:
    """The first step: takes the annotation's sentences, words one anew, and compares."""
    expect(page.get_by_text("Blind, step 1 of 2")).to_be_visible()
    expect(page.get_by_text(FIRST)).to_have_count(0)
    take = page.get_by_role("list", name="Rows").get_by_role("button", name=re.compile("^Take "))
    expect(take).to_have_count(3)
    for each in take.all():
        each.click()
    change = page.get_by_role("textbox", name="Facial change 1", exact=True)
    change.fill(SECOND)
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("Blind, step 2 of 2")).to_be_visible()
    for text in (FIRST, SECOND):
        expect(page.get_by_text(text).first).to_be_visible()


def approved_changes(page: Page, project: int) -> list[str]:
    """What was approved about each clip, in the order in which the clips came."""
    clips = call(page, "GET", f"/projects/{project}/clips?stage=approved")["results"]
    captions = [
        call(page, "GET", f"/clips/{number}/approved-caption")["document"]
        for number in sorted(clip["id"] for clip in clips)
    ]
    return [change["text"] for caption in captions for change in caption["facial_changes"]]


def test_two_reviewers_write_apart_and_a_third_settles_what_they_dispute(consolidated, opened):
    eli, gita = opened("eli"), opened("gita")
    take_next(eli, consolidated)
    write_alone(eli)
    first = eli.url
    eli.get_by_role("button", name="Agree and next").click()
    eli.wait_for_url(lambda url: url != first)
    write_alone(eli)
    eli.get_by_role("button", name="Dispute…").click()
    dialog = eli.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Only the left one rises.")
    dialog.get_by_role("button", name="Dispute it").click()
    expect(eli.get_by_role("heading", name="My queue")).to_be_visible()
    assert approved_changes(gita, consolidated) == [SECOND]

    take_next(gita, consolidated)
    expect(gita.get_by_text("Third reviewer", exact=True)).to_be_visible()
    expect(gita.get_by_text("Only the left one rises.")).to_be_visible()
    rows = gita.get_by_role("list", name="Rows")
    rows.get_by_role("button", name=re.compile(rf"^Take .*: {SECOND}")).click()
    gita.get_by_role("button", name="Settle and next").click()
    expect(gita.get_by_role("heading", name="My queue")).to_be_visible()
    assert approved_changes(gita, consolidated) == [SECOND, SECOND]
