"""Texts of another model by the dialog, a judge behind HTTP, and its exact numbers in a browser."""

from __future__ import annotations

import csv
import json
import re
import uuid
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.e2e.installation import Installation
from tests.e2e.projects import import_folder, make_project, numbered_clips

# By clip: what was approved, and the same events told backwards.
TEXTS = {
    "clip-0.mp4": ("He blinks. He frowns. He smiles.", "He smiles. He frowns. He blinks."),
    "clip-1.mp4": ("She nods. She opens her mouth.", "She opens her mouth. She nods."),
}
BACKWARDS = {clip: told for clip, (_, told) in TEXTS.items()}
# Four of six words are in order, and one of n events: TEM is half of that, half the F-measure.
ROUGE_L, AUTODQ, TEMS = 4 / 6, 1.0, [(1 / 3 + 1) / 2, (1 / 2 + 1) / 2]
RELEASE = """
from types import SimpleNamespace
from tests.pipeline.drafting import allow
from tests.released import release
project = Project.objects.get(pk={project})
people = {{name: User.objects.get(name__startswith=name.title()) for name in ("dana", "mila")}}
world = SimpleNamespace(project=project, source=project.sources.get(), **people)
release(world, {texts}, list(project.clips.order_by("name")))
print(allow(world).name)
"""


@pytest.fixture
def evaluated(opened, countenance: Installation) -> tuple[int, str]:
    """A project with a dataset version of known texts, and the name of its judge."""
    lead = opened("lena")
    folder = countenance.imports / uuid.uuid4().hex
    numbered_clips(folder, len(TEXTS))
    project = make_project(lead, countenance, {"dana": ["reviewer"], "mila": ["ml"]})
    import_folder(lead, project, folder)
    texts = [approved for approved, _ in TEXTS.values()]
    return project, countenance.shell(RELEASE.format(project=project, texts=texts)).strip()


def choose_file(dialog: Locator, texts: dict[str, str]) -> None:
    file = FilePayload(
        name="texts.json", mimeType="application/json", buffer=json.dumps(texts).encode()
    )
    dialog.locator("input[type=file]").set_input_files(file)
    dialog.get_by_role("button", name="Check the file").click()


def upload(page: Page, judge: str) -> None:
    """First with an id that is no clip's, which is said before anything is scored."""
    page.get_by_role("button", name="Upload predictions").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name of the row").fill("another model")
    dialog.get_by_role("combobox", name="Judge").click()
    page.get_by_role("option", name=judge).click()
    wrong = {"clip-0.mp4": "He blinks.", "clip-7.mp4": "She nods."}
    choose_file(dialog, wrong)
    expect(dialog.get_by_text("1 clip of the split with a text.")).to_be_visible()
    expect(dialog.get_by_text("Without a text: clip-1.mp4.")).to_be_visible()
    expect(dialog.get_by_text("No clips of the split: clip-7.mp4.")).to_be_visible()
    expect(dialog.get_by_role("button", name="Evaluate")).to_be_disabled()
    choose_file(dialog, BACKWARDS)
    expect(dialog.get_by_text("2 clips of the split with a text.")).to_be_visible()
    dialog.get_by_role("button", name="Evaluate").click()
    expect(dialog).to_be_hidden()


def downloaded(page: Page, folder: Path) -> dict[str, float]:
    """The row's values by metric, as the CSV file has them."""
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    download.value.save_as(folder / "table.csv")
    with (folder / "table.csv").open(newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["row"] == "another model"]
    return {line["metric"]: float(line["value"]) for line in lines}


def test_texts_are_uploaded_judged_and_looked_at(evaluated, opened, tmp_path):
    project, judge = evaluated
    mila = opened("mila", f"/projects/{project}/leaderboard")
    upload(mila, judge)
    link = mila.get_by_role("link", name="another model")
    scores = mila.get_by_role("table", name="Scores")
    cells = scores.get_by_role("row").filter(has=link).get_by_role("cell")
    expect(cells.nth(1)).to_contain_text(f"{ROUGE_L:.3f}")
    expect(cells.nth(2)).to_contain_text(f"{AUTODQ:.3f}")
    expect(cells.nth(3)).to_contain_text(
        f"{sum(TEMS) / 2:.3f} {TEMS[0]:.3f} to {TEMS[1]:.3f}", use_inner_text=True
    )
    values = downloaded(mila, tmp_path)
    assert {metric: round(values[metric], 9) for metric in ("rouge_l", "autodq", "tem")} == {
        "rouge_l": round(ROUGE_L, 9),
        "autodq": AUTODQ,
        "tem": round(sum(TEMS) / 2, 9),
    }

    link.click()
    clips = mila.get_by_role("navigation", name="Clips of the evaluation").get_by_role("button")
    expect(clips).to_have_text(
        [re.compile(r"clip-0.mp4\s*0\.667"), re.compile(r"clip-1.mp4\s*0\.750")]
    )
    told = {"Reference": TEXTS["clip-0.mp4"][0], "another model": TEXTS["clip-0.mp4"][1]}
    for name, text in told.items():
        events = mila.get_by_role("region", name=f"Events of {name}").get_by_role("listitem")
        expect(events).to_contain_text(text.lower().rstrip(".").split(". "))
        expect(events.filter(has_text="✓ matched")).to_have_count(1)
        expect(events.filter(has_text="⇅ out of order")).to_have_count(2)
