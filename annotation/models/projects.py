from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

INVITATION_LIFETIME = timedelta(days=7)
SHARE = [MinValueValidator(0.0), MaxValueValidator(1.0)]


def new_uid() -> str:
    """Names a row outside the database, in documents, exports and URLs."""
    return secrets.token_hex(8)


def new_seed() -> int:
    return secrets.randbelow(2**31)


class Role(models.TextChoices):
    LEAD = "lead"
    REVIEWER = "reviewer"
    ANNOTATOR = "annotator"
    ML = "ml"
    VIEWER = "viewer"


class DraftPolicy(models.TextChoices):
    NONE = "none"
    AFTER_FIRST_VERSION = "after_first_version"
    ALWAYS = "always"


class Project(models.Model):
    """One captioning campaign: its members and the rules of its work flow."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid, editable=False)
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True, max_length=4000)
    created_at = models.DateTimeField(auto_now_add=True)

    annotators_per_clip = models.PositiveSmallIntegerField(default=3)
    lease_minutes = models.PositiveSmallIntegerField(default=20)
    draft_wait_minutes = models.PositiveSmallIntegerField(default=10)
    draft_policy = models.CharField(max_length=24, choices=DraftPolicy, default=DraftPolicy.ALWAYS)
    # Share of clips annotated without any draft, so that anchoring can be measured.
    no_draft_share = models.FloatField(default=0.0, validators=SHARE)
    cross_validation_blind_share = models.FloatField(default=0.1, validators=SHARE)
    # Of the clips that were not drawn for the blind mode.
    cross_validation_check_share = models.FloatField(default=1.0, validators=SHARE)
    # How often one annotation may be returned before the reviewer has to decide alone.
    return_cap = models.PositiveSmallIntegerField(default=2)
    attributes_required = models.BooleanField(default=True)
    # The words of a clip may tell the emotion that only the face should tell.
    sound_allowed = models.BooleanField(default=False)
    external_processing_allowed = models.BooleanField(default=False)
    seed = models.PositiveIntegerField(default=new_seed)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(annotators_per_clip__gte=1, annotators_per_clip__lte=9),
                name="project_annotators_per_clip_in_range",
            ),
            models.CheckConstraint(
                condition=Q(lease_minutes__gte=1, lease_minutes__lte=24 * 60),
                name="project_lease_in_range",
            ),
            models.CheckConstraint(
                condition=Q(no_draft_share__gte=0, no_draft_share__lte=1)
                & Q(cross_validation_blind_share__gte=0, cross_validation_blind_share__lte=1)
                & Q(cross_validation_check_share__gte=0, cross_validation_check_share__lte=1),
                name="project_shares_in_range",
            ),
            models.CheckConstraint(
                condition=Q(draft_policy__in=DraftPolicy.values),
                name="project_draft_policy_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"project {self.pk}"


class Membership(models.Model):
    """One role of one person in one project; a person may hold several."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=16, choices=Role)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "user", "role"], name="membership_once"),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="membership_role_is_known"
            ),
        ]
        indexes = [models.Index(fields=["user", "project"], name="membership_of_user")]

    def __str__(self) -> str:
        return f"user {self.user_id} is {self.role} of project {self.project_id}"


def invitation_end() -> datetime:
    return timezone.now() + INVITATION_LIFETIME


class Invitation(models.Model):
    """A single-use, expiring key bound to one e-mail address. Only its hash is stored."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    roles = ArrayField(models.CharField(max_length=16, choices=Role), size=5)
    key_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(default=invitation_end)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~(Q(accepted_at__isnull=True) ^ Q(accepted_by__isnull=True)),
                name="invitation_accepted_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="invitation_expires_later"
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk} to project {self.project_id}"
