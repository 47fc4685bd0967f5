"""Records of clips whose faces are told by the test: a track is where its face is, by position."""

from ml.records import FaceRecord, Screening, Selection, TrackRecord

SIZE = 1000


def track(number, sides, *, is_main=True, left=None):
    """`sides` by position: the box's side in pixels; absent positions have no face."""
    at = sorted(sides)
    start = 10 * (100 * number if left is None else left)
    boxes = [[start, 1000, start + 10 * sides[place], 1000 + 10 * sides[place]] for place in at]
    points = [[start + 3 * part for part in range(10)] for _ in at]
    return TrackRecord(
        number, is_main, at, boxes, [900] * len(at), points, [[0, len(at)]] if at else [], 0.1, 0.9
    )


def record(*tracks, length=16, step=1):
    return FaceRecord(
        backends={},
        width=SIZE,
        height=SIZE,
        frame_count=length * step,
        rate=None,
        frames=[step * position for position in range(length)],
        cuts=[],
        tracks=list(tracks),
        selection=Selection("clusters", [[0.0]] * len(tracks), [1] * len(tracks), "Made."),
        signals=[],
        screening=Screening(1.0, bool(tracks), 0.1, len(tracks), 0, 0.1, "0" * 48),
    )
