"""
Who has a device. A run holds its devices alone; on a GPU a drafting job takes one for its time.

Claimed by an update that names the device's own columns, so that of two one wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from annotation.jobs import JobKind
from annotation.models import Device, DeviceKind, Job, JobState, TrainingRun


@dataclass(frozen=True)
class Announced:
    name: str
    kind: DeviceKind
    label: str
    memory_gib: float


@transaction.atomic
def announce_devices(host: str, found: Sequence[Announced]) -> None:
    """What the machine has from now on. A device that is gone stays while a run holds it."""
    here = Device.objects.filter(host=host)
    here.filter(run=None).exclude(name__in=[device.name for device in found]).delete()
    for device in found:
        Device.objects.update_or_create(
            host=host,
            name=device.name,
            defaults={
                "kind": device.kind,
                "label": device.label,
                "memory_gib": device.memory_gib,
                "announced_at": Now(),
            },
        )


@transaction.atomic
def claim_devices(run: TrainingRun, host: str) -> list[Device]:
    """
    All that the run needs of one machine, or none. The largest first; those that it has already
    count.
    """
    mine = list(Device.objects.filter(run=run, host=host).order_by("name"))
    if len(mine) == run.device_count:
        return mine
    free = Device.objects.filter(host=host, kind=run.device_kind, run=None)
    chosen = list(free.order_by("-memory_gib", "name")[: run.device_count])
    names = [device.pk for device in chosen]
    if len(chosen) < run.device_count:
        return []
    if Device.objects.filter(pk__in=names, run=None).update(run=run) < run.device_count:
        transaction.set_rollback(True)
        return []
    return list(Device.objects.filter(pk__in=names).order_by("name"))


def release_devices(run: TrainingRun) -> None:
    """Runs that wait for one are looked at again at the next sweep."""
    if Device.objects.filter(run=run).update(run=None):
        waiting = Job.objects.filter(kind=JobKind.SUBMIT_RUN, state=JobState.QUEUED)
        waiting.update(run_after=Now())


def is_drafting(devices: Sequence[Device]) -> bool:
    """Whether a draft that began before the run came still uses one of them."""
    names = [device.pk for device in devices]
    return Device.objects.filter(pk__in=names, drafting_until__gt=Now()).exists()


def take_for_drafting(host: str, name: str) -> bool:
    """
    Beside other drafts and never beside a run: False where one has the device. A machine that
    announced no such device drafts on its processor, which it shares.
    """
    device = Device.objects.filter(host=host, name=name)
    lease = Now() + timedelta(seconds=settings.DEVICE_LEASE_SECONDS)
    return bool(device.filter(run=None).update(drafting_until=lease)) or not device.exists()


def leave_after_drafting(host: str, name: str) -> None:
    Device.objects.filter(host=host, name=name).update(drafting_until=None)


def is_taken_by_a_run(host: str, name: str) -> bool:
    return Device.objects.filter(host=host, name=name, run__isnull=False).exists()


def is_announced(host: str, name: str) -> bool:
    return Device.objects.filter(host=host, name=name).exists()


def devices_known() -> list[Device]:
    return list(Device.objects.select_related("run").order_by("host", "name"))


def most_of_one_machine(kind: DeviceKind) -> int:
    """How many devices of a kind one machine has at most."""
    hosts = Device.objects.filter(Q(kind=kind)).values_list("host", flat=True)
    counted = list(hosts)
    return max((counted.count(host) for host in set(counted)), default=0)
