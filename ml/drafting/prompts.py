"""
What a hosted model is told: words that people write and version, and the form of the answer,
which belongs to the program that reads it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from string import Template
from typing import Any

from ml.drafting.pictures import Picture, data_url
from ml.drafting.protocols import ClipInputs

# What a request may speak of. The platform refuses others when a prompt is written.
PLACEHOLDERS = ("duration_s", "frame_count", "people")
FORM = """
Answer with one JSON object and nothing around it:
{"external_attributes": [{"text": "...", "inferred": []}],
 "facial_changes": [{"text": "...", "inferred": ["..."], "phase": "beginning", "from_s": 0.0,
  "to_s": 0.8}],
 "summary": {"text": "...", "inferred": []}}
Every text is one English sentence without markup or addresses. "inferred" holds words of that
sentence, letter for letter. "phase" is beginning, progress, middle, end, throughout or null.
"from_s" and "to_s" say when, in seconds of the clip, or are null.
"""
REPAIR = """
This answer cannot be used:
$problems
Send the whole JSON object again with that put right, and nothing else.
"""


@dataclass(frozen=True)
class Prompt:
    """One version. `examples` are answers in the form above."""

    instructions: str
    request: str
    with_face_crops: bool = False
    examples: tuple[dict[str, Any], ...] = ()


Message = dict[str, Any]


def messages_for(prompt: Prompt, clip: ClipInputs, pictures: Sequence[Picture]) -> list[Message]:
    return [
        {"role": "system", "content": f"{prompt.instructions.strip()}\n{FORM}"},
        *_examples(prompt),
        {
            "role": "user",
            "content": [*_shown(pictures), text_part(_request(prompt, clip, pictures))],
        },
    ]


def _examples(prompt: Prompt) -> list[Message]:
    """Without pictures: faces of other clips have no reason to leave with this one."""
    if not prompt.examples:
        return []
    answers = "\n".join(json.dumps(example, ensure_ascii=False) for example in prompt.examples)
    text = f"Captions that people approved for other clips, as examples of style:\n{answers}"
    return [{"role": "user", "content": text}]


def _shown(pictures: Sequence[Picture]) -> list[dict[str, Any]]:
    parts = []
    for number, picture in enumerate(pictures, start=1):
        parts += [
            text_part(f"Frame {number} at {picture.time_s:.2f} s:"),
            _picture_part(picture.frame),
        ]
        if picture.face:
            parts += [text_part("The main face of it, enlarged:"), _picture_part(picture.face)]
    return parts


def _request(prompt: Prompt, clip: ClipInputs, pictures: Sequence[Picture]) -> str:
    return Template(prompt.request).safe_substitute(
        duration_s=f"{clip.times_s[-1]:.1f}",
        frame_count=str(len(pictures)),
        people=_people(clip),
    )


def _people(clip: ClipInputs) -> str:
    if clip.faces is None:
        return ""
    main = sum(track.is_main for track in clip.faces.tracks)
    if not main:
        return "No face was found in it."
    others = len(clip.faces.tracks) - main
    return f"Main faces in it: {main}. Other faces: {others}."


def repair_message(problems: Sequence[str]) -> Message:
    listed = "\n".join(f"- {problem}" for problem in problems)
    return {"role": "user", "content": Template(REPAIR).substitute(problems=listed)}


def text_part(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


def _picture_part(jpeg: bytes) -> dict[str, Any]:
    return {"type": "image_url", "image_url": {"url": data_url(jpeg)}}
