from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotation.errors import WorkflowError
from annotation.models import DatasetVersion, DeviceKind, Launcher, RunState, TrainingRun, User
from annotation.models.experiments import ENDED
from annotation.queries.recipes import plan_for
from annotation.queries.training import runs_of
from annotation.workflow.training import resume_run, start_run, stop_run

LOOKS_EVERY_S = 2


class Command(BaseCommand):
    help = "Starts, lists, follows, stops and resumes training runs. Train workers do the work."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--project", type=int, required=True, help="number of the project")
        parser.add_argument("--as", dest="email", required=True, help="a lead's or ML member's")
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list", help="every run of the project")
        for verb in ("follow", "stop", "resume"):
            verbs.add_parser(verb).add_argument("run", type=int, help="number of the run")
        _add_start(verbs.add_parser("start", help="a run on a dataset version"))

    def handle(self, *args: Any, **options: Any) -> None:
        actor = User.objects.filter(email__iexact=options["email"]).first()
        if actor is None:
            raise CommandError("There is no such account.")
        try:
            getattr(self, f"_{options['verb']}")(options, actor)
        except WorkflowError as problem:
            wrong = problem.detail.get("errors", [])
            fields = [f"{error['field']}: {error['message']}" for error in wrong]
            raise CommandError("\n".join([str(problem), *fields])) from problem

    def _list(self, options: dict[str, Any], actor: User) -> None:
        for run in runs_of(options["project"], actor).order_by("number"):
            self.stdout.write(f"{run.number}  {run.name}  {_how_it_goes(run)}")

    def _start(self, options: dict[str, Any], actor: User) -> None:
        project_id = options["project"]
        version = DatasetVersion.objects.filter(project=project_id, number=options["version"])
        plan = plan_for(
            project_id,
            actor,
            fits_anyway=options["fits_anyway"],
            version=version.values_list("uid", flat=True).first() or "",
            name=options["name"],
            recipe=_recipe(options),
            launcher=Launcher(options["launcher"]),
            device_kind=DeviceKind(options["device"]),
            device_count=options["devices"],
            seed=options["seed"],
        )
        run = start_run(project_id=project_id, actor=actor, plan=plan)
        self.stdout.write(f"Run {run.number} waits for its turn.")
        if options["follow"]:
            self._until_it_ends(run)

    def _follow(self, options: dict[str, Any], actor: User) -> None:
        self._until_it_ends(_run(options, actor))

    def _stop(self, options: dict[str, Any], actor: User) -> None:
        run = stop_run(run_uid=_run(options, actor).uid, actor=actor)
        self.stdout.write(_how_it_goes(run))

    def _resume(self, options: dict[str, Any], actor: User) -> None:
        run = resume_run(run_uid=_run(options, actor).uid, actor=actor)
        self.stdout.write(_how_it_goes(run))

    def _until_it_ends(self, run: TrainingRun) -> None:
        """A line for whatever is new. Ending this command ends no run."""
        told = ""
        while True:
            run.refresh_from_db()
            if (line := _how_it_goes(run)) != told:
                self.stdout.write(line)
                told = line
            if run.state in ENDED:
                break
            time.sleep(LOOKS_EVERY_S)
        if run.state == RunState.FAILED:
            raise CommandError(run.reason)


def _add_start(parser: ArgumentParser) -> None:
    parser.add_argument("version", type=int, help="number of the dataset version")
    parser.add_argument("--name", required=True)
    parser.add_argument("--preset", default="mini")
    parser.add_argument("--recipe", type=Path, help="a JSON file of what differs from the preset")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help="one field, such as train.epochs=5; after the file",
    )
    parser.add_argument("--launcher", choices=Launcher.values, default=Launcher.LOCAL)
    parser.add_argument("--device", choices=DeviceKind.values, default=DeviceKind.CPU)
    parser.add_argument("--devices", type=int, default=1, help="how many, more by torchrun")
    parser.add_argument("--seed", type=int, help="draws the templates; else the version's own")
    parser.add_argument("--fits-anyway", action="store_true", help="whatever the estimate says")
    parser.add_argument("--follow", action="store_true", help="until it ends")


def _recipe(options: dict[str, Any]) -> dict[str, Any]:
    recipe: dict[str, Any] = {"preset": options["preset"]}
    if options["recipe"]:
        try:
            recipe |= json.loads(options["recipe"].read_text(encoding="utf-8"))
        except (OSError, ValueError, TypeError) as problem:
            raise CommandError(f"{options['recipe']} is no JSON object: {problem}") from problem
    for asked in options["set"]:
        path, is_set, value = asked.partition("=")
        if not is_set:
            raise CommandError(f"--set takes FIELD=VALUE, not {asked}.")
        *groups, field = path.split(".")
        inner = recipe
        for group in groups:
            inner = inner.setdefault(group, {})
            if not isinstance(inner, dict):
                raise CommandError(f"--set {asked}: {group} has no fields of its own.")
        inner[field] = _value(value)
    return recipe


def _value(text: str) -> Any:
    """A number, a list and so on as JSON writes them; anything else is a word."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _run(options: dict[str, Any], actor: User) -> TrainingRun:
    run = runs_of(options["project"], actor).filter(number=options["run"]).first()
    if run is None:
        raise CommandError(f"The project has no run {options['run']}.")
    return run


def _how_it_goes(run: TrainingRun) -> str:
    loss = f", loss {run.losses[-1]:.4f}" if run.losses else ""
    steps = f", step {run.step} of {run.steps}{loss}" if run.steps else ""
    why = f": {run.reason}" if run.reason else ""
    return f"{run.get_state_display().lower()}{steps}{why}"
