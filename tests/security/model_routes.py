"""Models, drafts and training runs."""

from __future__ import annotations

from .entries import BUILDERS, LEAD, PROJECT, SIGNED_IN, Entry

RUN = "training-runs/<slug:run_uid>"

OF_MODELS = [
    Entry("GET", f"{PROJECT}/prompts", BUILDERS),
    Entry(
        "POST",
        f"{PROJECT}/prompts",
        BUILDERS,
        201,
        {"name": "Short", "instructions": "Be short.", "request": "Write the caption."},
    ),
    # What writes from signals has no prompt to try.
    Entry(
        "POST",
        f"{PROJECT}/prompts/<slug:prompt_uid>/preview",
        BUILDERS,
        400,
        lambda scene: {"version": scene.signals.uid, "clip": scene.clip.pk},
    ),
    Entry(
        "GET",
        "previews/<slug:job_uid>",
        BUILDERS,
        arguments=lambda scene: {"job_uid": scene.preview.uid},
    ),
    Entry("GET", f"{PROJECT}/models", BUILDERS),
    # The settings of the tests name no endpoint.
    Entry(
        "POST",
        f"{PROJECT}/models/hosted",
        BUILDERS,
        400,
        lambda scene: {
            "name": "hosted",
            "endpoint": "none",
            "model": "large",
            "prompt": scene.prompt.uid,
        },
    ),
    Entry("POST", f"{PROJECT}/models/own", BUILDERS, 201, {"name": "own", "base": "mini"}),
    Entry("GET", f"{PROJECT}/models/<slug:model_uid>/statistics", BUILDERS),
    Entry("GET", f"{PROJECT}/draft-endpoints", BUILDERS),
    Entry("GET", f"{PROJECT}/draft-roles", BUILDERS),
    Entry(
        "POST",
        f"{PROJECT}/draft-roles",
        BUILDERS,
        200,
        lambda scene: {"version": scene.signals.uid, "role": "shadow", "reason": "To compare."},
    ),
    # There is no default to roll back.
    Entry(
        "POST",
        f"{PROJECT}/draft-roles/roll-back",
        BUILDERS,
        409,
        {"kind": "signals", "reason": "Too many blinks."},
    ),
    Entry(
        "POST",
        f"{PROJECT}/redraft",
        BUILDERS,
        202,
        lambda scene: {"version": scene.signals.uid},
    ),
    Entry(
        "POST",
        f"{PROJECT}/redraft/estimate",
        BUILDERS,
        200,
        lambda scene: {"version": scene.signals.uid},
    ),
    Entry("GET", f"{PROJECT}/draft-queue", BUILDERS),
    Entry("GET", f"{PROJECT}/spending", BUILDERS),
    Entry("PATCH", f"{PROJECT}/spending", LEAD, 200, {"limit": "5"}),
    Entry("GET", f"{PROJECT}/training-runs", BUILDERS),
    # Batches of nothing cannot be.
    Entry(
        "POST",
        f"{PROJECT}/training-runs",
        BUILDERS,
        400,
        lambda scene: {
            "name": "first",
            "version": scene.version.uid,
            "recipe": {"preset": "mini", "train": {"batch": 0}},
        },
    ),
    Entry("POST", f"{PROJECT}/training-runs/check", BUILDERS, 200, {"recipe": {"preset": "mini"}}),
    Entry("GET", f"{PROJECT}/training-devices", BUILDERS),
    Entry("GET", "training-runs/recipes", SIGNED_IN),
    Entry("GET", RUN, BUILDERS),
    Entry("GET", f"{RUN}/metrics", BUILDERS),
    Entry("GET", f"{RUN}/log", BUILDERS),
    Entry("POST", f"{RUN}/cancel", BUILDERS),
    # It waits for its first start.
    Entry("POST", f"{RUN}/resume", BUILDERS, 409),
    Entry("POST", f"{RUN}/result", BUILDERS, 409),
]
