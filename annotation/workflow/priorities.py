from __future__ import annotations

from django.db import transaction

from annotation.models import Clip, Role, User

from .access import clip_for_update
from .recording import record


@transaction.atomic
def set_priority(*, clip_id: int, actor: User, priority: int) -> Clip:
    """Clips of a higher priority are given out first."""
    clip = clip_for_update(clip_id, actor, Role.LEAD)
    clip.priority = priority
    clip.save(update_fields=["priority"])
    record("clip.prioritised", clip=clip, actor=actor, priority=priority)
    return clip
