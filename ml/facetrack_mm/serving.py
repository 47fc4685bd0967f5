"""
A loaded model drafts a stream of clips, several at a time.

While the model writes, the next clips are read. A batch that does not fit is halved, and stays
so: all clips take about the same memory, so what did not fit once will not fit again.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from time import monotonic

import torch

from ml.drafting.free_text import read_free_text
from ml.drafting.protocols import ClipInputs, Failed, FailureCode, Outcome, Usage
from ml.facetrack_mm.model import FaceTrackModel, Words
from ml.facetrack_mm.prompt import PromptWriter
from ml.facetrack_mm.reading import ClipReader, FramesMissing, NothingToSee, Untracked
from ml.facetrack_mm.splicing import Row
from ml.video.containers import VideoRefused

# A processor too drafts five times as many as clip by clip (`python -m bench.facetrack_mm`).
BATCH = 16
# Clips are decoded by children, so threads that wait for them take nothing from the model.
READERS = 2
# torch says it in words where a machine's own memory is at its end.
NO_MEMORY = "can't allocate memory"
UNREADABLE: dict[type[Exception], FailureCode] = {
    NothingToSee: "no_face",
    Untracked: "no_tracks",
    FramesMissing: "unusable_video",
    VideoRefused: "unusable_video",
}

Drafts = Iterator[tuple[ClipInputs, Outcome]]


@dataclass
class FaceTrackDrafter:
    """`batch` is the most clips at a time; it goes down when memory ends."""

    model: FaceTrackModel
    writer: PromptWriter
    reader: ClipReader
    batch: int = BATCH
    _prompt: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self._prompt = self.writer.ask()

    def draft(self, clip: ClipInputs) -> Outcome:
        ((_, outcome),) = self.draft_all([clip])
        return outcome

    def draft_all(self, clips: Iterable[ClipInputs]) -> Drafts:
        """
        In the order of the clips, each as soon as its batch is done. Takes from `clips` no more
        than it is about to read, so a queue may stand behind it.
        """
        read = self._read_ahead(clips)
        while taken := list(itertools.islice(read, self.batch)):
            rows = [row for _, row in taken if isinstance(row, Row)]
            written = iter(self._write(rows))
            for clip, row in taken:
                yield clip, row if isinstance(row, Failed) else next(written)

    def _read_ahead(self, clips: Iterable[ClipInputs]) -> Iterator[tuple[ClipInputs, Row | Failed]]:
        reading: deque[tuple[ClipInputs, Future[Row | Failed]]] = deque()
        with ThreadPoolExecutor(READERS, thread_name_prefix="reading") as pool:
            for clip in clips:
                reading.append((clip, pool.submit(self._read, clip)))
                if len(reading) > self.batch:
                    earliest, row = reading.popleft()
                    yield earliest, row.result()
            for earliest, row in reading:
                yield earliest, row.result()

    def _read(self, clip: ClipInputs) -> Row | Failed:
        try:
            seen = self.reader.read(clip)
        except tuple(UNREADABLE) as problem:
            return Failed(UNREADABLE[type(problem)], str(problem))
        return Row(self._prompt, seen.pixels, seen.faces)

    def _write(self, rows: Sequence[Row]) -> Iterator[Outcome]:
        rest = list(rows)
        while rest:
            started = monotonic()
            words = self._try(rest[: self.batch])
            if words is not None:
                seconds = (monotonic() - started) / len(words)
                yield from (self._outcome(each, seconds) for each in words)
                rest = rest[len(words) :]
            elif self.batch > 1:
                self.batch //= 2
            else:
                yield Failed("too_large", "The clip does not fit into the model's memory.")
                rest = rest[1:]

    def _try(self, rows: Sequence[Row]) -> list[Words] | None:
        """None where memory ended; the error is gone by then, and what it held with it."""
        try:
            return self.model.generate(rows)
        except (MemoryError, RuntimeError) as error:
            if not is_out_of_memory(error):
                raise
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
        return None

    def _outcome(self, words: Words, seconds: float) -> Outcome:
        usage = Usage(len(self._prompt), len(words.ids), seconds)
        if not words.has_ended:
            most = self.model.config.generation.max_new_tokens
            return Failed("cut_off", f"The model came to no end within {most} tokens.", usage)
        told = self.model.config.prompt.instruction
        return read_free_text(self.writer.read(words.ids), told, usage)


def is_out_of_memory(error: Exception) -> bool:
    return isinstance(error, MemoryError | torch.OutOfMemoryError) or NO_MEMORY in str(error)
