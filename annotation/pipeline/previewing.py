"""The job that tries a prompt on one clip. Its result is the job's, and no draft."""

from __future__ import annotations

from typing import Any

from annotation import captions
from annotation.errors import TransitionRefused
from annotation.jobs import Progress, TryLater
from annotation.models import Clip, FaceTracks, ModelVersion, PromptVersion
from annotation.workflow.draft_requests import HINDRANCES, hindrance
from ml.drafting.protocols import Drafted, TryAgain

from .drafting import outcome_of


def preview_prompt(progress: Progress) -> dict[str, object]:
    """
    The same request again costs nothing: the answer of the first is stored.

    Raises a refusal, which ends the job with its sentence.
    """
    payload = progress.job.payload
    clip = Clip.objects.select_related("project", "source").get(pk=payload["clip"])
    version = ModelVersion.objects.get(pk=payload["version"])
    if why := hindrance(clip, version):
        raise TransitionRefused(HINDRANCES[why])
    version.prompt = PromptVersion.objects.get(pk=payload["prompt"])
    progress.report(0, 1, "The model looks at the clip.")
    try:
        outcome = outcome_of(clip, version, None, FaceTracks.objects.filter(clip=clip).first())
    except TryAgain as again:
        raise TryLater(again.reason, wait_s=again.wait_s or 0.0) from again
    result: dict[str, Any] = {
        "input_tokens": outcome.usage.input_tokens,
        "output_tokens": outcome.usage.output_tokens,
        "seconds": round(outcome.usage.seconds, 3),
    }
    if isinstance(outcome, Drafted):
        return result | {"document": captions.parse(outcome.content).to_json()}
    return result | {"failure": outcome.code, "reason": outcome.reason}
