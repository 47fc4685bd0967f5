"""Which entries of a version go out, and what the manifest says about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Q
from django.utils import timezone

from annotation.captions.document import SCHEMA
from annotation.models import Clip, ClipStage, DatasetEntry, DatasetVersion, Export, Split
from annotation.version import VERSION

MANIFEST_SCHEMA = 1
CHUNK = 500

OnEntry = Callable[[int], None]


def no_longer_allowed(version: DatasetVersion) -> dict[str, list[str]]:
    """Clips of the version whose use has ended since it was frozen, by reason."""
    clips = Clip.objects.filter(dataset_entries__version=version).order_by("uid")
    is_withdrawn = Q(stage=ClipStage.WITHDRAWN)
    is_over = Q(consent_until__lt=timezone.localdate())
    return {
        "withdrawn": list(clips.filter(is_withdrawn).values_list("uid", flat=True)),
        "consent_ended": list(clips.filter(~is_withdrawn & is_over).values_list("uid", flat=True)),
    }


class Chosen:
    """The entries of one export. Read again for every file, never all in memory."""

    def __init__(self, export: Export, on_entry: OnEntry) -> None:
        self.export = export
        self.left_out = no_longer_allowed(export.version)
        self._unwanted = {uid for uids in self.left_out.values() for uid in uids}
        self._on_entry = on_entry
        self._splits: Counter[str] = Counter()
        self._licences: Counter[tuple[str, str, str]] = Counter()

    def of_split(self, split: Split) -> Iterator[DatasetEntry]:
        """In the order of their names, counted for the manifest. Call once for each split."""
        for entry in self._read(Q(split=split)):
            source = entry.clip.source
            self._splits[split] += 1
            self._licences[source.name, source.kind, entry.clip.licence or source.licence] += 1
            self._on_entry(self._splits.total())
            yield entry

    def clips(self) -> Iterator[Clip]:
        return (entry.clip for entry in self._read(Q()))

    def _read(self, wanted: Q) -> Iterator[DatasetEntry]:
        entries = (
            DatasetEntry.objects.filter(wanted, version=self.export.version)
            .select_related("clip__source", "caption__consolidation", "caption__cross_validation")
            .prefetch_related("clip__drafts", "caption__consolidation__verdicts")
            .order_by("clip__uid")
        )
        for entry in entries.iterator(chunk_size=CHUNK):
            if entry.clip.uid not in self._unwanted:
                # The whole version is the same row for all.
                entry.version = self.export.version
                yield entry

    def manifest(self, files: dict[str, dict[str, object]]) -> dict[str, Any]:
        """No time and no uid of the export itself, so that equal exports are equal bytes."""
        version, chosen_set = self.export.version, self.export.instruction_set
        return {
            "schema": MANIFEST_SCHEMA,
            "tool": f"countenance {VERSION}",
            "caption_schema": SCHEMA,
            "format": self.export.format,
            "seed": self.export.seed,
            "with_videos": self.export.with_videos,
            "instruction_set": chosen_set
            and {
                "uid": chosen_set.uid,
                "name": chosen_set.name,
                "version": chosen_set.version,
                "templates": chosen_set.templates,
            },
            "dataset_version": {
                "uid": version.uid,
                "number": version.number,
                "sha256": version.sha256,
                "created_at": version.created_at.isoformat(),
                "filter": {"stage": ClipStage.APPROVED, "parts": version.parts},
                "rendering": version.rendering,
                "seed": version.seed,
                "targets": version.targets,
                "counts": version.counts,
            },
            "counts": {split: self._splits[split] for split in Split.values},
            "licences": [
                {"source": source, "kind": kind, "licence": licence, "clips": count}
                for (source, kind, licence), count in sorted(self._licences.items())
            ],
            "left_out": self.left_out,
            "files": files,
        }
