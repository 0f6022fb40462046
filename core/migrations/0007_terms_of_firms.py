"""What firms owed on a day, met since or not: the figure of compliance reads it month by month."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0006_organisations_that_ended")]

    operations = [
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(
                condition=models.Q(("debtor", "organisation")),
                fields=["organisation", "due_on"],
                name="obligation_of_organisation",
            ),
        ),
    ]
