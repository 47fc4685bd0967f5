"""The clips of a run: looked for, looked at once by the frozen parts, and put into words."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from torch import distributed

from ml.facetrack_mm.reading import NothingToSee
from ml.training.examples import TrainingExample
from ml.training.failures import RunFailed
from ml.training.features import Features, KeptFeatures
from ml.training.opening import Student
from ml.training.processes import process_count, process_number
from ml.training.reading import check_media
from ml.training.recipe import Recipe
from ml.training.report import Report
from ml.training.rows import Clips, write_words
from ml.training.stopping import StopRequest

logger = logging.getLogger(__name__)


@dataclass
class Preparation:
    """`left_out` grows by the clips in which the model finds nothing to look at."""

    student: Student
    recipe: Recipe
    report: Report
    stop: StopRequest
    left_out: list[str] = field(default_factory=list)

    def clips(self, examples: Sequence[TrainingExample]) -> Clips:
        check_media(examples, looks_at_faces=self.student.config.face is not None)
        length = self.recipe.train.max_length
        words = write_words(self.student.writer, examples, length)
        if not self.recipe.train.feature_cache:
            return Clips(examples, words, self.student.make)
        unseen = self._keep_features(examples)
        seen = [place for place, each in enumerate(examples) if each.id not in unseen]
        if not seen:
            raise RunFailed("missing_media", "None of the clips shows a face to learn from.")
        self.left_out += sorted(unseen)
        kept = KeptFeatures(self.student.files, self.student.make)
        return Clips([examples[place] for place in seen], [words[place] for place in seen], kept)

    def _keep_features(self, examples: Sequence[TrainingExample]) -> set[str]:
        """Each process takes its share. Answers the clips that showed nothing."""
        unseen = set()
        own = list(examples)[process_number() :: process_count()]
        for place, example in enumerate(own):
            self.stop.obey()
            told = f"{example.id} is looked at."
            self.report.tell(phase="features", done=place, total=len(own), message=told)
            try:
                self._keep(example)
            except NothingToSee as nothing:
                logger.warning("%s is left out: %s", example.id, nothing)
                unseen.add(example.id)
            except RunFailed:
                # What is sent to the whole group ends the decoding child as well.
                self.stop.obey()
                raise
        return _of_all_processes(unseen)

    def _keep(self, example: TrainingExample) -> Features | None:
        files = self.student.files
        if files.has(example):
            return None
        return KeptFeatures(files, self.student.make)(example)


def _of_all_processes(found: set[str]) -> set[str]:
    if not distributed.is_initialized():
        return found
    everyone: list[set[str]] = [set()] * distributed.get_world_size()
    distributed.all_gather_object(everyone, found)
    return set().union(*everyone)
