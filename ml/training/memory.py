"""
What a run takes of a device's memory, before it starts.

Trained weights are held in float32 with a gradient and two moments each, which the optimizer may
hold in eight bits; everything else in the recipe's precision. The factors of what is kept for the
way back were measured on the layers alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from ml.facetrack_mm.config import FaceTrackConfig
from ml.facetrack_mm.face_widths import ON_GRID
from ml.training import sizes
from ml.training.recipe import Recipe

GIB = 2**30
# A weight; its gradient; its two moments, in eight bits with a scale for each 256 of them.
WEIGHT, GRADIENT = 4, 4
MOMENTS = {"adamw": 8.0, "adamw_8bit": 2 * (1 + 4 / 256)}
# Four bits and their scales, which are themselves stored in eight.
NF4 = 4.127 / 8
# Of the prompt around the video, and of the longest published caption.
PROMPT, CAPTION = 40, 306
# Numbers that a layer of the language model keeps for each token: so many times its width and its
# inner width.
LAYER_WIDTHS, LAYER_INNER = 10, 5
# Maps that a block of a connector keeps.
BLOCK_MAPS = 10.4
# Logits and their gradient, in float32.
LOGIT = 8
# The device's own libraries, in GiB.
LIBRARIES = 1.0


@dataclass(frozen=True)
class Memory:
    """GiB by part."""

    parts: dict[str, float]

    @property
    def total_gib(self) -> float:
        return sum(self.parts.values())

    def as_dict(self) -> dict[str, object]:
        rounded = {name: round(part, 3) for name, part in self.parts.items()}
        return {"parts": rounded, "total_gib": round(self.total_gib, 2)}


def estimate(recipe: Recipe, config: FaceTrackConfig) -> Memory:
    clips = recipe.train.micro_batch
    trained = trained_parameters(recipe, config)
    taken = {
        "frozen weights": _frozen_bytes(recipe, config),
        "trained weights and their moments": (WEIGHT + MOMENTS[recipe.train.optimizer]) * trained,
        "gradients": GRADIENT * trained,
        "layers of the language model": clips * _language_bytes(recipe, config),
        "logits": clips * CAPTION * config.language.vocab_size * LOGIT,
        "projectors": clips * _projector_bytes(recipe, config),
    }
    parts = {name: size / GIB for name, size in taken.items()}
    return Memory(parts | {"libraries": LIBRARIES})


def trained_parameters(recipe: Recipe, config: FaceTrackConfig) -> int:
    video, face = _trained_projectors(recipe, config)
    return sizes.lora_parameters(config.language, recipe.lora) + video + face


def _trained_projectors(recipe: Recipe, config: FaceTrackConfig) -> tuple[int, int]:
    video = recipe.train.video_projector == "trained"
    face = recipe.train.face_projector == "trained"
    return (
        sizes.video_projector_parameters(config) if video else 0,
        sizes.face_projector_parameters(config) if face else 0,
    )


def _bytes(recipe: Recipe) -> int:
    return 2 if recipe.train.precision == "bf16" else 4


def _frozen_bytes(recipe: Recipe, config: FaceTrackConfig) -> float:
    language, linear = config.language, sizes.linear_parameters(config.language)
    projectors = sizes.video_projector_parameters(config) + sizes.face_projector_parameters(config)
    frozen = sizes.tower_parameters(config) + projectors - sum(_trained_projectors(recipe, config))
    words = sizes.language_parameters(language) - linear
    layers = NF4 * linear if recipe.train.quantize == "nf4" else _bytes(recipe) * linear
    return layers + _bytes(recipe) * (words + frozen)


def _language_bytes(recipe: Recipe, config: FaceTrackConfig) -> int:
    """For one clip. Checkpointed, each layer keeps its input and one at a time is whole."""
    language, tokens = config.language, sizes.seen_tokens(config) + PROMPT + CAPTION
    whole = LAYER_WIDTHS * language.hidden_size + LAYER_INNER * language.intermediate_size
    layers = language.num_hidden_layers
    checkpointed = layers * language.hidden_size + whole
    kept = checkpointed if recipe.train.gradient_checkpointing else layers * whole
    return tokens * kept * _bytes(recipe)


def _projector_bytes(recipe: Recipe, config: FaceTrackConfig) -> float:
    """For one clip."""
    video, face = _trained_projectors(recipe, config)
    streams = config.stream.max_faces
    kept = _connector_maps(recipe, config, sizes.video_positions(config)) if video else 0.0
    if face and config.face is not None and config.face.feature in ON_GRID:
        kept += streams * _connector_maps(recipe, config, sizes.face_positions(config))
    return kept * config.language.hidden_size * _bytes(recipe)


def _connector_maps(recipe: Recipe, config: FaceTrackConfig, positions: int) -> float:
    """Positions that are kept, each as wide as the language model."""
    frames, depth = config.frames.count, config.connector_depth
    before, after = frames * positions, sizes.connector_tokens(frames, positions)
    if not recipe.train.stc_checkpointing:
        return BLOCK_MAPS * depth * (before + after)
    return depth * (before + after) + BLOCK_MAPS * before
