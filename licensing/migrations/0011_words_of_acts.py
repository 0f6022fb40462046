from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("licensing", "0010_days_to_cure_before_a_measure"),
    ]

    operations = [
        migrations.AlterField(
            model_name="application",
            name="act",
            field=models.CharField(
                choices=[
                    ("issue", "Permit"),
                    ("reissue", "Re-issue"),
                    ("reissue-split", "Re-issue after spin-off or division"),
                    ("duplicate", "Duplicate"),
                    ("electronic", "Electronic licence in place of a paper one"),
                    ("correction", "Correction of an error"),
                    ("suspension", "Suspension at own request"),
                    ("resumption", "Resumption after cure"),
                    ("resumption-own", "Resumption after own suspension"),
                    ("surrender", "Surrender"),
                ],
                default="issue",
                max_length=20,
                verbose_name="what is asked for",
            ),
        ),
        migrations.AlterField(
            model_name="edition",
            name="act",
            field=models.CharField(
                choices=[
                    ("issue", "Permit"),
                    ("reissue", "Re-issue"),
                    ("reissue-split", "Re-issue after spin-off or division"),
                    ("duplicate", "Duplicate"),
                    ("electronic", "Electronic licence in place of a paper one"),
                    ("correction", "Correction of an error"),
                    ("suspension", "Suspension at own request"),
                    ("resumption", "Resumption after cure"),
                    ("resumption-own", "Resumption after own suspension"),
                    ("surrender", "Surrender"),
                ],
                max_length=20,
                verbose_name="act",
            ),
        ),
    ]
