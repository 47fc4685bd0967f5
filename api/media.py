"""Sending stored files, in parts where the player asks for parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe

# Python refuses to read a number of more than 4300 digits; nobody asks for such a byte.
ONE_RANGE = re.compile(r"bytes=[ \t]*([0-9]{0,4000})-([0-9]{0,4000})[ \t]*", re.IGNORECASE)
CHUNK_BYTES = 256 * 1024


class Unsatisfiable(Exception):
    """A well-formed range that begins after the end of the file."""


@dataclass(frozen=True)
class Version:
    """What a browser may keep a copy under."""

    size: int
    modified_s: int
    etag: str

    @classmethod
    def of(cls, path: Path) -> Version:
        status = path.stat()
        etag = f'"{status.st_mtime_ns:x}-{status.st_size:x}"'
        return cls(status.st_size, int(status.st_mtime), etag)


def serve_file(request: HttpRequest, path: Path, content_type: str) -> HttpResponseBase:
    """
    The file or the part asked for (RFC 9110): 200, 206, 304, 412 or 416.

    Who may see it is the caller's question; a path outside the media folder is not found.
    Several ranges at once get the whole file, because a list of overlapping ones costs the
    server many times what it costs to ask.
    """
    path = _stored(path)
    try:
        version = Version.of(path)
        response = _respond(request, path, version, content_type)
    except FileNotFoundError as error:
        raise Http404("The file is gone.") from error
    response["ETag"] = version.etag
    response["Last-Modified"] = http_date(version.modified_s)
    response["Accept-Ranges"] = "bytes"
    # Kept by this browser only, and asked about each time: access can end at any moment.
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _stored(path: Path) -> Path:
    path = path.resolve()
    if not path.is_relative_to(Path(settings.MEDIA_ROOT).resolve()):
        raise Http404("The file is not in the media folder.")
    return path


def _respond(
    request: HttpRequest, path: Path, version: Version, content_type: str
) -> HttpResponseBase:
    if settings.ACCEL_REDIRECT_PREFIX:
        return _handed_over(path, content_type)
    unchanged = get_conditional_response(
        request, etag=version.etag, last_modified=version.modified_s
    )
    if unchanged is not None:
        return unchanged
    try:
        part = _requested_part(request, version)
    except Unsatisfiable:
        refusal = HttpResponse(status=416, content_type=content_type)
        refusal["Content-Range"] = f"bytes */{version.size}"
        return refusal
    return _part_response(request, path, version, part, content_type)


def _handed_over(path: Path, content_type: str) -> HttpResponse:
    """The web server in front sends the file, ranges included."""
    name = path.relative_to(Path(settings.MEDIA_ROOT).resolve()).as_posix()
    response = HttpResponse(content_type=content_type)
    response["X-Accel-Redirect"] = f"{settings.ACCEL_REDIRECT_PREFIX.rstrip('/')}/{quote(name)}"
    return response


def _requested_part(request: HttpRequest, version: Version) -> range | None:
    """Byte offsets, or None for the whole file: a range is a wish, a malformed one no error."""
    match = ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or match is None or not _is_same_version(request, version):
        return None
    first, last = match.groups()
    if not first:
        return _suffix(int(last), version.size) if last else None
    if last and int(last) < int(first):
        return None
    if int(first) >= version.size:
        raise Unsatisfiable
    end = version.size if not last else min(int(last) + 1, version.size)
    return range(int(first), end)


def _suffix(length: int, size: int) -> range:
    if length == 0 or size == 0:
        raise Unsatisfiable
    return range(max(0, size - length), size)


def _is_same_version(request: HttpRequest, version: Version) -> bool:
    """Parts of two versions must never meet, so If-Range asks for the very same one."""
    condition = request.headers.get("If-Range")
    if condition is None or condition == version.etag:
        return True
    return parse_http_date_safe(condition) == version.modified_s


class FilePart:
    """Reads as a file that ends where the part ends."""

    def __init__(self, file: BinaryIO, part: range) -> None:
        self._file = file
        self._left = len(part)
        file.seek(part.start)

    def read(self, size: int = -1) -> bytes:
        wanted = self._left if size < 0 else min(size, self._left)
        chunk = self._file.read(wanted)
        self._left -= len(chunk)
        return chunk

    def close(self) -> None:
        self._file.close()


def _part_response(
    request: HttpRequest, path: Path, version: Version, part: range | None, content_type: str
) -> HttpResponseBase:
    wanted = range(version.size) if part is None else part
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse(content_type=content_type)
    else:
        response = FileResponse(FilePart(path.open("rb"), wanted), content_type=content_type)
        response.block_size = CHUNK_BYTES
    response["Content-Length"] = str(len(wanted))
    if part is not None:
        response.status_code = 206
        response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{version.size}"
    return response
