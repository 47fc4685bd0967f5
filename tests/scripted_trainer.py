"""
Keeps the contract of a run's folder and learns nothing. Before each step it waits for a file
`step-N` beside the manifests, if the run's name asks for that; `fail` and `die` do so at step 2.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

STEPS = 4
PATIENCE_S = 60


class Trainer:
    def __init__(self, arguments):
        self.recipe = json.loads(arguments.recipe.read_text())
        self.out, self.root = arguments.out, arguments.recipe.parent
        self.out.mkdir(exist_ok=True)
        self.checkpoints = self.out / "checkpoints"
        saved = [int(path.name[5:]) for path in self.checkpoints.glob("step-*")]
        self.step = max(saved, default=0) if arguments.resume else 0
        self.is_stopping = False
        signal.signal(signal.SIGTERM, self.stop)
        with (self.out / "starts").open("a") as file:
            file.write(f"{os.getpid()} {self.step}\n")
        lines = arguments.train.read_text().splitlines()
        print(f"{len(lines) - 1} clips to train with, from step {self.step}", flush=True)

    def stop(self, *_):
        self.is_stopping = True

    def replace(self, name, value):
        part = self.out / f"{name}.part"
        part.write_text(json.dumps(value))
        part.replace(self.out / name)

    def tell(self, message):
        now = datetime.now(UTC).isoformat()
        state = {"pid": os.getpid(), "at": now, "phase": "training", "message": message}
        counts = {"step": self.step, "steps": STEPS, "done": self.step, "total": STEPS}
        self.replace("state.json", state | counts)

    def run(self):
        self.tell("It begins.")
        while self.step < STEPS:
            if not self.may_go_on():
                return self.end("stopped")
            if self.step == 2 and self.recipe["name"] == "fail":
                return self.end("failed", code="nan_loss", message="The loss is no number.")
            if self.step == 2 and self.recipe["name"] == "die":
                os.kill(os.getpid(), signal.SIGKILL)
            self.learn()
        return self.end("done")

    def may_go_on(self):
        gate = self.root / f"step-{self.step + 1}"
        deadline = time.monotonic() + PATIENCE_S
        while self.recipe["name"] == "wait" and not gate.exists() and not self.is_stopping:
            if time.monotonic() > deadline:
                sys.exit("nobody opened the gate")
            time.sleep(0.01)
        return not self.is_stopping

    def learn(self):
        self.step += 1
        loss = 2.0 / self.step
        with (self.out / "metrics.jsonl").open("a") as file:
            file.write(json.dumps({"step": self.step, "loss": loss}) + "\n")
        self.save(self.checkpoints / f"step-{self.step}")
        self.tell(f"Step {self.step}.")

    def save(self, folder):
        """The best step is the first, whatever comes later."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "trainer_state.json").write_text('{"best_global_step": 1}')
        (folder / "adapter_config.json").write_text("{}")
        (folder / "adapter_model.safetensors").write_text(f"step {self.step}")

    def end(self, status, **said):
        if status != "failed":
            self.save(self.out / "result")
        self.replace("versions.json", {"code": "scripted"})
        self.replace("exit.json", {"status": status, "step": self.step, **said})
        return 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["train"])
    for name in ("--recipe", "--train", "--validation", "--out", "--models"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--resume", action="store_true")
    return Trainer(parser.parse_args()).run()


if __name__ == "__main__":
    sys.exit(main())
