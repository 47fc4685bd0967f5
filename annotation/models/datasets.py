from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from .clips import Clip
from .cross_validations import ApprovedCaption
from .jobs import Job
from .model_versions import ModelVersion
from .projects import Project, new_uid


class InstructionSet(models.Model):
    """The 20 templates in use. The one without a project ships with the product."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid, editable=False)
    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="instruction_sets", null=True, blank=True
    )
    name = models.CharField(max_length=120)
    version = models.PositiveIntegerField(default=1)
    templates = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "name", "version"],
                name="instruction_set_version_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"instruction set {self.pk} version {self.version}"


class Rendering(models.TextChoices):
    FULL = "full"
    MARKED = "marked"
    STRIPPED = "stripped"


class Split(models.TextChoices):
    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"


class DatasetVersion(models.Model):
    """A frozen, numbered set of approved captions with splits. Triggers keep it unchanged."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="dataset_versions")
    number = models.PositiveIntegerField()
    note = models.TextField(blank=True, max_length=2000)
    parts = models.JSONField()
    rendering = models.CharField(max_length=16, choices=Rendering)
    # Of the approved captions; nothing lets everything through.
    filter = models.JSONField(default=dict)
    # What is tested on here is tested on in every later version too.
    locks_test = models.BooleanField(default=False)
    seed = models.PositiveIntegerField()
    # {"test": 0.2, "test_clips": 40, ...}: the share asked for, none where a number was, and how
    # many clips that is. Whole groups decide.
    targets = models.JSONField()
    counts = models.JSONField()
    sha256 = models.CharField(max_length=64)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "number"], name="dataset_version_number_once"
            ),
            models.CheckConstraint(
                condition=Q(rendering__in=Rendering.values),
                name="dataset_version_rendering_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of project {self.project_id}"


class DatasetEntry(models.Model):
    """One approved caption of a version, with the text exactly as it was frozen."""

    version = models.ForeignKey(DatasetVersion, on_delete=models.PROTECT, related_name="entries")
    clip = models.ForeignKey(Clip, on_delete=models.PROTECT, related_name="dataset_entries")
    caption = models.ForeignKey(ApprovedCaption, on_delete=models.PROTECT, related_name="entries")
    group = models.CharField(max_length=300)
    split = models.CharField(max_length=16, choices=Split)
    text = models.TextField()
    # What still reads as inferred once inferences are taken out. None: nobody looked for it.
    hedges = ArrayField(models.TextField(), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "clip"], name="dataset_entry_clip_once"),
            models.CheckConstraint(
                condition=Q(split__in=Split.values), name="dataset_entry_split_is_known"
            ),
        ]
        indexes = [models.Index(fields=["clip"], name="dataset_entry_of_clip")]

    def __str__(self) -> str:
        return f"clip {self.clip_id} in version {self.version_id} ({self.split})"


class DataCard(models.Model):
    """The statistics of a version, as they were computed once. A trigger keeps it unchanged."""

    version = models.OneToOneField(
        DatasetVersion, on_delete=models.PROTECT, related_name="card", primary_key=True
    )
    content = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"card of version {self.version_id}"


class ActionCount(models.Model):
    """
    How many facial actions a hosted model found in a version's captions, told beside the card's
    own count and never mixed with it. A trigger keeps it unchanged.
    """

    version = models.ForeignKey(
        DatasetVersion, on_delete=models.PROTECT, related_name="action_counts"
    )
    model = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="+")
    # Of the question that the model was asked.
    prompt_version = models.PositiveIntegerField()
    content = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "model"], name="action_count_of_model_once"),
        ]

    def __str__(self) -> str:
        return f"actions in version {self.version_id} counted by model {self.model_id}"


class ExportFormat(models.TextChoices):
    NATIVE_JSONL = "native-jsonl"
    LABEL_STUDIO = "ls-json"
    FACIALDYNAMIC = "facialdynamic"
    VIDEOLLAMA2 = "videollama2"
    LLAMA_FACTORY = "llama-factory"
    DPO = "dpo"
    KTO = "kto"
    CSV = "csv"
    PARQUET = "parquet"
    HUGGING_FACE = "hugging-face"
    WEBDATASET = "webdataset"
    VTT = "vtt"
    SRT = "srt"
    EAF = "eaf"
    CONSOLIDATION_AUDIT = "consolidation-audit"


class ExportMedia(models.TextChoices):
    """What an archive has of the videos that its records name by path."""

    # Their names and hashes, by which they are laid beside.
    PATHS = "paths"
    COPIES = "copies"
    # What paths have, and where each is fetched.
    LINKS = "links"


def all_splits() -> list[str]:
    return list(Split.values)


class Export(models.Model):
    """A rendering of a dataset version in one format, made by a job."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid, editable=False)
    version = models.ForeignKey(DatasetVersion, on_delete=models.PROTECT, related_name="exports")
    format = models.CharField(max_length=32, choices=ExportFormat)
    instruction_set = models.ForeignKey(
        InstructionSet, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    seed = models.PositiveIntegerField()
    rendering = models.CharField(max_length=16, choices=Rendering)
    splits = ArrayField(models.CharField(max_length=16, choices=Split), default=all_splits)
    # Of preferences: also what rules wrote from signals, which no person would mistake for a text.
    with_rule_drafts = models.BooleanField(default=False)
    media = models.CharField(max_length=16, choices=ExportMedia, default=ExportMedia.PATHS)
    # Of links: the version's address, as whoever asked for the export reached it.
    links_to = models.CharField(max_length=500, blank=True)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, related_name="+", null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # Storage name, size, hash and manifest of the finished archive; empty before.
    location = models.CharField(max_length=255, blank=True)
    size_bytes = models.PositiveBigIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    manifest = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(format__in=ExportFormat.values), name="export_format_is_known"
            ),
            models.CheckConstraint(
                condition=Q(rendering__in=Rendering.values), name="export_rendering_is_known"
            ),
            models.CheckConstraint(
                condition=Q(media__in=ExportMedia.values), name="export_media_is_known"
            ),
            models.CheckConstraint(
                condition=Q(media=ExportMedia.LINKS) ^ Q(links_to=""),
                name="export_links_lead_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(splits__contained_by=Split.values) & ~Q(splits=[]),
                name="export_splits_are_known",
            ),
            models.CheckConstraint(
                condition=Q(location="") ^ Q(size_bytes__isnull=False),
                name="export_is_finished_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"export {self.pk} ({self.format})"
