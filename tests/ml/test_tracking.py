"""Who is who through clips with known faces, and which of them are main."""

from __future__ import annotations

import pytest

from ml.records import FaceRecord
from ml.tracking.analysis import FaceAnalysis, analyse
from ml.tracking.choosing import choose_main
from ml.tracking.settings import TrackingSettings
from ml.tracking.thresholds import thresholds_key
from tests.ml.scripted_faces import HEIGHT, STEP, WIDTH, Person, Scene, away, between, still

MAX_AGE = TrackingSettings().max_age


def tracked(*people: Person, length: int = 24, cuts: tuple[int, ...] = ()) -> FaceAnalysis:
    scene = Scene(list(people), length, cuts)
    return analyse(scene.frames(), scene.header, scene.models)


def positions(record: FaceRecord) -> list[list[int]]:
    return [track.at for track in record.tracks]


def main(record: FaceRecord) -> list[int]:
    return [track.number for track in record.tracks if track.is_main]


def test_one_person_who_moves_and_comes_nearer_is_one_track():
    path = between((150, 150, 60), (450, 200, 160), 48)
    record = tracked(Person("ada", path), length=48).record
    (track,) = record.tracks
    assert (track.at, track.tracklets, main(record)) == (list(range(48)), [[0, 48]], [1])
    assert record.frames == [STEP * place for place in range(48)]
    # Tenths of a pixel of the shown picture, which is twice as large as the frames.
    assert track.boxes[0] == [2400, 2400, 3600, 3600]
    assert track.landmarks[0][:2] == [2760, 2880]
    assert track.scores[0] == 900
    assert track.mean_area == pytest.approx(115**2 / (WIDTH * HEIGHT), rel=0.1)
    assert record.selection.rule == "one_track"


def test_without_a_face_there_is_no_track():
    analysis = tracked(Person("ada", lambda frame: None))
    assert (analysis.record.tracks, analysis.record.signals, analysis.embeddings) == ([], [], {})
    assert analysis.record.selection.rule == "no_track"
    assert not analysis.record.screening.has_face


def test_two_people_who_cross_keep_their_numbers():
    length = 48
    ada = Person("ada", between((120, 180, 90), (520, 180, 90), length))
    bela = Person("bela", between((520, 182, 88), (120, 182, 88), length))
    record = tracked(ada, bela, length=length).record
    first, second = record.tracks
    assert (first.at, second.at) == (list(range(length)), list(range(length)))
    assert first.boxes[0][0] < second.boxes[0][0]
    assert first.boxes[-1][0] > second.boxes[-1][0]
    assert all(one[0] < later[0] for one, later in zip(first.boxes, first.boxes[4:], strict=False))


def test_two_equal_speakers_are_both_main():
    ada, bela = Person("ada", still(160, 180, 100)), Person("bela", still(480, 180, 97))
    record = tracked(ada, bela).record
    assert (record.selection.rule, main(record)) == ("two_alike", [1, 2])


def test_of_three_people_the_two_large_ones_are_main():
    ada, bela = Person("ada", still(160, 180, 100)), Person("bela", still(480, 180, 104))
    chen = Person("chen", still(320, 60, 30))
    record = tracked(ada, bela, chen).record
    assert (record.selection.rule, len(record.tracks)) == ("clusters", 3)
    # All appear at once, so the larger comes first.
    assert [track.mean_area for track in record.tracks] == sorted(
        (track.mean_area for track in record.tracks), reverse=True
    )
    assert main(record) == [1, 2]


def test_a_background_face_that_is_larger_for_a_moment_is_not_main():
    def passing(frame):
        return (100 + 60 * (frame - 10), 180, 200) if 10 <= frame < 14 else (560, 60, 40)

    record = tracked(Person("ada", still(320, 180, 120)), Person("bela", passing), length=40).record
    ada = next(track for track in record.tracks if track.boxes[0][2] > 7000)
    assert main(record) == [ada.number]


@pytest.mark.parametrize("gap", [4, MAX_AGE - 1])
def test_a_gap_shorter_than_the_most_age_stays_one_tracklet(gap):
    path = away(still(320, 180, 100), range(10, 10 + gap))
    (track,) = tracked(Person("ada", path), length=20 + gap).record.tracks
    assert track.at == [*range(10), *range(10 + gap, 20 + gap)]
    assert track.tracklets == [[0, 20]]


def test_a_longer_gap_makes_two_tracklets_of_one_person():
    gap = MAX_AGE + 6
    path = away(still(320, 180, 100), range(10, 10 + gap))
    (track,) = tracked(Person("ada", path), length=20 + gap).record.tracks
    assert track.tracklets == [[0, 10], [10, 20]]


def test_another_person_in_the_same_place_after_a_gap_is_another_track():
    gap = MAX_AGE + 6
    length = 20 + gap
    ada = Person("ada", away(still(320, 180, 100), range(10, length)))
    bela = Person("bela", away(still(320, 180, 100), range(10 + gap)))
    assert positions(tracked(ada, bela, length=length).record) == [
        list(range(10)),
        list(range(10 + gap, length)),
    ]


def test_another_person_in_the_same_place_after_a_cut_is_another_track():
    ada = Person("ada", away(still(320, 180, 100), range(12, 24)))
    bela = Person("bela", away(still(320, 180, 100), range(12)))
    record = tracked(ada, bela, cuts=(12,)).record
    assert record.cuts == [STEP * 12]
    assert positions(record) == [list(range(12)), list(range(12, 24))]


def test_the_same_person_after_a_cut_is_one_track_of_two_tracklets():
    record = tracked(Person("ada", still(320, 180, 100)), cuts=(12,)).record
    (track,) = record.tracks
    assert (track.at, track.tracklets) == (list(range(24)), [[0, 12], [12, 24]])


def test_two_faces_alike_at_the_same_time_are_two_people():
    twins = [Person("ada", still(160, 180, 100)), Person("ada", still(480, 180, 100))]
    assert len(tracked(*twins).record.tracks) == 2


def test_a_face_of_two_frames_is_dropped_unless_it_is_all_there_is():
    ada = Person("ada", still(320, 180, 100))
    bela = Person("bela", away(still(100, 100, 80), range(2, 24)))
    assert positions(tracked(ada, bela).record) == [list(range(24))]
    assert positions(tracked(bela).record) == [[0, 1]]


def test_one_frame_is_enough_for_a_track():
    record = tracked(Person("ada", still(320, 180, 100)), length=1).record
    assert (positions(record), main(record)) == ([[0]], [1])


def test_small_faces_are_dropped_before_they_are_followed():
    ada, bela = Person("ada", still(320, 180, 100)), Person("bela", still(100, 100, 23))
    assert len(tracked(ada, bela).record.tracks) == 1
    assert tracked(bela).record.tracks == []


def test_a_doubtful_box_that_never_shows_a_face_is_dropped_beside_a_face():
    ada = Person("ada", still(320, 180, 100))
    hand = Person("hand", still(100, 250, 80), score=0.55, presence=lambda frame: 0.05)
    profile = Person("bela", still(100, 250, 80), score=0.85, presence=lambda frame: 0.05)
    assert len(tracked(ada, hand).record.tracks) == 1
    assert len(tracked(hand).record.tracks) == 1
    assert len(tracked(ada, profile).record.tracks) == 2


def test_views_that_show_little_do_not_say_who_it_is():
    """Two people whose faces look alike from behind stay two."""
    gap = MAX_AGE + 6
    path = still(320, 180, 100)
    ada = Person("ada", away(path, range(10, 100)), presence=lambda frame: 0.1)
    again = Person("ada", away(path, range(10 + gap)), presence=lambda frame: 0.1)
    assert len(tracked(ada, again, length=20 + gap).record.tracks) == 2


def test_embeddings_are_unit_vectors_of_each_track_and_not_in_the_record():
    ada, bela = Person("ada", still(160, 180, 100)), Person("bela", still(480, 180, 60))
    analysis = tracked(ada, bela)
    assert sorted(analysis.embeddings) == [1, 2]
    for number, person in ((1, ada), (2, bela)):
        embedding = analysis.embeddings[number]
        assert float(embedding @ embedding) == pytest.approx(1)
        assert float(embedding @ person.embedding(0)) > 0.9
    assert b"embedding" not in analysis.record.to_json().replace(b'"embedder"', b"")


def test_the_same_clip_gives_the_same_bytes(monkeypatch):
    ada, bela = Person("ada", still(160, 180, 100)), Person("bela", still(480, 180, 60))
    first = tracked(ada, bela, cuts=(12,)).record.to_gzip()
    # Set by a build service, it makes the tracker trust every new track at once.
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert tracked(ada, bela, cuts=(12,)).record.to_gzip() == first


def test_progress_counts_the_frames_of_the_clip():
    scene = Scene([], 4)
    seen: list[tuple[int, int]] = []
    analyse(scene.frames(), scene.header, scene.models, progress=lambda *done: seen.append(done))
    assert seen == [(1, 8), (3, 8), (5, 8), (7, 8)]


def test_the_record_names_what_it_was_made_with():
    backends = tracked().record.backends
    assert backends["detector"] == "scripted-1"
    assert backends["tracker"].startswith("boxmot-strongsort-")
    assert backends["settings"] == TrackingSettings().key
    assert backends["thresholds"] == thresholds_key()
    assert TrackingSettings(max_age=31).key != TrackingSettings().key


def test_a_person_chooses_another_main_face():
    record = tracked(
        Person("ada", still(160, 180, 120)), Person("bela", still(480, 180, 60))
    ).record
    assert main(record) == [1]
    chosen = choose_main(record, [2])
    assert (main(chosen), chosen.selection.rule) == ([2], "chosen")
    assert chosen.selection.explanation == "A person chose face 2 as main."
    assert chosen.screening.main_area < record.screening.main_area
    assert choose_main(chosen, [1]).screening == record.screening
    assert main(choose_main(record, [1, 2])) == [1, 2]
    assert choose_main(record, [2]).to_gzip() == chosen.to_gzip()


@pytest.mark.parametrize("numbers", [[], [3], [1, 3]])
def test_a_face_that_is_not_there_cannot_be_main(numbers):
    record = tracked(Person("ada", still(160, 180, 120))).record
    with pytest.raises(ValueError, match="Choose at least one of the faces"):
        choose_main(record, numbers)
