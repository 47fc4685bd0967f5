"""How the page of a review is laid out, where the video is as high as it can be."""

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


@pytest.fixture
def reviewing(opened, countenance) -> Page:
    """The consolidation of a clip that is twice as high as wide."""
    lead = opened("lena")
    folder = countenance.imports / uuid.uuid4().hex
    folder.mkdir()
    tall = Recipe("", *steady(Fraction(25), 12), width=96, height=192)
    make_clip(folder / "tall.mp4", tall)
    project = make_project(lead, countenance, {"ada": ["annotator"], "dana": ["reviewer"]})
    import_folder(lead, project, folder)
    annotate(opened("ada"), project, a_document("Her brows move."))
    dana = opened("dana")
    dana.goto(f"/consolidations/{claim(dana, project, 'reviewer')['id']}")
    return dana


def box_of(page: Page, locator: str) -> FloatRect:
    box = page.locator(locator).bounding_box()
    assert box is not None
    return box


def test_the_video_lies_in_the_middle_and_the_result_is_as_high_as_its_column(reviewing):
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
