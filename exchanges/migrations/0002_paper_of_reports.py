from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0001_sale_reports")]

    operations = [
        migrations.AddField(
            model_name="salereport",
            name="paper",
            field=models.TextField(blank=True, db_default="", default="", verbose_name="entered from the paper"),
        ),
    ]
