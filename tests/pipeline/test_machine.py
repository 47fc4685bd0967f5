"""What a machine says that it can train on."""

from __future__ import annotations

import os

from annotation.pipeline import machine

ANSWER = "0, NVIDIA H200, 143771\n1, An odd one, [N/A]\nno such line\n"


def driver(folder, text, status=0):
    tool = folder / "nvidia-smi"
    tool.write_text(f"#!/bin/sh\ncat <<'END'\n{text}END\nexit {status}\n")
    tool.chmod(0o755)


def test_gpus_are_named_as_the_driver_numbers_them(tmp_path, monkeypatch):
    driver(tmp_path, ANSWER)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    found = [(gpu.name, gpu.label, gpu.memory_gib) for gpu in machine.gpus()]
    assert found == [("cuda:0", "NVIDIA H200", 140.4), ("cuda:1", "An odd one", 0.0)]


def test_a_driver_that_fails_means_no_gpu(tmp_path, monkeypatch):
    driver(tmp_path, "NVIDIA-SMI has failed\n", status=9)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert machine.gpus() == []


def test_there_is_always_a_processor():
    found = machine.processor()
    assert (found.name, found.kind) == ("cpu", "cpu")
    assert found.memory_gib > 0
