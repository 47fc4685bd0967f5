from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .projects import Project, new_uid
from .prompts import PromptVersion

TOKENS_PRICED = 1_000_000


class ModelKind(models.TextChoices):
    OPENAI = "openai"
    FACETRACK_MM = "facetrack_mm"
    SIGNALS = "signals"


class ModelVersion(models.Model):
    """
    What can draft. A trigger keeps it unchanged, so that a draft's version says what wrote it.

    The ones without a project ship with the product.
    """

    uid = models.CharField(max_length=32, unique=True, default=new_uid, editable=False)
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="model_versions", null=True, blank=True
    )
    kind = models.CharField(max_length=16, choices=ModelKind)
    name = models.CharField(max_length=120)
    # Of an OpenAI-compatible server: the name of an endpoint in the settings, which hold its
    # address and key, and the model's name there.
    endpoint = models.CharField(max_length=64, blank=True)
    model = models.CharField(max_length=200, blank=True)
    prompt = models.ForeignKey(
        PromptVersion, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    structured_output = models.BooleanField(default=True)
    temperature = models.FloatField(default=0.2)
    max_output_tokens = models.PositiveIntegerField(default=1500)
    # Of FaceTrack-MM: a preset or checkpoint, and an adapter laid over it.
    base = models.CharField(max_length=255, blank=True)
    adapter = models.CharField(max_length=255, blank=True)
    # Whose result the adapter is. By name: runs stand on datasets, those on drafts, those on this.
    training_run = models.ForeignKey(
        "TrainingRun",
        on_delete=models.PROTECT,
        related_name="model_versions",
        null=True,
        blank=True,
    )
    # Where the run ended before its time. Such a run may go on and leave another result.
    stopped_at_step = models.PositiveIntegerField(null=True, blank=True)
    # For a million tokens, in the currency that the project counts in.
    input_price = models.DecimalField(max_digits=12, decimal_places=6, default=Decimal(0))
    output_price = models.DecimalField(max_digits=12, decimal_places=6, default=Decimal(0))
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "name"], name="model_version_name_once", nulls_distinct=False
            ),
            models.UniqueConstraint(
                fields=["training_run", "stopped_at_step"],
                condition=Q(training_run__isnull=False),
                nulls_distinct=False,
                name="model_version_one_of_a_result",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at_step__isnull=True) | Q(training_run__isnull=False),
                name="model_version_stopped_with_its_run",
            ),
            models.CheckConstraint(
                condition=Q(
                    ~Q(endpoint="") & ~Q(model="") & Q(prompt__isnull=False),
                    kind=ModelKind.OPENAI,
                    base="",
                    adapter="",
                )
                | Q(~Q(base=""), kind=ModelKind.FACETRACK_MM, endpoint="", prompt__isnull=True)
                | Q(kind=ModelKind.SIGNALS, endpoint="", prompt__isnull=True, base="", adapter=""),
                name="model_version_has_what_its_kind_needs",
            ),
            models.CheckConstraint(
                condition=Q(
                    temperature__gte=0,
                    temperature__lte=2,
                    max_output_tokens__gte=100,
                    max_output_tokens__lte=16_000,
                    input_price__gte=0,
                    output_price__gte=0,
                ),
                name="model_version_settings_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"model version {self.pk} ({self.kind})"

    def price_of(self, input_tokens: int, output_tokens: int) -> Decimal:
        total = self.input_price * input_tokens + self.output_price * output_tokens
        return (total / TOKENS_PRICED).quantize(Decimal("0.000001"))


class RoleKind(models.TextChoices):
    # Drafts every clip; nobody is shown it.
    SHADOW = "shadow"
    # Takes the place of its kind's default on a share of the clips.
    CANARY = "canary"
    DEFAULT = "default"
    RETIRED = "retired"


class DraftRole(models.Model):
    """
    What a model version does in a project since when, and until when: a new role ends the former
    one, so the rows are the history.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="draft_roles")
    version = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="roles")
    # The version's own, so that the database can hold one default of a kind.
    kind = models.CharField(max_length=16, choices=ModelKind)
    role = models.CharField(max_length=16, choices=RoleKind)
    share = models.FloatField(null=True, blank=True)
    reason = models.TextField(blank=True, max_length=2000)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "version"],
                condition=Q(ended_at__isnull=True),
                name="draft_role_one_of_a_version",
            ),
            models.UniqueConstraint(
                fields=["project", "kind"],
                condition=Q(role=RoleKind.DEFAULT, ended_at__isnull=True),
                name="draft_role_one_default_of_a_kind",
            ),
            models.UniqueConstraint(
                fields=["project", "kind"],
                condition=Q(role=RoleKind.CANARY, ended_at__isnull=True),
                name="draft_role_one_canary_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(role__in=RoleKind.values, kind__in=ModelKind.values),
                name="draft_role_is_known",
            ),
            models.CheckConstraint(
                condition=Q(role=RoleKind.CANARY, share__isnull=False, share__gt=0, share__lte=1)
                | (~Q(role=RoleKind.CANARY) & Q(share__isnull=True)),
                name="draft_role_share_of_a_canary",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("created_at")),
                name="draft_role_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.version_id} is {self.role} in project {self.project_id}"
