"""The models by name: the paper's, its ablations, and those that run without a GPU."""

from __future__ import annotations

from ml.facetrack_mm.config import (
    FaceConfig,
    FaceTrackConfig,
    FaceXFormerConfig,
    FramesConfig,
    GenerationConfig,
    LanguageConfig,
    PromptConfig,
    StreamConfig,
    VisionConfig,
)

# Sizes of SmolLM2-135M-Instruct.
SMOLLM2 = LanguageConfig(
    family="llama",
    vocab_size=49152,
    hidden_size=576,
    intermediate_size=1536,
    num_hidden_layers=30,
    num_attention_heads=9,
    num_key_value_heads=3,
    max_position_embeddings=8192,
    rope_theta=100_000.0,
    tie_word_embeddings=True,
    bos_token_id=None,
    eos_token_id=2,
)
TINY_LANGUAGE = LanguageConfig(
    vocab_size=256,
    hidden_size=48,
    intermediate_size=112,
    num_hidden_layers=2,
    num_attention_heads=6,
    num_key_value_heads=2,
)
TINY_VISION = VisionConfig(
    hidden_size=48,
    intermediate_size=80,
    num_hidden_layers=3,
    num_attention_heads=4,
    image_size=56,
)
TINY_ENCODER = FaceXFormerConfig(
    embed_dim=6,
    depths=(2, 2, 2, 2),
    num_heads=(2, 4, 8, 16),
    decoder_dim=16,
    decoder_heads=4,
    decoder_mlp_dim=64,
)

PRESETS = {
    "7b": FaceTrackConfig(),
    "7b-no-faces": FaceTrackConfig(face=None),
    "7b-every-face": FaceTrackConfig(
        face=FaceConfig(feature="clip"),
        stream=StreamConfig(faces="every", choice="random", max_faces=2),
    ),
    "7b-tracked-clip": FaceTrackConfig(face=FaceConfig(feature="clip")),
    "mini": FaceTrackConfig(
        language=SMOLLM2,
        vision=None,
        face=FaceConfig(feature="landmarks"),
        prompt=PromptConfig(layout="chatml", answer_space=False),
    ),
    "tiny": FaceTrackConfig(
        language=TINY_LANGUAGE,
        vision=TINY_VISION,
        connector_depth=2,
        face=FaceConfig(encoder=TINY_ENCODER),
        frames=FramesConfig(count=4),
        generation=GenerationConfig(max_new_tokens=8),
    ),
}
