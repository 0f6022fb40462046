"""The managers' reports read the rows of their period: what was filed, decided, ended, or open on a day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("licensing", "0007_opinions_given_by_the_body")]

    operations = [
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["authority", "closed_at"], name="application_by_end"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["authority", "filed_on", "id"], name="application_by_filing"),
        ),
        migrations.AddIndex(model_name="decision", index=models.Index(fields=["made_at"], name="decision_by_moment")),
    ]
