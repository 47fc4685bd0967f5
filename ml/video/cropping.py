"""What could be cut off a picture: bars, subtitles, headers, logos. A person confirms it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

import cv2
import numpy as np

from ml.video.bars import BarWatch
from ml.video.crops import Crop
from ml.video.overlays import OverlayWatch
from ml.video.streaming import SampledFrame, StreamHeader
from ml.video.subtitles import TextWatch

# Text stands for a second at least; between closer frames too little moves to tell.
TEXT_EVERY_S = 0.25
# Less than this of either side left over is no crop of a clip but another picture.
LEAST_LEFT = 0.4
# Of the picture: the outline of letters, and the rounding of the smaller one that is looked at.
OUTLINE = 0.01
SIDES = {"top": "above", "bottom": "below", "left": "on the left", "right": "on the right"}


@dataclass(frozen=True)
class CropProposal:
    """The crop is in pixels of the shown picture; confidence is from 0 to 1."""

    crop: Crop
    reason: str
    confidence: float


@dataclass(frozen=True)
class Finding:
    """What to cut off by side, in pixels of the frames that are looked at."""

    cut: dict[str, int]
    sentence: str
    confidence: float

    def beyond(self, cut: dict[str, int], header: StreamHeader) -> dict[str, int]:
        """What does not go with something else, as text in a bar does, but for its outline."""
        slack = 2 * OUTLINE * max(header.rgb_width, header.rgb_height)
        gone = {side: size + slack for side, size in cut.items()}
        return {side: size for side, size in self.cut.items() if size > gone.get(side, 0)}


@dataclass
class CropWatch:
    """Looks at the frames of one clip as they pass; keeps a few pictures, whatever the length."""

    header: StreamHeader
    _bars: BarWatch = field(default_factory=BarWatch)
    _text: TextWatch = field(default_factory=TextWatch)
    _overlays: OverlayWatch = field(default_factory=OverlayWatch)
    _next_text_s: float = 0.0

    def look(self, frame: SampledFrame) -> None:
        grey = np.asarray(cv2.cvtColor(frame.rgb, cv2.COLOR_RGB2GRAY), np.uint8)
        self._bars.look(grey)
        if frame.time_s >= self._next_text_s:
            self._text.look(grey)
            self._overlays.look(grey)
            self._next_text_s = frame.time_s + TEXT_EVERY_S

    def proposal(self) -> CropProposal | None:
        cut: dict[str, int] = {}
        sentences, confidence = [], 1.0
        for finding in filter(None, (self._black_bars(), self._burnt_in(), self._subtitles())):
            if more := finding.beyond(cut, self.header):
                cut |= more
                sentences.append(finding.sentence.format(_listed(more)))
                confidence = min(confidence, finding.confidence)
        crop = self._crop(cut)
        if not cut or self._leaves_little(crop):
            return None
        return CropProposal(crop, " ".join(sentences), round(confidence, 2))

    def _black_bars(self) -> Finding | None:
        found = self._bars.margins()
        if found is None:
            return None
        cut = {side: getattr(found, side) for side in SIDES}
        return Finding(cut, "Black bars {}.", found.straightness)

    def _subtitles(self) -> Finding | None:
        band = self._text.band()
        if band is None:
            return None
        height = self.header.rgb_height
        cut = {"bottom": height - math.floor((band.top - OUTLINE) * height)}
        return Finding(cut, "Subtitles in the lower part of the picture.", band.confidence)

    def _burnt_in(self) -> Finding | None:
        found = self._overlays.edges()
        if found is None:
            return None
        width, height = self.header.rgb_width, self.header.rgb_height
        sizes = {"top": height, "bottom": height, "left": width, "right": width}
        shares = {side: getattr(found, side) for side in SIDES}
        cut = {
            side: math.ceil((share + OUTLINE) * sizes[side])
            for side, share in shares.items()
            if share
        }
        return Finding(cut, "Text or a logo that never moves {}.", found.confidence)

    def _crop(self, cut: dict[str, int]) -> Crop:
        """Even numbers, because the colours of most videos are stored at half the size."""
        left, top, right, bottom = (
            2 * math.ceil(cut.get(side, 0) / self.header.scale / 2)
            for side in ("left", "top", "right", "bottom")
        )
        width, height = self.header.width - left - right, self.header.height - top - bottom
        return Crop(left, top, width - width % 2, height - height % 2)

    def _leaves_little(self, crop: Crop) -> bool:
        left_over = crop.width / self.header.width, crop.height / self.header.height
        return min(left_over) < LEAST_LEFT


def propose_crop(header: StreamHeader, frames: Iterable[SampledFrame]) -> CropProposal | None:
    watch = CropWatch(header)
    for frame in frames:
        watch.look(frame)
    return watch.proposal()


def _listed(cut: dict[str, int]) -> str:
    names = [name for side, name in SIDES.items() if cut.get(side)]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
