"""Every page of every role: sent with its protection, silent in the console, usable by all."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Response

from config.env import ROOT
from tests.e2e.api import ask, call
from tests.e2e.crawling import crawl, visit

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.timeout(400)]

AXE = (ROOT / "frontend/node_modules/axe-core/axe.min.js").read_text()
OF_PROJECT = ("queue", "clips", "import", "datasets", "jobs", "members", "settings")
# The work that each takes, so that the pages on which it is done are there.
WORK = {
    "ada": "annotator",
    "dana": "reviewer",
    "eli": "cross_validator",
}
VIOLATIONS = """async (rules) => {
  // While colours fade into each other, axe would read one of those in between.
  await new Promise(requestAnimationFrame);
  await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  const { violations } = await axe.run(document, rules ? { runOnly: rules } : {});
  return violations
    .filter(({ impact }) => ["serious", "critical"].includes(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(" ")}`);
}"""
# The browser itself says this of a page's refused request, such as one the role may not make.
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of 40[134]")


@pytest.fixture
def demo(opened) -> int:
    """The demo project, with a frozen version to look at."""
    page = opened("mila")
    project = min(call(page, "GET", "/projects")["results"], key=lambda each: each["id"])
    version = call(page, "POST", f"/projects/{project['id']}/dataset-versions", {"note": ""})
    call(page, "POST", f"/dataset-versions/{version['uid']}/exports", {"format": "native-jsonl"})
    return int(project["id"])


def require_protection(response: Response) -> None:
    """S05, S06."""
    headers = response.headers
    policy = parsed_policy(headers["content-security-policy"])
    assert not re.search("unsafe-(inline|eval)", headers["content-security-policy"])
    assert policy["default-src"] == ["'self'"]
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == ["'none'"]
    assert "script-src" not in policy or policy["script-src"] == ["'self'"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"


def parsed_policy(header: str) -> dict[str, list[str]]:
    directives = [directive.split() for directive in header.split(";")]
    return {name: values for name, *values in directives}


def violations(page: Page) -> list[str]:
    """What axe calls serious or critical. The theme changes nothing but the colours."""
    page.evaluate(AXE)
    light = page.evaluate(VIOLATIONS)
    page.emulate_media(color_scheme="dark")
    page.locator("[data-mantine-color-scheme=dark]").wait_for(state="attached")
    dark = page.evaluate(VIOLATIONS, ["color-contrast"])
    page.emulate_media(color_scheme="light")
    return [*light, *(f"dark {each}" for each in dark)]


def listen(page: Page) -> list[str]:
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on(
        "console",
        lambda message: (
            heard.append(message.text)
            if message.type == "error" and not REFUSED.match(message.text)
            else None
        ),
    )
    return heard


@pytest.mark.parametrize("name", ["lena", "ada", "dana", "eli", "mila", "vera"])
def test_the_pages_of_a_role(name, opened, demo):
    page = opened(name)
    heard = listen(page)
    if name in WORK:
        ask(page, "POST", f"/projects/{demo}/claims", {"data": {"role": WORK[name]}})
    starts = ["/", "/tokens", *(f"/projects/{demo}/{part}" for part in OF_PROJECT)]
    wrong = {}
    for path, response in crawl(page, starts):
        require_protection(response)
        if found := violations(page):
            wrong[path] = found
    assert not wrong
    assert not heard


def test_the_pages_of_a_stranger(browser, countenance):
    page = browser.new_page(base_url=countenance.url)
    heard = listen(page)
    for path in ("/sign-in", "/", "/invitations/made-up", "/no/such/page"):
        require_protection(visit(page, path))
        assert not violations(page), path
    assert not heard
    page.close()


def test_answers_that_are_no_pages_say_what_they_are(opened):
    """S32: a refusal never echoes as HTML."""
    page = opened("vera")
    for path in ("/users/me", "/projects/<b>", "/clips/0", "/projects?page_size=<script>"):
        answer = ask(page, "GET", path, {})
        assert re.match(r"application/(problem\+)?json", answer.headers["content-type"]), path
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "<" not in answer.text()
