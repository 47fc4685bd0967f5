"""What sees the faces of a clip: the installed networks, and in tests a script."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from typing import Protocol

from annotation.errors import WorkflowError
from ml.faces.records import Floats
from ml.records import FaceRecord
from ml.video.streaming import SampledFrame, StreamHeader


class NoFaceModels(WorkflowError):
    """The networks cannot be loaded; the message says what to do."""

    code = "no_face_models"


class Analysis(Protocol):
    """The record, and apart from it what tells people's faces from each other."""

    @property
    def record(self) -> FaceRecord: ...

    @property
    def embeddings(self) -> Mapping[int, Floats]: ...


class Analyser(Protocol):
    @property
    def versions(self) -> Mapping[str, str]:
        """Of each network, the tracker and their settings: equal ones give equal records."""
        ...

    def analyse(self, frames: Iterator[SampledFrame], header: StreamHeader) -> Analysis: ...

    def choose_main(self, record: FaceRecord, numbers: Collection[int]) -> FaceRecord: ...


def key_of(versions: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(dict(versions), sort_keys=True).encode()).hexdigest()
