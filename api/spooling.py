"""Uploads are spooled beside the videos that they become: /tmp is often memory, and too small."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from annotation.full_disk import StorageFull, naming_a_full_disk


class SpoolBesideVideos(TemporaryFileUploadHandler):
    """What a killed process leaves is swept with the other files that nobody finished."""

    file: TemporaryUploadedFile

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        with naming_a_full_disk():
            Path(settings.FILE_UPLOAD_TEMP_DIR).mkdir(parents=True, exist_ok=True)
            super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        try:
            with naming_a_full_disk():
                super().receive_data_chunk(raw_data, start)
                # Now, while a full disk can still be told, not when the file is read again.
                self.file.flush()
        except StorageFull:
            self.upload_interrupted()
            raise
