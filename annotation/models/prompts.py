from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from .projects import Project, new_uid

MOST_EXAMPLES = 8


class PromptVersion(models.Model):
    """
    What a hosted model is told, numbered under a name. A trigger keeps it unchanged: to edit is
    to write the next number. The one without a project ships with the product.
    """

    uid = models.CharField(max_length=32, unique=True, default=new_uid, editable=False)
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="prompts", null=True, blank=True
    )
    name = models.CharField(max_length=120)
    number = models.PositiveIntegerField(default=1)
    instructions = models.TextField(max_length=20_000)
    request = models.TextField(max_length=4000)
    # A crop of the main face beside each full frame.
    with_face_crops = models.BooleanField(default=False)
    # Approved captions of the train split that are shown as examples.
    example_count = models.PositiveSmallIntegerField(default=0)
    note = models.TextField(blank=True, max_length=2000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "name", "number"],
                name="prompt_version_number_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, example_count__lte=MOST_EXAMPLES)
                & ~Q(instructions="")
                & ~Q(request=""),
                name="prompt_version_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"
