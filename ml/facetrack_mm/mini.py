"""
A model that runs, and can be trained, without a GPU.

A small language model out of a package takes the place of the large one, the frozen landmark
network that of the face encoder. What joins them begins with the words for what the network
measures, so that a training of minutes is enough; until then, the model writes fluent sentences
that have little to do with the clip.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from ml.facetrack_mm.checkpoints import SEED, TOKENIZER, WEIGHTS, save_model
from ml.facetrack_mm.config import FaceTrackConfig
from ml.facetrack_mm.first_words import begin_with_words
from ml.facetrack_mm.model import FaceTrackModel
from ml.facetrack_mm.presets import PRESETS
from ml.facetrack_mm.tensors import fill
from ml.weights import fetched_weights

PACKAGED = "SmolLM2-135M-Instruct.Q4_1.gguf"
# Named after what joins the two, so that one that was made before is not taken for it.
FOLDER = "facetrack-mm-mini-changes"


def mini_folder(models: Path) -> Path:
    """Made of the fetched weights the first time, which takes half a minute."""
    folder = models / FOLDER
    if not (folder / WEIGHTS).exists():
        make_mini(PRESETS["mini"], fetched_weights(models, PACKAGED).path, folder)
    return folder


def make_mini(config: FaceTrackConfig, packaged: Path, folder: Path) -> None:
    """
    In full precision, from the four bits that the language model is packaged in. A processor
    without instructions for bfloat16 is ten times slower in it.
    """
    language = AutoModelForCausalLM.from_pretrained(
        packaged.parent, gguf_file=packaged.name, dtype=torch.float32
    )
    tokenizer = AutoTokenizer.from_pretrained(packaged.parent, gguf_file=packaged.name)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(SEED)
        model = FaceTrackModel(config)
    fill(model.language_model, language.state_dict(), packaged.name)
    begin_with_words(model, tokenizer.backend_tokenizer)
    with TemporaryDirectory() as scratch:
        tokenizer.backend_tokenizer.save(str(Path(scratch) / TOKENIZER))
        save_model(model, folder, Path(scratch))
