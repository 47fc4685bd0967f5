"""Training runs, and the devices that they take one at a time."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from .datasets import DatasetVersion, InstructionSet
from .jobs import Job
from .projects import Project, new_uid


class RunState(models.TextChoices):
    QUEUED = "queued"
    PREPARING = "preparing"
    RUNNING = "running"
    STOPPING = "stopping"
    STOPPED = "stopped"
    DONE = "done"
    FAILED = "failed"


ENDED = [RunState.STOPPED, RunState.DONE, RunState.FAILED]
# A process of it may be alive, or is about to be started.
BEGUN = [RunState.PREPARING, RunState.RUNNING, RunState.STOPPING]


class Launcher(models.TextChoices):
    LOCAL = "local"
    # Several GPUs of one machine.
    TORCHRUN = "torchrun"
    SLURM = "slurm"


class DeviceKind(models.TextChoices):
    CPU = "cpu"
    CUDA = "cuda"


class TrainingRun(models.Model):
    """
    One recipe on one dataset version with one seed.

    The folder of the run says how it goes; what lists and rules need of that is copied here by
    whoever polls. `attempts` counts the starts of its process.
    """

    uid = models.CharField(max_length=32, unique=True, default=new_uid, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="training_runs")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    version = models.ForeignKey(
        DatasetVersion, on_delete=models.PROTECT, related_name="training_runs"
    )
    instruction_set = models.ForeignKey(InstructionSet, on_delete=models.PROTECT, related_name="+")
    # Draws the instruction of each clip. The recipe has the seed of the training itself.
    seed = models.PositiveIntegerField()
    # Resolved: every field has its value.
    recipe = models.JSONField()
    # As estimated from the recipe.
    memory_gib = models.FloatField(null=True, blank=True)
    cloned_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="clones", null=True, blank=True
    )
    launcher = models.CharField(max_length=16, choices=Launcher, default=Launcher.LOCAL)
    device_kind = models.CharField(max_length=16, choices=DeviceKind)
    device_count = models.PositiveSmallIntegerField(default=1)

    state = models.CharField(max_length=16, choices=RunState, default=RunState.QUEUED)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, related_name="+", null=True)
    # Which machine started the process, and what tells it from a later one of the same number.
    # A cluster counts as one machine, and the number is that of its job.
    host = models.CharField(max_length=120, blank=True)
    process_group = models.PositiveIntegerField(null=True, blank=True)
    process_started = models.CharField(max_length=64, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # In a row, without one step between them.
    deaths = models.PositiveSmallIntegerField(default=0)
    stop_requested_at = models.DateTimeField(null=True, blank=True)
    # The process was asked to end.
    signalled_at = models.DateTimeField(null=True, blank=True)
    polled_at = models.DateTimeField(null=True, blank=True)
    # By the trainer's own clock.
    heartbeat_at = models.DateTimeField(null=True, blank=True)

    phase = models.CharField(max_length=32, blank=True)
    step = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=0)
    # Of the phase.
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=500, blank=True)
    # A few losses in order, for a picture as small as a word.
    losses = models.JSONField(default=list)

    # {"train": {"sha256": ..., "count": 8}, "validation": ...}: what the process was given.
    manifests = models.JSONField(default=dict)
    # Packages and code version, as the run's folder has them.
    versions = models.JSONField(default=dict)
    result_sha256 = models.CharField(max_length=64, blank=True)
    code = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="training_run_number_once"),
            models.CheckConstraint(
                condition=Q(
                    state__in=RunState.values,
                    launcher__in=Launcher.values,
                    device_kind__in=DeviceKind.values,
                    device_count__gte=1,
                ),
                name="training_run_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED) ^ Q(ended_at__isnull=True),
                name="training_run_ended_at_matches_state",
            ),
            models.CheckConstraint(
                condition=~Q(state=RunState.FAILED) | (~Q(code="") & ~Q(reason="")),
                name="training_run_failed_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=RunState.DONE) | ~Q(result_sha256=""),
                name="training_run_done_has_a_result",
            ),
            models.CheckConstraint(
                condition=~Q(state=RunState.STOPPING) | Q(stop_requested_at__isnull=False),
                name="training_run_stops_when_asked",
            ),
        ]
        indexes = [
            models.Index(
                fields=["state"],
                condition=Q(state__in=["queued", "preparing", "running", "stopping"]),
                name="training_run_live",
            ),
        ]

    def __str__(self) -> str:
        return f"training run {self.pk} ({self.state})"

    @property
    def can_stop(self) -> bool:
        return self.state in (RunState.QUEUED, RunState.PREPARING, RunState.RUNNING)

    @property
    def can_resume(self) -> bool:
        return self.state in (RunState.STOPPED, RunState.FAILED)


class Device(models.Model):
    """
    What a model runs on, as its machine announced it. A run holds it alone; on a GPU drafting
    takes it for the time of one job.
    """

    host = models.CharField(max_length=120)
    # "cpu", or "cuda:0" by the number that the driver gives.
    name = models.CharField(max_length=16)
    kind = models.CharField(max_length=16, choices=DeviceKind)
    label = models.CharField(max_length=120, blank=True)
    memory_gib = models.FloatField()
    announced_at = models.DateTimeField(db_default=Now())
    run = models.ForeignKey(
        TrainingRun, on_delete=models.SET_NULL, related_name="devices", null=True, blank=True
    )
    drafting_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["host", "name"], name="device_once"),
            models.CheckConstraint(
                condition=Q(kind__in=DeviceKind.values), name="device_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.host}"
