"""The model and the prompt that every installation has, and what keeps all of them unchanged."""

from django.db import migrations

from annotation.prompts.shipped import NAME, load_prompt

TABLES = ["modelversion", "promptversion"]


def trigger(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_is_frozen BEFORE UPDATE OR DELETE ON annotation_{table} "
        "FOR EACH ROW EXECUTE FUNCTION annotation_refuse_change()",
        f"DROP TRIGGER {table}_is_frozen ON annotation_{table}",
    )


def add(apps, schema_editor):
    apps.get_model("annotation", "PromptVersion").objects.get_or_create(
        project=None, name=NAME, number=1, defaults=load_prompt(1)
    )
    apps.get_model("annotation", "ModelVersion").objects.get_or_create(
        project=None, name="Rules on measured signals", defaults={"kind": "signals"}
    )


class Migration(migrations.Migration):
    dependencies = [("annotation", "0010_models_that_draft")]

    # Drafts may already name them, so going back leaves them.
    operations = [migrations.RunPython(add, migrations.RunPython.noop), *map(trigger, TABLES)]
