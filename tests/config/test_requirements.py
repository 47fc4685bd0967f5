"""The locked packages work together; what pip thinks of their lists does not matter."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

from config.env import ROOT

LAYERS = ["torch", "torch-cuda", "core", "ml", "nodeps", "dev"]
TOGETHER = """
import json
import django, celery, redis, psycopg, rest_framework, allauth.headless, knox, drf_spectacular, av
import torch, transformers, peft, accelerate, onnxruntime, cv2, scipy, sklearn, sacrebleu, openai
from ai_edge_litert.interpreter import Interpreter
from boxmot import StrongSort
from transformers import AutoProcessor, CLIPModel, Trainer, pipeline
from importlib.metadata import distributions
names = sorted({d.metadata["Name"].lower() for d in distributions()})
print(json.dumps([name for name in names if "opencv" in name or name == "torchvision"]))
"""


def locked(layer: str) -> str:
    return (ROOT / "requirements" / f"{layer}.txt").read_text()


def test_everything_can_be_imported_in_one_process():
    answer = subprocess.run(
        [sys.executable, "-c", TOGETHER],
        capture_output=True,
        text=True,
        env=os.environ | {"HF_HUB_OFFLINE": "1"},
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    # One OpenCV, and no torchvision, which boxmot's own list would bring.
    assert json.loads(answer.stdout.splitlines()[-1]) == ["opencv-python-headless"]


def test_every_pin_has_an_exact_version_and_a_hash():
    for layer in LAYERS:
        pins = re.split(r"^(?=[A-Za-z0-9])", locked(layer), flags=re.MULTILINE)[1:]
        assert pins
        for pin in pins:
            assert re.match(r"[\w.-]+==[\w.+]+", pin), (layer, pin)
            assert "--hash=sha256:" in pin, (layer, pin)


def test_lock_files_hold_no_addresses():
    locks = [*(f"requirements/{layer}.txt" for layer in LAYERS), "frontend/package-lock.json"]
    for lock in [*locks, "scripts/chromium/package-lock.json"]:
        text = (ROOT / lock).read_text()
        assert "--index-url" not in text
        assert "--find-links" not in text
        assert '"resolved"' not in text


def test_the_ml_packages_are_in_no_layer_of_the_web_process():
    assert not re.search(
        r"^(torch|transformers|boxmot|onnxruntime)==", locked("core"), re.MULTILINE
    )
