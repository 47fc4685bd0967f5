"""The prompts of a project: to edit one is to write its next version."""

from __future__ import annotations

from string import Template

from django.db import transaction
from django.db.models import Max

from annotation.errors import InvalidInput
from annotation.models import Project, PromptVersion, Role, User

from .access import project_for
from .recording import record_in_project

WRITERS = (Role.LEAD, Role.ML)
# What `ml.drafting.prompts` fills in; a test holds the two together.
PLACEHOLDERS = frozenset({"duration_s", "frame_count", "people"})


@transaction.atomic
def write_prompt(
    *,
    project_id: int,
    actor: User,
    name: str,
    instructions: str,
    request: str,
    with_face_crops: bool,
    example_count: int,
    note: str,
) -> PromptVersion:
    """Locks the project, so that two writers get two numbers."""
    project_for(project_id, actor, *WRITERS)
    _check_request(request)
    project = Project.objects.select_for_update(no_key=True).get(pk=project_id)
    own = PromptVersion.objects.filter(project=project, name=name)
    prompt = PromptVersion.objects.create(
        project=project,
        name=name,
        number=(own.aggregate(last=Max("number"))["last"] or 0) + 1,
        instructions=instructions,
        request=request,
        with_face_crops=with_face_crops,
        example_count=example_count,
        note=note,
        written_by=actor,
    )
    record_in_project("prompt.written", project=project, actor=actor, prompt=prompt.uid)
    return prompt


def _check_request(request: str) -> None:
    """A typing error in a placeholder would be sent to the model as it stands."""
    template = Template(request)
    unknown = sorted(set(template.get_identifiers()) - PLACEHOLDERS)
    if template.is_valid() and not unknown:
        return
    known = ", ".join(f"${name}" for name in sorted(PLACEHOLDERS))
    message = f"Use only {known}, and $$ for a dollar sign."
    raise InvalidInput(
        "The request names something that no clip has.",
        errors=[{"field": "request", "code": "unknown_placeholder", "message": message}],
    )
