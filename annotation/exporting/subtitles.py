"""Captions as subtitles: a sentence for each cue, shown over the frames that it tells of."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator

from annotation import captions
from annotation.models import DatasetEntry

from .archive import Archive
from .choosing import Chosen
from .names import stem
from .timing import Cue, rendered, timed_sentences

RELATED = ("clip__frame_table",)


def write_vtt(archive: Archive, chosen: Chosen) -> None:
    _write(archive, chosen, "vtt", vtt)


def write_srt(archive: Archive, chosen: Chosen) -> None:
    _write(archive, chosen, "srt", srt)


def _write(archive: Archive, chosen: Chosen, suffix: str, form: Callable[[list[Cue]], str]) -> None:
    for entry in chosen.entries(*RELATED):
        name = f"{entry.split}/{stem(entry.clip)}.{suffix}"
        archive.add_of_clip(name, _text(entry, chosen, form))


def _text(entry: DatasetEntry, chosen: Chosen, form: Callable[[list[Cue]], str]) -> Iterator[bytes]:
    yield form(sorted(_cues(entry, chosen), key=_order)).encode()


def _cues(entry: DatasetEntry, chosen: Chosen) -> Iterator[Cue]:
    document = captions.parse(entry.caption.document)
    for sentence, start, stop in timed_sentences(document, chosen.parts, entry.clip):
        if text := rendered(sentence, chosen.mode):
            yield Cue(start, stop, text)


def _order(cue: Cue) -> tuple[int, int]:
    """What holds longer stands first, as players lay cues above each other."""
    return cue.start, -cue.stop


def vtt(cues: list[Cue]) -> str:
    blocks = [f"{_span(cue, '.')}\n{html.escape(cue.text, quote=False)}" for cue in cues]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def srt(cues: list[Cue]) -> str:
    blocks = [
        # An arrow within a text would read as a time.
        f"{number}\n{_span(cue, ',')}\n{cue.text.replace('-->', '→')}\n"
        for number, cue in enumerate(cues, 1)
    ]
    return "\n".join(blocks)


def _span(cue: Cue, point: str) -> str:
    return f"{_clock(cue.start, point)} --> {_clock(cue.stop, point)}"


def _clock(milliseconds: int, point: str) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{rest:03}"
