"""Where a case is, with indexes for the queue of a region and of a kind; who gets which new filing."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0011_teams"),
        ("licensing", "0006_silence_and_stops"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AssignmentRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(verbose_name="order")),
                ("kind", models.CharField(blank=True, max_length=40, verbose_name="kind")),
                ("region", models.CharField(blank=True, max_length=6, verbose_name="region")),
                ("made_at", models.DateTimeField(verbose_name="entered")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
            ],
            options={
                "verbose_name": "assignment rule",
                "verbose_name_plural": "assignment rules",
                "ordering": ["authority", "order", "id"],
            },
        ),
        migrations.AddField(
            model_name="application",
            name="region",
            field=models.CharField(blank=True, db_default="", default="", max_length=6, verbose_name="region"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                condition=models.Q(("state__in", ("submitted", "in_review", "recommended", "countersigned", "deemed"))),
                fields=["authority", "region", "due_on", "id"],
                name="application_queue_region",
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                condition=models.Q(("state__in", ("submitted", "in_review", "recommended", "countersigned", "deemed"))),
                fields=["authority", "kind", "due_on", "id"],
                name="application_queue_kind",
            ),
        ),
        migrations.AddField(
            model_name="assignmentrule",
            name="authority",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.authority",
                verbose_name="authority",
            ),
        ),
        migrations.AddField(
            model_name="assignmentrule",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="entered by",
            ),
        ),
        migrations.AddField(
            model_name="assignmentrule",
            name="officer",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="officer",
            ),
        ),
        migrations.AddField(
            model_name="assignmentrule",
            name="team",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.team",
                verbose_name="team",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignmentrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("officer__isnull", False), ("team__isnull", True)),
                    models.Q(("officer__isnull", True), ("team__isnull", False)),
                    _connector="OR",
                ),
                name="rule_gives_to_an_officer_or_a_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignmentrule",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("authority", "order"), name="rule_order_once"
            ),
        ),
    ]
