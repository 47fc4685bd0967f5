"""Comparing all clips of a project with each other, by their pictures and by their faces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from annotation.jobs import Progress
from annotation.models import FaceEmbedding, FaceTracks, Project
from annotation.splitting import Grouped, join_groups
from annotation.workflow.grouping import record_groups
from annotation.workflow.screening_rules import rules_of

# Rows compared with all others at once: a few hundred megabytes with a hundred thousand clips.
ROWS = 512

Pair = tuple[int, int]


def group_clips(progress: Progress) -> dict[str, object]:
    project = Project.objects.get(pk=progress.job.payload["project"])
    rules = rules_of(project)
    tracks = FaceTracks.objects.filter(clip__project=project).order_by("clip_id")
    hashes = {row.clip_id: row.perceptual_hash for row in tracks if row.perceptual_hash}
    progress.report(0, 2, "Comparing pictures.")
    alike = list(near_duplicates(hashes, rules.near_duplicate_bits))
    progress.report(1, 2, "Comparing faces.")
    faces = list(
        FaceEmbedding.objects.filter(tracks__clip__project=project)
        .select_related("tracks__backends")
        .order_by("tracks_id", "track")
    )
    same = list(_same_persons(faces, rules.same_person_cosine))
    with transaction.atomic():
        counts = record_groups(
            project=project,
            duplicates=join(alike, {}),
            persons=join(same, _known_persons(project)),
            compared=[face.pk for face in faces],
        )
        result: dict[str, object] = {**counts}
        progress.finish(result)
    return result


def _same_persons(faces: Iterable[FaceEmbedding], least_cosine: float) -> Iterator[Pair]:
    """By main faces; what two embedders say of a face cannot be compared."""
    by_embedder: dict[str, list[FaceEmbedding]] = defaultdict(list)
    for face in faces:
        if face.track in face.tracks.main_tracks:
            by_embedder[face.tracks.backends.versions.get("embedder", "")].append(face)
    for mains in by_embedder.values():
        vectors = np.array([face.vector for face in mains], np.float32)
        yield from same_faces([face.tracks_id for face in mains], vectors, least_cosine)


def _known_persons(project: Project) -> dict[int, str]:
    """What was found before: the embeddings that showed it may be gone."""
    return dict(project.clips.exclude(person_group="").values_list("pk", "person_group"))


def near_duplicates(hashes: Mapping[int, str], most_bits: int) -> Iterator[Pair]:
    """Clips whose hashes, in hexadecimal digits, differ in so many bits or fewer."""
    clips = list(hashes)
    words = np.array([np.frombuffer(bytes.fromhex(hashes[clip]), np.uint64) for clip in clips])

    def alike(rows: slice) -> NDArray[np.bool_]:
        differing = np.zeros((len(words[rows]), len(words)), np.uint16)
        for word in words.T:
            differing += np.bitwise_count(word[rows, None] ^ word[None, :])
        return differing <= most_bits

    return _joining_pairs(clips, alike)


def same_faces(
    clips: Sequence[int], vectors: NDArray[np.float32], least_cosine: float
) -> Iterator[Pair]:
    """`vectors` are unit vectors, one row for each main face; a clip may have several."""
    return _joining_pairs(clips, lambda rows: vectors[rows] @ vectors.T >= least_cosine)


def _joining_pairs(
    clips: Sequence[int], compare: Callable[[slice], NDArray[np.bool_]]
) -> Iterator[Pair]:
    """
    As few pairs as join the same clips: a hundred thousand of one person have billions of them.

    `compare` tells of some rows which of all rows each is like.
    """
    group = np.arange(len(clips))  # by row: the first row that it is joined with
    for start in range(0, len(clips), ROWS):
        for row, likes in enumerate(compare(slice(start, start + ROWS)), start):
            first, *others = np.union1d(group[likes], group[row])
            for other in others:
                yield clips[first], clips[other]
                group[group == other] = first


def join(pairs: Iterable[Pair], known: Mapping[int, str]) -> dict[int, str]:
    """
    The group of every clip that has a like: directly, through others, or as known before. Named
    after a clip of it, so that equal pairs have equal names.
    """
    ties: dict[int, list[Hashable]] = {clip: [group] for clip, group in known.items()}
    for pair in pairs:
        for clip in pair:
            ties.setdefault(clip, []).append(pair)
    groups = join_groups(Grouped(f"{clip:012}", tuple(tied)) for clip, tied in ties.items())
    return {
        int(member): first
        for first, members in groups.items()
        if len(members) > 1 or int(first) in known
        for member in members
    }
