"""Drafts name their model and prompt, which therefore never change."""

from django.db import migrations

TABLES = ["modelversion", "promptversion"]


def trigger(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_is_frozen BEFORE UPDATE OR DELETE ON annotation_{table} "
        "FOR EACH ROW EXECUTE FUNCTION annotation_refuse_change()",
        f"DROP TRIGGER {table}_is_frozen ON annotation_{table}",
    )


class Migration(migrations.Migration):
    dependencies = [("annotation", "0010_models_that_draft")]

    operations = [trigger(table) for table in TABLES]
