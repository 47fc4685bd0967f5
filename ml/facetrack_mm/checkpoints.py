"""
Models from files and back.

A folder of ours holds `config.json`, `model.safetensors` and `tokenizer.json`; it is read without
the released files that it was once put together from.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import torch
from accelerate import init_empty_weights
from safetensors.torch import save_file

from ml.facetrack_mm.config import FaceTrackConfig
from ml.facetrack_mm.face_features import build_face_projector
from ml.facetrack_mm.facexformer_file import read_facexformer
from ml.facetrack_mm.model import FaceTrackModel
from ml.facetrack_mm.prompt import load_tokenizer
from ml.facetrack_mm.release import find_folder, read_json, read_release, read_release_config
from ml.facetrack_mm.tensors import CheckpointRefused, Tensors, fill, read_tensors

CONFIG, WEIGHTS, TOKENIZER = "config.json", "model.safetensors", "tokenizer.json"
# What an untrained projector is drawn from.
SEED = 42
TIED = "language_model.lm_head.weight"


def build_empty(config: FaceTrackConfig) -> FaceTrackModel:
    """Weights on the meta device; what is computed from sizes is real."""
    with init_empty_weights():
        return FaceTrackModel(config).eval()


def assemble(
    config: FaceTrackConfig,
    base: str,
    facexformer: Path | None = None,
    *,
    dtype: torch.dtype = torch.bfloat16,
) -> FaceTrackModel:
    """
    A released VideoLLaMA2 and a face encoder, joined by a projector that is yet to be trained.

    What the released files tell, the sizes of the language model and the number of frames, is
    taken from them; everything else from `config`.
    """
    folder = find_folder(base)
    released = read_release_config(folder, config.vision)
    config = replace(
        config,
        language=released.language,
        frames=replace(config.frames, count=released.frames.count),
    )
    model = build_empty(config)
    tensors = read_release(folder)
    if model.face_encoder is not None:
        if facexformer is None:
            raise CheckpointRefused("This reading of a face needs FaceXFormer's model.pt.")
        tensors |= _below("face_encoder", read_facexformer(facexformer))
    if model.face_projector is not None:
        tensors |= _below("face_projector", _first_projector(config, tensors))
    fill(model, _as_held(model, tensors, dtype), str(folder))
    return model


def save_model(model: FaceTrackModel, folder: Path, tokenizer: Path) -> None:
    """`tokenizer` is the folder whose tokenizer.json the model speaks."""
    folder.mkdir(parents=True, exist_ok=True)
    load_tokenizer(tokenizer)
    if tokenizer != folder:
        shutil.copyfile(tokenizer / TOKENIZER, folder / TOKENIZER)
    tensors = {name: tensor.detach().contiguous() for name, tensor in model.state_dict().items()}
    if model.config.language.tie_word_embeddings:
        del tensors[TIED]
    partial = folder / f".{WEIGHTS}.part"
    save_file(tensors, partial)
    (folder / CONFIG).write_text(model.config.to_json(), encoding="utf-8")
    # Last: a folder whose weights have their name is whole.
    partial.replace(folder / WEIGHTS)


def load_model(folder: Path, dtype: torch.dtype | None = None) -> FaceTrackModel:
    """As it was saved; in another type where one is named."""
    read_json(folder / CONFIG)
    config = FaceTrackConfig.parse((folder / CONFIG).read_bytes())
    model = build_empty(config)
    tensors = read_tensors(folder / WEIGHTS)
    if config.language.tie_word_embeddings:
        tensors[TIED] = tensors.get("language_model.model.embed_tokens.weight", torch.empty(0))
    fill(model, _as_held(model, tensors, dtype), str(folder))
    model.language_model.tie_weights()
    return model


def _below(prefix: str, tensors: Tensors) -> Tensors:
    return {f"{prefix}.{name}": tensor for name, tensor in tensors.items()}


def _first_projector(config: FaceTrackConfig, tensors: Tensors) -> Tensors:
    """A copy of the video's where the configuration wants one and the shapes allow it."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(SEED)
        drawn = build_face_projector(config).state_dict()
    video = {
        name.removeprefix("mm_projector."): tensor
        for name, tensor in tensors.items()
        if name.startswith("mm_projector.")
    }
    is_alike = {name: each.shape for name, each in drawn.items()} == {
        name: each.shape for name, each in video.items()
    }
    if config.face is not None and config.face.starts_from_video and is_alike:
        return {name: tensor.clone() for name, tensor in video.items()}
    return drawn


def _as_held(model: FaceTrackModel, tensors: Tensors, dtype: torch.dtype | None) -> Tensors:
    """
    Weights in one type, buffers in theirs: rounded to bfloat16, the frequencies that tell words'
    places apart mistake far words for their neighbours.
    """
    weights = {name for name, _ in model.named_parameters(remove_duplicate=False)}
    return {
        name: tensor.to(dtype) if dtype and name in weights else tensor
        for name, tensor in tensors.items()
    }
