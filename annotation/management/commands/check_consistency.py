from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotation.queries.consistency import PROMISES, broken_promises
from annotation.queries.stored_files import broken_files


class Command(BaseCommand):
    help = "Looks for rows and files that break what is promised of them, and changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        found = [*broken_promises(), *broken_files()]
        for broken in found:
            ids = ", ".join(map(str, broken.ids))
            self.stderr.write(f"Not so: {broken.sentence} {broken.count}: {ids}")
        if found:
            raise CommandError("The data is not consistent. Keep a backup before mending it.")
        self.stdout.write(f"All {len(PROMISES)} promises hold, and the files are there.")
