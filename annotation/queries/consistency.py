"""What the work flow promises and no constraint can hold, because it spans several rows."""

from __future__ import annotations

from . import draft_consistency, evaluation_consistency, track_consistency
from .promises import Broken, Promise, broken_of

OF_THE_WORK = [
    Promise(
        "Every clip has the time of each of its frames.",
        """
        SELECT c.id FROM annotation_clip c LEFT JOIN annotation_frametable f ON f.clip_id = c.id
        WHERE cardinality(f.pts) IS DISTINCT FROM c.frame_count
        """,
    ),
    Promise(
        "The last move that was recorded of a clip led to the stage it is in.",
        """
        SELECT c.id FROM annotation_clip c WHERE 'clip.' || c.stage IS DISTINCT FROM (
            SELECT e.kind FROM annotation_workflowevent e
            WHERE e.clip_id = c.id AND e.kind IN ('clip.imported', 'clip.screening',
                'clip.drafting', 'clip.annotating', 'clip.consolidating',
                'clip.cross_validating', 'clip.approved', 'clip.rejected', 'clip.withdrawn')
            ORDER BY e.id DESC LIMIT 1)
        """,
    ),
    Promise(
        "A clip that is being annotated has a place that is not handed in.",
        """
        SELECT c.id FROM annotation_clip c WHERE c.stage = 'annotating' AND NOT EXISTS (
            SELECT 1 FROM annotation_assignment a
            WHERE a.clip_id = c.id AND a.status <> 'submitted')
        """,
    ),
    Promise(
        "Past annotation, every place of a clip is handed in.",
        """
        SELECT DISTINCT c.id FROM annotation_clip c JOIN annotation_assignment a
        ON a.clip_id = c.id AND a.status <> 'submitted'
        WHERE c.stage IN ('consolidating', 'cross_validating', 'approved')
        """,
    ),
    Promise(
        "What is handed in has the text of the person who holds the place.",
        """
        SELECT a.clip_id FROM annotation_assignment a
        WHERE a.status = 'submitted' AND NOT EXISTS (
            SELECT 1 FROM annotation_annotation t JOIN annotation_annotationversion v
            ON v.annotation_id = t.id AND v.kind = 'submitted' AND v.revision = t.revision
            WHERE t.assignment_id = a.id AND t.annotator_id = a.annotator_id)
        """,
    ),
    Promise(
        "A clip that is being consolidated has a consolidation of its round to work on.",
        """
        SELECT c.id FROM annotation_clip c WHERE c.stage = 'consolidating' AND NOT EXISTS (
            SELECT 1 FROM annotation_consolidation r
            WHERE r.clip_id = c.id AND r.round = c.round AND r.status IN ('open', 'held'))
        """,
    ),
    Promise(
        "A clip that is being cross-validated has a cross-validation to work on.",
        """
        SELECT c.id FROM annotation_clip c WHERE c.stage = 'cross_validating' AND NOT EXISTS (
            SELECT 1 FROM annotation_crossvalidation r
            WHERE r.clip_id = c.id AND r.status IN ('open', 'held'))
        """,
    ),
    Promise(
        "An approved clip has the caption of its round.",
        """
        SELECT c.id FROM annotation_clip c WHERE c.stage = 'approved' AND NOT EXISTS (
            SELECT 1 FROM annotation_approvedcaption p
            LEFT JOIN annotation_consolidation r ON r.id = p.consolidation_id
            WHERE p.clip_id = c.id AND (r.round = c.round OR p.imported IS NOT NULL))
        """,
    ),
    Promise(
        "Nobody finished a review of a clip that they annotated.",
        """
        SELECT DISTINCT r.clip_id FROM (
            SELECT clip_id, reviewer_id, status FROM annotation_consolidation
            UNION ALL SELECT clip_id, reviewer_id, status FROM annotation_crossvalidation) r
        JOIN annotation_assignment a ON a.clip_id = r.clip_id
        JOIN annotation_annotation t ON t.assignment_id = a.id AND t.annotator_id = r.reviewer_id
        WHERE r.status = 'finished'
        """,
    ),
    Promise(
        "Nobody cross-validated their own consolidation, or settled their own dispute.",
        """
        SELECT DISTINCT v.clip_id FROM annotation_crossvalidation v
        JOIN annotation_consolidation r ON r.id = v.consolidation_id
        LEFT JOIN annotation_crossvalidation w
        ON w.consolidation_id = v.consolidation_id AND w.id <> v.id AND w.status = 'finished'
        WHERE v.status = 'finished' AND v.reviewer_id IN (r.reviewer_id, w.reviewer_id)
        """,
    ),
    Promise(
        "A dataset version has as many entries as it says.",
        """
        SELECT v.id FROM annotation_datasetversion v WHERE (v.counts ->> 'total')::int <> (
            SELECT count(*) FROM annotation_datasetentry e WHERE e.version_id = v.id)
        """,
    ),
    Promise(
        "No group of clips stands in two splits of a version.",
        """
        SELECT e.version_id FROM annotation_datasetentry e
        GROUP BY e.version_id, e.group HAVING count(DISTINCT e.split) > 1
        """,
    ),
]
PROMISES = [
    *OF_THE_WORK,
    *track_consistency.PROMISES,
    *draft_consistency.PROMISES,
    *evaluation_consistency.PROMISES,
]


def broken_promises() -> list[Broken]:
    return broken_of(PROMISES)
