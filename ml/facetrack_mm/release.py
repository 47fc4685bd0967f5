"""
The released VideoLLaMA2 checkpoints: a folder, or a hub's id of one, as plain JSON and safetensors.

Nothing is dispatched on `model_type`: two released revisions of one folder differ in it, and with
one of them transformers would build a model that sees nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from huggingface_hub import snapshot_download
from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

from ml.facetrack_mm.config import FaceTrackConfig, FramesConfig, LanguageConfig, VisionConfig
from ml.facetrack_mm.tensors import CheckpointRefused, Tensors, read_tensors

INDEX, SINGLE = "model.safetensors.index.json", "model.safetensors"
# Neither pickles nor code.
WANTED = ["config.json", "tokenizer.json", INDEX, "*.safetensors"]
# What the released code takes where a configuration says nothing.
USUAL_FRAMES = 8
TOWER = "model.vision_tower.vision_tower."
# transformers 5 has no such level in its tower.
TOWER_LEVEL = "vision_model."
PROJECTOR = "model.mm_projector."
# Follows from the number of patches.
POSITION_IDS = "embeddings.position_ids"
LANGUAGE = (
    *("vocab_size", "hidden_size", "intermediate_size", "num_hidden_layers"),
    *("num_attention_heads", "num_key_value_heads", "max_position_embeddings", "rms_norm_eps"),
    *("rope_theta", "tie_word_embeddings", "bos_token_id", "eos_token_id"),
)
# What a released configuration must say for our model to be the one that it means.
FIXED = {
    "hidden_act": "silu",
    "sliding_window": None,
    "mm_projector_type": "stc_connector",
    "mm_vision_select_feature": "patch",
}


def find_folder(path_or_id: str) -> Path:
    """A folder as it is; anything else is the id of a hub, whose copy here comes first."""
    folder = Path(path_or_id)
    if folder.is_dir():
        return folder
    try:
        return Path(snapshot_download(path_or_id, allow_patterns=WANTED))
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError) as problem:
        raise CheckpointRefused(
            f"{path_or_id} is neither a folder nor a checkpoint that can be fetched. Check the "
            "name, or name a folder that holds it."
        ) from problem


def read_release_config(folder: Path, vision: VisionConfig | None = None) -> FaceTrackConfig:
    """A plain VideoLLaMA2. The file does not tell the tower's sizes: they are ViT-L/14's at 336."""
    values = read_json(folder / "config.json")
    for name, meant in FIXED.items():
        if values.get(name, meant) != meant:
            raise CheckpointRefused(
                f"{folder}: {name} is {values[name]!r} instead of {meant!r}. This is another model."
            )
    try:
        language = LanguageConfig(**{name: values[name] for name in LANGUAGE if name in values})
        vision = vision or VisionConfig(feature_layer=values.get("mm_vision_select_layer", -2))
        frames = FramesConfig(count=values.get("num_frames") or USUAL_FRAMES)
        return FaceTrackConfig(language=language, vision=vision, face=None, frames=frames)
    except ValueError as problem:
        raise CheckpointRefused(f"{folder / 'config.json'} is of no use: {problem}") from problem


def read_release(folder: Path) -> Tensors:
    """The whole checkpoint by our names."""
    return {
        _rename(name): tensor
        for path in _shards(folder)
        for name, tensor in read_tensors(path).items()
        if not name.endswith(POSITION_IDS)
    }


def read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes())
    except OSError as problem:
        raise CheckpointRefused(f"{path} cannot be read ({problem.strerror}).") from problem
    except ValueError as problem:
        raise CheckpointRefused(f"{path} is not JSON. Fetch it again.") from problem
    if not isinstance(content, dict):
        raise CheckpointRefused(f"{path} is not an object.")
    return content


def _shards(folder: Path) -> Iterator[Path]:
    if not (folder / INDEX).exists():
        yield folder / SINGLE
        return
    names = read_json(folder / INDEX).get("weight_map")
    if not isinstance(names, dict):
        raise CheckpointRefused(f"{folder / INDEX} has no weight_map. Fetch it again.")
    for name in sorted(set(names.values())):
        if Path(name).name != name:
            raise CheckpointRefused(f"{folder / INDEX} names {name}, outside its folder.")
        yield folder / name


def _rename(name: str) -> str:
    if name.startswith(TOWER):
        return f"vision_tower.{name.removeprefix(TOWER).removeprefix(TOWER_LEVEL)}"
    if name.startswith(PROJECTOR):
        return f"mm_projector.{name.removeprefix(PROJECTOR)}"
    return f"language_model.{name}"
