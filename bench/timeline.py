"""
Milliseconds of script for each frame that a browser presents, while a clip of 20 seconds plays in
the workspace above the tracks, curves and events of one and of five main faces.

Counted is what runs when a frame is on screen, until its last microtask: the overlay, the
playheads, the readout and what React draws anew for them. The aim is 8 ms. Style and layout are
means.

    CHROMIUM=/usr/bin/chromium python -m bench.timeline
"""

from __future__ import annotations

import json
import math
import os
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, Route, sync_playwright

from annotation import captions
from bench.media import RATE, make_clip
from ml.faces.blendshapes import NAMES
from tests.e2e.api import claim, write
from tests.e2e.conftest import QUIET, sign_in
from tests.e2e.installation import Installation, installation
from tests.e2e.projects import import_folder, make_project

WIDTH, HEIGHT, DURATION_S = 640, 360, 20
FRAMES = RATE * DURATION_S
# Every second frame, about the sixteen a second of the tracks.
LOOKED_AT = list(range(0, FRAMES, 2))
SIGNALS = (
    *("smile", "blink_left", "blink_right", "eyes_wide", "jaw_open", "brow_raise", "brow_lower"),
    *("gaze_x", "gaze_y", "yaw", "pitch", "roll", "motion", "presence"),
)
KINDS = ("smile", "jaw_open", "brow_raise", "blink", "head_turn", "head_nod", "gaze_shift")
CAPTION = "A woman.\n---\nIn the middle, she smiles and blinks.\n---\nA woman is glad."
WATCHED_MS = 8_000
RESULTS = Path(__file__).parent / "results" / "timeline.json"
# Microtasks run in the order in which they are asked for: what drawing asked for comes first.
COUNT_SCRIPT = """
  window.scriptTimes = [];
  const { prototype } = HTMLVideoElement;
  const ask = prototype.requestVideoFrameCallback;
  prototype.requestVideoFrameCallback = function (callback) {
    return ask.call(this, (...presented) => {
      const start = performance.now();
      callback(...presented);
      queueMicrotask(() => window.scriptTimes.push(performance.now() - start));
    });
  };
"""


@dataclass(frozen=True)
class FrameTime:
    faces: int
    frames: int
    script_median_ms: float
    script_p95_ms: float
    style_ms: float
    layout_ms: float

    def line(self) -> str:
        return (
            f"{self.faces} main faces {self.frames:>4} frames "
            f"{self.script_median_ms:>6.2f} ms median {self.script_p95_ms:>6.2f} ms p95 of script, "
            f"{self.style_ms:.2f} ms style, {self.layout_ms:.2f} ms layout"
        )


def wave(face: int, period: int) -> list[int]:
    return [round(500 + 500 * math.sin((at + face) / period)) for at in range(len(LOOKED_AT))]


def track(number: int) -> dict[str, object]:
    boxes = [[left, 400, left + 900, 1600] for left in wave(number, 40)]
    return {
        "number": number,
        "is_main": True,
        "at": list(range(len(LOOKED_AT))),
        "boxes": [[left + 1000 * number for left in box[:1]] + box[1:] for box in boxes],
        "tracklets": [[0, len(LOOKED_AT)]],
        "mean_area": 0.05,
    }


def signals(number: int) -> dict[str, object]:
    names = (*SIGNALS, *NAMES)
    starts = range(0, FRAMES - RATE, RATE)
    events = [
        {"kind": kind, "side": "both", "start": at, "peak": at + 5, "stop": at + 10}
        for kind in KINDS
        for at in starts
    ]
    return {
        "track": number,
        "at": list(range(len(LOOKED_AT))),
        "values": {name: wave(number, place + 3) for place, name in enumerate(names)},
        "baselines": {},
        "events": events,
    }


def serve_faces(page: Page, count: int) -> None:
    """In place of the server's, which has no networks here."""
    numbers = range(1, count + 1)
    tracks = {
        **{"width": WIDTH, "height": HEIGHT, "frames": LOOKED_AT, "cuts": [FRAMES // 2]},
        "tracks": [track(number) for number in numbers],
        "selection": {"explanation": "All are main."},
        "is_outdated": False,
    }
    measured = {"frames": LOOKED_AT, "signals": [signals(number) for number in numbers]}

    def answer(route: Route) -> None:
        route.fulfill(json=tracks if route.request.url.endswith("/tracks") else measured)

    page.route("**/api/v1/clips/*/tracks", answer)
    page.route("**/api/v1/clips/*/signals?*", answer)


@contextmanager
def browsing() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=["--no-sandbox", *QUIET]
        )
        yield browser
        browser.close()


def signed_in(browser: Browser, running: Installation, name: str) -> Page:
    page = browser.new_page(base_url=running.url, viewport={"width": 1440, "height": 900})
    page.add_init_script(COUNT_SCRIPT)
    sign_in(page, *running.passwords[name])
    return page


def held_clip(lead: Page, annotator: Page, running: Installation) -> str:
    """The path of a clip whose caption has a sentence with two chips."""
    folder = running.imports / "timeline"
    folder.mkdir(parents=True)
    make_clip(folder / "clip.mp4", WIDTH, HEIGHT, DURATION_S)
    project = make_project(lead, running, {"ada": ["annotator"]})
    import_folder(lead, project, folder)
    path = f"/assignments/{claim(annotator, project, 'annotator')['id']}"
    write(annotator, path, captions.parse_marked(CAPTION).to_json())
    return path


def spent(session: CDPSession) -> tuple[float, float]:
    """Milliseconds of style and layout since the page was opened."""
    metrics = {
        each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]
    }
    return metrics["RecalcStyleDuration"] * 1000, metrics["LayoutDuration"] * 1000


def watch(page: Page, path: str, faces: int) -> FrameTime:
    serve_faces(page, faces)
    page.goto(path)
    page.get_by_role("group", name=f"Curves of face {faces}").wait_for()
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    page.get_by_role("button", name="Play").first.click()
    page.wait_for_function("() => window.scriptTimes.length > 30")
    page.evaluate("() => { window.scriptTimes.length = 0; }")
    before = spent(session)
    page.wait_for_timeout(WATCHED_MS)
    times = sorted(page.evaluate("() => window.scriptTimes"))
    style, layout = (
        (after - start) / len(times) for after, start in zip(spent(session), before, strict=True)
    )
    script = (statistics.median(times), times[int(len(times) * 0.95)])
    return FrameTime(faces, len(times), *(round(each, 2) for each in (*script, style, layout)))


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        installation(Path(folder) / "data") as running,
        browsing() as browser,
    ):
        lead, annotator = (signed_in(browser, running, name) for name in ("lena", "ada"))
        path = held_clip(lead, annotator, running)
        rows = [watch(annotator, path, faces) for faces in (1, 5)]
    for row in rows:
        print(row.line())
    RESULTS.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n")


if __name__ == "__main__":
    main()
