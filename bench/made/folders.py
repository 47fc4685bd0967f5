"""Made clips as files, their tracks, and what `python -m ml` is told of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.made.clips import MadeClip
from bench.made.filming import film
from bench.made.puppets import Puppet
from ml.facetrack_mm.presets import PRESETS
from ml.tracking.listing import ListedClip
from ml.tracking.recorded import Recorded
from ml.training.examples import EXAMPLE, HEADER, ManifestHeader, TrainingExample

# What drafts are asked by.
INSTRUCTION = PRESETS["mini"].prompt.instruction


@dataclass(frozen=True)
class MadeFolder:
    """Videos and, beside them under the same names, the records of their faces."""

    root: Path

    @property
    def videos(self) -> Path:
        return self.root / "videos"

    @property
    def records(self) -> Path:
        return self.root / "records"

    def make(self, clips: Sequence[MadeClip], puppets: Sequence[Puppet]) -> None:
        self.videos.mkdir(parents=True, exist_ok=True)
        for clip in clips:
            film(clip, puppets[clip.face], self.videos / clip.file)

    def write_manifest(self, told: Mapping[str, str], target: Path) -> None:
        """For training, with the records of those that have none."""
        recorded = Recorded(self.records)
        for file in told:
            recorded.record(ListedClip(file, self.videos / file))
        examples = [self._example(file, caption) for file, caption in told.items()]
        header = ManifestHeader("made-faces", "0" * 64, "train", len(examples))
        lines = [HEADER.dump_json(header), *(EXAMPLE.dump_json(example) for example in examples)]
        target.write_bytes(b"\n".join(lines) + b"\n")

    def write_list(self, files: Sequence[str], name: str) -> Path:
        """For drafting."""
        listed = self.videos / name
        listed.write_text("".join(json.dumps({"video": file}) + "\n" for file in files))
        return listed

    def _example(self, file: str, caption: str) -> TrainingExample:
        video = self.videos / file
        return TrainingExample(
            id=file,
            video=str(video),
            faces=str(self.records / f"{file}.json.gz"),
            instruction=INSTRUCTION,
            answer=caption,
            sha256=hashlib.sha256(video.read_bytes()).hexdigest(),
        )
