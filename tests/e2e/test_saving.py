"""What a person has written survives whatever happens to the server, the page and the lease."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import psutil  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.api import call, claim
from tests.e2e.conftest import sign_in
from tests.e2e.installation import START_LIMIT_S, Installation
from tests.e2e.projects import import_folder, make_project, numbered_clips

OFFLINE = "Offline, kept on this device"


@dataclass(frozen=True)
class Desk:
    """Ada's page at work on the first clip of a project."""

    page: Page
    project: int
    assignment: int

    @property
    def path(self) -> str:
        return f"/assignments/{self.assignment}"


@pytest.fixture
def sit_down(opened, countenance):
    """A project with so many clips for Ada, who has taken the first and opened it."""

    def take_and_open(clips: int = 1, **settings: Any) -> Desk:
        lead = opened("lena")
        folder = countenance.imports / uuid.uuid4().hex
        numbered_clips(folder, clips)
        people = {"ada": ["annotator"], "bela": ["annotator"]}
        project = make_project(lead, countenance, people, **settings)
        import_folder(lead, project, folder)
        page = opened("ada")
        desk = Desk(page, project, claim(page, project, "annotator")["id"])
        page.goto(desk.path)
        expect(page.get_by_role("button", name="Add a sentence").first).to_be_visible()
        return desk

    return take_and_open


def served_text(page: Page, path: str) -> str:
    changes = call(page, "GET", path)["document"]["facial_changes"]
    return " ".join(each["text"] for each in changes)


def write(page: Page, text: str, part: str = "Facial changes") -> None:
    region = page.get_by_role("region", name=part, exact=True)
    region.get_by_role("button", name="Add a sentence").click()
    page.keyboard.type(text)


def sentence(page: Page, number: int = 1) -> Locator:
    return page.get_by_role("textbox", name=f"Facial change {number}", exact=True)


def saved(page: Page) -> Locator:
    return page.get_by_text(re.compile(r"^Saved at "))


@contextmanager
def web_killed(countenance: Installation) -> Iterator[None]:
    """Kills the web server, and keeps the supervisor from starting another one meanwhile."""
    supervisor = psutil.Process(int((countenance.folder / "run/supervisor.pid").read_text()))
    below = supervisor.children(recursive=True)
    supervisor.suspend()
    try:
        for process in below:
            if "gunicorn" in process.cmdline():
                process.kill()
        yield
    finally:
        supervisor.resume()


def wait_until_served(countenance: Installation) -> None:
    deadline = time.monotonic() + START_LIMIT_S
    while time.monotonic() < deadline:
        with suppress(URLError, ConnectionError), urlopen(f"{countenance.url}/readyz"):
            return
        time.sleep(0.2)
    raise AssertionError("The supervisor did not start the web server again.")


def end_lease(countenance: Installation, assignment: int) -> None:
    countenance.shell(
        "from datetime import timedelta; from django.utils.timezone import now;"
        f"held = Assignment.objects.filter(pk={assignment});"
        "held.update(lease_until=now() - timedelta(minutes=1))"
    )


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Account:").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()


def test_words_written_while_the_server_is_dead_survive_the_page(sit_down, countenance):
    desk = sit_down()
    write(desk.page, "Her brows")
    expect(saved(desk.page)).to_be_visible()
    with web_killed(countenance):
        desk.page.keyboard.type(" rise unheard.")
        expect(desk.page.get_by_text(OFFLINE)).to_be_visible()
        desk.page.close()
    wait_until_served(countenance)
    later = desk.page.context.new_page()
    later.goto(desk.path)
    expect(sentence(later)).to_have_text("Her brows rise unheard.")
    expect(saved(later)).to_be_visible()
    assert served_text(later, desk.path) == "Her brows rise unheard."


def test_a_save_whose_answer_is_lost_is_no_conflict(sit_down):
    """As when the server stops between storing a text and saying so."""
    desk = sit_down()
    page = desk.page
    page.route("**/working-text", lambda route: (route.fetch(), route.abort()))
    write(page, "Her brows")
    expect(page.get_by_text(OFFLINE)).to_be_visible()
    assert served_text(page, desk.path) == "Her brows"
    page.keyboard.type(" rise.")
    page.unroute("**/working-text")
    expect(saved(page)).to_be_visible()
    assert served_text(page, desk.path) == "Her brows rise."


def test_words_written_offline_are_sent_when_the_network_is_back(sit_down):
    desk = sit_down()
    desk.page.context.set_offline(True)
    write(desk.page, "Her brows rise.")
    expect(desk.page.get_by_text(OFFLINE)).to_be_visible()
    expect(sentence(desk.page)).to_be_editable()
    desk.page.context.set_offline(False)
    expect(saved(desk.page)).to_be_visible()
    assert served_text(desk.page, desk.path) == "Her brows rise."


def test_a_second_tab_takes_over_with_every_word_and_the_first_cannot_write(sit_down):
    desk = sit_down()
    second = desk.page.context.new_page()
    second.goto(desk.path)
    expect(second.get_by_text("This clip is open in another tab.")).to_be_visible()
    write(desk.page, "Her brows rise.")
    # At once, so that the words are still on their way.
    second.get_by_role("button", name="Work here instead").click()
    expect(sentence(second)).to_have_text("Her brows rise.")
    expect(desk.page.get_by_text("This clip is open in another tab.")).to_be_visible()
    expect(sentence(desk.page)).not_to_be_editable()
    sentence(second).press("End")
    second.keyboard.type(" They fall.")
    expect(saved(second)).to_be_visible()
    assert served_text(second, desk.path) == "Her brows rise. They fall."


@pytest.mark.parametrize(
    ("choice", "kept"),
    [("Keep what is here", "Second device."), ("Take the server's", "First device.")],
)
def test_a_stale_text_is_laid_beside_the_servers_and_the_person_chooses(
    sit_down, opened, choice, kept
):
    desk = sit_down()
    other = opened("ada", desk.path)
    expect(other.get_by_role("button", name="Add a sentence").first).to_be_visible()
    write(desk.page, "First device.")
    expect(saved(desk.page)).to_be_visible()
    write(other, "Second device.")
    dialog = other.get_by_role("dialog", name="Two versions of your text")
    expect(dialog).to_contain_text("First")
    expect(dialog).to_contain_text("Second")
    assert served_text(other, desk.path) == "First device."
    dialog.get_by_role("button", name=choice).click()
    expect(dialog).to_be_hidden()
    expect(sentence(other)).to_have_text(kept)
    expect(other.get_by_text(re.compile("^Saved"))).to_be_visible()
    assert served_text(other, desk.path) == kept


def test_submitting_twice_at_once_hands_in_one_clip(sit_down):
    desk = sit_down(clips=2)
    write(desk.page, "A woman.", "External attributes")
    write(desk.page, "Her brows rise.")
    desk.page.get_by_role("button", name="Write the summary").click()
    desk.page.keyboard.type("She is surprised.")
    # Both before the page can draw the button anew, as no person is fast enough to do.
    desk.page.get_by_role("button", name="Submit and next").evaluate(
        "(button) => { button.click(); button.click(); }"
    )
    desk.page.wait_for_url(lambda url: not url.endswith(desk.path))
    expect(desk.page.get_by_role("button", name="Submit and next")).to_be_enabled()
    expect(desk.page.get_by_role("textbox", name="Facial change 1")).to_be_hidden()
    queue = call(desk.page, "GET", f"/projects/{desk.project}/queue")
    assert queue["today"]["submitted"] == 1
    assert len(queue["annotator"]["mine"]) == 1


def test_a_lost_clip_keeps_its_text_to_be_copied(sit_down, opened, countenance):
    desk = sit_down()
    page = desk.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    write(page, "Her brows rise.")
    expect(saved(page)).to_be_visible()
    end_lease(countenance, desk.assignment)
    assert claim(opened("bela"), desk.project, "annotator")["id"] == desk.assignment
    page.keyboard.type(" They fall.")
    expect(page.get_by_text("Your time for this clip is over.")).to_be_visible()
    expect(sentence(page)).to_have_text("Her brows rise. They fall.")
    expect(sentence(page)).not_to_be_editable()
    page.get_by_role("button", name="Copy the text").click()
    assert page.evaluate("navigator.clipboard.readText()") == "Her brows rise. They fall."
    page.get_by_role("button", name="Ask for it back").click()
    expect(page.get_by_text("All places on this clip are taken.")).to_be_visible()
    expect(sentence(page)).to_have_text("Her brows rise. They fall.")


def test_a_clip_asked_back_comes_on_another_place_with_its_text(sit_down, opened, countenance):
    desk = sit_down(annotators_per_clip=2)
    page = desk.page
    write(page, "Her brows rise.")
    expect(saved(page)).to_be_visible()
    end_lease(countenance, desk.assignment)
    assert claim(opened("bela"), desk.project, "annotator")["id"] == desk.assignment
    page.keyboard.type(" They fall.")
    page.get_by_role("button", name="Ask for it back").click()
    expect(sentence(page)).to_be_editable()
    expect(sentence(page)).to_have_text("Her brows rise. They fall.")
    expect(page.get_by_text(re.compile("^Saved"))).to_be_visible()
    [held] = call(page, "GET", f"/projects/{desk.project}/queue")["annotator"]["mine"]
    assert held["id"] != desk.assignment
    assert served_text(page, f"/assignments/{held['id']}") == "Her brows rise. They fall."


def test_unsent_text_is_not_shown_to_the_next_person_on_the_device(sit_down, countenance):
    """S44: two annotators of one clip may share a computer."""
    desk = sit_down()
    page = desk.page
    page.route("**/working-text", lambda route: route.abort())
    write(page, "What Ada thinks.")
    expect(page.get_by_text(OFFLINE)).to_be_visible()
    page.goto("/")
    sign_out(page)
    end_lease(countenance, desk.assignment)
    sign_in(page, *countenance.passwords["bela"])
    assert claim(page, desk.project, "annotator")["id"] == desk.assignment
    page.unroute("**/working-text")
    page.goto(desk.path)
    expect(page.get_by_role("button", name="Add a sentence").first).to_be_visible()
    expect(page.get_by_text("What Ada thinks.")).to_be_hidden()
    assert served_text(page, desk.path) == ""
