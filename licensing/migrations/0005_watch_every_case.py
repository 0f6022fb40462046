"""Any case can be watched: a watch names its case by kind and number, as events and documents do."""

from django.db import migrations, models

NAME_THE_CASE = """
UPDATE licensing_watch SET subject_type = 'licensing.application', subject_id = application_id
WHERE application_id IS NOT NULL
"""
NAME_THE_APPLICATION = """
DELETE FROM licensing_watch WHERE subject_type <> 'licensing.application';
UPDATE licensing_watch SET application_id = subject_id;
"""


class Migration(migrations.Migration):
    dependencies = [("licensing", "0004_visits_before_a_permit")]

    operations = [
        migrations.RemoveConstraint(model_name="watch", name="case_watched_once"),
        migrations.AlterField(
            model_name="watch",
            name="application",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.deletion.CASCADE,
                related_name="+",
                to="licensing.application",
            ),
        ),
        migrations.AddField(
            model_name="watch",
            name="subject_type",
            field=models.CharField(default="licensing.application", max_length=60),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="watch",
            name="subject_id",
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.RunSQL(NAME_THE_CASE, NAME_THE_APPLICATION),
        migrations.AddConstraint(
            model_name="watch",
            constraint=models.UniqueConstraint(fields=("subject_type", "subject_id", "user"), name="watched_once"),
        ),
    ]
