from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from annotation.demo.clips import demo_clips
from annotation.demo.filling import fill
from annotation.demo.people import accounts_file


class Command(BaseCommand):
    help = "Fills the demo project on the first call and does nothing to it on later ones."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Demo accounts belong on no server that others can reach. "
                "Use the development settings to have a demo."
            )
        project = fill(lambda: demo_clips(Path(settings.DATA_DIR) / "demo-clips"))
        self.stdout.write(f"The demo project is {project.name!r}. Accounts: {accounts_file()}")
