"""What became of the files that were brought in."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from annotation.errors import NotFound
from annotation.importing.folders import folders_below, import_roots
from annotation.models import Import, ImportItem, ImportItemStatus, User
from annotation.workflow.access import require_role
from annotation.workflow.importing import IMPORTERS


def imports_of(project_id: int, actor: User) -> QuerySet[Import]:
    require_role(project_id, actor, *IMPORTERS)
    return _counted(Import.objects.filter(project_id=project_id))


def import_for(uid: str, actor: User) -> Import:
    found = _counted(Import.objects.filter(uid=uid)).first()
    if found is None:
        raise NotFound("There is no such import.")
    require_role(found.project_id, actor, *IMPORTERS)
    return found


def items_of(uid: str, actor: User) -> QuerySet[ImportItem]:
    return import_for(uid, actor).items.all()


def folders_for(project_id: int, actor: User) -> list[dict[str, object]]:
    require_role(project_id, actor, *IMPORTERS)
    return [
        {"root": str(root), "entries": folders_below(root)}
        for root in import_roots()
        if root.is_dir()
    ]


def _counted(imports: QuerySet[Import]) -> QuerySet[Import]:
    """With `pending_items`, `imported_items` and so on."""
    return imports.select_related("source", "job").annotate(
        **{
            f"{status}_items": Count("items", filter=Q(items__status=status))
            for status in ImportItemStatus.values
        }
    )
