"""Captions on the time line of ELAN: phases, sentences, inferences, each annotator's text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as Xml

from annotation import captions
from annotation.captions import CaptionDocument, Part
from annotation.models import AssignmentStatus, Clip, DatasetEntry

from .archive import Archive
from .choosing import Chosen
from .names import stem, video_path
from .timing import Cue, rendered, timed_sentences

RELATED = ("clip__frame_table", "clip__assignments__annotations")
TYPE = "text"
# Readers of the format ask for it; nothing is fetched from there.
SCHEMA = "{http://www.w3.org/2001/XMLSchema-instance}noNamespaceSchemaLocation"
Tiers = dict[str, list[Cue]]


def write_eaf(archive: Archive, chosen: Chosen) -> None:
    for entry in chosen.entries(*RELATED):
        archive.add_of_clip(f"{entry.split}/{stem(entry.clip)}.eaf", _text(entry, chosen))


def _text(entry: DatasetEntry, chosen: Chosen) -> Iterator[bytes]:
    tree = _document(entry.clip, _tiers(entry, chosen))
    yield Xml.tostring(tree, encoding="UTF-8", xml_declaration=True)


def _tiers(entry: DatasetEntry, chosen: Chosen) -> Tiers:
    document = captions.parse(entry.caption.document)
    tiers = {
        "phases": list(_phases(document, chosen.parts, entry.clip)),
        "sentences": list(_sentences(document, chosen, entry.clip)),
        "inference": list(_inferences(document, chosen.parts, entry.clip)),
    }
    for assignment in sorted(entry.clip.assignments.all(), key=lambda found: found.slot):
        for annotation in assignment.annotations.all():
            if (
                assignment.status == AssignmentStatus.SUBMITTED
                and annotation.annotator_id == assignment.annotator_id
            ):
                own = captions.parse(annotation.document)
                tiers[f"annotator {assignment.slot}"] = list(_sentences(own, chosen, entry.clip))
    return tiers


def _phases(document: CaptionDocument, parts: list[Part], clip: Clip) -> Iterator[Cue]:
    for sentence, start, stop in timed_sentences(document, parts, clip):
        if sentence.phase and sentence.frames:
            yield Cue(start, stop, sentence.phase)


def _sentences(document: CaptionDocument, chosen: Chosen, clip: Clip) -> Iterator[Cue]:
    for sentence, start, stop in timed_sentences(document, chosen.parts, clip):
        if text := rendered(sentence, chosen.mode):
            yield Cue(start, stop, text)


def _inferences(document: CaptionDocument, parts: list[Part], clip: Clip) -> Iterator[Cue]:
    for sentence, start, stop in timed_sentences(document, parts, clip):
        words = [sentence.text[span.start : span.end].strip() for span in sentence.inferences]
        if words:
            yield Cue(start, stop, " / ".join(words))


def lanes(cues: Iterable[Cue]) -> list[list[Cue]]:
    """Cues of a tier never overlap, so those that do come into further ones."""
    made: list[list[Cue]] = []
    for cue in sorted(cues, key=lambda cue: (cue.start, cue.stop)):
        free = next((lane for lane in made if lane[-1].stop <= cue.start), None)
        if free is None:
            made.append(free := [])
        free.append(cue)
    return made


def _document(clip: Clip, tiers: Tiers) -> Xml.Element:
    root = Xml.Element(
        "ANNOTATION_DOCUMENT",
        {SCHEMA: "EAFv3.0.xsd"},
        AUTHOR="",
        DATE="1980-01-01T00:00:00+00:00",
        FORMAT="3.0",
        VERSION="3.0",
    )
    header = Xml.SubElement(root, "HEADER", MEDIA_FILE="", TIME_UNITS="milliseconds")
    path = f"../{video_path(clip)}"
    Xml.SubElement(
        header, "MEDIA_DESCRIPTOR", MEDIA_URL=path, MIME_TYPE="video/mp4", RELATIVE_MEDIA_URL=path
    )
    order = Xml.SubElement(root, "TIME_ORDER")
    numbers = iter(range(1, 10**9))
    for name, cues in tiers.items():
        for lane, found in enumerate(lanes(cues) or [[]], 1):
            tier_id = name if lane == 1 else f"{name}, lane {lane}"
            tier = Xml.SubElement(root, "TIER", LINGUISTIC_TYPE_REF=TYPE, TIER_ID=tier_id)
            for cue in found:
                _add_cue(tier, order, cue, next(numbers))
    Xml.SubElement(
        root,
        "LINGUISTIC_TYPE",
        GRAPHIC_REFERENCES="false",
        LINGUISTIC_TYPE_ID=TYPE,
        TIME_ALIGNABLE="true",
    )
    return root


def _add_cue(tier: Xml.Element, order: Xml.Element, cue: Cue, number: int) -> None:
    slots = [f"ts{2 * number - 1}", f"ts{2 * number}"]
    for slot, value in zip(slots, (cue.start, cue.stop), strict=True):
        Xml.SubElement(order, "TIME_SLOT", TIME_SLOT_ID=slot, TIME_VALUE=str(value))
    annotation = Xml.SubElement(Xml.SubElement(tier, "ANNOTATION"), "ALIGNABLE_ANNOTATION")
    annotation.set("ANNOTATION_ID", f"a{number}")
    annotation.set("TIME_SLOT_REF1", slots[0])
    annotation.set("TIME_SLOT_REF2", slots[1])
    Xml.SubElement(annotation, "ANNOTATION_VALUE").text = _for_xml(cue.text)


def _for_xml(text: str) -> str:
    """XML 1.0 has no way to write the rest, not even escaped."""
    return "".join(
        letter
        for letter in text
        if letter in "\t\n\r"
        or " " <= letter <= "\ud7ff"
        or "\ue000" <= letter <= "\ufffd"
        or letter >= "\U00010000"
    )
