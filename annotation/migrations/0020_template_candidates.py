"""Templates are chosen among candidates; the sets that exports and runs name never change."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import annotation.models.projects

CANDIDATE = [
    (
        "id",
        models.BigAutoField(
            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
        ),
    ),
    (
        "uid",
        models.CharField(
            default=annotation.models.projects.new_uid,
            editable=False,
            max_length=32,
            unique=True,
        ),
    ),
    ("text", models.CharField(max_length=500)),
    (
        "origin",
        models.CharField(
            choices=[
                ("typed", "Typed"),
                ("imported", "Imported"),
                ("generated", "Generated"),
            ],
            max_length=16,
        ),
    ),
    (
        "choice",
        models.CharField(
            choices=[("open", "Open"), ("kept", "Kept"), ("dropped", "Dropped")],
            default="open",
            max_length=16,
        ),
    ),
    ("alikeness", models.FloatField(null=True)),
    ("created_at", models.DateTimeField(auto_now_add=True)),
    (
        "added_by",
        models.ForeignKey(
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to=settings.AUTH_USER_MODEL,
        ),
    ),
    (
        "alike",
        models.ForeignKey(
            null=True,
            on_delete=django.db.models.deletion.SET_NULL,
            related_name="+",
            to="annotation.templatecandidate",
        ),
    ),
    (
        "project",
        models.ForeignKey(
            on_delete=django.db.models.deletion.CASCADE,
            related_name="+",
            to="annotation.project",
        ),
    ),
]


class Migration(migrations.Migration):
    dependencies = [("annotation", "0019_archives_from_elsewhere")]

    operations = [
        migrations.CreateModel(
            name="TemplateCandidate",
            fields=CANDIDATE,
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("project"),
                        django.db.models.functions.text.Lower("text"),
                        name="template_candidate_once",
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(text="")
                        & models.Q(
                            choice__in=["open", "kept", "dropped"],
                            origin__in=["typed", "imported", "generated"],
                        ),
                        name="template_candidate_says_something",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            "CREATE TRIGGER instructionset_is_frozen "
            "BEFORE UPDATE OR DELETE ON annotation_instructionset "
            "FOR EACH ROW EXECUTE FUNCTION annotation_refuse_change()",
            "DROP TRIGGER instructionset_is_frozen ON annotation_instructionset",
        ),
    ]
