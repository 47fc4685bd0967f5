"""
The whole loop, by hand, in a real browser on a real clip: a lead imports, three people annotate
and one marks an inference, a reviewer consolidates, another cross-validates, ML staff freeze and
export, and the file holds the consolidated sentences without the inference.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.api import call
from tests.e2e.installation import Installation

pytestmark = pytest.mark.xdist_group("browser")

CLIP = "single_face.mp4"
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
    return made["id"], page


def a_clip(countenance: Installation) -> Path:
    """A real face where the demo's clips could be fetched, a drawn one where not."""
    real = countenance.clips / CLIP
    drawn = sorted(countenance.clips.glob("*.mp4"))
    return real if real.exists() else drawn[0]


def import_clip(page: Page, project: int, clip: Path) -> None:
    page.goto(f"/projects/{project}/import")
    page.get_by_role("button", name="New source").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name").fill("Own recordings")
    dialog.get_by_role("textbox", name="Licence").fill("CC BY 4.0")
    dialog.get_by_role("button", name="Make the source").click()
    expect(dialog).to_be_hidden()
    page.locator("input[type=file]").first.set_input_files(clip)
    page.get_by_role("button", name="Upload 1 file").click()
    row = page.get_by_role("row", name=clip.name)
    expect(row.get_by_role("cell", name="Imported")).to_be_visible()


def write_sentence(page: Page, region: str, text: str) -> None:
    part = page.get_by_role("region", name=region, exact=True)
    part.get_by_role("button", name="Add a sentence").click()
    page.keyboard.type(text)


def annotate(page: Page, project: int, change: str, *, inferred: int = 0) -> None:
    """Takes the next clip, writes and submits; marks the last `inferred` letters of the change."""
    page.goto(f"/projects/{project}/queue")
    page.get_by_role("button", name="Take the next clip").click()
    write_sentence(page, "External attributes", "A man with short black hair.")
    write_sentence(page, "Facial changes", change)
    if inferred:
        for _ in range(inferred):
            page.keyboard.press("Shift+ArrowLeft")
        page.keyboard.press("Control+i")
    page.get_by_role("button", name="Write the summary").click()
    page.keyboard.type("A man smiles.")
    page.get_by_role("button", name="Submit and next").click()
    expect(page.get_by_role("heading", name="My queue")).to_be_visible()


def test_from_a_file_to_a_training_record(project, opened, countenance, tmp_path):
    number, lead = project
    import_clip(lead, number, a_clip(countenance))
    for name in ("ada", "bela"):
        annotate(opened(name), number, f"His lips part, says {name}.")
    annotate(opened("chen"), number, "His lips part as if amused.", inferred=len(" as if amused."))
