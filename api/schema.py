"""What every operation has in common, added to the generated schema."""

from __future__ import annotations

from typing import Any

PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code", "errors", "request_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence for the person."},
        "code": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "message"],
                "properties": {
                    "field": {"type": "string"},
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                    "offset": {
                        "type": ["integer", "null"],
                        "description": "In Unicode code points of the text that `field` names.",
                    },
                },
            },
        },
        "request_id": {"type": "string"},
        "current": {"type": "integer", "description": "With revision_conflict: what is stored."},
        "document": {"$ref": "#/components/schemas/CaptionDocument"},
    },
}
REFUSAL = {
    "description": "A refusal, in the form of RFC 9457.",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "schema": {"type": "string", "maxLength": 128},
    "description": "The same key with the same request is answered once more, for 24 hours.",
}


def describe_refusals(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """A hook of drf-spectacular, run after the rest."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    for path in result["paths"].values():
        for method, operation in path.items():
            operation["responses"]["default"] = REFUSAL
            if method == "post":
                operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
    return result
