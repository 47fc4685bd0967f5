"""
Sentences as points, close together where they mean much the same: all-MiniLM-L6-v2.

Written out in numpy, because torch and transformers take ten seconds to load for a network that
answers in milliseconds. Shape letters: B sentences, P pieces of words, C channels, H heads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load
from scipy.special import erf
from threadpoolctl import threadpool_limits
from tokenizers import Tokenizer

from ml.weights import fetched_weights

WEIGHTS = "all-MiniLM-L6-v2.safetensors"
WORDS = "all-MiniLM-L6-v2.tokenizer.json"
HEADS = 12
# Sentences at a time; memory grows with the longest of them.
BATCH = 64
# Sentences whose points are kept, for clauses meet many others: 75 MB.
MOST_KNOWN = 50_000
# What the network was trained with; a clause has a tenth of it.
MOST_PIECES = 128
EPSILON = 1e-12
FAR_BELOW = np.float32(-1e9)

Numbers: TypeAlias = NDArray[np.float32]
Tensors: TypeAlias = Mapping[str, Numbers]


class SentenceNetwork:
    def __init__(
        self, tensors: Tensors, words: Tokenizer, version: str, heads: int = HEADS
    ) -> None:
        self.version = version
        self._tensors, self._words, self._heads = tensors, words, heads
        self._known: dict[str, Numbers] = {}
        words.enable_truncation(MOST_PIECES)
        words.enable_padding()

    @classmethod
    def load(cls, folder: Path) -> SentenceNetwork:
        """Raises WeightsUnusable."""
        weights = fetched_weights(folder, WEIGHTS)
        words = Tokenizer.from_str(fetched_weights(folder, WORDS).content.decode())
        # Inside the file they begin at odd addresses, where products take a hundred times as long.
        tensors = {name: tensor.copy() for name, tensor in load(weights.content).items()}
        return cls(tensors, words, weights.version)

    def points(self, sentences: Sequence[str]) -> Numbers:
        """(B, C) of length one, so that a product of two is their cosine."""
        new = [each for each in dict.fromkeys(sentences) if each not in self._known]
        if len(self._known) + len(new) > MOST_KNOWN:
            self._known.clear()
            new = list(dict.fromkeys(sentences))
        if new:
            self._known.update(zip(new, self._computed(new), strict=True))
        points = [self._known[sentence] for sentence in sentences]
        return np.stack(points) if points else np.empty((0, 0), np.float32)

    def _computed(self, sentences: Sequence[str]) -> Iterator[Numbers]:
        # On a busy machine threads that wait for each other take ten times as long as one alone.
        with threadpool_limits(1, "blas"):
            for start in range(0, len(sentences), BATCH):
                yield from self._batch(sentences[start : start + BATCH])

    def _batch(self, sentences: Sequence[str]) -> Numbers:
        encoded = self._words.encode_batch(list(sentences))
        pieces = np.array([each.ids for each in encoded])
        is_piece = np.array([each.attention_mask for each in encoded], np.float32)
        return self.pooled(pieces, is_piece)

    def pooled(self, pieces: NDArray[np.int64], is_piece: Numbers) -> Numbers:
        """The mean over the pieces (B, P) of each sentence; padding counts nothing."""
        hidden = self._hidden(pieces, is_piece)
        means = (hidden * is_piece[..., None]).sum(1) / is_piece.sum(1, keepdims=True)
        return _unit(means)

    def _hidden(self, pieces: NDArray[np.int64], is_piece: Numbers) -> Numbers:
        tensors = self._tensors
        hidden = self._normed(
            tensors["embeddings.word_embeddings.weight"][pieces]
            + tensors["embeddings.position_embeddings.weight"][: pieces.shape[1]]
            + tensors["embeddings.token_type_embeddings.weight"][0],
            "embeddings",
        )
        mask = (1 - is_piece)[:, None, None] * FAR_BELOW
        for name in self._layers():
            attended = self._dense(self._attended(hidden, mask, name), f"{name}.attention.output")
            hidden = self._normed(hidden + attended, f"{name}.attention.output")
            grown = _gelu(self._dense(hidden, f"{name}.intermediate"))
            hidden = self._normed(hidden + self._dense(grown, f"{name}.output"), f"{name}.output")
        return hidden

    def _layers(self) -> list[str]:
        last = ".attention.self.query.weight"
        names = [key.removesuffix(last) for key in self._tensors if key.endswith(last)]
        return sorted(names, key=lambda name: int(name.rsplit(".", 1)[1]))

    def _attended(self, hidden: Numbers, mask: Numbers, name: str) -> Numbers:
        query, key, value = (
            self._by_head(self._linear(hidden, f"{name}.attention.self.{part}"))
            for part in ("query", "key", "value")
        )
        scores = query @ key.swapaxes(-1, -2) / np.float32(query.shape[-1] ** 0.5) + mask
        shares = np.exp(scores - scores.max(-1, keepdims=True))
        mixed = shares / shares.sum(-1, keepdims=True) @ value
        joined: Numbers = mixed.swapaxes(1, 2).reshape(hidden.shape)
        return joined

    def _by_head(self, values: Numbers) -> Numbers:
        """(B, P, C) to (B, H, P, C / H)."""
        return values.reshape(*values.shape[:2], self._heads, -1).swapaxes(1, 2)

    def _dense(self, values: Numbers, name: str) -> Numbers:
        return self._linear(values, f"{name}.dense")

    def _linear(self, values: Numbers, name: str) -> Numbers:
        """As one product over all pieces: by sentence it would be many small ones."""
        weight = self._tensors[f"{name}.weight"]
        product = values.reshape(-1, weight.shape[1]) @ weight.T + self._tensors[f"{name}.bias"]
        return product.reshape(*values.shape[:-1], weight.shape[0])

    def _normed(self, values: Numbers, name: str) -> Numbers:
        centred = values - values.mean(-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(-1, keepdims=True) + np.float32(EPSILON))
        scale = self._tensors[f"{name}.LayerNorm.weight"]
        normed: Numbers = centred / spread * scale + self._tensors[f"{name}.LayerNorm.bias"]
        return normed


def _gelu(values: Numbers) -> Numbers:
    half: Numbers = values * (1 + erf(values / np.float32(2**0.5))) / 2
    return half


def _unit(values: Numbers) -> Numbers:
    lengths = np.linalg.norm(values, axis=-1, keepdims=True)
    unit: Numbers = values / np.maximum(lengths, np.float32(EPSILON))
    return unit
