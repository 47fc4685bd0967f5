"""Clip by clip: decode in a child, follow the faces, write the record."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from ml.faces.protocols import FaceModels
from ml.records import FaceRecord
from ml.tracking.analysis import analyse
from ml.tracking.decoding import decoded
from ml.tracking.listing import ListedClip
from ml.tracking.settings import TrackingSettings
from ml.video.containers import VideoRefused


@dataclass(frozen=True)
class Batch:
    out: Path
    models: FaceModels
    settings: TrackingSettings
    is_rendered: bool

    def track(self, clip: ListedClip) -> dict[str, object]:
        """What became of a clip, in a few words; its record lies below its own name."""
        started = time.monotonic()
        try:
            with decoded(clip.path) as (header, frames):
                record = analyse(frames, header, self.models, self.settings).record
            _write(self._target(clip, ".json.gz"), record.to_gzip())
            if self.is_rendered:
                self._render(clip, record)
        except VideoRefused as refusal:
            return {"error": refusal.code, "message": refusal.message}
        except OSError as error:
            return {"error": "unusable_file", "message": f"{error.strerror}: {error.filename}"}
        return {
            "frames": len(record.frames),
            "tracks": len(record.tracks),
            "main": [track.number for track in record.tracks if track.is_main],
            "rule": record.selection.rule,
            "took_s": round(time.monotonic() - started, 1),
        }

    def _render(self, clip: ListedClip, record: FaceRecord) -> None:
        from ml.tracking.rendering import render

        target = self._target(clip, ".tracks.mp4")
        with decoded(clip.path, rate=None) as (header, frames):
            partial = target.with_suffix(".part")
            render(frames, header, record, partial)
            partial.replace(target)

    def _target(self, clip: ListedClip, suffix: str) -> Path:
        target = self.out / f"{clip.name}{suffix}"
        target.parent.mkdir(parents=True, exist_ok=True)
        return target


def _write(target: Path, content: bytes) -> None:
    partial = target.with_suffix(".part")
    partial.write_bytes(content)
    partial.replace(target)
