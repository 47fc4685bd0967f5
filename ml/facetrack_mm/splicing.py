"""
What is seen, put among the words at its mark.

Shape letters: B rows, T frames, R streams of faces, S side of a picture, D width of words,
W words and tokens of a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor
from torch.nn.functional import pad

from ml.facetrack_mm.prompt import FACE, UNLABELLED, VIDEO


@dataclass(frozen=True)
class Row:
    """
    One clip and its words.

    ids     words, with VIDEO and perhaps FACE among them
    pixels  (T, 3, S, S); None in a model without a vision tower
    faces   (R, T, 3, S, S), or (R, T, numbers) of landmarks; None without a face
    labels  as many as ids
    """

    ids: Sequence[int]
    pixels: Tensor | None = None
    faces: Tensor | None = None
    labels: Sequence[int] | None = None


@dataclass(frozen=True)
class Line:
    """Tokens (W, D) and labels (W,) of one row."""

    tokens: Tensor
    labels: Tensor


@dataclass(frozen=True)
class Spliced:
    """Lines padded to the longest: (B, W, D), and (B, W) each; the mask is true on what is real."""

    embeddings: Tensor
    mask: Tensor
    labels: Tensor


def splice_row(row: Row, words: Tensor, video: Tensor | None, face: Tensor | None) -> Line:
    """
    The embedded ids (W, D), each mark replaced by what is seen, (N, D), or by nothing.

    Faces that have no mark of their own follow the video. What is no word has no label.
    """
    seen = {VIDEO: [video] if FACE in row.ids else [video, face], FACE: [face]}
    labels = torch.full(words.shape[:1], UNLABELLED, device=words.device)
    if row.labels is not None:
        labels = torch.tensor(row.labels, device=words.device)
    tokens, parts, start = [], [], 0
    for place, number in enumerate(row.ids):
        if number in seen:
            shown = [each for each in seen[number] if each is not None]
            tokens += [words[start:place], *shown]
            parts += [labels[start:place]]
            parts += [labels.new_full(each.shape[:1], UNLABELLED) for each in shown]
            start = place + 1
    return Line(torch.cat([*tokens, words[start:]]), torch.cat([*parts, labels[start:]]))


def pad_rows(lines: Sequence[Line], padded: Literal["left", "right"]) -> Spliced:
    longest = max(len(line.labels) for line in lines)
    embeddings, masks, labels = [], [], []
    for line in lines:
        spare = longest - len(line.labels)
        sides = (spare, 0) if padded == "left" else (0, spare)
        embeddings.append(pad(line.tokens, (0, 0, *sides)))
        masks.append(pad(torch.ones_like(line.labels, dtype=torch.bool), sides))
        labels.append(pad(line.labels, sides, value=UNLABELLED))
    return Spliced(torch.stack(embeddings), torch.stack(masks), torch.stack(labels))
