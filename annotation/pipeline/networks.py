"""The face networks of this machine, as an analyser."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from functools import cache

from ml.faces.config import FacesConfig
from ml.faces.loading import load_faces
from ml.faces.protocols import FaceModels
from ml.records import FaceRecord
from ml.tracking.settings import TrackingSettings
from ml.video.streaming import SampledFrame, StreamHeader
from ml.weights import WeightsUnusable

from .analysers import Analyser, Analysis, NoFaceModels


class FaceNetworks:
    """Imports by need: the tracker brings torch along, which tests of scripts do without."""

    def __init__(self, models: FaceModels, settings: TrackingSettings) -> None:
        from ml.tracking.analysis import backend_keys
        from ml.tracking.strongsort import StrongSortTracker

        self._models, self._settings = models, settings
        self.versions: Mapping[str, str] = backend_keys(
            models, settings, StrongSortTracker(settings)
        )

    def analyse(self, frames: Iterator[SampledFrame], header: StreamHeader) -> Analysis:
        from ml.tracking.analysis import analyse

        return analyse(frames, header, self._models, self._settings)

    def choose_main(self, record: FaceRecord, numbers: Collection[int]) -> FaceRecord:
        from ml.tracking.choosing import choose_main

        return choose_main(record, numbers)


@cache
def installed_analyser() -> Analyser:
    """Loaded once for each process; raises NoFaceModels where the weights are not there."""
    try:
        config = FacesConfig.from_environment(os.environ)
        return FaceNetworks(load_faces(config), TrackingSettings.for_embedder(config.embedder))
    except WeightsUnusable as problem:
        raise NoFaceModels(str(problem)) from problem
