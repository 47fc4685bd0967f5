"""Projects, their people, sources, imports, and jobs."""

from __future__ import annotations

from .entries import BUILDERS, LEAD, MEMBERS, PROJECT, SIGNED_IN, Entry

IMPORT = "imports/<slug:import_uid>"
JOB = "jobs/<slug:job_uid>"

OPEN = {"nobody": 200}


OF_PROJECTS = [
    Entry("GET", "version", SIGNED_IN, special=OPEN),
    Entry("GET", "users/me", SIGNED_IN),
    Entry("GET", "tokens", SIGNED_IN),
    Entry("POST", "tokens", SIGNED_IN, 201, {"name": "sync", "scopes": ["read"]}),
    Entry("DELETE", "tokens/<slug:prefix>", ("ada",), 204, denied=404),
    Entry("GET", "invitations/<slug:key>", SIGNED_IN, special=OPEN),
    # For another address than theirs; somebody without an account has to send a password.
    Entry("POST", "invitations/<slug:key>/accept", SIGNED_IN, 403, special={"nobody": 400}),
    Entry("GET", "projects", SIGNED_IN),
    Entry("POST", "projects", LEAD, 201, {"name": "Another"}, special={"finn": 201}),
    Entry("GET", PROJECT, MEMBERS),
    Entry("PATCH", PROJECT, LEAD, 200, {"settings": {"lease_minutes": 30}}),
    Entry("GET", f"{PROJECT}/progress", MEMBERS),
    Entry("GET", f"{PROJECT}/agreement", MEMBERS),
    Entry("GET", f"{PROJECT}/sources", MEMBERS),
    Entry(
        "POST",
        f"{PROJECT}/sources",
        BUILDERS,
        201,
        {"name": "A collection", "kind": "collected", "licence": "CC BY 4.0"},
    ),
    Entry(
        "PATCH",
        f"{PROJECT}/sources/<int:source_id>",
        LEAD,
        200,
        {"external_processing_allowed": True},
    ),
    Entry("GET", f"{PROJECT}/members", LEAD),
    Entry(
        "POST",
        f"{PROJECT}/members",
        LEAD,
        201,
        lambda scene: {"email": scene.world.finn.email, "roles": ["viewer"]},
    ),
    Entry("PATCH", f"{PROJECT}/members/<int:user_id>", LEAD, 200, {"roles": ["viewer"]}),
    # Bela may leave by herself.
    Entry("DELETE", f"{PROJECT}/members/<int:user_id>", ("lena", "bela"), 204),
    Entry("GET", f"{PROJECT}/invitations", LEAD),
    Entry(
        "POST",
        f"{PROJECT}/invitations",
        LEAD,
        201,
        {"email": "ivan@example.org", "roles": ["annotator"]},
    ),
    Entry("DELETE", f"{PROJECT}/invitations/<int:invitation_id>", LEAD, 204),
    Entry("GET", f"{PROJECT}/imports", BUILDERS),
    Entry(
        "POST",
        f"{PROJECT}/imports",
        BUILDERS,
        400,
        lambda scene: {"kind": "folder", "source": scene.world.source.pk, "path": "/nowhere"},
    ),
    Entry("GET", f"{PROJECT}/import-folders", BUILDERS),
    Entry("GET", f"{PROJECT}/jobs", MEMBERS),
    Entry("GET", f"{PROJECT}/track", BUILDERS),
    Entry("POST", f"{PROJECT}/track", BUILDERS, 202),
    Entry("GET", f"{PROJECT}/screening", BUILDERS),
    Entry("GET", f"{PROJECT}/screening/rules", BUILDERS),
    # Nobody has changed the rules yet, and every If-Match of these tests says 1.
    Entry("PATCH", f"{PROJECT}/screening/rules", LEAD, 409, {"max_identities": 3}),
    Entry("GET", f"{PROJECT}/sampling-plan", BUILDERS),
    Entry("PUT", f"{PROJECT}/sampling-plan", LEAD, 200, {"quotas": []}),
    # There is no plan yet.
    Entry("POST", f"{PROJECT}/sampling-plan/draw", LEAD, 409),
    Entry("GET", f"{PROJECT}/groups", BUILDERS),
    Entry("POST", f"{PROJECT}/groups", BUILDERS, 202),
    Entry("GET", IMPORT, BUILDERS),
    Entry("GET", f"{IMPORT}/items", BUILDERS),
    Entry("POST", f"{IMPORT}/retry", BUILDERS, 409),
    Entry("GET", JOB, BUILDERS, denied=404),
    Entry("POST", f"{JOB}/cancel", BUILDERS, denied=404),
    Entry("POST", f"{JOB}/retry", BUILDERS, 409, denied=404),
]
