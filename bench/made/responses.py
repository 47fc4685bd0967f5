"""Whether the landmark network sees what a made face does, kind by kind and face by face."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from bench.made.clips import Shot
from bench.made.drawing import draw
from bench.made.filming import HEIGHT, WIDTH, camera_of
from bench.made.movements import KINDS
from bench.made.puppets import Puppet, Strengths
from ml.faces.blendshapes import NAMES
from ml.faces.protocols import FaceModels

HEAD = ("yaw", "pitch", "roll")
USUAL = Shot(height=0.55, aside=0, below=0, light=1, noise=0)
# Blendshapes are shares of a movement, a head's angles degrees.
LEAST = {**dict.fromkeys(NAMES, 0.15), **dict.fromkeys(HEAD, 10)}


def responses(puppets: Sequence[Puppet], models: FaceModels) -> dict[str, dict[str, list[float]]]:
    """By kind and by name of a number, how much it rises for each face at full strength."""
    at_rest = [_numbers(puppet, {}, models) for puppet in puppets]
    risen: dict[str, dict[str, list[float]]] = {}
    for kind, wanted in KINDS.items():
        moved = [_numbers(puppet, {kind: 1.0}, models) for puppet in puppets]
        risen[kind] = {
            name: [
                round(after[name] - before[name], 2)
                for before, after in zip(at_rest, moved, strict=True)
            ]
            for name in wanted.rises
        }
    return risen


def unseen(risen: Mapping[str, Mapping[str, Sequence[float]]]) -> list[str]:
    """Kinds of which half of the faces show too little."""
    return [
        kind
        for kind, numbers in risen.items()
        if all(np.median(np.abs(each)) < LEAST[name] for name, each in numbers.items())
    ]


def _numbers(puppet: Puppet, strengths: Strengths, models: FaceModels) -> dict[str, float]:
    rgb = draw(puppet, strengths, camera_of(USUAL, puppet.still.points), WIDTH, HEIGHT)
    found = models.detector(rgb)
    mesh = models.landmarker(rgb, found.boxes[:1], found.landmarks[:1])
    names = (*NAMES, *HEAD)
    return dict(zip(names, [*mesh.blendshapes[0].tolist(), *mesh.pose[0].tolist()], strict=True))
