"""Calls of the API in a page's own session, for what is not the point of a test."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page


def call(page: Page, method: str, path: str, body: Any = None) -> Any:
    """The decoded answer; anything but success fails the test with what was said."""
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    origin = page.evaluate("location.origin")
    answer = page.request.fetch(
        f"{origin}/api/v1{path}",
        method=method,
        data=body,
        headers={
            "X-CSRFToken": cookies.get("csrftoken", ""),
            "Referer": origin,
            "Content-Type": "application/json",
        },
    )
    assert answer.ok, f"{method} {path}: {answer.status} {answer.text()}"
    return answer.json() if answer.body() else None
