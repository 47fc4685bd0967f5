"""boxmot's StrongSORT, anew for every shot: over a cut its overlap rule would carry a face on."""

from __future__ import annotations

import logging
from importlib.metadata import version

import torch
from boxmot import StrongSort
from boxmot.structures import Boxes
from boxmot.structures import Detections as BoxmotDetections
from threadpoolctl import ThreadpoolController

from ml.faces.records import Detections, Floats, Picture
from ml.tracking.settings import TrackingSettings

# Every new tracker announces its settings.
logging.getLogger("boxmot").setLevel(logging.WARNING)


class StrongSortTracker:
    def __init__(self, settings: TrackingSettings) -> None:
        self._settings = settings
        self._used = 0
        # Its matrices are 4 x 4: threads would wait far longer for each other than they work.
        self._threads = ThreadpoolController()
        self.start_shot()

    @property
    def key(self) -> str:
        return f"boxmot-strongsort-{version('boxmot')}"

    def start_shot(self) -> None:
        self._first = self._used
        self._tracker = StrongSort(
            min_conf=0,
            max_cos_dist=self._settings.max_cosine_distance,
            max_age=self._settings.max_age,
            # The whole clip is there: what was no face is found out at its end.
            n_init=1,
        )
        # Whole-picture motion is slow to estimate and hardly moves a face in a sixteenth second.
        self._tracker.cmc = None

    def follow(self, rgb: Picture, faces: Detections, embeddings: Floats) -> list[int]:
        detections = BoxmotDetections(
            geometry=Boxes(torch.from_numpy(faces.boxes)),
            scores=torch.from_numpy(faces.scores),
            class_ids=torch.zeros(len(faces), dtype=torch.int64),
            sample_id="frame",
            embeddings=torch.from_numpy(embeddings),
        )
        with self._threads.limit(limits=1, user_api="blas"):
            found = self._tracker.update(detections, rgb)
        rows, numbers = found.detection_indices.tolist(), found.track_ids.tolist()
        tracklets = {
            row: self._first + int(number) for row, number in zip(rows, numbers, strict=True)
        }
        self._used = max([self._used, *(number + 1 for number in tracklets.values())])
        return [tracklets[row] for row in range(len(faces))]
