from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("licensing", "0009_filed_after_a_refusal")]

    operations = [
        migrations.AddField(
            model_name="measure",
            name="cure_days",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="working days to cure"),
        ),
    ]
