"""S30, S36: whatever a text field holds is shown as text, on every page and to everybody."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.crawling import crawl, visit
from tests.e2e.hostile import EVERYTHING, PAYLOADS, Hostile, fill

# What would be there, had any text become markup, a handler or an address.
MARKUP = """() => [...document.querySelectorAll("*")]
  .filter((one) =>
    one.matches("iframe, b, script:not([src]), [src='x']") ||
    [...one.attributes].some(({ name, value }) =>
      name.startsWith("on") || (name === "href" && !/^([/#]|blob:|http)/.test(value))))
  .map((one) => one.outerHTML)"""

Texts = dict[str, tuple[str, ...]]


@pytest.fixture
def hostile(opened, browser, countenance) -> Hostile:
    return fill(opened, browser, countenance)


def of_lead(hostile: Hostile) -> Texts:
    """Page -> the texts on it. The pages that these link to follow by themselves."""
    project = f"/projects/{hostile.project}"
    return {
        "/": (PAYLOADS[1],),
        "/tokens": PAYLOADS,
        f"{project}/clips": PAYLOADS,
        f"{project}/members": PAYLOADS,
        f"/clips/{hostile.approved}": PAYLOADS,
        f"/clips/{hostile.rejected}": (EVERYTHING,),
        f"/clips/{hostile.withdrawn}": (EVERYTHING,),
    }


def of_others(hostile: Hostile) -> dict[str, Texts]:
    project = f"/projects/{hostile.project}"
    work = {
        name: {f"{project}/queue": (), path: (EVERYTHING, *PAYLOADS)}
        for name, path in hostile.work.items()
    }
    return {
        **work,
        "mila": {
            f"{project}/datasets": (EVERYTHING,),
            f"/dataset-versions/{hostile.version}": PAYLOADS,
        },
        "vera": {f"{project}/clips": PAYLOADS, f"/clips/{hostile.approved}": PAYLOADS},
    }


def require_inert(page: Page, path: str, *texts: str) -> None:
    for text in texts:
        expect(page.get_by_text(text).first).to_be_attached()
    assert page.evaluate("window.hit") is None, path
    assert page.evaluate(MARKUP) == [], path


def test_nothing_stored_runs_on_any_page_of_anybody(hostile, opened):
    lead, texts = opened("lena"), of_lead(hostile)
    for path, _ in crawl(lead, list(texts), of_a_kind=1):
        require_inert(lead, path, *texts.get(path, ()))
    for name, pages in of_others(hostile).items():
        page = opened(name)
        for path in pages:
            visit(page, path)
            require_inert(page, path, *pages[path])
