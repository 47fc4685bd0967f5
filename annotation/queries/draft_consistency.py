"""What drafts, models and their money promise, checked as `consistency` checks the work flow."""

from __future__ import annotations

from .promises import Promise

# The timetable mends what a worker left behind; what is there for longer it did not.
PROMISES = [
    Promise(
        "A draft under way has a job that waits or runs.",
        """
        SELECT d.id FROM annotation_draft d LEFT JOIN annotation_job j ON j.id = d.job_id
        WHERE d.status = 'requested' AND (j.id IS NULL OR j.state = 'done'
            OR j.ended_at < now() - interval '10 minutes')
        """,
    ),
    Promise(
        "A draft is of the kind of its version, which is shipped or of the draft's project.",
        """
        SELECT d.id FROM annotation_draft d JOIN annotation_modelversion v ON v.id = d.version_id
        JOIN annotation_clip c ON c.id = d.clip_id
        WHERE d.kind <> v.kind OR v.project_id <> c.project_id
        """,
    ),
    Promise(
        "A role is of the kind of its version, which is shipped or of the role's project.",
        """
        SELECT r.id FROM annotation_draftrole r
        JOIN annotation_modelversion v ON v.id = r.version_id
        WHERE r.kind <> v.kind OR v.project_id <> r.project_id
        """,
    ),
    Promise(
        "People are shown ready drafts of the clip that they write about, and no shadows.",
        """
        SELECT d.id FROM annotation_showndraft s JOIN annotation_draft d ON d.id = s.draft_id
        JOIN annotation_annotation t ON t.id = s.annotation_id
        JOIN annotation_assignment a ON a.id = t.assignment_id
        WHERE d.status <> 'ready' OR d.is_shadow OR d.clip_id <> a.clip_id
        """,
    ),
    Promise(
        "A call belongs to the project and to the version of its draft.",
        """
        SELECT m.id FROM annotation_modelcall m JOIN annotation_draft d ON d.id = m.draft_id
        JOIN annotation_clip c ON c.id = d.clip_id
        WHERE m.project_id <> c.project_id OR m.version_id <> d.version_id
        """,
    ),
    Promise(
        "A call whose draft is over has an end.",
        """
        SELECT m.id FROM annotation_modelcall m JOIN annotation_draft d ON d.id = m.draft_id
        WHERE m.status = 'sent' AND d.ended_at < now() - interval '10 minutes'
        """,
    ),
    Promise(
        "What a project spent and reserved for models is what its calls cost and may cost.",
        """
        SELECT coalesce(b.project_id, m.project_id) FROM annotation_projectbudget b
        FULL JOIN (SELECT project_id, sum(price) AS spent,
            sum(reserved) FILTER (WHERE status = 'sent') AS reserved
            FROM annotation_modelcall GROUP BY project_id) m ON m.project_id = b.project_id
        WHERE coalesce(b.spent, 0) <> coalesce(m.spent, 0)
        OR coalesce(b.reserved, 0) <> coalesce(m.reserved, 0)
        """,
    ),
]
