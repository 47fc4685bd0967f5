"""A zip file that is the same bytes for the same content, written in constant memory."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from zipfile import ZIP64_VERSION, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from annotation.media import FILE_MODE, MIB

from .journal import Journal, Member
from .unfinished import unfinished

# The earliest date a zip can hold: when an export ran must not change its bytes.
EPOCH = (1980, 1, 1, 0, 0, 0)
UNIX = 3
PURPOSE = "purpose"


class Archive:
    """
    Adds files one after the other; of a file that an earlier attempt finished not a byte is asked
    for. Keeps the hashes: those of whole splits for the manifest, those of single clips, of which
    there may be a hundred thousand, on the disk.
    """

    def __init__(self, file: IO[bytes], zip_file: ZipFile, journal: Journal) -> None:
        self._file = file
        self._zip = zip_file
        self._journal = journal
        self.notes = journal.notes
        self.files: dict[str, dict[str, object]] = {}
        # Of the whole, once it is whole.
        self.sha256, self.size_bytes = "", 0
        for member in journal.members():
            self._restore(member)

    def add(self, name: str, chunks: Iterable[bytes], *, compress: bool = True) -> None:
        self._write(name, chunks, compress, is_of_clip=False)

    def add_of_clip(self, name: str, chunks: Iterable[bytes], *, compress: bool = True) -> None:
        self._write(name, chunks, compress, is_of_clip=True)

    def add_video(self, name: str, path: Path) -> None:
        """Videos are compressed already."""
        self.add_of_clip(name, chunks_of(path), compress=False)

    def add_hashes_of_clips(self) -> None:
        """In the form that `sha256sum --check` reads; none where there are no such files."""
        self.sync()
        if any(member.is_of_clip for member in self._journal.members()):
            self.add("files.sha256", self._hashes_of_clips())

    def sync(self) -> None:
        self._journal.sync(self._file)

    def _hashes_of_clips(self) -> Iterator[bytes]:
        for member in self._journal.members():
            if member.is_of_clip:
                yield f"{member.sha256}  {member.name}\n".encode()

    def _restore(self, member: Member) -> None:
        info = _info(member.name, member.compression)
        info.CRC, info.header_offset = member.crc, member.offset
        info.file_size, info.compress_size = member.size, member.compressed
        self._zip.filelist.append(info)
        self._zip.NameToInfo[member.name] = info
        self._count(member)

    def _write(
        self, name: str, chunks: Iterable[bytes], compress: bool, *, is_of_clip: bool
    ) -> None:
        if name in self._zip.NameToInfo:
            return
        info = _info(name, ZIP_DEFLATED if compress else ZIP_STORED)
        digest = hashlib.sha256()
        # Always zip64: whether a file will pass 4 GiB is not known before it is written.
        with self._zip.open(info, "w", force_zip64=True) as target:
            for chunk in chunks:
                digest.update(chunk)
                target.write(chunk)
        member = Member(
            name=name,
            sha256=digest.hexdigest(),
            crc=info.CRC,
            size=info.file_size,
            compressed=info.compress_size,
            compression=info.compress_type,
            offset=info.header_offset,
            end=self._file.tell(),
            is_of_clip=is_of_clip,
        )
        self._journal.add(member)
        self._count(member)
        if self._journal.is_due():
            self.sync()

    def _count(self, member: Member) -> None:
        if not member.is_of_clip:
            self.files[member.name] = {"sha256": member.sha256, "size_bytes": member.size}


def _info(name: str, compression: int) -> ZipInfo:
    info = ZipInfo(name, EPOCH)
    info.create_system = UNIX
    info.create_version = info.extract_version = ZIP64_VERSION
    info.external_attr = 0o644 << 16
    info.compress_type = compression
    return info


@contextmanager
def new_archive(target: Path, purpose: object = None) -> Iterator[Archive]:
    """
    Appears under its name only when it is whole and on the disk. Goes on where a killed attempt
    stopped if that one had the same purpose, which is any JSON; otherwise begins anew.
    """
    with unfinished(target) as (folder, journal_file):
        part = folder / target.name
        part.touch()
        journal = Journal(journal_file)
        if journal.notes.get(PURPOSE) != purpose or part.stat().st_size < journal.end:
            journal.begin_anew()
        journal.notes[PURPOSE] = purpose
        with part.open("r+b") as file:
            file.truncate(journal.end)
            file.seek(journal.end)
            with ZipFile(file, "w") as zip_file:
                archive = Archive(file, zip_file, journal)
                yield archive
                archive.sync()
            file.flush()
            os.fsync(file.fileno())
        # Here, for it takes minutes: who is killed meanwhile has nothing to write again.
        archive.sha256, archive.size_bytes = file_sha256(part), part.stat().st_size
        part.chmod(FILE_MODE)
        part.replace(target)


def file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def chunks_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(MIB):
            yield chunk
