"""Calls of the API in a page's own session, for what is not the point of a test."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import APIResponse, Page


def call(page: Page, method: str, path: str, body: Any = None, revision: int | None = None) -> Any:
    """The decoded answer; anything but success fails the test with what was said."""
    answer = ask(page, method, path, {"data": body}, revision)
    assert answer.ok, f"{method} {path}: {answer.status} {answer.text()}"
    return answer.json() if answer.body() else None


def ask(
    page: Page, method: str, path: str, body: dict[str, Any], revision: int | None = None
) -> APIResponse:
    """The answer, whatever it is. `body` is one of Playwright's: data or multipart."""
    match = {} if revision is None else {"If-Match": f'"{revision}"'}
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    origin = page.evaluate("location.origin")
    return page.request.fetch(
        f"{origin}/api/v1{path}",
        method=method,
        headers={
            "X-CSRFToken": cookies.get("csrftoken", ""),
            "Referer": origin,
            **({"Content-Type": "application/json"} if "data" in body else {}),
            **match,
        },
        **body,
    )


def claim(page: Page, project: int, role: str) -> Any:
    """The work that the person holds from now on."""
    claimed = call(page, "POST", f"/projects/{project}/claims", {"role": role})["claim"]
    assert claimed is not None, f"nothing to claim as {role}"
    return claimed


def write(page: Page, path: str, document: Any) -> int:
    """Saves the first text of an assignment or a review. Answers with its revision."""
    saved = call(page, "PATCH", f"{path}/working-text", {"document": document}, revision=0)
    return int(saved["revision"])


def annotate(page: Page, project: int, document: Any) -> None:
    path = f"/assignments/{claim(page, project, 'annotator')['id']}"
    call(page, "POST", f"{path}/submit", {}, revision=write(page, path, document))
