"""Which entries of a version go out, and what the manifest says about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

from django.db.models import Q
from django.utils import timezone

from annotation import captions
from annotation.captions import Mode, Part
from annotation.captions.document import SCHEMA
from annotation.models import Clip, ClipStage, DatasetEntry, DatasetVersion, Export, Split
from annotation.version import VERSION

from .tally import Tally, licences_of

MANIFEST_SCHEMA = 1
CHUNK = 500
IS_WITHDRAWN = Q(stage=ClipStage.WITHDRAWN)

# What was written last and how many of it; may raise to stop the export.
OnPiece = Callable[[str, int], None]


def no_longer_allowed(version: DatasetVersion) -> dict[str, list[str]]:
    """Clips of the version whose use has ended since it was frozen, by reason."""
    clips = Clip.objects.filter(dataset_entries__version=version).order_by("uid")
    over = clips.filter(~IS_WITHDRAWN & _consent_ended())
    return {
        "withdrawn": list(clips.filter(IS_WITHDRAWN).values_list("uid", flat=True)),
        "consent_ended": list(over.values_list("uid", flat=True)),
    }


def clip_of(version: DatasetVersion, uid: str) -> Clip | None:
    """One whose use has not ended."""
    clips = Clip.objects.filter(dataset_entries__version=version, uid=uid)
    return clips.exclude(IS_WITHDRAWN | _consent_ended()).first()


def _consent_ended() -> Q:
    return Q(consent_until__lt=timezone.localdate())


def ended_since(export: Export) -> list[str]:
    """Clips in a finished export whose use has ended since it was written."""
    left_out = export.manifest.get("left_out", {})
    known = {uid for uids in left_out.values() for uid in uids}
    over = (uid for uids in no_longer_allowed(export.version).values() for uid in uids)
    return [uid for uid in over if uid not in known]


class Chosen:
    """The entries of one export. Read again for every file, never all in memory."""

    def __init__(self, export: Export, on_piece: OnPiece) -> None:
        self.export = export
        self.splits = [split for split in Split.values if split in export.splits]
        self.left_out = no_longer_allowed(export.version)
        self._unwanted = {uid for uids in self.left_out.values() for uid in uids}
        self.on_piece = on_piece
        # Whoever goes on with a killed attempt has its notes here before anything is read.
        self.notes: dict[str, Any] = {}

    @property
    def purpose(self) -> dict[str, Any]:
        """What two attempts have to have in common for one to go on with the other's files."""
        return {"left_out": self.left_out, "tool": VERSION}

    def of_split(self, split: str, *related: str) -> Iterator[DatasetEntry]:
        """
        In the order of their names, each with its text in the rendering asked for. How many they
        were is noted for the manifest once all are read.
        """
        tallies, tally = self._tallies(), Tally()
        earlier = self.splits[: self.splits.index(split)]
        before = sum(tallies[other].clips for other in earlier)
        for entry in self._read(Q(split=split), *related):
            entry.text = self._text(entry)
            if not entry.text:
                tally.without_text.append(entry.clip.uid)
                continue
            tally.count(entry.clip)
            self.on_piece("caption", before + tally.clips)
            yield entry
        self.notes[split] = tally.to_json()

    def _tallies(self) -> dict[str, Tally]:
        return {
            split: Tally.from_json(self.notes[split]) if split in self.notes else Tally()
            for split in self.splits
        }

    @property
    def without_text(self) -> list[str]:
        return [uid for tally in self._tallies().values() for uid in tally.without_text]

    def entries(self, *related: str) -> Iterator[DatasetEntry]:
        return (entry for split in self.splits for entry in self.of_split(split, *related))

    def has_any(self, split: str) -> bool:
        return next(self._read(Q(split=split)), None) is not None

    def clips(self) -> Iterator[Clip]:
        """Whose texts were written, which is known once they were."""
        unwritten = set(self.without_text)
        return (
            entry.clip
            for entry in self._read(Q(split__in=self.splits))
            if entry.clip.uid not in unwritten
        )

    def _read(self, wanted: Q, *related: str) -> Iterator[DatasetEntry]:
        entries = (
            DatasetEntry.objects.filter(wanted, version=self.export.version)
            .select_related("clip__source", "caption__consolidation", "caption__cross_validation")
            .prefetch_related(*related)
            .order_by("clip__uid")
        )
        for entry in entries.iterator(chunk_size=CHUNK):
            if entry.clip.uid not in self._unwanted:
                # The whole version is the same row for all.
                entry.version = self.export.version
                yield entry

    def _text(self, entry: DatasetEntry) -> str:
        if self.export.rendering == self.export.version.rendering:
            return entry.text
        document = captions.parse(entry.caption.document)
        return captions.render(document, self.mode, self.parts)

    @property
    def mode(self) -> Mode:
        return cast("Mode", self.export.rendering)

    @property
    def parts(self) -> list[Part]:
        return cast("list[Part]", self.export.version.parts)

    def manifest(self, files: dict[str, dict[str, object]]) -> dict[str, Any]:
        """No time and no uid of the export itself, so that equal exports are equal bytes."""
        version, chosen_set = self.export.version, self.export.instruction_set
        tallies = self._tallies()
        return {
            "schema": MANIFEST_SCHEMA,
            "tool": f"countenance {VERSION}",
            "caption_schema": SCHEMA,
            "format": self.export.format,
            "seed": self.export.seed,
            "media": self.export.media,
            "links_to": self.export.links_to,
            "with_rule_drafts": self.export.with_rule_drafts,
            "rendering": self.export.rendering,
            "splits": self.splits,
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
                "filter": {"stage": ClipStage.APPROVED, "parts": version.parts, **version.filter},
                "rendering": version.rendering,
                "seed": version.seed,
                "targets": version.targets,
                "counts": version.counts,
            },
            "counts": {split: tally.clips for split, tally in tallies.items()},
            "licences": list(licences_of(tallies.values())),
            "left_out": self.left_out,
            "without_text": self.without_text,
            "files": files,
        }
