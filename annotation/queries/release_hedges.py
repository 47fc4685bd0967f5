"""Approved captions that still hedge without their inferences, before a version is made of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from annotation.models import Project, Role, User
from annotation.workflow.access import require_role
from annotation.workflow.release_candidates import Candidate, candidates_of, passing
from annotation.workflow.release_plans import Plan, check_plan
from annotation.workflow.release_readings import Readings

# Captions are read until a page is full: one in ten hedges, so five times this for a page of 50.
BATCH = 100


@dataclass(frozen=True)
class HedgedCaption:
    clip_id: int
    clip_name: str
    text: str
    hedges: list[str]


def hedged_captions(
    *, project_id: int, actor: User, after: int, most: int, **wishes: Any
) -> list[HedgedCaption]:
    """
    Those that pass the filter, of clips with a number above `after`. Also where the wishes leave
    them out: who decides that wants to see what.
    """
    require_role(project_id, actor, Role.ML, Role.LEAD)
    project, plan = Project.objects.get(pk=project_id), Plan(**wishes)
    check_plan(plan, project)
    candidates = [clip for clip in candidates_of(project) if clip.pk > after]
    return list(islice(_hedging(candidates, plan), most))


def _hedging(candidates: list[Candidate], plan: Plan) -> Iterator[HedgedCaption]:
    readings = Readings(plan.parts, plan.rendering)
    usable = passing(candidates, plan.filter)
    for first in range(0, len(usable), BATCH):
        batch = usable[first : first + BATCH]
        readings.read(caption.pk for _, caption in batch)
        for clip, caption in batch:
            text, hedges = readings.of(caption.pk)
            if text and hedges:
                yield HedgedCaption(clip.pk, clip.name, text, list(hedges))
