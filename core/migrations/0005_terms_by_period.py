"""Which of an authority's terms fell due in a period, met or not: a report of its managers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0004_claims_waiting")]

    operations = [
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(
                condition=models.Q(("debtor", "authority")), fields=["due_on"], name="obligation_of_authority"
            ),
        ),
    ]
