"""One of everything that a route can name, and everybody who may come for it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from django.conf import settings
from rest_framework.test import APIClient

from annotation.jobs import JobKind, enqueue
from annotation.media import derived_path
from annotation.models import (
    ApiToken,
    Clip,
    ClipScore,
    ClipStage,
    CrossValidation,
    DeviceKind,
    Evaluation,
    Export,
    FaceBackends,
    Import,
    ImportItem,
    ImportKind,
    Mark,
    Membership,
    Prediction,
    PredictionSet,
    Role,
    Screening,
    SubjectKind,
    TrainingRun,
    User,
)
from annotation.workflow.consolidation import save_consolidation, submitted_annotations
from annotation.workflow.cross_validating import agree, save_cross_validation, set_marks
from annotation.workflow.exporting import built_in_set, start_export
from annotation.workflow.inviting import invite
from annotation.workflow.promoting import shipped_signals
from annotation.workflow.releasing import freeze
from annotation.workflow.templates import add_candidates, choose_candidate
from annotation.workflow.tokens import create_token
from annotation.workflow.tracking import ask_for_tracks
from tests.factories import (
    DraftFactory,
    ProjectFactory,
    PromptVersionFactory,
    World,
    a_document,
)
from tests.scripted_faces import VERSIONS, a_record, a_track, store_tracks
from tests.steps import (
    annotate,
    claim,
    consolidate,
    start_consolidation,
    start_cross_validation,
    write,
)

PROPOSED_CROP = [0, 10, 160, 80]
# Who comes: holders of the work first, then others of the same role, then strangers.
PERSONAS = ["ada", "bela", "dana", "eli", "gita", "lena", "mila", "vera", "finn", "nobody"]


class Scene:
    """Every document is at revision 1, so that one If-Match fits all edits."""

    def __init__(self) -> None:
        # One annotator a clip keeps the scene quick to make.
        self.world = world = World(annotators_per_clip=1)
        # Finn is no stranger to the product: he leads a project of his own.
        self.elsewhere = ProjectFactory.create(name="Elsewhere")
        Membership.objects.create(project=self.elsewhere, user=world.finn, role=Role.LEAD)
        self.approved = self._approved_clip()
        self._cross_validation()
        self._consolidation()
        self._assignment()
        self._release()
        self._evaluation()
        self._screening()
        self._drafts()
        self.invitation, self.key = invite(
            project_id=world.project.pk,
            actor=world.lena,
            email="hana@example.org",
            roles=[Role.ANNOTATOR],
        )
        self.token = self.token_for(world.ada, ["read"])[0]
        # Signed in once, because a session costs more than most requests.
        self._clients = {name: self._signed_in(name) for name in PERSONAS}

    def _clip(self, **fields: object) -> Clip:
        clip = self.world.open_clip(**fields)
        for name in (clip.original, clip.poster):
            store(Path(settings.MEDIA_ROOT) / name)
        store(derived_path(Path(settings.MEDIA_ROOT) / clip.original, "frames/000000.jpg"))
        return clip

    def _approved_clip(self) -> Clip:
        clip = self._clip(source_video="a film")
        annotate(self.world, self.world.ada)
        consolidate(self.world, self.world.dana)
        held = self._checked()
        agree(cross_validation_id=held.pk, actor=self.world.eli, revision=held.revision)
        clip.refresh_from_db()
        return clip

    def _checked(self) -> CrossValidation:
        """Eli has marked every sentence, and mended one."""
        eli = self.world.eli
        held = start_cross_validation(self.world, eli)
        marks = [{"sentence": name, "mark": Mark.OK} for name in ("s1", "s2", "s3")]
        set_marks(cross_validation_id=held.pk, actor=eli, marks=marks)
        return save_cross_validation(
            cross_validation_id=held.pk, actor=eli, revision=0, document=a_document("Brows rise.")
        )

    def _cross_validation(self) -> None:
        self._clip()
        annotate(self.world, self.world.ada)
        consolidate(self.world, self.world.dana)
        self.cross_validation = self._checked()

    def _consolidation(self) -> None:
        clip = self._clip()
        annotate(self.world, self.world.ada)
        held = start_consolidation(self.world, self.world.dana)
        self.consolidation = save_consolidation(
            consolidation_id=held.pk, actor=self.world.dana, revision=0, document=a_document()
        )
        self.annotation = submitted_annotations(clip)[0]

    def _assignment(self) -> None:
        self.clip = self._clip()
        DraftFactory(clip=self.clip)
        self.assignment = claim(self.world, self.world.ada)
        write(self.assignment, self.world.ada)

    def _release(self) -> None:
        world = self.world
        added = add_candidates(
            project_id=world.project.pk, actor=world.mila, texts=["What does the face do?"]
        )
        self.candidate = added.candidates[0]
        choose_candidate(uid=self.candidate.uid, actor=world.mila, choice="kept")
        self.version = freeze(project_id=world.project.pk, actor=world.mila, note="first")
        self.export = start_export(
            version_uid=self.version.uid, actor=world.mila, format="native-jsonl"
        )
        location = f"exports/{self.export.uid}.zip"
        store(Path(settings.MEDIA_ROOT) / location)
        Export.objects.filter(pk=self.export.pk).update(location=location, size_bytes=1)
        self.job = self.export.job
        self.run = TrainingRun.objects.create(
            project=world.project,
            number=1,
            name="first",
            version=self.version,
            instruction_set=built_in_set(),
            seed=1,
            recipe={"preset": "mini", "base": "mini"},
            device_kind=DeviceKind.CPU,
            created_by=world.mila,
        )
        self.batch = Import.objects.create(
            project=world.project,
            source=world.source,
            kind=ImportKind.FOLDER,
            created_by=world.mila,
        )
        ImportItem.objects.create(
            batch=self.batch, position=1, name="a.mp4", status="imported", clip=self.approved
        )

    def _evaluation(self) -> None:
        entry = self.version.entries.get()
        texts = PredictionSet.objects.create(
            version=self.version,
            split=entry.split,
            kind=SubjectKind.UPLOADED,
            subject="a",
            name="another model",
            created_by=self.world.mila,
        )
        Prediction.objects.create(of=texts, clip=entry.clip, text="She blinks.")
        self.evaluation = Evaluation.objects.create(
            predictions=texts, metrics={"rouge_l": "rouge-l-1"}, created_by=self.world.mila
        )
        ClipScore.objects.create(
            evaluation=self.evaluation, clip=entry.clip, values={"rouge_l": 0.5}, columns={}
        )
        self.comparison = enqueue(
            JobKind.COMPARE_JUDGES,
            key="compare-judges:scene",
            payload={"version": self.version.pk, "split": entry.split},
            project=self.world.project,
            started_by=self.world.mila,
        )

    def _screening(self) -> None:
        """The clip that Ada holds has tracks; another waits for its own."""
        backends = FaceBackends.objects.create(key="script", versions=VERSIONS)
        store_tracks(self.clip, backends, a_record(a_track()))
        self.screened = self.world.clip(stage=ClipStage.SCREENING)
        ask_for_tracks(self.screened, backends, None)
        proposal = {"crop": PROPOSED_CROP, "reason": "Black bars above.", "confidence": 0.9}
        Screening.objects.filter(clip=self.screened).update(crop_proposal=proposal)

    def _drafts(self) -> None:
        self.prompt = PromptVersionFactory.create(project=self.world.project)
        self.signals = shipped_signals()
        self.preview = enqueue(
            JobKind.PREVIEW_PROMPT,
            key="preview:scene",
            payload={"clip": self.approved.pk},
            project=self.world.project,
            started_by=self.world.mila,
        )

    @cached_property
    def arguments(self) -> dict[str, object]:
        """What the parts of a route stand for."""
        return {
            "project_id": self.world.project.pk,
            "clip_id": self.clip.pk,
            "slot": self.assignment.slot,
            "index": 0,
            "assignment_id": self.assignment.pk,
            "consolidation_id": self.consolidation.pk,
            "cross_validation_id": self.cross_validation.pk,
            "source_id": self.world.source.pk,
            "user_id": self.world.bela.pk,
            "invitation_id": self.invitation.pk,
            "key": self.key,
            "prefix": self.token.token_key,
            "version_uid": self.version.uid,
            "evaluation_uid": self.evaluation.uid,
            "export_uid": self.export.uid,
            "import_uid": self.batch.uid,
            "job_uid": self.job.uid,
            "run_uid": self.run.uid,
            "prompt_uid": self.prompt.uid,
            "candidate_uid": self.candidate.uid,
            "model_uid": self.signals.uid,
        }

    def person(self, name: str) -> User:
        found: User = getattr(self.world, name)
        return found

    def client(self, name: str) -> APIClient:
        return self._clients[name]

    def _signed_in(self, name: str) -> APIClient:
        client = APIClient()
        if name != "nobody":
            client.force_login(self.person(name))
        return client

    def token_for(
        self, person: User, scopes: list[str], project_id: int | None = None
    ) -> tuple[ApiToken, str]:
        return create_token(
            actor=person, name="a program", scopes=scopes, project_id=project_id, days=1
        )


def store(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
