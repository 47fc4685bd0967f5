"""What the platform may refuse, each with the code that the API and the front end use."""

from __future__ import annotations

from typing import Any


class WorkflowError(Exception):
    """
    A refusal that a person can act on.

    The message is a sentence that says what to do; `detail` holds the facts behind it and is
    shown to the caller, so it never carries another person's text or name.
    """

    code = "refused"

    def __init__(self, message: str, **detail: Any) -> None:
        super().__init__(message)
        self.message = message
        self.detail: dict[str, Any] = detail


class NotFound(WorkflowError):
    """Absent, or not the actor's to see: the two look the same from outside."""

    code = "not_found"


class NotAllowed(WorkflowError):
    """The actor sees the object but lacks the role for this action."""

    code = "not_allowed"


class InvalidInput(WorkflowError):
    """`detail["errors"]` lists what is wrong, each with field, code and message."""

    code = "invalid_input"


class InvalidCaption(WorkflowError):
    """Like InvalidInput, for caption documents; an error may carry an offset in code points."""

    code = "invalid_caption"


class TransitionRefused(WorkflowError):
    """The move does not exist from the present stage or status."""

    code = "transition_refused"


class RevisionConflict(WorkflowError):
    """Somebody saved in between; `detail["current"]` is the revision now stored."""

    code = "revision_conflict"


class LeaseLost(WorkflowError):
    """The hold ran out and the work may be with someone else. The text stays stored."""

    code = "lease_lost"


class PreconditionRequired(WorkflowError):
    """An edit came without the revision that it was made on."""

    code = "revision_required"
