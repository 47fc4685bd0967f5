"""Typed columns: Parquet files by themselves, or as a folder that `datasets` loads by its name."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from annotation import captions
from annotation.models import DatasetEntry

from .archive import Archive
from .choosing import Chosen
from .columns import row

if TYPE_CHECKING:
    import pyarrow as pa

# Captions in memory at once; a group of rows is what readers load at once too.
ROW_GROUP = 1000
WHOLE_NUMBERS = ("frame_count", "width", "height")


def write_parquet(archive: Archive, chosen: Chosen) -> None:
    for split in chosen.splits:
        archive.add(f"{split}.parquet", _table(chosen, split), compress=False)


def write_hugging_face(archive: Archive, chosen: Chosen) -> None:
    """Splits without a caption are left out, because `datasets` refuses an empty one."""
    named = []
    for split in chosen.splits:
        if chosen.has_any(split):
            name = f"data/{split}-00000-of-00001.parquet"
            archive.add(name, _table(chosen, split), compress=False)
            named.append((split, name))
    archive.add("README.md", [_card(chosen, named).encode()])


def _card(chosen: Chosen, named: list[tuple[str, str]]) -> str:
    version = chosen.export.version
    files = "".join(f"      - split: {split}\n        path: {name}\n" for split, name in named)
    return (
        f"---\nconfigs:\n  - config_name: default\n    data_files:\n{files}---\n\n"
        f"Version {version.number}, content hash {version.sha256}. `manifest.json` tells how it "
        "was made, under which licences, and the hash of each file. `video` is a path within this "
        "folder; `videos.sha256` has the hashes by which the videos are laid beside.\n"
    )


class _Sink(io.RawIOBase):
    """A file that keeps nothing: what was written is taken away after each group of rows."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self._pieces.append(bytes(data))
        return len(self._pieces[-1])

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


def _table(chosen: Chosen, split: str) -> Iterator[bytes]:
    # Tens of megabytes, which the web process and other workers have no use for.
    import pyarrow as pa
    from pyarrow import parquet

    schema, sink = _schema(), _Sink()
    with parquet.ParquetWriter(sink, schema) as writer:
        captioned = chosen.of_split(split)
        while entries := list(islice(captioned, ROW_GROUP)):
            rows = [{**row(entry, chosen), "sentences": _sentences(entry)} for entry in entries]
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
            yield sink.take()
    yield sink.take()


def _schema() -> pa.Schema:
    import pyarrow as pa

    sentence = pa.struct(
        [
            ("part", pa.string()),
            ("phase", pa.string()),
            ("first_frame", pa.int32()),
            ("after_last_frame", pa.int32()),
            ("text", pa.string()),
            ("marked", pa.string()),
        ]
    )
    texts = ("id", "name", "video", "split", "group", "source", "source_kind", "emotion", "licence")
    hashes = ("video_sha256", "caption_sha256")
    return pa.schema(
        [
            *((name, pa.string()) for name in texts),
            ("duration_s", pa.float64()),
            *((name, pa.int32()) for name in WHOLE_NUMBERS),
            *((name, pa.string()) for name in (*hashes, "caption", *captions.PARTS)),
            ("sentences", pa.list_(sentence)),
        ]
    )


def _sentences(entry: DatasetEntry) -> list[dict[str, Any]]:
    document = captions.parse(entry.caption.document)
    return [
        {
            "part": part,
            "phase": sentence.phase,
            "first_frame": sentence.frames and sentence.frames[0],
            "after_last_frame": sentence.frames and sentence.frames[1],
            "text": sentence.text,
            "marked": captions.marked_sentence(sentence),
        }
        for part in captions.PARTS
        for sentence in document.sentences(part)
    ]
