"""Why a face is main, in a sentence for people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from ml.records import Rule


class Face(Protocol):
    @property
    def mean_area(self) -> float: ...

    @property
    def similarity(self) -> float: ...

    @property
    def observations(self) -> int: ...


def explain(rule: Rule, faces: Sequence[Face], main: Sequence[bool]) -> str:
    chosen = [number for number, is_main in enumerate(main, 1) if is_main]
    return _SENTENCES[rule](faces, chosen) + _seen_once(rule, faces, chosen)


def explain_choice(numbers: list[int]) -> str:
    return f"A person chose {_name(numbers).lower()} as main."


def _seen_once(rule: Rule, faces: Sequence[Face], chosen: list[int]) -> str:
    once = [
        number
        for number, face in enumerate(faces, 1)
        if face.observations == 1 and number not in chosen
    ]
    if not once or rule == "paper":
        return ""
    return f" {_name(once)} {_be(once)} seen only once, too little to be main."


def _compare(faces: Sequence[Face], chosen: list[int]) -> str:
    others = [
        number
        for number, face in enumerate(faces, 1)
        if number not in chosen and face.observations > 1
    ]
    area, other_area = (_mean([faces[n - 1].mean_area for n in ns]) for ns in (chosen, others))
    like, other_like = (_mean([faces[n - 1].similarity for n in ns]) for ns in (chosen, others))
    return (
        f"{_name(chosen)} {_be(chosen)} main: {area / other_area:.1f} times as large as "
        f"{_name(others).lower()}, with a likeness of {like:.2f} from frame to frame against "
        f"{other_like:.2f}."
    )


def _paper(faces: Sequence[Face], chosen: list[int]) -> str:
    return f"Plain 2-means on area and likeness takes {_name(chosen).lower()} as main."


_SENTENCES: dict[Rule, Callable[[Sequence[Face], list[int]], str]] = {
    "no_track": lambda faces, chosen: "No face was found.",
    "one_track": lambda faces, chosen: (
        f"{_name(chosen)} is main, with no other to weigh it against."
    ),
    "two_alike": lambda faces, chosen: (
        f"{_name(chosen)} are both main: neither is much larger or steadier than the other."
    ),
    "two_apart": _compare,
    "all_alike": lambda faces, chosen: f"{_name(chosen)} are all main: they are equal.",
    "weak_split": lambda faces, chosen: (
        f"{_name(chosen)} are all main: no group of them stands out in size or likeness."
    ),
    "clusters": _compare,
    "paper": _paper,
}


def _mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers)


def _be(numbers: list[int]) -> str:
    return "is" if len(numbers) == 1 else "are"


def _name(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"Face {numbers[0]}"
    listed = ", ".join(map(str, numbers[:-1]))
    return f"Faces {listed} and {numbers[-1]}"
