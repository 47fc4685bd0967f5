"""Runs as processes: killed, told to stop, and two that learn together."""

import json
import os
import signal
import subprocess
import time
from dataclasses import replace

import pytest
import torch

from ml.training.checkpoints import checkpoints
from ml.training.running import run
from ml.training.stopping import StopRequest
from tests.ml.training.runs import lines_of, weights_of

# Seconds; libraries alone take several to load on a busy machine.
PATIENCE = 90
ONE_THREAD = os.environ | {"OMP_NUM_THREADS": "1"}


def begin(command):
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ONE_THREAD)


def wait_for_step(out, step, process):
    deadline = time.monotonic() + PATIENCE
    while not any(int(path.name[5:]) >= step for path in checkpoints(out / "checkpoints")):
        assert process.poll() is None, "it ended before"
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.slow_process
def test_a_run_that_is_killed_and_stopped_ends_as_one_that_was_not(place, asked):
    place.manifest(0, 1)
    place.recipe(train={"epochs": 5})
    parted, whole = asked("parted"), asked("whole")
    killed = begin(place.command(parted.out))
    wait_for_step(parted.out, 2, killed)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert not (parted.out / "exit.json").exists()
    stopped = begin(place.command(parted.out, "--resume"))
    wait_for_step(parted.out, 4, stopped)
    stopped.terminate()
    answer, _ = stopped.communicate(timeout=PATIENCE)
    assert stopped.returncode == 0
    assert json.loads(answer)["status"] == "stopped"
    assert 4 <= json.loads((parted.out / "exit.json").read_text())["step"] < 10
    assert (parted.out / "result" / "run.json").exists()
    assert run(replace(parted, goes_on=True), StopRequest())["status"] == "done"
    assert run(whole, StopRequest())["status"] == "done"
    one, other = weights_of(parted.out / "result"), weights_of(whole.out / "result")
    assert all(torch.equal(one[name], other[name]) for name in one)
    curves = [lines_of(each.out / "metrics.jsonl") for each in (parted, whole)]
    told = [[(line["step"], line["loss"]) for line in curve] for curve in curves]
    assert told[0] == told[1]
    assert [step for step, _ in told[0]] == list(range(1, 11))


@pytest.mark.slow_process
def test_two_processes_learn_what_one_learns(place, asked):
    place.manifest(0, 1, 2, 3)
    place.manifest(0, 1, 2, split="validation")
    train, save = {"batch": 2, "epochs": 1}, {"every_steps": 2}
    place.recipe(train=train, save=save, lora={"dropout": 0.0})
    one, two = asked("one"), asked("two")
    assert run(one, StopRequest())["status"] == "done"
    several = ("-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2")
    python, *rest = place.command(two.out)
    subprocess.run([python, *several, *rest], check=True, env=ONE_THREAD, timeout=PATIENCE)
    curves = [lines_of(each.out / "metrics.jsonl") for each in (one, two)]
    for name in ("loss", "validation_loss", "grad_norm"):
        told = [[line[name] for line in curve if name in line] for curve in curves]
        assert told[0]
        assert told[0] == pytest.approx(told[1], rel=1e-4)
    assert json.loads((two.out / "exit.json").read_text())["status"] == "done"
    assert (two.out / "checkpoints" / "step-2" / "random-1.json").exists()
