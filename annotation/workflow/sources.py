from __future__ import annotations

from django.db import IntegrityError, transaction

from annotation.errors import InvalidInput, NotFound
from annotation.models import Role, Source, User

from .access import project_for
from .recording import record_in_project


@transaction.atomic
def add_source(
    *,
    project_id: int,
    actor: User,
    name: str,
    kind: str,
    licence: str,
    url: str,
    external_processing_allowed: bool,
) -> Source:
    project = project_for(project_id, actor, Role.LEAD, Role.ML)
    source = Source(
        project=project,
        name=name,
        kind=kind,
        licence=licence,
        url=url,
        external_processing_allowed=external_processing_allowed,
    )
    try:
        with transaction.atomic():
            source.save()
    except IntegrityError as error:
        raise InvalidInput(
            "The project has a source of this name.",
            errors=[{"field": "name", "code": "unique", "message": "Choose another name."}],
        ) from error
    record_in_project("source.added", project=project, actor=actor, source=source.pk)
    return source


@transaction.atomic
def allow_outside(*, project_id: int, source_id: int, actor: User, is_allowed: bool) -> Source:
    """Whether services outside may be sent frames of the source's clips from now on."""
    project = project_for(project_id, actor, Role.LEAD)
    source = (
        Source.objects.select_for_update(of=("self",)).filter(project=project, pk=source_id).first()
    )
    if source is None:
        raise NotFound("There is no such source in the project.")
    if source.external_processing_allowed != is_allowed:
        source.external_processing_allowed = is_allowed
        source.save(update_fields=["external_processing_allowed"])
        kind = "source.outside_allowed" if is_allowed else "source.outside_forbidden"
        record_in_project(kind, project=project, actor=actor, source=source.pk)
    return source
