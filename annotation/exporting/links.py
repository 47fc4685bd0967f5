"""Where the videos that an archive only names are fetched: a table, and the same for curl."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator

from .archive import Archive
from .spreadsheets import safe_cell
from .videos import ClipFile

TABLE, CURL = "media.csv", "media.curl"
Files = Callable[[], Iterable[ClipFile]]
COLUMNS = ("uid", "path", "sha256", "bytes", "url")
# Four at a time leave the server to those who annotate.
HEAD = """\
# Fetches every video to the path by which the records name it. Make a token with the scope
# "export" in your account, write the line
#     Authorization: Bearer cnt_...
# into a file called token, and run this in the unpacked archive:
#     curl --config media.curl --header @token
#     sha256sum --check videos.sha256
# Run again, it goes on where it stopped. Of a video that is there already it reports an error 416,
# so that sha256sum has the last word on whether all have come.
fail
parallel
parallel-max = 4
create-dirs
continue-at = -
retry = 8
"""


def write_links(archive: Archive, files: Files, base: str) -> None:
    archive.add(TABLE, _table(files, base))
    archive.add(CURL, _for_curl(files, base))


def url_of(file: ClipFile, base: str) -> str:
    folder = file.name.partition("/")[0]
    return f"{base}/{folder}/{file.clip.uid}"


def _table(files: Files, base: str) -> Iterator[bytes]:
    yield _row(COLUMNS)
    for file in files():
        size = file.path.stat().st_size
        yield _row((file.clip.uid, file.name, file.sha256(), size, url_of(file, base)))


def _row(values: Iterable[object]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(map(safe_cell, values))
    return text.getvalue().encode()


def _for_curl(files: Files, base: str) -> Iterator[bytes]:
    yield HEAD.encode()
    for file in files():
        yield f'url = "{url_of(file, base)}"\noutput = "{file.name}"\n'.encode()
