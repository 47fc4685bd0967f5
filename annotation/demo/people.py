"""One person for every role, and how to sign in as each."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import transaction

from annotation.models import Membership, Project, Role, User

ROLES = {
    "Ada": Role.ANNOTATOR,
    "Bela": Role.ANNOTATOR,
    "Chen": Role.ANNOTATOR,
    "Dana": Role.REVIEWER,
    "Eli": Role.REVIEWER,
    "Gita": Role.REVIEWER,
    "Lena": Role.LEAD,
    "Mila": Role.ML,
    "Vera": Role.VIEWER,
}
PASSWORD_BYTES = 12


def accounts_file() -> Path:
    return Path(settings.DATA_DIR) / "demo-accounts.txt"


@transaction.atomic
def make_people(project: Project) -> dict[str, User]:
    """The members of the demo project, who cannot sign in yet."""
    people = {name: _person(name) for name in ROLES}
    for name, role in ROLES.items():
        Membership.objects.get_or_create(project=project, user=people[name], role=role)
    return people


@transaction.atomic
def tell_passwords(people: dict[str, User]) -> None:
    """Made once, and made anew if the file that tells them is lost."""
    if accounts_file().exists():
        return
    lines = ["Accounts of the demo project. Made for this installation only."]
    for name, user in people.items():
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        user.set_password(password)
        user.save(update_fields=["password"])
        lines.append(f"{ROLES[name].label:10} {user.email:18} {password}")
    _write_privately(accounts_file(), "\n".join(lines) + "\n")


def _person(name: str) -> User:
    email = f"{name.lower()}@example.org"
    return User.objects.filter(email__iexact=email).first() or User.objects.create_user(email, name)


def _write_privately(path: Path, text: str) -> None:
    """Whole or not at all, and at no moment for others to read: mkstemp makes it 0600."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    Path(part).replace(path)
