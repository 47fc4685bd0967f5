"""Goes from page to page as a person would, along the links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from playwright.sync_api import Page, Response

# Of pages that differ in a number only, such as those of clips.
OF_A_KIND = 2
# The files of a dataset and of an export are no pages.
NO_PAGE = re.compile(r"^/(api|operations|static|_allauth)/")
LINKS = "links => links.map(link => new URL(link.href)).filter(url => url.origin === origin)"
# A page says what it is still loading in words that end with an ellipsis.
STANDS_STILL = """() => document.querySelector("h1, h2") !== null &&
  [...document.querySelectorAll("[role=status]")]
    .every((one) => !one.checkVisibility() || !one.textContent.endsWith("…"))"""


def crawl(
    page: Page, starts: list[str], of_a_kind: int = OF_A_KIND
) -> Iterator[tuple[str, Response]]:
    """Each page once it stands still, and what the server answered."""
    waiting, kinds = list(dict.fromkeys(starts)), Counter[str]()
    known = set(waiting)
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path)
        kinds[kind] += 1
        if kinds[kind] > of_a_kind and path not in starts:
            continue
        yield path, visit(page, path)
        found = page.locator("a[href]").evaluate_all(f"{LINKS}.map(url => url.pathname)")
        fresh = [each for each in dict.fromkeys(found) if each not in known]
        waiting += [each for each in fresh if not NO_PAGE.match(each)]
        known.update(fresh)


def kind_of(path: str) -> str:
    """Ids are numbers, or words of letters and digits in the last place."""
    return re.sub(r"/(\d+|[0-9a-f-]{8,})(?=/|$)", "/…", path)


def visit(page: Page, path: str) -> Response:
    response = page.goto(path, wait_until="domcontentloaded")
    assert response is not None
    page.wait_for_function(STANDS_STILL)
    return response
