"""A clip's frames in, the record of its faces out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ml.faces.protocols import FaceModels
from ml.faces.records import Floats
from ml.records import FaceRecord
from ml.signals.clock import Clock
from ml.signals.measuring import measure_signals
from ml.tracking.following import Following, Tracker
from ml.tracking.joining import join_tracklets
from ml.tracking.looking import Look, look
from ml.tracking.persons import Person
from ml.tracking.pictures import Pictures
from ml.tracking.screening import screen
from ml.tracking.selection import select_main
from ml.tracking.settings import TrackingSettings
from ml.tracking.shots import ShotFrame, find_shots, last_of_transitions
from ml.tracking.thresholds import thresholds_key
from ml.tracking.tracklets import keep_faces
from ml.video.streaming import SampledFrame, StreamHeader

# Frames of the clip done, and of all.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class FaceAnalysis:
    """`embeddings` are unit vectors by track number, which are nowhere in the record."""

    record: FaceRecord
    embeddings: dict[int, Floats]


def analyse(
    frames: Iterable[SampledFrame],
    header: StreamHeader,
    models: FaceModels,
    settings: TrackingSettings | None = None,
    progress: Progress | None = None,
    *,
    tracker: Tracker | None = None,
) -> FaceAnalysis:
    """One pass over the frames, of which no more than a few are held at a time."""
    settings = settings or TrackingSettings()
    if tracker is None:
        # Brings torch along, which what is made of scripted faces need not wait for.
        from ml.tracking.strongsort import StrongSortTracker

        tracker = StrongSortTracker(settings)
    watch = _Watch(Following(tracker, header.scale), Pictures(header.frame_count))
    for shown in find_shots(frames, settings.cut_correlation):
        watch.add(shown, look(shown.frame.rgb, models, settings.min_face_px))
        if progress is not None:
            progress(shown.frame.index + 1, header.frame_count)
    backends = backend_keys(models, settings, tracker)
    return _conclude(watch, header, settings, backends)


def backend_keys(
    models: FaceModels, settings: TrackingSettings, tracker: Tracker
) -> dict[str, str]:
    """Equal keys mean an equal record of the same clip."""
    return {
        "detector": models.detector.backend.key,
        "embedder": models.embedder.backend.key,
        "landmarker": models.landmarker.backend.key,
        "tracker": tracker.key,
        "settings": settings.key,
        "thresholds": thresholds_key(),
    }


@dataclass
class _Watch:
    following: Following
    pictures: Pictures
    frames: list[int] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def add(self, shown: ShotFrame, look: Look) -> None:
        frame, position = shown.frame, len(self.frames)
        if shown.starts_shot:
            self.starts.append(position)
            self.following.start_shot()
        self.following.add(position, frame, look)
        self.pictures.add(frame.index, frame.rgb, starts_shot=shown.starts_shot)
        self.frames.append(frame.index)
        self.times.append(frame.time_s)


def _conclude(
    watch: _Watch, header: StreamHeader, settings: TrackingSettings, backends: dict[str, str]
) -> FaceAnalysis:
    # The header is what the file announces, which a damaged one does not keep.
    frame_count = max([header.frame_count, *(index + 1 for index in watch.frames[-1:])])
    clock = Clock(watch.frames, watch.times, watch.starts, frame_count)
    area = header.width * header.height
    people = _people(watch, settings, area)
    selection = select_main(
        [person.trajectory for person in people], strict_paper=settings.strict_paper
    )
    tracks = [
        person.record(number, is_main=label == 1)
        for number, (person, label) in enumerate(zip(people, selection.labels, strict=True), 1)
    ]
    cuts = last_of_transitions(watch.starts)
    record = FaceRecord(
        backends=backends,
        width=header.width,
        height=header.height,
        frame_count=frame_count,
        rate=header.rate,
        frames=watch.frames,
        cuts=[watch.frames[cut] for cut in cuts],
        tracks=tracks,
        selection=selection,
        signals=[
            measure_signals(number, person.at, person.measured, clock)
            for number, person in enumerate(people, 1)
        ],
        screening=screen(
            tracks,
            area=area,
            cut_times=[watch.times[cut] for cut in cuts],
            duration_s=clock.duration_s,
            pictures=watch.pictures,
        ),
    )
    embeddings = {number: person.likeness.mean for number, person in enumerate(people, 1)}
    return FaceAnalysis(record, embeddings)


def _people(watch: _Watch, settings: TrackingSettings, area: int) -> list[Person]:
    """By first appearance, the larger first of those who appear together."""
    least = min(settings.min_tracklet, len(watch.frames))
    tracklets = keep_faces(watch.following.tracklets, least)
    groups = join_tracklets(tracklets, settings.join_similarity)
    people = [Person.of(group, area) for group in groups]
    return sorted(people, key=lambda person: (person.at[0], -person.mean_area))
