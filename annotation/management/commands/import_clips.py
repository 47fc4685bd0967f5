from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotation.errors import WorkflowError
from annotation.importing.folders import video_files
from annotation.importing.preparing import StoredFile, store_file
from annotation.jobs import run_job
from annotation.models import Import, ImportItemStatus, Source, User
from annotation.workflow.import_batches import count_items, run_import, start_upload_import
from annotation.workflow.importing import source_for_import


class Command(BaseCommand):
    help = "Imports videos and folders of videos from this machine, here and now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, help="videos, or folders of them")
        parser.add_argument("--project", type=int, required=True, help="number of the project")
        parser.add_argument("--source", required=True, help="name of a source of the project")
        parser.add_argument("--as", dest="email", required=True, help="a lead's or ML member's")

    def handle(self, *args: Any, **options: Any) -> None:
        actor = User.objects.filter(email__iexact=options["email"]).first()
        source = Source.objects.filter(project=options["project"], name=options["source"]).first()
        if actor is None or source is None:
            missing = "account" if actor is None else "source in this project"
            raise CommandError(f"There is no such {missing}.")
        try:
            # Before anything is copied; the import asks again.
            source_for_import(source.project_id, actor, source.pk)
            batch = start_upload_import(
                project_id=source.project_id,
                actor=actor,
                source_id=source.pk,
                files=self._stored(options["paths"]),
            )
        except WorkflowError as problem:
            raise CommandError(str(problem)) from problem
        if batch.job is not None:
            run_job(batch.job.pk, run_import)
        self._tell(batch)

    def _stored(self, paths: list[Path]) -> list[StoredFile]:
        stored = []
        for path in paths:
            for file in video_files(path) if path.is_dir() else [path]:
                try:
                    with file.open("rb") as content:
                        stored.append(store_file(content, file.name))
                except (WorkflowError, OSError) as problem:
                    self.stderr.write(f"{file}: {problem}")
        return stored

    def _tell(self, batch: Import) -> None:
        for item in batch.items.filter(status=ImportItemStatus.FAILED).order_by("position"):
            self.stderr.write(f"{item.name}: {item.message}")
        counts = count_items(batch)
        self.stdout.write(", ".join(f"{count} {status}" for status, count in counts.items()))
        if counts[ImportItemStatus.FAILED]:
            raise CommandError("Some files could not be imported.")
