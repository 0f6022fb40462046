"""The fields that the administration shows have names in all languages; the tables stay as they are."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("licensing", "0002_names_of_fields"),
        ("mining", "0001_particulars"),
    ]

    operations = [
        migrations.AlterField(
            model_name="miningparticulars",
            name="application",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                primary_key=True,
                related_name="mining_particulars",
                serialize=False,
                to="licensing.application",
                verbose_name="application",
            ),
        ),
    ]
