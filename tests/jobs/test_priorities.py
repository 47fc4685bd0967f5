"""Work of a moment goes first, and work for which nobody waits last."""

from __future__ import annotations

from annotation.jobs import JobKind
from config import celery_app


def test_tracks_of_new_clips_let_others_pass_and_renewed_ones_come_last(broker):
    options = {"global_keyprefix": broker.prefix}
    with celery_app.connection_for_write(transport_options=options) as connection:
        kinds = [JobKind.TRACK_AGAIN, JobKind.TRACK_FACES, JobKind.SCORE_AGREEMENT]
        for kind in kinds:
            celery_app.send_task(kind, args=[1], connection=connection)
        queue = connection.SimpleQueue("ml")
        taken = [queue.get(timeout=5) for _ in kinds]
        for message in taken:
            message.ack()
    assert [message.headers["task"] for message in taken] == kinds[::-1]
