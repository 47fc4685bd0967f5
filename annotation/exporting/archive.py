"""A zip file that is the same bytes for the same content, written in constant memory."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile, mkstemp
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from annotation.full_disk import naming_a_full_disk
from annotation.media import FILE_MODE, MIB

# The earliest date a zip can hold: when an export ran must not change its bytes.
EPOCH = (1980, 1, 1, 0, 0, 0)
UNIX = 3


class Archive:
    """
    Adds files one after the other and keeps their hashes: those of whole splits for the manifest,
    those of single clips, of which there may be a hundred thousand, on the disk.
    """

    def __init__(self, zip_file: ZipFile, of_clips: IO[bytes]) -> None:
        self._zip = zip_file
        self._of_clips = of_clips
        self.files: dict[str, dict[str, object]] = {}

    def add(self, name: str, chunks: Iterable[bytes], *, compress: bool = True) -> None:
        sha256, size = self._write(name, chunks, compress)
        self.files[name] = {"sha256": sha256, "size_bytes": size}

    def add_of_clip(self, name: str, chunks: Iterable[bytes], *, compress: bool = True) -> None:
        sha256, _ = self._write(name, chunks, compress)
        self._of_clips.write(f"{sha256}  {name}\n".encode())

    def add_video(self, name: str, path: Path) -> None:
        """Videos are compressed already."""
        self.add_of_clip(name, chunks_of(path), compress=False)

    def add_hashes_of_clips(self) -> None:
        """In the form that `sha256sum --check` reads; none where there are no such files."""
        if self._of_clips.tell():
            self._of_clips.seek(0)
            self.add("files.sha256", self._of_clips)

    def _write(self, name: str, chunks: Iterable[bytes], compress: bool) -> tuple[str, int]:
        info = ZipInfo(name, EPOCH)
        info.create_system = UNIX
        info.external_attr = 0o644 << 16
        info.compress_type = ZIP_DEFLATED if compress else ZIP_STORED
        digest = hashlib.sha256()
        size = 0
        # Always zip64: whether a file will pass 4 GiB is not known before it is written.
        with self._zip.open(info, "w", force_zip64=True) as target:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
        return digest.hexdigest(), size


@contextmanager
def new_archive(target: Path) -> Iterator[Archive]:
    """
    Appears under its name only when it is whole and on the disk. What a killed attempt left
    under a temporary name is removed by the next.
    """
    with naming_a_full_disk():
        target.parent.mkdir(parents=True, exist_ok=True)
        for leftover in target.parent.glob(f".{target.name}.*"):
            leftover.unlink(missing_ok=True)
        descriptor, name = mkstemp(dir=target.parent, prefix=f".{target.name}.")
        part = Path(name)
        try:
            with open(descriptor, "w+b") as file:
                with ZipFile(file, "w") as zip_file, TemporaryFile(dir=target.parent) as of_clips:
                    yield Archive(zip_file, of_clips)
                file.flush()
                os.fsync(file.fileno())
            part.chmod(FILE_MODE)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)


def file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def chunks_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(MIB):
            yield chunk
