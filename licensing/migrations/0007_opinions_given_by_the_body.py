"""The asked body answers by itself: which papers it was shown, and its list in order."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0002_events_chained_and_kept"), ("licensing", "0006_electronic_licences")]

    operations = [
        migrations.AddField(
            model_name="opinion",
            name="documents",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="core.document", verbose_name="documents shown to it"
            ),
        ),
        migrations.AddIndex(model_name="opinion", index=models.Index(fields=["body", "-id"], name="opinion_by_body")),
    ]
