"""Parameters and tokens of a model, counted from its configuration alone."""

from __future__ import annotations

import math

from ml.facetrack_mm.config import (
    FaceFeature,
    FaceTrackConfig,
    LanguageConfig,
    VisionConfig,
)
from ml.facetrack_mm.face_widths import ON_GRID, face_width
from ml.training.recipe import LoraRecipe

# The released one; smaller ones are for tests and weigh less.
FACE_ENCODER = 91_985_943
# A side of the last stage's maps is so much shorter than the picture's.
STAGES_SHRINK = 32


def linear_layers(config: LanguageConfig) -> dict[str, tuple[int, int]]:
    """The widths that each takes and gives, of one layer of the language model."""
    width, inner = config.hidden_size, config.intermediate_size
    narrow = width // config.num_attention_heads * config.num_key_value_heads
    return {
        "q_proj": (width, width),
        "k_proj": (width, narrow),
        "v_proj": (width, narrow),
        "o_proj": (width, width),
        "gate_proj": (width, inner),
        "up_proj": (width, inner),
        "down_proj": (inner, width),
    }


def linear_parameters(config: LanguageConfig) -> int:
    """What four bits would hold."""
    layer = sum(taken * given for taken, given in linear_layers(config).values())
    return config.num_hidden_layers * layer


def language_parameters(config: LanguageConfig) -> int:
    width = config.hidden_size
    words = config.vocab_size * width * (1 if config.tie_word_embeddings else 2)
    norms = (2 * config.num_hidden_layers + 1) * width
    return linear_parameters(config) + words + norms


def lora_parameters(config: LanguageConfig, lora: LoraRecipe) -> int:
    """
    >>> lora_parameters(LanguageConfig(), LoraRecipe())
    167772160
    """
    layers = linear_layers(config)
    return config.num_hidden_layers * sum(lora.rank * sum(layers[name]) for name in lora.targets)


def vision_parameters(config: VisionConfig) -> int:
    width, inner = config.hidden_size, config.intermediate_size
    embedded = width + 3 * config.patch_size**2 * width + (patches(config) + 1) * width
    layer = 4 * (width * width + width) + 2 * width * inner + inner + width + 4 * width
    return embedded + config.num_hidden_layers * layer + 4 * width


def connector_parameters(taken: int, given: int, depth: int) -> int:
    """
    >>> connector_parameters(1024, 4096, 4)
    489188608
    """
    widths = [taken] + [given] * (2 * depth - 1)
    blocks = sum(_block_parameters(width, given) for width in widths)
    sampler = 8 * given * given + given
    return blocks + sampler + 2 * (given * given + given)


def _block_parameters(taken: int, given: int) -> int:
    squeezed = round(taken / 4)
    convolutions = taken * given + 9 * given + given * given + 6 * given
    gates = 2 * given * squeezed + squeezed + given
    return convolutions + gates + (taken * given + 2 * given if taken != given else 0)


def video_projector_parameters(config: FaceTrackConfig) -> int:
    if config.vision is None:
        return 0
    depth, width = config.connector_depth, config.language.hidden_size
    return connector_parameters(config.vision.hidden_size, width, depth)


def face_projector_parameters(config: FaceTrackConfig) -> int:
    """0 where it is the video's own."""
    face = config.face
    if face is None or face.projector == "shared":
        return 0
    taken, given = face_width(config, face), config.language.hidden_size
    if face.feature in ON_GRID:
        return connector_parameters(taken, given, config.connector_depth)
    return taken * given + given * given + 2 * given


def tower_parameters(config: FaceTrackConfig) -> int:
    has_encoder = config.face is not None and config.face.feature not in ("clip", "landmarks")
    seen = vision_parameters(config.vision) if config.vision else 0
    return seen + (FACE_ENCODER if has_encoder else 0)


def patches(config: VisionConfig) -> int:
    side: int = config.image_size // config.patch_size
    return side * side


def video_positions(config: FaceTrackConfig) -> int:
    """Of one frame's features."""
    return patches(config.vision) if config.vision else 0


def face_positions(config: FaceTrackConfig) -> int:
    face = config.face
    if face is None:
        return 0
    last = face.encoder.image_size // STAGES_SHRINK
    positions: dict[FaceFeature, int] = {
        "stage4": last * last,
        "fused": face.fused_side**2,
        "task_tokens": face.task_tokens,
        "clip": video_positions(config),
        "landmarks": 1,
    }
    return positions[face.feature]


def connector_tokens(frames: int, positions: int) -> int:
    """
    >>> connector_tokens(16, 24 * 24), connector_tokens(16, 7 * 7)
    (1521, 144)
    """
    side = math.isqrt(positions) // 2 + 1
    return (frames // 2 + 1) * side * side


def seen_tokens(config: FaceTrackConfig) -> int:
    """Of video and faces together."""
    frames, positions = config.frames.count, face_positions(config)
    video = connector_tokens(frames, video_positions(config)) if config.vision else 0
    if config.face is None:
        return video
    on_grid = config.face.feature in ON_GRID
    face = connector_tokens(frames, positions) if on_grid else frames * positions
    return video + face * config.stream.max_faces
