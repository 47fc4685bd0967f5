"""What evaluations promise, checked as `consistency` checks the work flow."""

from __future__ import annotations

from .promises import Promise

PROMISES = [
    Promise(
        "An evaluation that is done has the numbers of as many clips as it says.",
        """
        SELECT e.id FROM annotation_evaluation e WHERE e.done_at IS NOT NULL AND e.clips <> (
            SELECT count(*) FROM annotation_clipscore s WHERE s.evaluation_id = e.id)
        """,
    ),
    Promise(
        "What is scored has its text.",
        """
        SELECT s.evaluation_id FROM annotation_clipscore s
        JOIN annotation_evaluation e ON e.id = s.evaluation_id WHERE NOT EXISTS (
            SELECT 1 FROM annotation_prediction p
            WHERE p.of_id = e.predictions_id AND p.clip_id = s.clip_id)
        """,
    ),
    Promise(
        "Texts are of clips of the split that they were written for.",
        """
        SELECT p.of_id FROM annotation_prediction p
        JOIN annotation_predictionset s ON s.id = p.of_id WHERE NOT EXISTS (
            SELECT 1 FROM annotation_datasetentry d WHERE d.version_id = s.version_id
                AND d.split = s.split AND d.clip_id = p.clip_id)
        """,
    ),
    Promise(
        "An evaluation that is not done has a job, or waits for its texts.",
        """
        SELECT e.id FROM annotation_evaluation e
        JOIN annotation_predictionset s ON s.id = e.predictions_id
        LEFT JOIN annotation_job j ON j.id = e.job_id
        WHERE e.done_at IS NULL AND (j.state = 'done'
            OR (j.id IS NULL AND (s.whole_at IS NOT NULL OR s.job_id IS NULL)))
        """,
    ),
    Promise(
        "Rows are compared within one split and by one judge.",
        """
        SELECT d.id FROM annotation_scoredifference d
        JOIN annotation_evaluation one ON one.id = d.evaluation_id
        JOIN annotation_evaluation two ON two.id = d.other_id
        JOIN annotation_predictionset s ON s.id = one.predictions_id
        JOIN annotation_predictionset t ON t.id = two.predictions_id
        WHERE one.judge_id IS DISTINCT FROM two.judge_id
            OR (s.version_id, s.split) <> (t.version_id, t.split)
        """,
    ),
]
