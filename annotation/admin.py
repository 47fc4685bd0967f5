"""What operators look at on /operations/. Changes are made by the people of a project."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from annotation.models import Job


@admin.register(Job)
class Jobs(admin.ModelAdmin):  # type: ignore[type-arg]  # a class without parameters at run time
    """All of them, the dead ones with their reasons: a lead sees those of one project only."""

    list_display = (
        "uid",
        "kind",
        "state",
        "project",
        "attempts",
        "error",
        "created_at",
        "ended_at",
    )
    list_filter = ("state", "kind")
    list_select_related = ("project",)
    search_fields = ("uid", "key", "error")
    ordering = ("-id",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False
