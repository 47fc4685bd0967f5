"""
What a token may reach. People's roles are the workflow's and the queries' question.

A token has scopes, and may be limited to one project: whatever the address names is then looked
up to its project before the view begins.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from annotation.errors import NotAllowed, NotFound
from annotation.models import (
    ApiToken,
    Assignment,
    Clip,
    Consolidation,
    CrossValidation,
    DatasetVersion,
    Evaluation,
    Export,
    Import,
    Job,
    TrainingRun,
)

from .actor import token_of

# Argument of a route, the rows it names, and the way from there to the project.
PROJECT_OF: dict[str, tuple[type[Model], str, str]] = {
    "clip_id": (Clip, "pk", "project_id"),
    "assignment_id": (Assignment, "pk", "clip__project_id"),
    "consolidation_id": (Consolidation, "pk", "clip__project_id"),
    "cross_validation_id": (CrossValidation, "pk", "clip__project_id"),
    "version_uid": (DatasetVersion, "uid", "project_id"),
    "evaluation_uid": (Evaluation, "uid", "predictions__version__project_id"),
    "export_uid": (Export, "uid", "version__project_id"),
    "import_uid": (Import, "uid", "project_id"),
    "job_uid": (Job, "uid", "project_id"),
    "run_uid": (TrainingRun, "uid", "project_id"),
}


class WithinToken(BasePermission):
    """Passes sessions. A token needs the scope of the view and method, and its project."""

    def has_permission(self, request: Request, view: Any) -> bool:
        token = token_of(request)
        if token is None:
            return True
        scope = view.needed_scope(request)
        if scope is None:
            raise NotAllowed("A token cannot do this. Sign in and do it in the browser.")
        if scope not in token.scopes:
            raise NotAllowed(f"This token lacks the scope {scope}. Make one that has it.")
        if token.project_id is not None:
            _require_project(token, view.kwargs)
        return True


def require_within(request: Request, project_id: int) -> None:
    """For a project that is named in the query instead of the path."""
    token = token_of(request)
    if token is not None and token.project_id is not None:
        _require_project(token, {"project_id": project_id})


def _require_project(token: ApiToken, named: dict[str, Any]) -> None:
    for argument, value in named.items():
        if argument == "project_id":
            is_inside = value == token.project_id
        elif argument in PROJECT_OF:
            model, field, project = PROJECT_OF[argument]
            rows = model._default_manager.filter(**{field: value, project: token.project_id})
            is_inside = rows.exists()
        else:
            continue
        if not is_inside:
            raise NotFound("There is nothing here, or it is not open to you.")
