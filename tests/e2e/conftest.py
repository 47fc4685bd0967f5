from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from config.env import ROOT
from tests.e2e.installation import START_LIMIT_S, Installation, installation
from tests.hosted_model import KEY, serving
from tests.ml.metrics.scripted_judge import Judging

# Without them Chromium asks for addresses outside this machine.
QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync")
PATIENCE_MS = 20_000
# Playwright's loop stays in this thread as long as its browser; tests of the database that the same
# process runs later would take it for a server's.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
TEST_LIMIT_S = 300


def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Whichever test comes first waits for the installation to start as well."""
    for item in items:
        if "countenance" in item.fixturenames:
            item.add_marker(pytest.mark.timeout(START_LIMIT_S + TEST_LIMIT_S))


@pytest.fixture(scope="session")
def hosted_models():
    """The installation's endpoint `tests`: a server that judges, paced so that nobody waits."""
    with serving() as server:
        server.then(Judging())
        pace = {"requests_per_minute": 10_000, "tokens_per_minute": 10**8}
        endpoint = {"url": server.url, "api_key": KEY, **pace}
        yield {"DRAFT_ENDPOINTS": json.dumps({"tests": endpoint}), "OUTGOING_ALLOWED": server.host}


@pytest.fixture(scope="session")
def countenance(tmp_path_factory, hosted_models):
    assert (ROOT / "frontend" / "dist" / "index.html").exists(), (
        "Build the pages first: `make test` does, or `npm run build` in frontend/."
    )
    folder = tmp_path_factory.mktemp("installation") / "data"
    with installation(folder, **hosted_models) as running:
        yield running


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert chromium, "Name a Chromium in CHROMIUM; scripts/chromium.sh finds or installs one."
    return {
        **browser_type_launch_args,
        "executable_path": chromium,
        "args": ["--no-sandbox", *QUIET],
    }


@pytest.fixture(scope="session")
def sessions() -> dict[str, list[Any]]:
    """First name -> the cookies of the last time they signed in."""
    return {}


@pytest.fixture
def opened(browser: Browser, countenance: Installation, sessions):
    """Opens a page signed in as one of the demo's people, in a browser context of their own."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def open_as(name: str, path: str = "/", **options) -> Page:
        context = browser.new_context(
            base_url=countenance.url, viewport={"width": 1440, "height": 1000}, **options
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        context.add_cookies(sessions.get(name, []))
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(f"{name}: {error}"))
        page.on(
            "console",
            lambda message: (
                problems.append(f"{name}: {message.text}")
                if "Content Security Policy" in message.text
                else None
            ),
        )
        # A test may have signed them out.
        if not context.request.get("/api/v1/users/me").ok:
            sign_in(page, *countenance.passwords[name])
            sessions[name] = context.cookies()
        page.goto(path)
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert not problems


def sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("textbox", name="Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name=re.compile("projects", re.I))).to_be_visible()


OpenAs = Callable[..., Page]

expect.set_options(timeout=PATIENCE_MS)
