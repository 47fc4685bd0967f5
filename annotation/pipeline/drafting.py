"""Jobs that have a model write a draft. Safe to run twice: a draft ends once."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction

from annotation import captions
from annotation.errors import WorkflowError
from annotation.importing.preparing import stored_path
from annotation.jobs import Progress, TryLater
from annotation.media import UnusableMedia
from annotation.models import Clip, Draft, FaceTracks, FrameTable, ModelKind, ModelVersion
from annotation.queries.examples import examples_for
from annotation.workflow.draft_requests import HINDRANCES, hindrance
from annotation.workflow.drafting import Ending, record_draft, reopen_failed
from ml.drafting.openai_compatible import HostedModel, OpenAICompatibleDrafter
from ml.drafting.prompts import Prompt
from ml.drafting.protocols import ClipInputs, Drafted, Drafter, Failed, Outcome, TryAgain
from ml.records import FaceRecord

from .asking import PaidChat, paid_chat
from .frames import sampled_frames

# By what they were refused for, where people have to do something before asking again.
REFUSALS: dict[type[WorkflowError], str] = {UnusableMedia: "unusable_video"}
LOOKING = "The model looks at the clip."


class Hindered(WorkflowError):
    """The version cannot draft the clip now."""

    def __init__(self, why: str) -> None:
        super().__init__(HINDRANCES[why])
        self.code = why


def draft_clip(progress: Progress) -> dict[str, object]:
    """
    The body of a draft's job. What fails for good ends the draft with its reason and the job as
    done; what passes by itself brings the job back.
    """
    uid = progress.job.payload["draft"]
    draft = reopen_failed(uid)
    if draft is None:
        return ended_before(uid)
    progress.report(0, 1, LOOKING)
    return finish(progress, draft, ending_of(draft))


def ended_before(uid: str) -> dict[str, object]:
    return {"draft": uid, "status": "ended before"}


def finish(progress: Progress, draft: Draft, ending: Ending) -> dict[str, object]:
    """The draft and its job end together, so that no second attempt writes another."""
    with transaction.atomic():
        recorded = record_draft(draft_id=draft.pk, ending=ending)
        result: dict[str, object] = {"draft": draft.uid, "status": recorded.status}
        progress.finish(result)
    return result


def ending_of(draft: Draft) -> Ending:
    try:
        version = version_for(draft)
        tracks = tracks_of(draft.clip)
        return ending_from(outcome_of(draft.clip, version, draft, tracks), tracks)
    except TryAgain as again:
        raise TryLater(again.reason, wait_s=again.wait_s or 0.0) from again
    except WorkflowError as refusal:
        return refused(refusal)


def refused(refusal: WorkflowError) -> Ending:
    return Ending(failure=REFUSALS.get(type(refusal), refusal.code), error=refusal.message)


def version_for(draft: Draft) -> ModelVersion:
    """Raises Hindered where it cannot draft the clip now."""
    if draft.version is None:
        raise ValueError("a draft with a job has a version; the database holds that")
    if why := hindrance(draft.clip, draft.version):
        raise Hindered(why)
    return draft.version


def tracks_of(clip: Clip) -> FaceTracks | None:
    return FaceTracks.objects.filter(clip=clip).first()


def outcome_of(
    clip: Clip, version: ModelVersion, draft: Draft | None, tracks: FaceTracks | None
) -> Outcome:
    """Raises TryAgain, TryLater or a WorkflowError where there is no outcome."""
    inputs = inputs_of(clip, tracks)
    if version.kind == ModelKind.SIGNALS:
        # Imported when it is needed: it loads libraries.
        from ml.drafting.signals import SignalsDrafter

        return SignalsDrafter().draft(inputs)
    with paid_chat(clip.project, version, draft) as chat:
        outcome = hosted_drafter(chat, clip, version).draft(inputs)
        chat.judge(are_used=isinstance(outcome, Drafted))
    return outcome


def hosted_drafter(chat: PaidChat, clip: Clip, version: ModelVersion) -> Drafter:
    model = HostedModel(
        name=version.model,
        temperature=version.temperature,
        max_output_tokens=version.max_output_tokens,
        structured=version.structured_output,
    )
    return OpenAICompatibleDrafter(chat, model, prompt_for(clip, version))


def prompt_for(clip: Clip, version: ModelVersion) -> Prompt:
    stored = version.prompt
    if stored is None:
        raise ValueError("a hosted model has a prompt; the database holds that")
    return Prompt(
        instructions=stored.instructions,
        request=stored.request,
        with_face_crops=stored.with_face_crops,
        examples=tuple(examples_for(clip, stored)),
    )


def inputs_of(clip: Clip, tracks: FaceTracks | None) -> ClipInputs:
    table = FrameTable.objects.get(clip=clip)
    seconds = [tick * table.time_base_num / table.time_base_den for tick in table.pts]
    return ClipInputs(
        name=clip.uid,
        times_s=[time - seconds[0] for time in seconds],
        faces=FaceRecord.parse_gzip(stored_path(tracks.record).read_bytes()) if tracks else None,
        open_frames=partial(sampled_frames, clip),
    )


def ending_from(outcome: Outcome, tracks: FaceTracks | None) -> Ending:
    usage = outcome.usage
    spent: dict[str, Any] = {
        "input_tokens": usage.input_tokens,
        "output_tokens": usage.output_tokens,
        "seconds": round(usage.seconds, 3),
        "main_tracks": tracks.main_tracks if tracks else None,
    }
    if isinstance(outcome, Failed):
        return Ending(failure=outcome.code, error=outcome.reason, **spent)
    content = outcome.content
    document = captions.from_generated(content).to_json() if isinstance(content, str) else content
    return Ending(document=document, **spent)
