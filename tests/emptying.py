"""Empties the database after a test that commits: a few rows, not the files of 64 tables."""

from __future__ import annotations

from typing import Any

from django.core.management.color import Style
from django.db.backends.postgresql.operations import DatabaseOperations

truncate = DatabaseOperations.sql_flush


def sql_flush(
    operations: DatabaseOperations, style: Style, tables: list[str], **options: Any
) -> list[str]:
    """
    What Django runs in one transaction. TRUNCATE writes each table and index anew.

    The locks wait, as TRUNCATE does, for whoever still writes. Without triggers rows go in any
    order, those that never change among them; that only a superuser may ask.
    """
    status = operations.connection.connection.info.parameter_status("is_superuser")
    if not tables or options.get("reset_sequences") or status != "on":
        return truncate(operations, style, tables, **options)
    names = [operations.quote_name(table) for table in tables]
    return [
        f"LOCK TABLE {', '.join(names)} IN ACCESS EXCLUSIVE MODE",
        "SET LOCAL session_replication_role = replica",
        "; ".join(f"DELETE FROM {name}" for name in names),  # noqa: S608
    ]
