from dataclasses import replace

import pytest

from ml.facetrack_mm.config import FaceTrackConfig, FramesConfig, StreamConfig
from ml.facetrack_mm.frames import plan
from tests.ml.facetrack_mm.records import record, track

FOUR = FramesConfig(count=4)


def planned(found, frames=FOUR, **stream):
    config = FaceTrackConfig(frames=frames, stream=StreamConfig(**stream))
    return plan(found.frames, config, found)


def sides(stream):
    """The sides of the boxes tell the faces apart."""
    return [round(float(face.box[2] - face.box[0])) for face in stream]


def frames_of(stream):
    return [face.frame for face in stream]


def everywhere(side, length=16):
    return dict.fromkeys(range(length), side)


def test_frames_are_drawn_from_those_that_were_tracked():
    # 16 sampled positions, 15 / 4 apart, of a clip with twice as many frames of its own.
    shown = planned(record(track(1, everywhere(50)), step=2))
    assert shown.frames == [4, 12, 18, 26]
    assert frames_of(shown.streams[0]) == [4, 12, 18, 26]


def test_frames_of_the_file_are_the_nearest_tracked_ones():
    shown = planned(record(step=2), FramesConfig(count=4, drawn_from="file"))
    assert shown.frames == [4, 10, 18, 26]


@pytest.mark.parametrize(
    ("formula", "first"), [("uniform", [0, 1, 1, 2, 3, 3]), ("june_2024", [0, 1, 1, 2, 2, 3])]
)
def test_each_formula_draws_its_own(formula, first):
    frames = FramesConfig(count=16, formula=formula)
    assert planned(record(length=10), frames).frames[:6] == first


@pytest.mark.parametrize(
    ("replaces", "frames"), [("video_and_face", [2, 7, 7, 13]), ("face", [2, 6, 9, 13])]
)
def test_a_frame_without_a_face_takes_the_nearest_with_one(replaces, frames):
    # Of 6 and 9, both without a face: 7 is nearest to the first, and as near as 11 to the second.
    found = record(track(1, {place: 50 for place in (0, 1, 2, 7, 11, 12, 13, 15)}))
    shown = planned(found, replace=replaces)
    assert shown.frames == frames
    assert frames_of(shown.streams[0]) == [2, 7, 7, 13]


def test_without_a_main_face_there_is_no_stream_and_no_frame_moves():
    shown = planned(record(track(1, everywhere(50), is_main=False)))
    assert (shown.frames, shown.streams) == ([2, 6, 9, 13], [])


def test_a_model_without_faces_or_a_clip_without_a_record_has_no_stream():
    found = record(track(1, everywhere(50)))
    plain = FaceTrackConfig(frames=FOUR, face=None)
    assert plan(found.frames, plain, found).streams == []
    assert plan(found.frames, FaceTrackConfig(frames=FOUR), None).streams == []


def test_the_stream_starts_with_the_largest_and_stays_until_another_is_much_larger():
    # At the slots 2, 6, 9 and 13.
    one = track(1, {2: 60, 6: 60, 9: 60, 13: 60})
    two = track(2, {2: 50, 6: 70, 9: 73, 13: 74})
    assert sides(planned(record(one, two)).streams[0]) == [60, 60, 60, 74]
    assert sides(planned(record(one, two), switch_ratio=1.0).streams[0]) == [60, 70, 73, 74]


def test_two_streams_keep_their_faces_and_borrow_where_one_is_away():
    one = track(1, everywhere(60))
    two = track(2, {6: 50})
    first, second = planned(record(one, two), max_faces=2).streams
    assert sides(first) == [60] * 4
    assert sides(second) == [50] * 4
    assert frames_of(second) == [6] * 4


def test_a_clip_with_one_face_has_one_stream():
    assert len(planned(record(track(1, everywhere(60))), max_faces=2).streams) == 1


def test_every_face_counts_where_none_is_followed():
    found = record(track(1, everywhere(60), is_main=False), track(2, everywhere(50)))
    assert sides(planned(found).streams[0]) == [50] * 4
    assert sides(planned(found, faces="every").streams[0]) == [60] * 4


def test_faces_drawn_at_random_stand_from_left_to_right_and_are_drawn_the_same_again():
    crowd = record(*(track(n, everywhere(10 * n), left=900 - 100 * n) for n in range(1, 6)))
    options = {"faces": "every", "choice": "random", "max_faces": 2}
    streams = planned(crowd, **options).streams
    assert len(streams) == 2
    pairs = list(zip(*map(sides, streams), strict=True))
    assert all(left > right for left, right in pairs)
    assert len(set(pairs)) > 1
    assert [sides(each) for each in planned(crowd, **options).streams] == [
        sides(each) for each in streams
    ]
    other = replace(crowd, screening=replace(crowd.screening, perceptual_hash="1" * 48))
    assert [sides(each) for each in planned(other, **options).streams] != [
        sides(each) for each in streams
    ]


def test_a_face_is_told_in_pixels():
    face = planned(record(track(1, everywhere(50), left=300))).streams[0][0]
    assert face.box.tolist() == [300, 100, 350, 150]
    assert face.points.shape == (5, 2)
    assert face.points[0].tolist() == pytest.approx([300, 300.3])
