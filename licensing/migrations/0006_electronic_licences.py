"""A paper licence may be turned into an electronic one (Law 202-V 43(2)): one more act that is filed about a licence."""

from django.db import migrations, models

ACTS = [
    ("issue", "Licence"),
    ("reissue", "Re-issue"),
    ("reissue-split", "Re-issue after spin-off or division"),
    ("duplicate", "Duplicate"),
    ("electronic", "Electronic licence in place of a paper one"),
    ("correction", "Correction of an error"),
    ("suspension", "Suspension at own request"),
    ("resumption", "Resumption after cure"),
    ("resumption-own", "Resumption after own suspension"),
    ("surrender", "Surrender"),
]
SAME_WORDS = ["duplicate", "electronic"]  # prints that are no new edition


class Migration(migrations.Migration):
    dependencies = [("licensing", "0005_watch_every_case")]

    operations = [
        migrations.RemoveConstraint(model_name="application", name="application_act_known"),
        migrations.AlterField(
            model_name="application",
            name="act",
            field=models.CharField(choices=ACTS, default="issue", max_length=20, verbose_name="what is asked for"),
        ),
        migrations.AlterField(
            model_name="edition",
            name="act",
            field=models.CharField(choices=ACTS, max_length=20, verbose_name="act"),
        ),
        migrations.RemoveConstraint(model_name="edition", name="edition_number_once"),
        migrations.RemoveConstraint(model_name="edition", name="edition_after_the_first"),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.UniqueConstraint(
                condition=~models.Q(("act__in", SAME_WORDS)), fields=("licence", "number"), name="edition_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gt", 1), ("act__in", SAME_WORDS), _connector="OR"),
                name="edition_after_the_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", [code for code, _label in ACTS])), name="application_act_known"
            ),
        ),
    ]
