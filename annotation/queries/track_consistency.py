"""What tracking and screening promise, checked as `consistency` checks the work flow."""

from __future__ import annotations

from .promises import Promise

PROMISES = [
    Promise(
        "The main faces of a clip are among its tracks, and where there are tracks one is main.",
        """
        SELECT t.clip_id FROM annotation_facetracks t
        WHERE (cardinality(t.main_tracks) = 0) <> (t.track_count = 0)
        OR NOT 1 <= ALL (t.main_tracks) OR NOT t.track_count >= ALL (t.main_tracks)
        """,
    ),
    Promise(
        "A main face that a person chose has the event of the choice.",
        """
        SELECT t.clip_id FROM annotation_facetracks t
        WHERE t.chosen_by_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM annotation_workflowevent e WHERE e.clip_id = t.clip_id
            AND e.kind = 'clip.main_faces_chosen' AND e.actor_id = t.chosen_by_id)
        """,
    ),
    Promise(
        "Embeddings are of tracks that are there.",
        """
        SELECT t.clip_id FROM annotation_faceembedding e
        JOIN annotation_facetracks t ON t.clip_id = e.tracks_id
        WHERE e.track < 1 OR e.track > t.track_count
        """,
    ),
    Promise(
        "Every clip with tracks was screened.",
        """
        SELECT t.clip_id FROM annotation_facetracks t
        LEFT JOIN annotation_screening s ON s.clip_id = t.clip_id AND s.outcome <> 'waiting'
        WHERE s.clip_id IS NULL
        """,
    ),
    Promise(
        "The outcome of a screening is the worst of its findings.",
        """
        SELECT s.clip_id FROM annotation_screening s WHERE s.outcome <> CASE
            WHEN s.findings @> '[{"outcome": "rejected"}]' THEN 'rejected'
            WHEN s.findings @> '[{"outcome": "flagged"}]' THEN 'flagged'
            WHEN s.findings = '[]' THEN 'waiting' ELSE 'passed' END
        """,
    ),
    Promise(
        "Every finding has its value and the bound it was held against.",
        """
        SELECT DISTINCT s.clip_id FROM annotation_screening s, jsonb_array_elements(s.findings) f
        WHERE f -> 'value' IS NULL OR f -> 'threshold' IS NULL
        """,
    ),
    Promise(
        "What a lead decided of a clip is the last decision that was recorded.",
        """
        SELECT s.clip_id FROM annotation_screening s
        WHERE s.decision <> '' AND 'screening.' || s.decision IS DISTINCT FROM (
            SELECT e.kind FROM annotation_workflowevent e WHERE e.clip_id = s.clip_id
            AND e.kind IN ('screening.kept', 'screening.rejected') ORDER BY e.id DESC LIMIT 1)
        """,
    ),
    Promise(
        "A clip that waits for its measures has a job, or a lead keeps it without.",
        """
        SELECT s.clip_id FROM annotation_screening s
        JOIN annotation_clip c ON c.id = s.clip_id AND c.stage = 'screening'
        WHERE s.outcome = 'waiting' AND s.decision = '' AND s.job_id IS NULL
        """,
    ),
    Promise(
        "A job that looked for the faces of a clip to its end left tracks.",
        """
        SELECT s.clip_id FROM annotation_screening s
        JOIN annotation_job j ON j.id = s.job_id AND j.state = 'done'
        LEFT JOIN annotation_facetracks t ON t.clip_id = s.clip_id
        WHERE t.clip_id IS NULL
        """,
    ),
    Promise(
        "A clip that is cropped has the size of what is shown.",
        """
        SELECT c.id FROM annotation_clip c
        WHERE c.crop IS NOT NULL AND (c.width, c.height) <> (c.crop[3], c.crop[4])
        """,
    ),
]
