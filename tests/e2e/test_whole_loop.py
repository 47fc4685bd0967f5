"""
The whole loop, by hand, in a real browser on a real clip: a lead imports, three people annotate
and one marks an inference, a reviewer consolidates, another cross-validates, ML staff freeze and
export, and the file holds the consolidated sentences without the inference.
"""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.api import call
from tests.e2e.installation import Installation

# Eight people's work in one test: on a busy machine more than the usual limit.
pytestmark = pytest.mark.timeout(400)

SPLITS = ("train", "validation", "test")
CLIP = "single_face.mp4"
INFERRED = "At the beginning, his lips part, as if he were amused."
ROLES = {
    "ada": ["annotator"],
    "bela": ["annotator"],
    "chen": ["annotator"],
    "dana": ["reviewer"],
    "eli": ["reviewer"],
    "mila": ["ml"],
}


@pytest.fixture
def project(opened, countenance):
    """A project of its own with its people, made through the API, and the lead's page."""
    page = opened("lena")
    made = call(page, "POST", "/projects", {"name": "Whole loop", "description": ""})
    for name, roles in ROLES.items():
        email, _ = countenance.passwords[name]
        call(page, "POST", f"/projects/{made['id']}/members", {"email": email, "roles": roles})
    # This loop is about the mode in which the second reviewer sees the first result.
    drawn = {"settings": {"cross_validation_blind_share": 0.0}}
    call(page, "PATCH", f"/projects/{made['id']}", drawn, revision=made["revision"])
    return made["id"], page


def a_clip(countenance: Installation) -> Path:
    """A real face where the demo's clips could be fetched, a drawn one where not."""
    real = countenance.clips / CLIP
    drawn = sorted(countenance.clips.glob("*.mp4"))
    return real if real.exists() else drawn[0]


def import_clips(page: Page, project: int, *clips: Path) -> None:
    page.goto(f"/projects/{project}/import")
    page.get_by_role("button", name="New source").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name").fill("Own recordings")
    dialog.get_by_role("textbox", name="Licence").fill("CC BY 4.0")
    dialog.get_by_role("button", name="Make the source").click()
    expect(dialog).to_be_hidden()
    page.locator("input[type=file]").first.set_input_files(clips)
    page.get_by_role("button", name=re.compile("^Upload [0-9]")).click()
    for clip in clips:
        row = page.get_by_role("row", name=clip.name)
        expect(row.get_by_role("cell", name="Imported")).to_be_visible()


def write_sentence(page: Page, region: str, text: str) -> None:
    part = page.get_by_role("region", name=region, exact=True)
    part.get_by_role("button", name="Add a sentence").click()
    page.keyboard.type(text)


def select_back(page: Page, text: str) -> None:
    """Selects what was typed last, by the keyboard, as far as the text goes."""
    while (selected := page.evaluate("getSelection().toString()")) != text:
        assert text.endswith(selected), f"{selected!r} is selected instead of {text!r}"
        page.keyboard.press("Shift+ArrowLeft")


def annotate(page: Page, project: int, change: str, *, inferred: str = "") -> None:
    """Takes the next clip, writes and submits; marks the `inferred` end of the change."""
    page.goto(f"/projects/{project}/queue")
    page.get_by_role("button", name="Take the next clip").click()
    write_sentence(page, "External attributes", "A man with short black hair.")
    write_sentence(page, "Facial changes", change)
    if inferred:
        select_back(page, inferred)
        page.keyboard.press("Control+i")
    page.get_by_role("button", name="Write the summary").click()
    page.keyboard.type("A man smiles.")
    page.get_by_role("button", name="Submit and next").click()
    expect(page.get_by_role("heading", name="My queue")).to_be_visible()


def consolidate(page: Page, project: int) -> None:
    """Takes sentence by sentence, the one with the inference among them, and edits the summary."""
    page.goto(f"/projects/{project}/queue")
    work = page.get_by_role("region", name="Consolidate")
    work.get_by_role("button", name="Take the next clip").click()
    rows = page.get_by_role("list", name="Rows")
    for text in ("A man with short black hair.", INFERRED, "A man smiles."):
        rows.get_by_role("button", name=re.compile(rf"^Take .*: {re.escape(text)}")).first.click()
    summary = page.get_by_role("region", name="Summary").get_by_role("textbox")
    expect(summary).to_have_text("A man smiles.")
    summary.click()
    page.keyboard.press("End")
    page.keyboard.press("Backspace")
    page.keyboard.type(" for the camera.")
    expect(summary).to_have_text("A man smiles for the camera.")
    page.get_by_role("button", name="Finish…").click()
    dialog = page.get_by_role("dialog")
    for label in ("A", "B", "C"):
        verdicts = dialog.get_by_role("radiogroup", name=f"Annotation {label}")
        verdicts.get_by_role("radio", name="Accepted").check()
    dialog.get_by_role("button", name="Finish and next").click()
    expect(page.get_by_role("heading", name="My queue")).to_be_visible()


def cross_validate(page: Page, project: int) -> None:
    """Sees the first result, marks every sentence by key and agrees."""
    page.goto(f"/projects/{project}/queue")
    work = page.get_by_role("region", name="Cross-validate")
    work.get_by_role("button", name="Take the next clip").click()
    rows = page.get_by_role("list", name="Rows").get_by_role("listitem")
    expect(rows).to_have_count(3)
    for _ in range(3):
        page.keyboard.press("1")
        page.keyboard.press("F8")
    page.get_by_role("button", name="Agree and next").click()
    expect(page.get_by_role("heading", name="My queue")).to_be_visible()


def freeze(page: Page, project: int) -> None:
    page.goto(f"/projects/{project}/datasets")
    page.get_by_role("button", name="Freeze a version").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Note").fill("The first one.")
    dialog.get_by_role("button", name="Preview", exact=True).click()
    dialog.get_by_role("button", name="Freeze", exact=True).click()
    expect(page.get_by_role("heading", name="Dataset version 1")).to_be_visible()


def export(page: Page, kind: str, folder: Path) -> dict[str, bytes]:
    """Makes an export of the version on the page and downloads it: name -> content."""
    page.get_by_role("button", name="New export").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Format").click()
    page.get_by_role("option", name=kind).click()
    dialog.get_by_role("button", name="Export", exact=True).click()
    link = page.get_by_role("link", name=f"Download {kind}")
    link.wait_for()
    with page.expect_download() as download:
        link.click()
    archive = folder / f"{kind}.zip"
    download.value.save_as(archive)
    with zipfile.ZipFile(archive) as opened:
        return {Path(name).name: opened.read(name) for name in opened.namelist()}


def test_from_a_file_to_a_training_record(project, opened, countenance, tmp_path):
    number, lead = project
    import_clips(lead, number, a_clip(countenance))
    for name in ("ada", "bela"):
        annotate(opened(name), number, f"At the beginning, his lips part, says {name}.")
    annotate(opened("chen"), number, INFERRED, inferred=", as if he were amused.")
    consolidate(opened("dana"), number)
    cross_validate(opened("eli"), number)

    mila = opened("mila")
    freeze(mila, number)
    trained = export(mila, "VideoLLaMA2 conversations", tmp_path)
    native = export(mila, "Native JSONL", tmp_path)

    # A draw decides in which split the one clip is.
    (record,) = (each for split in SPLITS for each in json.loads(trained[f"{split}.json"]))
    question, answer = record["conversations"]
    assert question["from"] == "human"
    assert question["value"].startswith("<video>\n")
    assert answer == {
        "from": "gpt",
        "value": "A man with short black hair.\nAt the beginning, his lips part.",
    }
    kept = b"".join(native.values()).decode()
    assert "as if he were amused" in kept
    assert "A man smiles for the camera." in kept
    assert "says ada" not in answer["value"]
