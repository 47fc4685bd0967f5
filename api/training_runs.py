"""Training runs: what they can be told, how they go, and what people do with them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.models import DeviceKind, Launcher, Rendering, RunState, TokenScope
from annotation.queries import training
from annotation.queries.recipes import plan_for
from annotation.workflow.training import resume_run, start_run, stop_run
from annotation.workflow.training_results import ask_for_result

from .actor import actor_of
from .clip_rows import API
from .datasets import LARGEST_SEED
from .endpoint import Endpoint, HeavyEndpoint, read_body
from .jobs import Job
from .pagination import PAGE_PARAMETERS, page_of, paged, whole
from .recipes import CheckBody
from .work import NothingBody

WAITING = (RunState.QUEUED, RunState.PREPARING)


class RunVersion(serializers.Serializer[Any]):
    uid = serializers.CharField()
    number = serializers.IntegerField()
    rendering = serializers.ChoiceField(choices=Rendering.choices)


class RunNamed(serializers.Serializer[Any]):
    uid = serializers.CharField()
    name = serializers.CharField()


class RunModel(RunNamed):
    # Null of a run that came to its end.
    stopped_at_step = serializers.IntegerField(allow_null=True)


class RunRef(RunNamed):
    number = serializers.IntegerField()


class TrainingRun(serializers.Serializer[Any]):
    uid = serializers.CharField()
    project_id = serializers.IntegerField()
    number = serializers.IntegerField()
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=RunState.choices)
    preset = serializers.CharField(source="recipe.preset", default="")
    base = serializers.CharField(source="recipe.base", default="")
    version = RunVersion()
    launcher = serializers.ChoiceField(choices=Launcher.choices)
    device_kind = serializers.ChoiceField(choices=DeviceKind.choices)
    device_count = serializers.IntegerField()
    # Held by the run now.
    devices = serializers.ListField(child=serializers.CharField(), source="devices.all")
    attempts = serializers.IntegerField()
    phase = serializers.CharField()
    step = serializers.IntegerField()
    steps = serializers.IntegerField()
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    message = serializers.CharField()
    losses = serializers.ListField(child=serializers.FloatField())
    code = serializers.CharField()
    reason = serializers.CharField()
    heartbeat_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    created_by_name = serializers.CharField(source="created_by.name")
    started_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    can_stop = serializers.BooleanField()
    can_resume = serializers.BooleanField()
    # What it became.
    models = RunModel(many=True, source="model_versions")
    # Why a run that waits does.
    waits_for = serializers.SerializerMethodField()

    def get_waits_for(self, run: Any) -> str:
        return run.job.error if run.job and run.state in WAITING else ""


class RunInstructions(RunNamed):
    version = serializers.IntegerField()


class TrainingRunDetail(TrainingRun):
    recipe = serializers.DictField()
    memory_gib = serializers.FloatField(allow_null=True)
    instruction_set = RunInstructions()
    seed = serializers.IntegerField()
    cloned_from = RunRef(allow_null=True)
    manifests = serializers.DictField()
    versions = serializers.DictField()
    result_sha256 = serializers.CharField()
    host = serializers.CharField()
    # Saved by a run that ended before its time, and not a model version yet.
    step_to_register = serializers.SerializerMethodField()

    def get_step_to_register(self, run: Any) -> int | None:
        return training.step_to_register(run)


class RunBody(CheckBody):
    name = serializers.CharField(max_length=120)
    instruction_set = serializers.CharField(max_length=32, allow_blank=True, default="")
    seed = serializers.IntegerField(
        min_value=0, max_value=LARGEST_SEED, allow_null=True, default=None
    )
    device_count = serializers.IntegerField(min_value=1, max_value=64, default=1)
    cloned_from = serializers.CharField(max_length=32, allow_blank=True, default="")
    # Starts though the estimate says that the memory is not enough.
    fits_anyway = serializers.BooleanField(default=False)


class TrainingRunsView(HeavyEndpoint):
    write_scope = TokenScope.ML

    @extend_schema(responses=page_of(TrainingRun), parameters=PAGE_PARAMETERS)
    def get(self, request: Request, project_id: int) -> Response:
        runs = training.runs_of(project_id, actor_of(request))
        return paged(request, runs, "-number", serializer=TrainingRun)

    @extend_schema(request=RunBody, responses={202: TrainingRunDetail})
    def post(self, request: Request, project_id: int) -> Response:
        run = start_run(project_id=project_id, actor=actor_of(request), plan=self.plan)
        headers = {"Location": f"{API}/training-runs/{run.uid}"}
        return Response(shown(request, run.uid), status=202, headers=headers)

    def receive(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """The recipe is asked about before the transaction: that takes a process."""
        body = read_body(RunBody, request)
        self.plan = plan_for(kwargs["project_id"], actor_of(request), **body)


def shown(request: Request, run_uid: str) -> dict[str, Any]:
    return dict(TrainingRunDetail(training.run_for(run_uid, actor_of(request))).data)


class TrainingRunView(Endpoint):
    @extend_schema(responses=TrainingRunDetail)
    def get(self, request: Request, run_uid: str) -> Response:
        return Response(shown(request, run_uid))


class RunMetrics(serializers.Serializer[Any]):
    # As the trainer wrote them: steps with a loss, and steps with a validation loss.
    points = serializers.ListField(child=serializers.DictField())


class RunMetricsView(Endpoint):
    @extend_schema(responses=RunMetrics)
    def get(self, request: Request, run_uid: str) -> Response:
        return Response({"points": training.metrics_of(run_uid, actor_of(request))})


class LogQuery(serializers.Serializer[Any]):
    offset = serializers.IntegerField(min_value=0, required=False)


class RunLog(serializers.Serializer[Any]):
    text = serializers.CharField()
    offset = serializers.IntegerField()
    next_offset = serializers.IntegerField()


class RunLogView(Endpoint):
    @extend_schema(
        responses=RunLog,
        parameters=[OpenApiParameter("offset", int, description="In bytes; else its end.")],
    )
    def get(self, request: Request, run_uid: str) -> Response:
        asked = LogQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        part = training.log_of(run_uid, actor_of(request), asked.validated_data.get("offset"))
        return Response(RunLog(part).data)


class RunCancelView(Endpoint):
    write_scope = TokenScope.ML

    @extend_schema(request=NothingBody, responses=TrainingRunDetail)
    def post(self, request: Request, run_uid: str) -> Response:
        stop_run(run_uid=run_uid, actor=actor_of(request))
        return Response(shown(request, run_uid))


class RunResumeView(HeavyEndpoint):
    write_scope = TokenScope.ML

    @extend_schema(request=NothingBody, responses=TrainingRunDetail)
    def post(self, request: Request, run_uid: str) -> Response:
        resume_run(run_uid=run_uid, actor=actor_of(request))
        return Response(shown(request, run_uid))


class RunResultView(HeavyEndpoint):
    write_scope = TokenScope.ML

    @extend_schema(request=NothingBody, responses={202: Job})
    def post(self, request: Request, run_uid: str) -> Response:
        actor = actor_of(request)
        job = ask_for_result(run_uid=run_uid, actor=actor, saved_step=self.saved_step)
        return Response(Job(job).data, status=202, headers={"Location": f"{API}/jobs/{job.uid}"})

    def receive(self, request: Request, *args: Any, **kwargs: Any) -> None:
        self.saved_step = training.saved_step_of(kwargs["run_uid"], actor_of(request))


class TrainingDevice(serializers.Serializer[Any]):
    host = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=DeviceKind.choices)
    label = serializers.CharField()  # type: ignore[assignment]  # a field of that name
    memory_gib = serializers.FloatField()
    announced_at = serializers.DateTimeField()
    is_free = serializers.SerializerMethodField()

    def get_is_free(self, device: Any) -> bool:
        return device.run_id is None


class TrainingDevicesView(Endpoint):
    @extend_schema(responses=page_of(TrainingDevice))
    def get(self, request: Request, project_id: int) -> Response:
        return whole(training.devices_for(project_id, actor_of(request)), TrainingDevice)
