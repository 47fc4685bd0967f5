"""The demo project: real clips, people of every role, and work in every stage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from django.db import transaction

from annotation.importing.preparing import StoredFile, store_file
from annotation.jobs import run_job
from annotation.jobs.running import Body
from annotation.models import (
    Clip,
    ClipStage,
    DatasetVersion,
    DraftRole,
    ExportFormat,
    Job,
    Project,
    RoleKind,
    Source,
    SourceKind,
    User,
    WorkflowEvent,
)
from annotation.workflow.exporting import run_export, start_export
from annotation.workflow.import_batches import run_import, start_upload_import
from annotation.workflow.promoting import shipped_signals
from annotation.workflow.recording import record_in_project
from annotation.workflow.releasing import freeze

from .captions import Captioned, captioned_clips
from .clips import DemoClip
from .people import make_people, tell_passwords
from .story import tell

NAME = "Demo: faces in motion"
DESCRIPTION = (
    "Real clips under the terms that their sources name, for trying things out. The drafts were "
    "written by hand, and by rules on what was measured of the faces."
)
FILLED = "demo.filled"


def fill(fetch: Callable[[], Sequence[DemoClip]]) -> Project:
    """Safe to call at every start: a demo that is filled is left as people have changed it."""
    project = _project()
    people = make_people(project)
    if not WorkflowEvent.objects.filter(project=project, kind=FILLED).exists():
        _fill(project, people, fetch())
    # Last: whoever finds the file finds the demo whole.
    tell_passwords(people)
    return project


def _fill(project: Project, people: dict[str, User], clips: Sequence[DemoClip]) -> None:
    captioned = captioned_clips()
    _let_rules_draft(project)
    _import(project, people["Lena"], clips, captioned)
    present = set(Clip.objects.filter(project=project).values_list("name", flat=True))
    tell(project, people, [clip for clip in captioned if clip.name in present])
    if Clip.objects.filter(project=project, stage=ClipStage.APPROVED).exists():
        _release(project, people["Mila"])
    record_in_project(FILLED, project=project, actor=None)


@transaction.atomic
def _project() -> Project:
    project, _ = Project.objects.get_or_create(
        name=NAME,
        defaults={
            "description": DESCRIPTION,
            # The story has one second reviewer, who sees the first result.
            "cross_validation_blind_share": 0.0,
        },
    )
    return project


def _let_rules_draft(project: Project) -> None:
    """Once a worker has tracked a clip, every annotator who comes later sees such a draft."""
    version = shipped_signals()
    DraftRole.objects.get_or_create(
        project=project, version=version, kind=version.kind, role=RoleKind.DEFAULT
    )


def _import(
    project: Project, lead: User, clips: Sequence[DemoClip], captioned: Sequence[Captioned]
) -> None:
    terms = {clip.path.name: f"{clip.licence}. {clip.terms}" for clip in clips}
    # Higher goes first, so that the queue follows the order of the story.
    records = {
        clip.file: clip.record(-rank, terms[clip.file])
        for rank, clip in enumerate(captioned)
        if clip.file in terms
    }
    for (name, licence), of_source in _by_source(clips).items():
        source, _ = Source.objects.get_or_create(
            project=project,
            name=name,
            defaults={"kind": SourceKind.EXISTING, "licence": licence},
        )
        batch = start_upload_import(
            project_id=project.pk,
            actor=lead,
            source_id=source.pk,
            files=[_stored(clip) for clip in of_source],
            records=records,
        )
        _run_now(batch.job, run_import)


def _by_source(clips: Sequence[DemoClip]) -> dict[tuple[str, str], list[DemoClip]]:
    found: dict[tuple[str, str], list[DemoClip]] = defaultdict(list)
    for clip in clips:
        found[clip.source, clip.licence].append(clip)
    return found


def _stored(clip: DemoClip) -> StoredFile:
    with clip.path.open("rb") as file:
        return store_file(file, clip.path.name)


def _run_now(job: Job | None, body: Body) -> None:
    """Here rather than by a worker, which may not be up yet. The message it gets finds it done."""
    if job is not None:
        run_job(job.pk, body)


def _release(project: Project, person: User) -> None:
    version = DatasetVersion.objects.filter(project=project).first() or freeze(
        project_id=project.pk, actor=person, note="First version of the demo.", test_share=0.5
    )
    if not version.exports.exists():
        export = start_export(
            version_uid=version.uid, actor=person, format=ExportFormat.VIDEOLLAMA2
        )
        _run_now(export.job, run_export)
