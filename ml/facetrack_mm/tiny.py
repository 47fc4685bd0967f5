"""
The smallest model that has every part of the large one, drawn at random, for tries and tests.

It spells: its words are single characters.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from tokenizers import AddedToken, Tokenizer, models, normalizers
from tokenizers.decoders import ByteFallback, Fuse, Replace, Sequence, Strip

from ml.facetrack_mm.checkpoints import SEED, TOKENIZER, WEIGHTS, save_model
from ml.facetrack_mm.model import FaceTrackModel
from ml.facetrack_mm.presets import PRESETS

MARKS = ("<unk>", "<s>", "</s>")
SPACE = "\u2581"
VOCABULARY = 256
# Deviation of what words are read from, which is never trained: as it is usually drawn, no state
# of so narrow a model could make one word likely.
WORDS = 0.5


def tiny_folder(folder: Path) -> Path:
    """Made the first time."""
    if not (folder / WEIGHTS).exists():
        make_tiny(folder)
    return folder


def make_tiny(folder: Path) -> None:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(SEED)
        model = FaceTrackModel(PRESETS["tiny"])
        torch.nn.init.normal_(model.language_model.lm_head.weight, std=WORDS)
    with TemporaryDirectory() as scratch:
        speller().save(str(Path(scratch) / TOKENIZER))
        save_model(model, folder, Path(scratch))


def speller() -> Tokenizer:
    """Marks the head of every piece of text, as the released tokenizer does."""
    printable = [*MARKS, "\n", *map(chr, range(33, 127)), SPACE]
    fillers = [f"<filler{place}>" for place in range(len(printable), VOCABULARY)]
    vocabulary = {sign: place for place, sign in enumerate([*printable, *fillers])}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[], unk_token=MARKS[0]))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Prepend(SPACE), normalizers.Replace(" ", SPACE)]
    )
    tokenizer.decoder = Sequence([Replace(SPACE, " "), ByteFallback(), Fuse(), Strip(" ", 1, 0)])
    tokenizer.add_special_tokens(
        [AddedToken(name, special=True, normalized=False) for name in MARKS]
    )
    return tokenizer
