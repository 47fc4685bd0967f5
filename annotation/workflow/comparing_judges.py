"""Asking how far the judges of a split say the same."""

from __future__ import annotations

from django.db import transaction

from annotation.errors import TransitionRefused
from annotation.jobs import JobKind, enqueue
from annotation.models import Evaluation, Job, User, new_uid

from .evaluating import dataset_version_for
from .recording import record_in_project

FEWEST_JUDGES = 2


@transaction.atomic
def ask_for_comparison(*, version_uid: str, actor: User, split: str) -> Job:
    """The answer is the job's result. Each time anew, for evaluations may have come since."""
    version = dataset_version_for(version_uid, actor, split)
    done = Evaluation.objects.filter(
        predictions__version=version, predictions__split=split, done_at__isnull=False
    )
    judges = done.filter(metrics__has_key="tem").order_by().values("judge_name").distinct()
    if judges.count() < FEWEST_JUDGES:
        raise TransitionRefused(
            "Fewer than two judges have looked at this split. Have the same texts scored by "
            "another judge first."
        )
    record_in_project(
        "judges.compared", project=version.project, actor=actor, version=version.number, split=split
    )
    return enqueue(
        JobKind.COMPARE_JUDGES,
        key=f"compare-judges:{new_uid()}",
        payload={"version": version.pk, "split": split},
        project=version.project,
        started_by=actor,
    )
