"""What could be cut off a picture: black bars and burnt-in subtitles. A person confirms it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

import cv2
import numpy as np

from ml.video.bars import BarWatch, Margins
from ml.video.crops import Crop
from ml.video.streaming import SampledFrame, StreamHeader
from ml.video.subtitles import TextBand, TextWatch

# Subtitles stand for a second at least; between closer frames too little moves to tell.
TEXT_EVERY_S = 0.25
# Less than this of either side left over is no crop of a clip but another picture.
LEAST_LEFT = 0.4


@dataclass(frozen=True)
class CropProposal:
    """The crop is in pixels of the shown picture; confidence is from 0 to 1."""

    crop: Crop
    reason: str
    confidence: float


@dataclass
class CropWatch:
    """Looks at the frames of one clip as they pass; keeps two pictures, whatever the length."""

    header: StreamHeader
    _bars: BarWatch = field(default_factory=BarWatch)
    _text: TextWatch = field(default_factory=TextWatch)
    _next_text_s: float = 0.0

    def look(self, frame: SampledFrame) -> None:
        grey = np.asarray(cv2.cvtColor(frame.rgb, cv2.COLOR_RGB2GRAY), np.uint8)
        self._bars.look(grey)
        if frame.time_s >= self._next_text_s:
            self._text.look(grey)
            self._next_text_s = frame.time_s + TEXT_EVERY_S

    def proposal(self) -> CropProposal | None:
        margins, band = self._bars.margins(), self._text.band()
        if (
            band
            and margins
            and band.top * self.header.rgb_height >= (self.header.rgb_height - margins.bottom)
        ):
            band = None  # it stands in the bar
        if not margins and not band:
            return None
        crop = self._crop(margins or Margins(0, 0, 0, 0, 1.0), band)
        if min(crop.width / self.header.width, crop.height / self.header.height) < LEAST_LEFT:
            return None
        confidence = min(margins.straightness if margins else 1.0, band.confidence if band else 1.0)
        return CropProposal(crop, _reason(margins, band), round(confidence, 2))

    def _crop(self, margins: Margins, band: TextBand | None) -> Crop:
        """Even numbers, because the colours of most videos are stored at half the size."""
        height = self.header.rgb_height
        # The outline of letters and the rounding of the smaller picture.
        text = height - math.floor((band.top - 0.01) * height) if band else 0
        left, top, right, bottom = (
            2 * math.ceil(margin / self.header.scale / 2)
            for margin in (margins.left, margins.top, margins.right, max(margins.bottom, text))
        )
        width, height = self.header.width - left - right, self.header.height - top - bottom
        return Crop(left, top, width - width % 2, height - height % 2)


def propose_crop(header: StreamHeader, frames: Iterable[SampledFrame]) -> CropProposal | None:
    watch = CropWatch(header)
    for frame in frames:
        watch.look(frame)
    return watch.proposal()


def _reason(margins: Margins | None, band: TextBand | None) -> str:
    sentences = []
    if margins:
        sides = {
            "above": margins.top,
            "below": margins.bottom,
            "on the left": margins.left,
            "on the right": margins.right,
        }
        sentences.append(f"Black bars {_listed([name for name, size in sides.items() if size])}.")
    if band:
        sentences.append("Subtitles in the lower part of the picture.")
    return " ".join(sentences)


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
