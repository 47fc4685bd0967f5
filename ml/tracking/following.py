"""Sightings gathered into tracklets, frame by frame."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from ml.faces.records import Detections, Floats, Picture
from ml.signals import columns
from ml.tracking.looking import Look
from ml.tracking.tracklets import Tracklet
from ml.video.streaming import SampledFrame


class Tracker(Protocol):
    @property
    def key(self) -> str: ...

    def start_shot(self) -> None: ...

    def follow(self, rgb: Picture, faces: Detections, embeddings: Floats) -> list[int]:
        """The tracklet of each face; no number comes again in another shot."""
        ...


class Following:
    """`scale` is how much smaller the frames are than the shown picture."""

    def __init__(self, tracker: Tracker, scale: float) -> None:
        self._tracker = tracker
        self._to_tenths = 10 / scale
        self._tracklets: dict[int, Tracklet] = {}
        # The skin of the faces in the frame before, by tracklet.
        self._skin: dict[int, Floats] = {}

    @property
    def tracklets(self) -> list[Tracklet]:
        return list(self._tracklets.values())

    def start_shot(self) -> None:
        self._tracker.start_shot()

    def add(self, position: int, frame: SampledFrame, look: Look) -> None:
        numbers = self._tracker.follow(frame.rgb, look.faces, look.embeddings)
        for row, number in enumerate(numbers):
            self._append(self._tracklets.setdefault(number, Tracklet()), position, look, row)
            self._tracklets[number].measured.append(self._measure(number, look, row))
        self._skin = {number: look.skin[row] for row, number in enumerate(numbers)}

    def _append(self, tracklet: Tracklet, position: int, look: Look, row: int) -> None:
        tracklet.at.append(position)
        tracklet.boxes.append(self._tenths(look.faces.boxes[row]))
        tracklet.scores.append(round(1000 * float(look.faces.scores[row])))
        tracklet.landmarks.append(self._tenths(look.faces.landmarks[row].ravel()))
        tracklet.likeness.add(look.embeddings[row], float(look.mesh.presence[row]))

    def _measure(self, number: int, look: Look, row: int) -> Floats:
        before = self._skin.get(number)
        motion = np.nan if before is None else float(np.abs(look.skin[row] - before).mean())
        mesh = look.mesh
        return columns.row(float(mesh.presence[row]), mesh.pose[row], motion, mesh.blendshapes[row])

    def _tenths(self, pixels: Floats) -> list[int]:
        whole: list[int] = np.rint(pixels.astype(np.float64) * self._to_tenths).astype(int).tolist()
        return whole
