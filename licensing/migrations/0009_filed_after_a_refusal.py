from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("licensing", "0008_reports_by_period")]

    operations = [
        migrations.AddField(
            model_name="application",
            name="after_refusal",
            field=models.BooleanField(db_default=False, default=False, verbose_name="filed after a refusal"),
        ),
    ]
