"""Shards of samples, each a video with its caption and facts, as streaming loaders read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from tarfile import BLOCKSIZE, PAX_FORMAT, TarInfo

from annotation.models import DatasetEntry

from . import json_files
from .archive import Archive, chunks_of
from .choosing import Chosen
from .columns import row
from .names import stem
from .videos import shown_video

# A shard ends with the sample that reaches either; a whole one is what a loader fetches at once.
MOST_SAMPLES = 1000
MOST_BYTES = 1024**3


def write_webdataset(archive: Archive, chosen: Chosen) -> None:
    for split in chosen.splits:
        for number, samples in enumerate(_shards(chosen.of_split(split))):
            shard = _tar(samples, chosen)
            archive.add(f"{split}-{number:06}.tar", shard, compress=False)


def _shards(entries: Iterable[DatasetEntry]) -> Iterator[list[DatasetEntry]]:
    samples: list[DatasetEntry] = []
    size = 0
    for entry in entries:
        samples.append(entry)
        size += shown_video(entry.clip).path.stat().st_size
        if len(samples) == MOST_SAMPLES or size >= MOST_BYTES:
            yield samples
            samples, size = [], 0
    if samples:
        yield samples


def _tar(samples: list[DatasetEntry], chosen: Chosen) -> Iterator[bytes]:
    for entry in samples:
        key, video = stem(entry.clip), shown_video(entry.clip).path
        yield from _file(f"{key}.txt", entry.text.encode())
        yield from _file(f"{key}.json", json_files.line(row(entry, chosen)))
        yield from _video(f"{key}.mp4", video)
    yield bytes(2 * BLOCKSIZE)


def _video(name: str, path: Path) -> Iterator[bytes]:
    size = path.stat().st_size
    yield _header(name, size)
    yield from chunks_of(path)
    yield _padding(size)


def _file(name: str, content: bytes) -> Iterator[bytes]:
    yield _header(name, len(content))
    yield content
    yield _padding(len(content))


def _header(name: str, size: int) -> bytes:
    info = TarInfo(name)
    info.size = size
    return info.tobuf(PAX_FORMAT)


def _padding(size: int) -> bytes:
    return bytes(-size % BLOCKSIZE)
