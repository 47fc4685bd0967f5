"""
Parts of protocol buffers, read and changed without the packages that define them.

A schema says only what is used: "7 Graph" is field 7, a message; "5 repeated Tensor" a list.
Fields that it leaves out stay in a message as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

Schema = Mapping[str, Mapping[str, str]]

Field = descriptor_pb2.FieldDescriptorProto
SCALARS = {
    "string": Field.TYPE_STRING,
    "float": Field.TYPE_FLOAT,
    "uint32": Field.TYPE_UINT32,
}


def message_classes(package: str, schema: Schema) -> dict[str, Any]:
    """The class of each message, by its name in the schema."""
    file = descriptor_pb2.FileDescriptorProto(name=f"{package}.proto", package=package)
    for message, fields in schema.items():
        described = file.message_type.add(name=message)
        for name, text in fields.items():
            _describe(described.field.add(name=name), text, package)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return {
        name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{package}.{name}"))
        for name in schema
    }


def _describe(field: Any, text: str, package: str) -> None:
    number, *repeated, kind = text.split()
    field.number = int(number)
    field.label = Field.LABEL_REPEATED if repeated else Field.LABEL_OPTIONAL
    field.type = SCALARS.get(kind, Field.TYPE_MESSAGE)
    if kind not in SCALARS:
        field.type_name = f".{package}.{kind}"
