"""How pages of work are laid out: the video leaves room for the text on screens of all sizes."""

from __future__ import annotations

import uuid
from fractions import Fraction

import pytest
from playwright.sync_api import FloatRect, Page, expect

from tests.clips import Recipe, make_clip, steady
from tests.e2e.api import annotate, claim
from tests.e2e.projects import import_folder, make_project
from tests.factories import a_document

SIZES = [(1440, 900), (1280, 720)]
PHONE = {"width": 390, "height": 844}
# As the faces of a clip with many people are.
LENGTHEN = """(column) => {
  column.append(Object.assign(document.createElement("div"), { style: "height: 2000px" }));
}"""


@pytest.fixture
def project(opened, countenance) -> int:
    """With one clip, which is twice as high as wide."""
    lead = opened("lena")
    folder = countenance.imports / uuid.uuid4().hex
    folder.mkdir()
    tall = Recipe("", *steady(Fraction(25), 12), width=96, height=192)
    make_clip(folder / "tall.mp4", tall)
    project = make_project(lead, countenance, {"ada": ["annotator"], "dana": ["reviewer"]})
    import_folder(lead, project, folder)
    return project


def box_of(page: Page, locator: str) -> FloatRect:
    box = page.locator(locator).bounding_box()
    assert box is not None
    return box


def test_a_review_has_its_video_in_the_middle_and_a_result_as_high_as_its_column(project, opened):
    annotate(opened("ada"), project, a_document("Her brows move."))
    reviewing = opened("dana")
    reviewing.goto(f"/consolidations/{claim(reviewing, project, 'reviewer')['id']}")
    expect(reviewing.get_by_text("frame 0 / 12")).to_be_visible()
    for width, height in SIZES:
        reviewing.set_viewport_size({"width": width, "height": height})
        video = box_of(reviewing, "video")
        around = box_of(reviewing, "section[aria-label=Video]")
        player = box_of(reviewing, ":has(> section[aria-label=Video])")
        result = box_of(reviewing, "section[aria-label=Result]")
        assert video["height"] == pytest.approx(2 * video["width"], abs=1)
        assert video["height"] == pytest.approx(0.26 * height, abs=1)
        middle = around["x"] + around["width"] / 2
        assert video["x"] + video["width"] / 2 == pytest.approx(middle, abs=1)
        assert (result["y"], result["height"]) == pytest.approx(
            (player["y"], player["height"]), abs=1
        )


def test_on_a_phone_the_text_is_not_covered_by_the_video_that_stays_in_sight(project, opened):
    writing = opened("ada")
    writing.set_viewport_size(PHONE)
    writing.goto(f"/assignments/{claim(writing, project, 'annotator')['id']}")
    expect(writing.get_by_text("frame 0 / 12")).to_be_visible()
    writing.locator(":has(> section[aria-label=Video])").evaluate(LENGTHEN)
    writing.get_by_role("button", name="Write the summary").click()
    writing.keyboard.type("A woman is glad.")
    expect(writing.get_by_role("textbox", name="Summary")).to_have_text("A woman is glad.")
    video = box_of(writing, "video")
    assert 0 <= video["y"] < PHONE["height"] / 2
