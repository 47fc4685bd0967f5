from django.db import migrations, models

MEDIA = [("paths", "Paths"), ("copies", "Copies"), ("links", "Links")]

COPIES = "UPDATE annotation_export SET media = 'copies' WHERE with_videos"
WITH_VIDEOS = "UPDATE annotation_export SET with_videos = TRUE WHERE media = 'copies'"


class Migration(migrations.Migration):
    dependencies = [("annotation", "0025_results_of_stopped_runs")]

    operations = [
        migrations.AddField(
            "export",
            "media",
            models.CharField(choices=MEDIA, default="paths", max_length=16),
        ),
        migrations.RunSQL(COPIES, WITH_VIDEOS),
        migrations.RemoveField("export", "with_videos"),
        migrations.AddField(
            "export",
            "links_to",
            models.CharField(blank=True, default="", max_length=500),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "export",
            models.CheckConstraint(
                condition=models.Q(media__in=[value for value, _ in MEDIA]),
                name="export_media_is_known",
            ),
        ),
        migrations.AddConstraint(
            "export",
            models.CheckConstraint(
                condition=models.Q(("media", "links"), ("links_to", ""), _connector="XOR"),
                name="export_links_lead_somewhere",
            ),
        ),
    ]
