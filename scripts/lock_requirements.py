"""
Writes requirements/*.txt from requirements/*.in: one resolution, cut into layers by hash.

Each file holds its whole closure less what an earlier layer holds, so every layer is installed
with `--no-deps` and nothing is ever resolved on the machine that installs.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements"
# In the order of installation. `nodeps` resolves by itself and keeps only what it names.
LAYERS = ("torch", "core", "ml", "dev")
# What only a CUDA build of torch needs. The CPU builds are smaller by gigabytes without it.
CUDA = re.compile(r"^(nvidia-|cuda-|triton)")
# The resolution covers later Pythons and a browser's, which nothing here runs on.
ELSEWHERE = re.compile(r"^[^\\]*(python_full_version >= '3\.1[2-9]'|sys_platform == 'emscripten')")
Pins = dict[str, str]


def compile_pins(*names: str, constraints: Path | None = None, no_deps: bool = False) -> Pins:
    command = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    command += ["--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate"]
    command += ["--no-deps"] if no_deps else []
    command += ["--constraints", str(constraints)] if constraints else []
    inputs = [str(REQUIREMENTS / f"{name}.in") for name in names]
    answer = subprocess.run([*command, *inputs], capture_output=True, text=True, check=True)  # noqa: S603
    return blocks(answer.stdout)


def blocks(text: str) -> Pins:
    """Name to its pin with hashes, which go on over lines ending in a backslash."""
    parts = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    return {re.split(r"[=\[ ;@]", part, maxsplit=1)[0]: part for part in parts if is_for_here(part)}


def is_for_here(part: str) -> bool:
    return bool(part.strip()) and not ELSEWHERE.match(part)


def write(name: str, pins: Pins) -> None:
    (REQUIREMENTS / f"{name}.txt").write_text("".join(pins[key] for key in sorted(pins)))


def split_builds(pins: Pins, cpu_wheels: list[Path]) -> tuple[Pins, Pins]:
    """
    The CPU layer and the CUDA layer.

    The index has CUDA builds for Linux under the plain version. A CPU build has a version of its
    own, so that pip can never take one for the other, and comes from where pip is told to look.
    """
    cuda = {name: pin for name, pin in pins.items() if CUDA.match(name)}
    plain = pins["torch"]
    version = plain.split()[0]
    hashes = [f"    --hash=sha256:{sha256(wheel)}" for wheel in cpu_wheels]
    lines = [f"{version}+cpu ; sys_platform == 'linux'", *hashes]
    mac = plain.replace(version, f"{version} ; sys_platform == 'darwin'", 1)
    cpu = {name: pin for name, pin in pins.items() if name not in cuda}
    cpu["torch"] = " \\\n".join(lines) + "\n" + mac
    return cpu, cuda | {"torch": plain}


def sha256(wheel: Path) -> str:
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


def main(cpu_wheels: list[Path]) -> None:
    if not cpu_wheels:
        sys.exit("Name the CPU wheels of torch whose hashes are to be accepted.")
    whole = REQUIREMENTS / "all.constraints"
    whole.write_text("".join(compile_pins(*LAYERS).values()))
    earlier: Pins = {}
    for layer in LAYERS:
        pins = compile_pins(layer, constraints=whole)
        # An earlier layer may hold the same pin for another system only.
        new = {name: pin for name, pin in pins.items() if earlier.get(name) != pin}
        if layer == "torch":
            new, cuda = split_builds(new, cpu_wheels)
            write("torch-cuda", cuda)
        write(layer, new)
        earlier |= pins
    write("nodeps", compile_pins("nodeps", no_deps=True))
    whole.unlink()


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
