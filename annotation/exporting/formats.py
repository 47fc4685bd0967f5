"""Every format, and who writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from annotation.models import ExportFormat

from . import (
    audit,
    conversations,
    elan,
    label_studio,
    native,
    parquet,
    preferences,
    spreadsheets,
    subtitles,
    webdataset,
)
from .archive import Archive
from .choosing import Chosen


@dataclass(frozen=True)
class Format:
    write: Callable[[Archive, Chosen], None]
    # Whether each clip's question is drawn from an instruction set.
    asks: bool = False
    # Whether its own files hold the videos, so that none lie beside.
    holds_videos: bool = False
    # Whether the whole pictures of cropped clips come too: whoever reads it crops them anew.
    with_originals: bool = False


FORMATS = {
    ExportFormat.NATIVE_JSONL: Format(native.write_native, with_originals=True),
    ExportFormat.LABEL_STUDIO: Format(label_studio.write_label_studio),
    ExportFormat.FACIALDYNAMIC: Format(conversations.write_facialdynamic),
    ExportFormat.VIDEOLLAMA2: Format(conversations.write_videollama2, asks=True),
    ExportFormat.LLAMA_FACTORY: Format(conversations.write_llama_factory, asks=True),
    ExportFormat.DPO: Format(preferences.write_dpo, asks=True),
    ExportFormat.KTO: Format(preferences.write_kto, asks=True),
    ExportFormat.CSV: Format(spreadsheets.write_csv),
    ExportFormat.PARQUET: Format(parquet.write_parquet),
    ExportFormat.HUGGING_FACE: Format(parquet.write_hugging_face),
    ExportFormat.WEBDATASET: Format(webdataset.write_webdataset, holds_videos=True),
    ExportFormat.VTT: Format(subtitles.write_vtt),
    ExportFormat.SRT: Format(subtitles.write_srt),
    ExportFormat.EAF: Format(elan.write_eaf),
    ExportFormat.CONSOLIDATION_AUDIT: Format(audit.write_audit),
}
