"""What a file is by its own first bytes, whatever its name says. Needs no decoder."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

EBML_MAGIC = b"\x1a\x45\xdf\xa3"
SEGMENT_MAGIC = b"\x18\x53\x80\x67"
# A QuickTime file older than `ftyp` begins with one of the others.
FIRST_BOXES = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"}
# Players do without the rest, so only these make a file that ends too soon unusable.
NEEDED_BOXES = {b"moov", b"mdat", b"moof"}
DEMUXERS = {"mp4": "mov", "mov": "mov", "webm": "matroska", "matroska": "matroska", "avi": "avi"}


class VideoRefused(Exception):
    """A file that is no use as a clip; `code` is for programs, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def identify(path: Path) -> str:
    """The container, a key of DEMUXERS. Refuses what is empty, cut short or no video file."""
    size = path.stat().st_size
    if size == 0:
        raise VideoRefused("empty", "The file is empty. Copy or upload it again.")
    with path.open("rb") as file:
        container = _recognise(file.read(64))
        file.seek(0)
        if _declared_end(container, file, size) > size:
            raise VideoRefused(
                "truncated", "The file ends before the video does. Copy or upload it again."
            )
    return container


def _recognise(head: bytes) -> str:
    if head[4:8] in FIRST_BOXES:
        return "mp4" if head[4:8] == b"ftyp" and head[8:12] != b"qt  " else "mov"
    if head.startswith(EBML_MAGIC):
        return "webm" if b"webm" in head else "matroska"
    if head.startswith(b"RIFF") and head[8:12] == b"AVI ":
        return "avi"
    raise VideoRefused(
        "not_a_video",
        "The content is not a video of a known kind. Use MP4, MOV, WebM, MKV or AVI.",
    )


def _declared_end(container: str, file: BinaryIO, size: int) -> int:
    """The offset up to which the file says it has content."""
    if container == "avi":
        # The RIFF length counts from after itself; a file over 4 GiB or a stream writes zero.
        return int.from_bytes(file.read(8)[4:], "little") + 8
    if DEMUXERS[container] == "matroska":
        return _segment_end(file)
    return _last_box_end(file, size)


def _last_box_end(file: BinaryIO, size: int) -> int:
    position = 0
    while position + 8 <= size:
        file.seek(position)
        header = file.read(16)
        length, kind = int.from_bytes(header[:4], "big"), header[4:8]
        if length == 1:
            length = int.from_bytes(header[8:16], "big")
        if length < 8:  # zero says "to the end of the file"; less than a header is damage
            return size
        position += length
        if position > size and kind in NEEDED_BOXES:
            return position
    return size


def _segment_end(file: BinaryIO) -> int:
    """Zero where the length is left open, as live recorders do."""
    file.seek(len(EBML_MAGIC))
    header_length = _variable_int(file)
    if header_length is None:
        return 0
    file.seek(header_length, 1)
    if file.read(4) != SEGMENT_MAGIC:
        return 0
    length = _variable_int(file)
    return 0 if length is None else file.tell() + length


def _variable_int(file: BinaryIO) -> int | None:
    """A Matroska length: leading zero bits count the bytes, all ones mean unknown."""
    first = file.read(1)
    if not first or first[0] == 0:
        return None
    byte_count = 9 - first[0].bit_length()
    value = int.from_bytes(first + file.read(byte_count - 1), "big")
    mask = (1 << (7 * byte_count)) - 1
    return None if value & mask == mask else value & mask
