"""`python -m ml assemble` and `merge`: models that drafts are written and trained with."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    assemble = commands.add_parser(
        "assemble", help="join the released VideoLLaMA2 and FaceXFormer into one model"
    )
    assemble.add_argument("base", help="a released folder, or its id on a hub")
    assemble.add_argument("--facexformer", type=Path, help="FaceXFormer's model.pt")
    assemble.add_argument("--preset", default="7b", help="how they are joined (presets.py)")
    assemble.add_argument("--out", type=Path, required=True, help="folder for the model")
    assemble.set_defaults(run=_assemble)

    merge = commands.add_parser("merge", help="lay an adapter into its model for good")
    merge.add_argument("model", type=Path, help="folder of the model")
    merge.add_argument("adapter", type=Path, help="folder of the adapter, or of a result")
    merge.add_argument("--out", type=Path, required=True, help="folder for the merged model")
    merge.set_defaults(run=_merge)


def _assemble(arguments: argparse.Namespace) -> dict[str, object]:
    from ml.facetrack_mm.checkpoints import assemble, save_model
    from ml.facetrack_mm.presets import PRESETS
    from ml.facetrack_mm.release import find_folder
    from ml.facetrack_mm.tensors import CheckpointRefused

    preset = PRESETS.get(arguments.preset)
    if preset is None:
        names = ", ".join(PRESETS)
        return {"error": "unknown_preset", "message": f"Name one of the presets: {names}."}
    try:
        folder = find_folder(arguments.base)
        model = assemble(preset, str(folder), arguments.facexformer)
        save_model(model, arguments.out, folder)
    except CheckpointRefused as refusal:
        return {"error": "unusable_model", "message": str(refusal)}
    return {"folder": str(arguments.out)}


def _merge(arguments: argparse.Namespace) -> dict[str, object]:
    from ml.facetrack_mm.adapters import Adapters
    from ml.facetrack_mm.checkpoints import load_model, save_model
    from ml.facetrack_mm.lineage import base_hash, check_lineage
    from ml.facetrack_mm.tensors import CheckpointRefused

    try:
        model = load_model(arguments.model)
        check_lineage(arguments.adapter, base_hash(arguments.model))
        adapters = Adapters(model)
        adapters.load(arguments.adapter.name, arguments.adapter)
        adapters.merge(arguments.adapter.name)
        save_model(model, arguments.out, arguments.model)
    except CheckpointRefused as refusal:
        return {"error": "unusable_model", "message": str(refusal)}
    return {"folder": str(arguments.out)}
