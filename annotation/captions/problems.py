"""What is wrong with a caption document, gathered so that a person sees all of it at once."""

from __future__ import annotations

from annotation.errors import InvalidCaption


class Problems:
    def __init__(self) -> None:
        self.errors: list[dict[str, object]] = []

    def add(self, field: str, code: str, message: str, offset: int | None = None) -> None:
        """`offset` counts code points of the text that `field` names."""
        self.errors.append({"field": field, "code": code, "message": message, "offset": offset})

    def refuse_if_any(self, message: str) -> None:
        if self.errors:
            raise InvalidCaption(message, errors=self.errors)


def refusal(code: str, message: str, offset: int | None = None, field: str = "") -> InvalidCaption:
    """The error for a single problem."""
    problems = Problems()
    problems.add(field, code, message, offset)
    return InvalidCaption(message, errors=problems.errors)
