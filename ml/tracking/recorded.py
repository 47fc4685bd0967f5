"""The records of clips in a folder, as `python -m ml track` leaves them; made where missing."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ml.records import FaceRecord
from ml.tracking.batch import Batch
from ml.tracking.listing import ListedClip


class Untracked(Exception):
    """The clip has no record and none can be made; the message says why."""


@dataclass(frozen=True)
class Recorded:
    """The networks are loaded for the first clip that needs them, if one does."""

    folder: Path

    def record(self, clip: ListedClip) -> FaceRecord:
        """Raises Untracked for a clip, RecordRefused for a damaged record, WeightsUnusable."""
        path = self.folder / f"{clip.name}.json.gz"
        if not path.exists():
            line = self._batch.track(clip)
            if "error" in line:
                raise Untracked(line["message"])
        return FaceRecord.parse_gzip(path.read_bytes())

    @cached_property
    def _batch(self) -> Batch:
        from ml.faces.config import FacesConfig
        from ml.faces.loading import load_faces
        from ml.tracking.settings import TrackingSettings

        config = FacesConfig.from_environment(os.environ)
        settings = TrackingSettings.for_embedder(config.embedder)
        return Batch(self.folder, load_faces(config), settings, is_rendered=False)
