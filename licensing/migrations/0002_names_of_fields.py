"""The fields that the administration shows have names in all languages; the tables stay as they are."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_names_of_fields"),
        ("licensing", "0001_applications_decisions_licences"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="decision",
            name="application",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision",
                to="licensing.application",
                verbose_name="application",
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="previous",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="licensing.decision",
                verbose_name="decision before it",
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="recommendation",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision",
                to="licensing.recommendation",
                verbose_name="recommendation",
            ),
        ),
        migrations.AlterField(
            model_name="letter",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="licensing.application",
                verbose_name="application",
            ),
        ),
        migrations.AlterField(
            model_name="letter",
            name="data",
            field=models.JSONField(default=dict, verbose_name="facts"),
        ),
        migrations.AlterField(
            model_name="letter",
            name="document",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.document",
                verbose_name="document",
            ),
        ),
        migrations.AlterField(
            model_name="licence",
            name="application",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="licence",
                to="licensing.application",
                verbose_name="application",
            ),
        ),
        migrations.AlterField(
            model_name="recommendation",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="recommendations",
                to="licensing.application",
                verbose_name="application",
            ),
        ),
        migrations.AlterField(
            model_name="recommendation",
            name="countersigned_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="countersigned at"),
        ),
        migrations.AlterField(
            model_name="recommendation",
            name="countersigned_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="countersigned by",
            ),
        ),
        migrations.AlterField(
            model_name="recommendation",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at"),
        ),
        migrations.AlterField(
            model_name="registerentry",
            name="changed_at",
            field=models.DateTimeField(verbose_name="last changed"),
        ),
        migrations.AlterField(
            model_name="registerentry",
            name="decided_at",
            field=models.DateTimeField(verbose_name="decided at"),
        ),
        migrations.AlterField(
            model_name="registerentry",
            name="licence",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="register_entry",
                to="licensing.licence",
                verbose_name="licence",
            ),
        ),
    ]
