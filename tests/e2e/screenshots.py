"""
The pictures of the readme: `make screenshots`.

Only clips that may be shown: one from Pexels, and drawn ones.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from annotation import captions
from annotation.demo.drawn_clips import draw_clips
from config.env import ROOT
from tests.e2e.api import annotate, call, claim, write
from tests.e2e.made_project import ROWS
from tests.e2e.projects import make_project
from tests.e2e.test_whole_loop import import_clips, project  # noqa: F401 -- a fixture

PICTURES = ROOT / "docs" / "pictures"
CLIP = "WolfgangLanger_Pexels.mp4"
# While colours fade into each other, a picture would show one of those in between.
SETTLED = """async () => {
  await new Promise(requestAnimationFrame);
  await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
}"""
# What stays above a page that is scrolled, and some air.
HEADER_PX = 80
FRAMES = {"beginning": [0, 120], "progress": [120, 200], "middle": [200, 300], "end": [300, 472]}

FILL = """
from tests.e2e.made_project import fill
version, run = fill(Project.objects.get(pk={project}))
print(version.uid, run.uid)
"""
ATTRIBUTES = "A young woman with long brown hair sits in front of a dark wooden wall.\n---\n"
SUMMARY = "\n---\nA woman's grief turns into joy."
TEXTS = [
    "At the beginning, her gaze is lowered and her brows are drawn together[, close to tears]. "
    "As the video progresses, she covers her mouth with one hand. "
    "In the middle of the video, she looks up with raised brows. "
    "At the end of the video, she laughs and tilts her head.",
    "At the beginning, her gaze is lowered and her lips are closed. "
    "As the video progresses, she covers her mouth and nose with one hand[ in shock]. "
    "In the middle of the video, she looks up with raised brows and wide eyes. "
    "At the end of the video, she laughs with an open mouth.",
    "At the beginning, she looks down with drawn brows. "
    "In the middle of the video, she looks up and her brows rise[, hoping for something]. "
    "At the end of the video, she laughs, tilts her head and smiles broadly.",
]


def document(changes: str) -> dict[str, object]:
    value = captions.parse_marked(ATTRIBUTES + changes + SUMMARY).to_json()
    for sentence in value["facial_changes"]:  # type: ignore[attr-defined]
        sentence["frames"] = FRAMES[sentence["phase"]]
    return value


def picture(page: Page, name: str) -> None:
    """In light and in dark, once nothing is loading any more."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(500)
        page.evaluate(SETTLED)
        page.screenshot(path=PICTURES / f"{name}-{scheme}.png")


@pytest.fixture
def filled(project, countenance, tmp_path):  # noqa: F811
    """The project with one real clip in front of three drawn ones."""
    number, lead = project
    real = countenance.clips / CLIP
    assert real.exists(), "The pictures show a real clip: connect to the package index first."
    import_clips(lead, number, real, *(path for path, _ in draw_clips(tmp_path)))
    return number, lead


def test_pictures(filled, opened):
    number, lead = filled
    PICTURES.mkdir(exist_ok=True)
    annotate(opened("bela"), number, document(TEXTS[1]))
    annotate(opened("chen"), number, document(TEXTS[2]))

    ada = opened("ada")
    path = f"/assignments/{claim(ada, number, 'annotator')['id']}"
    revision = write(ada, path, document(TEXTS[0]))
    ada.goto(path)
    ada.get_by_role("region", name="Facial changes", exact=True).wait_for()
    # What is measured in faces needs models that are fetched by hand.
    ada.get_by_text("Faces and what was measured in them").click()
    picture(ada, "workspace")
    call(ada, "POST", f"{path}/submit", {}, revision=revision)

    dana = opened("dana")
    path = f"/consolidations/{claim(dana, number, 'reviewer')['id']}"
    dana.goto(path)
    picture(dana, "consolidation")
    found = call(dana, "GET", path)
    verdicts = {annotation["uid"]: "accepted" for annotation in found["annotations"]}
    revision = write(dana, path, document(TEXTS[0]))
    call(dana, "POST", f"{path}/finish", {"verdicts": verdicts}, revision=revision)

    eli = opened("eli")
    eli.goto(f"/cross-validations/{claim(eli, number, 'cross_validator')['id']}")
    picture(eli, "cross-validation")

    lead.goto(f"/projects/{number}/clips")
    picture(lead, "clips")


def test_pictures_of_what_comes_after(opened, countenance):
    lead = opened("lena")
    number = make_project(lead, countenance, {"mila": ["ml"]}, name="Expressions")
    told = countenance.shell(FILL.format(project=number)).split()
    mila = opened("mila", f"/dataset-versions/{told[0]}")
    expect(mila.get_by_role("link", name="As a Markdown file")).to_be_visible(timeout=60_000)
    mila.get_by_role("heading", name="Data card").evaluate("(one) => one.scrollIntoView()")
    mila.mouse.wheel(0, -HEADER_PX)
    picture(mila, "dataset")
    mila.goto(f"/training-runs/{told[1]}")
    picture(mila, "training")
    mila.goto(f"/projects/{number}/leaderboard")
    for row in (*ROWS, "chance: one caption for all clips"):
        link = mila.get_by_role("table", name="Scores").get_by_role("link", name=row)
        expect(link).to_be_visible(timeout=200_000)
    expect(mila.get_by_role("heading", name="Under way")).to_be_hidden(timeout=200_000)
    picture(mila, "leaderboard")


def test_every_picture_is_small():
    sizes = {path.name: path.stat().st_size for path in Path(PICTURES).glob("*.png")}
    assert len(sizes) == 14
    assert max(sizes.values()) < 800_000
