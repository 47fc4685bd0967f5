"""Dataset versions, templates, exports and evaluations."""

from __future__ import annotations

from .entries import BUILDERS, MEMBERS, PROJECT, Entry, approved, released

VERSION = "dataset-versions/<slug:version_uid>"
CANDIDATE = "template-candidates/<slug:candidate_uid>"
EXPORT = "exports/<slug:export_uid>"
EVALUATION = "evaluations/<slug:evaluation_uid>"

OF_DATASETS = [
    Entry("GET", f"{PROJECT}/dataset-versions", MEMBERS),
    Entry("POST", f"{PROJECT}/dataset-versions", BUILDERS, 201),
    Entry("POST", f"{PROJECT}/dataset-versions/preview", BUILDERS),
    Entry("POST", f"{PROJECT}/dataset-versions/preview/hedged", BUILDERS),
    Entry(
        "GET",
        "instruction-sets",
        MEMBERS,
        query=lambda scene: f"?project={scene.world.project.pk}",
    ),
    Entry("POST", f"{PROJECT}/instruction-sets", BUILDERS, 201, {"name": "Ours"}),
    Entry("GET", f"{PROJECT}/template-candidates", BUILDERS),
    Entry("POST", f"{PROJECT}/template-candidates", BUILDERS, 201, {"texts": ["Look closely."]}),
    # What writes from signals writes no templates.
    Entry(
        "POST",
        f"{PROJECT}/template-candidates/write",
        BUILDERS,
        400,
        lambda scene: {"version": scene.signals.uid},
    ),
    Entry("POST", f"{PROJECT}/template-candidates/compare", BUILDERS, 202),
    Entry("PATCH", CANDIDATE, BUILDERS, 200, {"choice": "dropped"}),
    Entry("DELETE", CANDIDATE, BUILDERS, 204),
    Entry("GET", VERSION, MEMBERS),
    Entry("GET", f"{VERSION}/entries", BUILDERS),
    Entry("GET", f"{VERSION}/diff", BUILDERS, query=lambda scene: f"?against={scene.version.uid}"),
    Entry("GET", f"{VERSION}/card", BUILDERS),
    # No worker made it.
    Entry("GET", f"{VERSION}/card.md", BUILDERS, 404),
    Entry("POST", f"{VERSION}/card", BUILDERS, 202),
    # What writes from signals counts nothing.
    Entry(
        "POST",
        f"{VERSION}/card/action-counts",
        BUILDERS,
        400,
        lambda scene: {"model": scene.signals.uid},
    ),
    Entry("GET", f"{VERSION}/videos/<slug:clip_uid>", BUILDERS, arguments=released),
    Entry("GET", f"{VERSION}/originals/<slug:clip_uid>", BUILDERS, arguments=released),
    Entry("GET", f"{VERSION}/exports", BUILDERS),
    Entry("POST", f"{VERSION}/exports", BUILDERS, 202, {"format": "native-jsonl"}),
    Entry("GET", f"{PROJECT}/evaluations", BUILDERS),
    Entry("GET", f"{PROJECT}/leaderboards", BUILDERS),
    # The one clip of the version is in its train split.
    Entry("POST", f"{VERSION}/evaluations", BUILDERS, 409, lambda s: {"model": s.signals.uid}),
    # These two take a file, which these tests do not send.
    Entry("POST", f"{VERSION}/evaluations/check", BUILDERS, 400),
    Entry("POST", f"{VERSION}/evaluations/upload", BUILDERS, 400),
    Entry("GET", f"{VERSION}/leaderboard", BUILDERS),
    Entry(
        "GET",
        f"{VERSION}/leaderboard/<slug:form>",
        BUILDERS,
        arguments=lambda scene: {"form": "csv"},
    ),
    # The one clip of the version is in its train split, of which nothing is judged.
    Entry("POST", f"{VERSION}/judge-comparisons", BUILDERS, 409),
    Entry(
        "GET",
        "judge-comparisons/<slug:job_uid>",
        BUILDERS,
        arguments=lambda scene: {"job_uid": scene.comparison.uid},
    ),
    Entry("GET", EVALUATION, BUILDERS),
    Entry("GET", f"{EVALUATION}/clips", BUILDERS, query=lambda scene: "?metric=rouge_l"),
    Entry("GET", f"{EVALUATION}/clips/<int:clip_id>", BUILDERS, arguments=approved),
    Entry("GET", EXPORT, BUILDERS),
    Entry("GET", f"{EXPORT}/download", BUILDERS),
]
