"""
The whole model: what is seen becomes tokens that stand among the words' own.

Shape letters: B rows, T frames, R streams of faces, S side of a picture, L positions of features,
C width of features, N tokens, D width of words, W words and tokens of a row, V vocabulary.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from transformers import PreTrainedModel

from ml.facetrack_mm.config import FaceTrackConfig, GenerationConfig
from ml.facetrack_mm.face_encoder import FaceXFormer
from ml.facetrack_mm.face_features import ENCODED, build_face_projector, encoded_features
from ml.facetrack_mm.language import build_language_model
from ml.facetrack_mm.prompt import UNLABELLED
from ml.facetrack_mm.splicing import Row, Spliced, pad_rows, splice_row
from ml.facetrack_mm.stc import SpatioTemporalConnector
from ml.facetrack_mm.vision import build_vision_tower, vision_features


@dataclass(frozen=True)
class Words:
    """What follows a row, without the id that ends it; there may be none to end it yet."""

    ids: list[int]
    has_ended: bool

    @classmethod
    def until(cls, end: int, ids: list[int]) -> Words:
        has_ended = end in ids
        return cls(ids[: ids.index(end)] if has_ended else ids, has_ended)


class FaceTrackModel(nn.Module):
    """Whatever it is batched with, a row gives what it gives alone, but for rounding."""

    def __init__(self, config: FaceTrackConfig) -> None:
        super().__init__()
        self.config = config
        width = config.language.hidden_size
        self.language_model: PreTrainedModel = build_language_model(config.language)
        self.vision_tower = build_vision_tower(config.vision) if config.vision else None
        self.mm_projector = (
            SpatioTemporalConnector(config.vision.hidden_size, width, config.connector_depth)
            if config.vision
            else None
        )
        face = config.face
        self.face_encoder = FaceXFormer(face.encoder) if face and face.feature in ENCODED else None
        self.face_projector = (
            build_face_projector(config) if face and face.projector == "own" else None
        )
        for frozen in (self.vision_tower, self.face_encoder):
            if frozen is not None:
                frozen.requires_grad_(False).eval()

    def train(self, mode: bool = True) -> FaceTrackModel:
        """The towers are frozen and stay as they are."""
        super().train(mode)
        for frozen in (self.vision_tower, self.face_encoder):
            if frozen is not None:
                frozen.eval()
        return self

    def forward(self, rows: Sequence[Row]) -> Tensor:
        """The mean loss over all supervised words of all rows together."""
        losses, _ = self.word_losses(self.splice(rows, "right"))
        return losses.mean()

    def word_losses(self, spliced: Spliced) -> tuple[Tensor, Tensor]:
        """
        The loss of every supervised word, and the row in which it stands.

        Logits are made only where there is something to learn: all of them in float32 would
        take more memory than a layer of the language model.
        """
        hidden = self._hidden(spliced)[:, :-1]
        targets = spliced.labels[:, 1:]
        is_learned = targets != UNLABELLED
        logits = self.language_model.lm_head(hidden[is_learned]).float()
        losses = cross_entropy(logits, targets[is_learned], reduction="none")
        return losses, is_learned.nonzero()[:, 0]

    def logits(self, rows: Sequence[Row]) -> tuple[Tensor, Tensor]:
        """(B, W, V), and which positions are real, (B, W)."""
        spliced = self.splice(rows, "right")
        return self.language_model.lm_head(self._hidden(spliced)), spliced.mask

    @torch.inference_mode()
    def generate(
        self,
        rows: Sequence[Row],
        settings: GenerationConfig | None = None,
        *,
        keeps_cache: bool = True,
    ) -> list[Words]:
        settings = settings or self.config.generation
        # The words to come stand right after the prompt's last, so padding goes before the first.
        spliced = self.splice(rows, "left")
        end = self.config.language.eos_token_id
        answers = self.language_model.generate(  # type: ignore[operator]  # peft's overloads
            inputs_embeds=spliced.embeddings,
            attention_mask=spliced.mask.long(),
            max_new_tokens=settings.max_new_tokens,
            do_sample=settings.temperature is not None,
            temperature=settings.temperature,
            top_p=settings.top_p,
            eos_token_id=end,
            pad_token_id=end,
            use_cache=keeps_cache,
        )
        return [Words.until(end, ids) for ids in answers.tolist()]

    def splice(self, rows: Sequence[Row], padded: Literal["left", "right"]) -> Spliced:
        return self.join(rows, self._videos(rows), self._faces(rows), padded)

    def join(
        self,
        rows: Sequence[Row],
        videos: Sequence[Tensor | None],
        faces: Sequence[Tensor | None],
        padded: Literal["left", "right"],
    ) -> Spliced:
        """The rows' words with tokens (N, D) that are made already."""
        words = self.language_model.get_input_embeddings()
        lines = [
            splice_row(row, words(_word_ids(row, self._like.device)), video, face)
            for row, video, face in zip(rows, videos, faces, strict=True)
        ]
        return pad_rows(lines, padded)

    def video_tokens(self, pixels: Tensor) -> Tensor:
        """From (B, T, 3, S, S) to (B, N, D)."""
        return self.project_video(self.vision_features(pixels))

    def project_video(self, features: Tensor) -> Tensor:
        """From (B, T, L, C) to (B, N, D)."""
        if self.mm_projector is None:
            raise ValueError("the model has no vision tower")
        tokens: Tensor = self.mm_projector(features)
        return tokens

    def vision_features(self, pixels: Tensor) -> Tensor:
        """From (B, T, 3, S, S) to (B, T, L, C)."""
        vision = self.config.vision
        if self.vision_tower is None or vision is None:
            raise ValueError("the model has no vision tower")
        pixels = pixels.to(self._like.device, self._like.dtype)
        features = vision_features(self.vision_tower, pixels.flatten(0, 1), vision.feature_layer)
        return features.reshape(*pixels.shape[:2], *features.shape[1:])

    def face_tokens(self, faces: Tensor) -> Tensor:
        """From streams, (R, T, …) as in Row, to (R, N, D)."""
        return self.project_faces(self.face_features(faces))

    def face_features(self, faces: Tensor) -> Tensor:
        """From streams, (R, T, …) as in Row, to (R, T, L, C)."""
        config = self.config.face
        if config is None:
            raise ValueError("the model has no faces")
        faces = faces.to(self._like.device, self._like.dtype)
        if config.feature == "clip":
            return self.vision_features(faces)
        if self.face_encoder is None:
            return faces.unsqueeze(2)
        flat = encoded_features(self.face_encoder, faces.flatten(0, 1), config)
        return flat.reshape(*faces.shape[:2], *flat.shape[1:])

    def project_faces(self, features: Tensor) -> Tensor:
        """From (R, T, L, C) to (R, N, D)."""
        projector = self.face_projector or self.mm_projector
        tokens: Tensor = projector(features)  # type: ignore[misc]  # one of them is there
        return tokens

    @property
    def _like(self) -> Tensor:
        weight: Tensor = self.language_model.lm_head.weight
        return weight

    def _hidden(self, spliced: Spliced) -> Tensor:
        answer: Tensor = self.language_model.model(
            inputs_embeds=spliced.embeddings, attention_mask=spliced.mask.long(), use_cache=False
        ).last_hidden_state
        return answer

    def _videos(self, rows: Sequence[Row]) -> Sequence[Tensor | None]:
        if self.vision_tower is None:
            return [None] * len(rows)
        return list(self.video_tokens(torch.stack([_pixels(row) for row in rows])))

    def _faces(self, rows: Sequence[Row]) -> list[Tensor | None]:
        """A row's streams one after the other; all rows' go through the encoder together."""
        streams = [row.faces for row in rows if row.faces is not None]
        if self.config.face is None or not streams:
            return [None] * len(rows)
        counts = [len(each) for each in streams]
        tokens = iter(torch.split(self.face_tokens(torch.cat(streams)), counts))
        return [None if row.faces is None else next(tokens).flatten(0, 1) for row in rows]


def _word_ids(row: Row, device: torch.device) -> Tensor:
    """Marks become some word, which is never looked at."""
    return torch.tensor(row.ids, device=device).clamp(min=0)


def _pixels(row: Row) -> Tensor:
    if row.pixels is None:
        raise ValueError("a row has no pixels")
    return row.pixels
