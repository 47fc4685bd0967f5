"""S30, S36: whatever a text field holds is shown as text, on every page and to everybody."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.crawling import visit
from tests.e2e.hostile import EVERYTHING, PAYLOADS, Hostile, fill

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.timeout(600)]

PARTS = ("queue", "clips", "import", "datasets", "jobs", "members", "settings")
# What would be there, had any text become markup, a handler or an address.
MARKUP = """() => [...document.querySelectorAll("*")]
  .filter((one) =>
    one.matches("iframe, b, script:not([src]), [src='x']") ||
    [...one.attributes].some(({ name, value }) =>
      name.startsWith("on") || (name === "href" && !/^([/#]|blob:|http)/.test(value))))
  .map((one) => one.outerHTML)"""


@pytest.fixture
def hostile(opened, browser, countenance) -> Hostile:
    return fill(opened, browser, countenance)


def require_inert(page: Page, path: str) -> None:
    assert page.evaluate("window.hit") is None, path
    assert page.evaluate(MARKUP) == [], path


def pages_of(hostile: Hostile, name: str) -> list[str]:
    clips = (hostile.approved, hostile.rejected, hostile.withdrawn)
    project = [f"/projects/{hostile.project}/{part}" for part in PARTS]
    work = [hostile.work[name]] if name in hostile.work else []
    clip_pages = [f"/clips/{clip}" for clip in clips]
    return ["/", "/tokens", *project, *clip_pages, f"/dataset-versions/{hostile.version}", *work]


def require_shown(page: Page, path: str, *texts: str) -> None:
    visit(page, path)
    for text in texts:
        expect(page.get_by_text(text).first).to_be_attached()


def test_nothing_stored_runs_on_any_page_of_anybody(hostile, opened):
    for name in ("lena", "mila", "vera", *hostile.work):
        page = opened(name)
        for path in pages_of(hostile, name):
            visit(page, path)
            require_inert(page, path)
    require_all_shown(hostile, opened)


def require_all_shown(hostile: Hostile, opened) -> None:
    lead, of_project = opened("lena"), f"/projects/{hostile.project}"
    require_shown(lead, "/", PAYLOADS[1])
    require_shown(lead, f"{of_project}/clips", *PAYLOADS)
    require_shown(lead, f"{of_project}/members", *PAYLOADS)
    require_shown(lead, "/tokens", *PAYLOADS)
    require_shown(lead, f"/clips/{hostile.withdrawn}", EVERYTHING)
    require_shown(lead, f"/clips/{hostile.rejected}", EVERYTHING)
    require_shown(lead, f"/clips/{hostile.approved}", *PAYLOADS)
    require_shown(opened("mila"), f"{of_project}/datasets", EVERYTHING)
    for name in ("ada", "dana", "gita"):
        require_shown(opened(name), hostile.work[name], EVERYTHING, *PAYLOADS)
