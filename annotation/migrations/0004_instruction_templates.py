from django.db import migrations

from annotation.instructions.templates import NAME, load_templates


def add(apps, schema_editor):
    apps.get_model("annotation", "InstructionSet").objects.get_or_create(
        project=None, name=NAME, version=1, defaults={"templates": load_templates(1)}
    )


class Migration(migrations.Migration):
    dependencies = [("annotation", "0003_unchangeable_rows")]

    # Exports may already name the set, so going back leaves it.
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
