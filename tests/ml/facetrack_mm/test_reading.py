from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from threading import Barrier, BrokenBarrierError

import numpy as np
import pytest
import torch

from ml.drafting.protocols import ClipInputs
from ml.faces.records import Backend, FaceMesh
from ml.facetrack_mm.config import FaceTrackConfig
from ml.facetrack_mm.landmark_numbers import LANDMARK_NUMBERS, MEASURED
from ml.facetrack_mm.presets import PRESETS
from ml.facetrack_mm.reading import ClipReader, FramesMissing, NothingToSee, Untracked
from ml.video.streaming import SampledFrame, StreamHeader
from tests.ml.facetrack_mm.models import TINY, with_face
from tests.ml.facetrack_mm.records import SIZE, record, track

SCALE = 0.1
MINI = replace(PRESETS["mini"], frames=TINY.frames)


def clip(faces, length=16):
    """Frames are grey by their index; a tenth as large as the shown picture."""
    side = round(SIZE * SCALE)

    @contextmanager
    def opened():
        header = StreamHeader(SIZE, SIZE, SCALE, side, side, length, 16)
        yield (
            header,
            (
                SampledFrame(index, index / 16, np.full((side, side, 3), 10 * index, np.uint8))
                for index in range(length)
            ),
        )

    return ClipInputs("clip.mp4", [index / 16 for index in range(length)], faces, opened)


ONE = record(track(1, dict.fromkeys(range(16), 400)))


def greys(pixels, mean, std):
    """What the first channel was before it was normalised."""
    return (255 * (pixels[..., 0, 0, 0] * std + mean)).round().int().tolist()


def test_frames_and_faces_stand_in_their_slots():
    seen = ClipReader(TINY).read(clip(ONE))
    assert seen.pixels.shape == (4, 3, 56, 56)
    assert seen.faces.shape == (1, 4, 3, 224, 224)
    assert greys(seen.pixels, 0.48145466, 0.26862954) == [20, 60, 90, 130]
    assert greys(seen.faces[0], 0.485, 0.229) == [20, 60, 90, 130]


def test_a_frame_that_stands_in_two_slots_is_there_twice():
    seen = ClipReader(TINY).read(clip(record(track(1, {6: 400}))))
    assert greys(seen.pixels, 0.48145466, 0.26862954) == [60] * 4
    assert greys(seen.faces[0], 0.485, 0.229) == [60] * 4


def test_two_streams_are_told_apart():
    config = replace(TINY, stream=replace(TINY.stream, max_faces=2))
    two = record(track(1, dict.fromkeys(range(16), 400)), track(2, {9: 300}))
    seen = ClipReader(config).read(clip(two))
    assert greys(seen.faces[1], 0.485, 0.229) == [90] * 4


def test_a_face_for_the_tower_has_its_size():
    seen = ClipReader(with_face(feature="clip")).read(clip(ONE))
    assert seen.faces.shape == (1, 4, 3, 56, 56)


def test_a_clip_without_a_face_is_only_its_frames():
    seen = ClipReader(TINY).read(clip(record()))
    assert seen.faces is None
    assert seen.pixels.shape == (4, 3, 56, 56)


def test_a_model_without_faces_needs_no_record():
    seen = ClipReader(replace(TINY, face=None)).read(clip(None))
    assert seen.faces is None
    assert greys(seen.pixels, 0.48145466, 0.26862954) == [20, 60, 90, 130]


def test_a_model_with_faces_does():
    with pytest.raises(Untracked, match="was not tracked"):
        ClipReader(TINY).read(clip(None))


def test_a_file_that_ends_too_soon_is_told():
    with pytest.raises(FramesMissing, match="ends before frame 13"):
        ClipReader(TINY).read(clip(ONE, length=12))


def test_a_clip_without_frames_is_told():
    with pytest.raises(FramesMissing, match="has no frames"):
        ClipReader(TINY).read(clip(record(length=0), length=0))


class Landmarks:
    """Answers with where it was asked to look."""

    backend = Backend("scripted", "1")
    moved = 0.25

    def __call__(self, rgb, boxes, landmarks):
        points = np.arange(478 * 3, dtype=np.float32).reshape(1, 478, 3)
        points[..., 0] += boxes[0, 0]
        presence, pose = np.ones(1, np.float32), np.array([[45.0, 0, -90]], np.float32)
        return FaceMesh(points, presence, np.full((1, 52), self.moved, np.float32), pose)


def test_landmarks_are_numbers_of_the_face_itself():
    reader = ClipReader(MINI, Landmarks())
    stream = reader.read(clip(ONE)).faces[0]
    assert stream.shape == (4, LANDMARK_NUMBERS)
    assert reader.read(clip(ONE)).pixels is None
    assert stream[0, :4].tolist() == [1, 9, 0, -18]
    assert stream[0, 4:56].tolist() == [4 * 0.25] * 52
    points = stream[:, 56:MEASURED].reshape(4, -1, 3)
    assert points.mean(1).abs().max() < 1e-5
    assert points[0, :, :2].abs().max() == pytest.approx(0.2)
    elsewhere = record(track(1, dict.fromkeys(range(16), 400), left=500))
    torch.testing.assert_close(reader.read(clip(elsewhere)).faces[0], stream, atol=1e-5, rtol=0)


class Smiling(Landmarks):
    """Moves from one picture to the next."""

    def __init__(self):
        self.rises = iter([0.5, 0.5, 0.75, 0.25])

    def __call__(self, rgb, boxes, landmarks):
        self.moved = next(self.rises)
        return super().__call__(rgb, boxes, landmarks)


def test_a_face_is_also_told_by_how_it_differs_from_the_rest_of_the_clip():
    stream = ClipReader(MINI, Smiling()).read(clip(ONE)).faces[0]
    assert stream[:, 4].tolist() == [2, 2, 3, 1]
    assert stream[:, MEASURED:].tolist() == [[0] * 3 + [change] * 52 for change in (0, 0, 1, -1)]


class Together(Landmarks):
    """Notices two threads that are in it at once."""

    def __init__(self):
        self.barrier, self.met = Barrier(2), False

    def __call__(self, rgb, boxes, landmarks):
        try:
            self.barrier.wait(timeout=0.1)
            self.met = True
        except BrokenBarrierError:
            self.barrier.reset()
        return super().__call__(rgb, boxes, landmarks)


def test_the_landmark_network_is_asked_by_one_thread_at_a_time():
    landmarker = Together()
    reader = ClipReader(MINI, landmarker)
    one = record(track(1, {6: 400}))
    with ThreadPoolExecutor(2) as pool:
        seen = list(pool.map(reader.read, [clip(one), clip(one)]))
    assert not landmarker.met
    assert all(each.faces.shape == (1, 4, LANDMARK_NUMBERS) for each in seen)


def test_a_model_of_landmarks_sees_nothing_in_a_clip_without_a_face():
    with pytest.raises(NothingToSee, match="shows no face"):
        ClipReader(MINI, Landmarks()).read(clip(record()))


def test_landmarks_need_their_network():
    with pytest.raises(ValueError, match="a landmarker is needed"):
        ClipReader(FaceTrackConfig.parse(MINI.to_json()))
