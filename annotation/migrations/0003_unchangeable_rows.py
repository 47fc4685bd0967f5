"""What must never change is kept by the database: no query of ours, and no shell, can edit it."""

from django.db import migrations

TABLES = ["datasetversion", "datasetentry", "workflowevent", "approvedcaption"]

# TRUNCATE fires no row trigger, so that tests can still empty their database.
FUNCTION = """
CREATE FUNCTION annotation_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$
"""


def trigger(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_is_frozen BEFORE UPDATE OR DELETE ON annotation_{table} "
        "FOR EACH ROW EXECUTE FUNCTION annotation_refuse_change()",
        f"DROP TRIGGER {table}_is_frozen ON annotation_{table}",
    )


class Migration(migrations.Migration):
    dependencies = [("annotation", "0002_import_and_export_options")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION annotation_refuse_change()"),
        *map(trigger, TABLES),
    ]
