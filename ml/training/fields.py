"""The fields of a recipe as a form needs them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ml.training.recipe import RECIPE

Schema = dict[str, Any]


def fields() -> list[Schema]:
    """
    One for each path with dots: `type` (integer, number, boolean, string, choice or choices),
    `help`, whether it may be empty, and its bounds or choices.
    """
    schema = RECIPE.json_schema()
    return list(_fields(schema, schema.get("$defs", {}), ""))


def _fields(schema: Schema, groups: Schema, above: str) -> Iterator[Schema]:
    for name, each in schema["properties"].items():
        if "$ref" in each:
            group = groups[each["$ref"].rpartition("/")[2]]
            yield from _fields(group, groups, f"{above}{name}.")
        else:
            yield _field(f"{above}{name}", each)


def _field(name: str, schema: Schema) -> Schema:
    options = schema.get("anyOf", [schema])
    told = next(each for each in options if each["type"] != "null")
    field = {
        "name": name,
        "type": told["type"],
        "help": schema["description"],
        "nullable": len(options) > 1,
    }
    if told["type"] == "array":
        field |= {"type": "choices", "choices": told["items"]["enum"]}
    elif "enum" in told:
        field |= {"type": "choice", "choices": told["enum"]}
    bounds = ("minimum", "maximum", "maxLength")
    return field | {bound: told[bound] for bound in bounds if bound in told}
