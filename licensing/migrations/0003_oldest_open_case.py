"""The oldest open case of an authority is found by an index."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_events_chained_and_kept"),
        ("licensing", "0002_numbers_and_fixed_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                condition=models.Q(("state__in", ("submitted", "in_review", "recommended", "countersigned", "deemed"))),
                fields=["authority", "filed_on", "id"],
                name="application_oldest_open",
            ),
        ),
    ]
