from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from .projects import Project, new_uid

LONGEST_TEMPLATE = 500


class TemplateOrigin(models.TextChoices):
    TYPED = "typed"
    IMPORTED = "imported"
    GENERATED = "generated"


class TemplateChoice(models.TextChoices):
    OPEN = "open"
    KEPT = "kept"
    DROPPED = "dropped"


class TemplateCandidate(models.Model):
    """An instruction that may come into the project's next instruction set."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=LONGEST_TEMPLATE)
    origin = models.CharField(max_length=16, choices=TemplateOrigin)
    choice = models.CharField(max_length=16, choices=TemplateChoice, default=TemplateChoice.OPEN)
    # The other candidate that means most nearly the same, and the cosine of the two.
    alike = models.ForeignKey("self", on_delete=models.SET_NULL, related_name="+", null=True)
    alikeness = models.FloatField(null=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("project", Lower("text"), name="template_candidate_once"),
            models.CheckConstraint(
                condition=~Q(text="")
                & Q(origin__in=TemplateOrigin.values, choice__in=TemplateChoice.values),
                name="template_candidate_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"template candidate {self.pk} ({self.choice})"
