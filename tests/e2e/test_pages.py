"""Every page of every role: sent with its protection, silent in the console, usable by all."""

from __future__ import annotations

import re
import uuid

import pytest
from playwright.sync_api import Page, Response, expect

from config.env import ROOT
from tests.e2e.api import ask, call, claim
from tests.e2e.crawling import crawl, visit
from tests.e2e.projects import import_folder, make_project, numbered_clips

AXE = (ROOT / "frontend/node_modules/axe-core/axe.min.js").read_text()
OF_PROJECT = ("queue", "clips", "import", "models", "datasets", "jobs", "members", "settings")
# The work that each takes, so that the pages on which it is done are there.
WORK = {
    "ada": "annotator",
    "dana": "reviewer",
    "eli": "cross_validator",
}
# What a page is built of. Pages of the same parts have the same violations.
PARTS = """() => [...document.querySelectorAll("body *")]
  .map((one) => [one.localName, one.className, ...one.getAttributeNames()].join(" "))"""
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
    project = min(call(page, "GET", "/projects")["results"], key=lambda each: each["id"])["id"]
    versions = f"/projects/{project}/dataset-versions"
    if not call(page, "GET", versions)["results"]:
        version = call(page, "POST", versions, {"note": ""})
        exports = f"/dataset-versions/{version['uid']}/exports"
        call(page, "POST", exports, {"format": "native-jsonl"})
    return int(project)


@pytest.fixture(scope="module")
def examined() -> set[str]:
    """The parts of pages that axe has seen, whoever looked at them."""
    return set()


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


def violations(page: Page, examined: set[str]) -> list[str]:
    """What axe calls serious or critical. The theme changes nothing but the colours."""
    parts = set(page.evaluate(PARTS))
    if parts <= examined:
        return []
    examined |= parts
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
def test_the_pages_of_a_role(name, opened, demo, examined):
    page = opened(name)
    heard = listen(page)
    if name in WORK:
        ask(page, "POST", f"/projects/{demo}/claims", {"data": {"role": WORK[name]}})
    starts = ["/", "/tokens", *(f"/projects/{demo}/{part}" for part in OF_PROJECT)]
    wrong = {}
    for path, response in crawl(page, starts):
        require_protection(response)
        if found := violations(page, examined):
            wrong[path] = found
    assert not wrong
    assert not heard


def test_a_clip_whose_time_is_nearly_over(opened, countenance, examined):
    lead = opened("lena")
    folder = countenance.imports / uuid.uuid4().hex
    numbered_clips(folder, 1)
    project = make_project(lead, countenance, {"ada": ["annotator"]}, lease_minutes=2)
    import_folder(lead, project, folder)
    page = opened("ada")
    visit(page, f"/assignments/{claim(page, project, 'annotator')['id']}")
    expect(page.get_by_role("button", name="Your time is nearly over: extend")).to_be_visible()
    assert not violations(page, examined)


def test_the_pages_of_a_stranger(browser, countenance, examined):
    page = browser.new_page(base_url=countenance.url)
    heard = listen(page)
    for path in ("/sign-in", "/", "/invitations/made-up", "/no/such/page"):
        require_protection(visit(page, path))
        assert not violations(page, examined), path
    assert not heard
    page.close()


def test_answers_that_are_no_pages_say_what_they_are(opened, demo):
    """S32: what was sent, as in the last one, never comes back as HTML."""
    page = opened("vera")
    refused = ("/clips/0", "/projects/<b>", f"/projects/{demo}/clips?stage=<script>")
    for path in ("/users/me", *refused):
        answer = ask(page, "GET", path, {})
        assert answer.ok == (path not in refused), path
        assert re.match(r"application/(problem\+)?json$", answer.headers["content-type"]), path
        assert answer.headers["x-content-type-options"] == "nosniff"
