"""The list of claims that wait has pages: its index serves their order."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0003_row_files")]

    operations = [
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(
                condition=models.Q(("confirmed_at__isnull", True), ("revoked_at__isnull", True)),
                fields=["id"],
                name="membership_waiting",
            ),
        ),
    ]
