"""The language model, by transformers."""

from __future__ import annotations

from typing import Any

from transformers import (
    LlamaConfig,
    LlamaForCausalLM,
    MistralConfig,
    MistralForCausalLM,
    PreTrainedModel,
)

from ml.facetrack_mm.config import LanguageConfig


def build_language_model(config: LanguageConfig) -> PreTrainedModel:
    sizes: dict[str, Any] = {
        "vocab_size": config.vocab_size,
        "hidden_size": config.hidden_size,
        "intermediate_size": config.intermediate_size,
        "num_hidden_layers": config.num_hidden_layers,
        "num_attention_heads": config.num_attention_heads,
        "num_key_value_heads": config.num_key_value_heads,
        "max_position_embeddings": config.max_position_embeddings,
        "rms_norm_eps": config.rms_norm_eps,
        "rope_theta": config.rope_theta,
        "tie_word_embeddings": config.tie_word_embeddings,
        "bos_token_id": config.bos_token_id,
        "eos_token_id": config.eos_token_id,
        "attn_implementation": "sdpa",
    }
    if config.family == "llama":
        return LlamaForCausalLM(LlamaConfig(**sizes))
    # Its own default would let no word look further back than 4096.
    return MistralForCausalLM(MistralConfig(**sizes, sliding_window=None))
