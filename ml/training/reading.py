"""What of a clip the frozen parts are shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from ml.drafting.protocols import ClipInputs
from ml.facetrack_mm.reading import ClipReader, FramesMissing, Seen, Untracked
from ml.records import FaceRecord, RecordRefused
from ml.tracking.decoding import decoded
from ml.training.examples import TrainingExample
from ml.training.failures import RunFailed
from ml.video.containers import VideoRefused

# Clips that a message names.
SHOWN = 20


def check_media(examples: Sequence[TrainingExample], *, looks_at_faces: bool) -> None:
    """Before anything is computed; names the clips."""
    missing = [example.id for example in examples if not _is_there(example, looks_at_faces)]
    if missing:
        more = f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else ""
        what = "video or the record of their faces" if looks_at_faces else "video"
        told = f"{len(missing)} clips lack their {what}: {', '.join(missing[:SHOWN])}{more}."
        raise RunFailed("missing_media", told)


def read_clip(reader: ClipReader, example: TrainingExample) -> Seen:
    """Raises NothingToSee where the model looks at nothing but faces and there is none."""
    try:
        faces = Path(example.faces).read_bytes() if example.faces else None
        record = FaceRecord.parse_gzip(faces) if faces is not None else None
        return reader.read(
            ClipInputs(example.id, [], record, partial(decoded, Path(example.video)))
        )
    except OSError as problem:
        told = f"{example.id} cannot be read: {problem.strerror}."
        raise RunFailed("missing_media", told) from None
    except (RecordRefused, VideoRefused, Untracked, FramesMissing) as problem:
        raise RunFailed("unreadable", f"{example.id}: {problem}") from None


def _is_there(example: TrainingExample, looks_at_faces: bool) -> bool:
    if not Path(example.video).is_file():
        return False
    if example.faces is None:
        return not looks_at_faces
    return Path(example.faces).is_file()
