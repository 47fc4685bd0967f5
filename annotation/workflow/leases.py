"""How long work is held. A lapsed lease holds on until somebody else asks for the work."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from annotation.models import Project


def lease_end(project: Project) -> datetime:
    return timezone.now() + timedelta(minutes=project.lease_minutes)


def claimable() -> Q:
    """Rows, with a `status` and a `lease_until`, that may be given to somebody now."""
    return Q(status="open") | Q(status="held", lease_until__lt=timezone.now())
