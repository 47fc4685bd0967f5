"""Which faces a clip is about: 2-means on size and self-similarity, and what it leaves open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ml.records import Rule, Selection
from ml.tracking.explaining import explain
from ml.tracking.two_means import DIGITS, two_means

# Of two faces, the other is background below this share of the area, or so much less similar.
BACKGROUND_AREA = 0.5
BACKGROUND_SIMILARITY = 0.2
# Two groups nearer than this are no groups.
WEAK_AREA = 1.5
WEAK_SIMILARITY = 0.1

Mask = NDArray[np.bool_]  # [K]


@dataclass(frozen=True)
class Trajectory:
    """One person through a clip: mean share of the picture, mean similarity of two sightings."""

    mean_area: float
    similarity: float
    observations: int


def select_main(trajectories: Sequence[Trajectory], *, strict_paper: bool = False) -> Selection:
    """
    Label 1 is main. `strict_paper` splits raw features whatever they are, for comparisons.

    A face seen once has no similarity to speak of, so it is main only where all are seen once.
    """
    faces = _Faces.of(trajectories, scaled=not strict_paper)
    if strict_paper:
        rule, main = _as_in_the_paper(faces)
    else:
        rule, main = _among_candidates(faces)
    return Selection(
        rule=rule,
        features=faces.features.round(4).tolist(),
        labels=main.astype(int).tolist(),
        explanation=explain(rule, trajectories, main.tolist()),
    )


@dataclass(frozen=True)
class _Faces:
    areas: NDArray[np.float64]
    similarities: NDArray[np.float64]
    observations: NDArray[np.int_]
    features: NDArray[np.float64]  # [K, 2]
    candidates: Mask

    @classmethod
    def of(cls, trajectories: Sequence[Trajectory], *, scaled: bool) -> _Faces:
        areas = np.array([face.mean_area for face in trajectories], np.float64)
        similarities = np.array([face.similarity for face in trajectories], np.float64)
        observations = np.array([face.observations for face in trajectories], np.int_)
        repeated = observations >= 2
        candidates = repeated if repeated.any() else np.ones_like(repeated)
        columns = [np.log(areas), similarities] if scaled else [areas, similarities]
        if scaled:
            columns = [_scale(column, candidates) for column in columns]
        return cls(areas, similarities, observations, np.stack(columns, axis=1), candidates)

    def prefer(self, one: Mask, other: Mask) -> Mask:
        """The group with the larger centre; then the larger faces, then the longer seen."""

        def standing(group: Mask) -> tuple[float, float, int]:
            centre = float(self.features[group].mean(axis=0).sum())
            area = float(self.areas[group].mean())
            return round(centre, DIGITS), round(area, DIGITS), int(self.observations[group].sum())

        return max(one, other, key=standing)


def _scale(column: NDArray[np.float64], candidates: Mask) -> NDArray[np.float64]:
    """From 0 to 1 over the candidates; all 0 where they are equal."""
    if not candidates.any():
        return column
    low, high = column[candidates].min(), column[candidates].max()
    if high - low < 10**-DIGITS:
        return np.zeros_like(column)
    scaled: NDArray[np.float64] = (column - low) / (high - low)
    return scaled


def _as_in_the_paper(faces: _Faces) -> tuple[Rule, Mask]:
    everyone = np.ones(len(faces.areas), np.bool_)
    if len(everyone) == 0:
        return "no_track", everyone
    return "paper", _main_group(faces, everyone)


def _among_candidates(faces: _Faces) -> tuple[Rule, Mask]:
    choose = _RULES.get(int(faces.candidates.sum()), _of_many)
    return choose(faces, faces.candidates)


def _main_group(faces: _Faces, among: Mask) -> Mask:
    labels = np.zeros(len(among), np.int_)
    labels[among] = two_means(faces.features[among])
    one, other = among & (labels == 1), among & (labels == 0)
    return faces.prefer(one, other) if one.any() else other


def _of_two(faces: _Faces, among: Mask) -> tuple[Rule, Mask]:
    main = _main_group(faces, among)
    other = among & ~main
    if not other.any():
        return "two_alike", among
    is_small = faces.areas[other] < BACKGROUND_AREA * faces.areas[main]
    is_unlike = faces.similarities[other] < faces.similarities[main] - BACKGROUND_SIMILARITY
    apart = bool((is_small | is_unlike).all())
    return ("two_apart", main) if apart else ("two_alike", among)


def _of_many(faces: _Faces, among: Mask) -> tuple[Rule, Mask]:
    main = _main_group(faces, among)
    other = among & ~main
    if not other.any():
        return "all_alike", among
    ratio = faces.areas[main].mean() / faces.areas[other].mean()
    gap = faces.similarities[main].mean() - faces.similarities[other].mean()
    if ratio < WEAK_AREA and gap < WEAK_SIMILARITY:
        return "weak_split", among
    return "clusters", main


_RULES: dict[int, Callable[[_Faces, Mask], tuple[Rule, Mask]]] = {
    0: lambda faces, among: ("no_track", among),
    1: lambda faces, among: ("one_track", among),
    2: _of_two,
}
