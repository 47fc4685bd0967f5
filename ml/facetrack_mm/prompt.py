"""
The words around the video, as ids.

A video and its faces stand in the ids as marks, which are no words: the text between two marks
is turned into ids by itself, as the released model learned it. The tokenizer's own chat template
is not used, because the released copies of it differ.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from ml.facetrack_mm.config import FaceTrackConfig, PromptConfig
from ml.facetrack_mm.tensors import CheckpointRefused

VIDEO, FACE = -201, -203
# Where a label says nothing, in torch's cross entropy too.
UNLABELLED = -100


class TextRefused(ValueError):
    """Words that the model would take for its own marks."""


@dataclass(frozen=True)
class Layout:
    """`system` and `turn` in the order they stand; the answer follows the turn's end."""

    system: str
    before: str
    after: str
    system_is_inside: bool


LAYOUTS = {
    "llama2": Layout("<<SYS>>\n{}\n<</SYS>>\n\n", "[INST] ", " [/INST]", system_is_inside=True),
    "chatml": Layout(
        "<|im_start|>system\n{}<|im_end|>\n",
        "<|im_start|>user\n",
        "<|im_end|>\n<|im_start|>assistant\n",
        system_is_inside=False,
    ),
}


@dataclass(frozen=True)
class Conversation:
    """`labels` are the ids of the answer and its end, and UNLABELLED before them."""

    ids: list[int]
    labels: list[int]


class PromptWriter:
    def __init__(self, tokenizer: Tokenizer, config: FaceTrackConfig) -> None:
        self._tokenizer = tokenizer
        self._prompt = config.prompt
        self._start = config.language.bos_token_id
        self._end = config.language.eos_token_id
        self._marks = [VIDEO, FACE] if config.prompt.marks_faces else [VIDEO]
        self._specials = [
            token.content
            for token in tokenizer.get_added_tokens_decoder().values()
            if token.special
        ]

    def ask(self, instruction: str | None = None) -> list[int]:
        return self._ids(self._after(instruction))

    def answer(self, answer: str, instruction: str | None = None) -> Conversation:
        """A prompt with its answer, to learn from."""
        self._check(answer)
        prompt = self.ask(instruction)
        space = " " if self._prompt.answer_space else ""
        ids = self._ids(self._after(instruction) + space + answer.strip())
        if ids[: len(prompt)] != prompt:
            raise TextRefused("The answer changes how the prompt before it is read.")
        ids.append(self._end)
        return Conversation(ids, [UNLABELLED] * len(prompt) + ids[len(prompt) :])

    def read(self, ids: list[int]) -> str:
        text: str = self._tokenizer.decode(ids, skip_special_tokens=True)
        return text.strip()

    def _after(self, instruction: str | None) -> str:
        """The text behind the last mark."""
        instruction = self._prompt.instruction if instruction is None else instruction
        self._check(instruction)
        return f"\n{instruction}{LAYOUTS[self._prompt.layout].after}"

    def _ids(self, after: str) -> list[int]:
        ids = [] if self._start is None else [self._start]
        ids += self._encode(_before(self._prompt))
        for place, mark in enumerate(self._marks):
            ids += [*(self._encode("\n") if place else []), mark]
        return ids + self._encode(after)

    def _encode(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    def _check(self, text: str) -> None:
        for special in self._specials:
            if special in text:
                raise TextRefused(f"The text holds {special}, which is a mark of the model.")


def load_tokenizer(folder: Path) -> Tokenizer:
    """From the file alone: the folder's settings name classes that need not exist here."""
    path = folder / "tokenizer.json"
    try:
        json.loads(path.read_bytes())
    except OSError:
        raise CheckpointRefused(f"{folder} has no tokenizer.json. Fetch it again.") from None
    except ValueError:
        raise CheckpointRefused(f"{path} is damaged. Fetch it again.") from None
    return Tokenizer.from_file(str(path))


def _before(prompt: PromptConfig) -> str:
    layout = LAYOUTS[prompt.layout]
    system = "" if prompt.system_text is None else layout.system.format(prompt.system_text)
    parts = [layout.before, system] if layout.system_is_inside else [system, layout.before]
    return "".join(parts)
