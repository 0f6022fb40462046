"""The fields that the administration shows have names in all languages; the tables stay as they are."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0005_organisation_names_are_searched"),
    ]

    operations = [
        migrations.AlterField(
            model_name="access",
            name="authority",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.authority",
                verbose_name="authority",
            ),
        ),
        migrations.AlterField(
            model_name="access",
            name="reference",
            field=models.CharField(blank=True, max_length=60, verbose_name="reference"),
        ),
        migrations.AlterField(
            model_name="access",
            name="subject_id",
            field=models.BigIntegerField(verbose_name="object"),
        ),
        migrations.AlterField(
            model_name="access",
            name="subject_type",
            field=models.CharField(max_length=60, verbose_name="kind of object"),
        ),
        migrations.AlterField(
            model_name="checkpoint",
            name="at",
            field=models.DateTimeField(verbose_name="at"),
        ),
        migrations.AlterField(
            model_name="checkpoint",
            name="events",
            field=models.PositiveBigIntegerField(verbose_name="number of events"),
        ),
        migrations.AlterField(
            model_name="checkpoint",
            name="first_event",
            field=models.BigIntegerField(verbose_name="first event"),
        ),
        migrations.AlterField(
            model_name="checkpoint",
            name="hash",
            field=models.BinaryField(verbose_name="hash"),
        ),
        migrations.AlterField(
            model_name="checkpoint",
            name="key",
            field=models.CharField(max_length=64, verbose_name="public key"),
        ),
        migrations.AlterField(
            model_name="checkpoint",
            name="last_event",
            field=models.BigIntegerField(verbose_name="last event"),
        ),
        migrations.AlterField(
            model_name="checkpoint",
            name="previous_hash",
            field=models.BinaryField(null=True, verbose_name="hash of the seal before it"),
        ),
        migrations.AlterField(
            model_name="checkpoint",
            name="root",
            field=models.BinaryField(verbose_name="root over the events' hashes"),
        ),
        migrations.AlterField(
            model_name="checkpoint",
            name="signature",
            field=models.BinaryField(verbose_name="signature"),
        ),
        migrations.AlterField(
            model_name="document",
            name="audience",
            field=models.CharField(
                choices=[("internal", "Internal"), ("party", "The parties"), ("public", "The public")],
                default="internal",
                max_length=10,
                verbose_name="who may see it",
            ),
        ),
        migrations.AlterField(
            model_name="document",
            name="authority",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.authority",
                verbose_name="authority",
            ),
        ),
        migrations.AlterField(
            model_name="document",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AlterField(
            model_name="document",
            name="reference",
            field=models.CharField(blank=True, max_length=60, verbose_name="reference"),
        ),
        migrations.AlterField(
            model_name="document",
            name="subject_id",
            field=models.BigIntegerField(verbose_name="object"),
        ),
        migrations.AlterField(
            model_name="document",
            name="subject_type",
            field=models.CharField(max_length=60, verbose_name="kind of object"),
        ),
        migrations.AlterField(
            model_name="document",
            name="title",
            field=models.CharField(blank=True, max_length=120, verbose_name="title"),
        ),
        migrations.AlterField(
            model_name="event",
            name="audience",
            field=models.CharField(
                choices=[("internal", "Internal"), ("party", "The parties"), ("public", "The public")],
                default="internal",
                max_length=10,
                verbose_name="who may see it",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="authority",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.authority",
                verbose_name="authority",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="data",
            field=models.JSONField(blank=True, default=dict, verbose_name="facts"),
        ),
        migrations.AlterField(
            model_name="event",
            name="from_state",
            field=models.CharField(blank=True, max_length=30, verbose_name="state before"),
        ),
        migrations.AlterField(
            model_name="event",
            name="grounds",
            field=models.JSONField(blank=True, default=list, verbose_name="grounds"),
        ),
        migrations.AlterField(
            model_name="event",
            name="hash",
            field=models.BinaryField(verbose_name="hash"),
        ),
        migrations.AlterField(
            model_name="event",
            name="on_behalf_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.organisation",
                verbose_name="on behalf of",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="previous_hash",
            field=models.BinaryField(null=True, verbose_name="hash of the event before it"),
        ),
        migrations.AlterField(
            model_name="event",
            name="reference",
            field=models.CharField(blank=True, max_length=60, verbose_name="reference"),
        ),
        migrations.AlterField(
            model_name="event",
            name="seq",
            field=models.PositiveIntegerField(verbose_name="number in its chain"),
        ),
        migrations.AlterField(
            model_name="event",
            name="subject_id",
            field=models.BigIntegerField(verbose_name="object"),
        ),
        migrations.AlterField(
            model_name="event",
            name="subject_type",
            field=models.CharField(max_length=60, verbose_name="kind of object"),
        ),
        migrations.AlterField(
            model_name="event",
            name="title",
            field=models.CharField(blank=True, max_length=120, verbose_name="title"),
        ),
        migrations.AlterField(
            model_name="event",
            name="to_state",
            field=models.CharField(blank=True, max_length=30, verbose_name="state after"),
        ),
        migrations.AlterField(
            model_name="membership",
            name="claimed_at",
            field=models.DateTimeField(verbose_name="claimed at"),
        ),
        migrations.AlterField(
            model_name="membership",
            name="claimed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="claimed by",
            ),
        ),
        migrations.AlterField(
            model_name="membership",
            name="confirmed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="confirmed at"),
        ),
        migrations.AlterField(
            model_name="membership",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="confirmed by",
            ),
        ),
        migrations.AlterField(
            model_name="membership",
            name="document",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.document",
                verbose_name="document",
            ),
        ),
        migrations.AlterField(
            model_name="membership",
            name="revoked_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="revoked at"),
        ),
        migrations.AlterField(
            model_name="membership",
            name="revoked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="revoked by",
            ),
        ),
        migrations.AlterField(
            model_name="notification",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="attempts"),
        ),
        migrations.AlterField(
            model_name="notification",
            name="bounced_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="came back at"),
        ),
        migrations.AlterField(
            model_name="notification",
            name="channel",
            field=models.CharField(
                choices=[("inbox", "Inbox"), ("mail", "E-mail")], max_length=10, verbose_name="channel"
            ),
        ),
        migrations.AlterField(
            model_name="notification",
            name="created_at",
            field=models.DateTimeField(verbose_name="created"),
        ),
        migrations.AlterField(
            model_name="notification",
            name="error",
            field=models.CharField(blank=True, max_length=200, verbose_name="failure"),
        ),
        migrations.AlterField(
            model_name="notification",
            name="event",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.event",
                verbose_name="event",
            ),
        ),
        migrations.AlterField(
            model_name="notification",
            name="params",
            field=models.JSONField(default=dict, verbose_name="facts"),
        ),
        migrations.AlterField(
            model_name="notification",
            name="path",
            field=models.CharField(blank=True, max_length=200, verbose_name="page"),
        ),
        migrations.AlterField(
            model_name="notification",
            name="read_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="read at"),
        ),
        migrations.AlterField(
            model_name="notification",
            name="recipient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notifications",
                to=settings.AUTH_USER_MODEL,
                verbose_name="recipient",
            ),
        ),
        migrations.AlterField(
            model_name="notification",
            name="sent_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="sent at"),
        ),
        migrations.AlterField(
            model_name="notification",
            name="template",
            field=models.CharField(max_length=60, verbose_name="message"),
        ),
        migrations.AlterField(
            model_name="obligation",
            name="arithmetic",
            field=models.JSONField(default=list, verbose_name="arithmetic"),
        ),
        migrations.AlterField(
            model_name="obligation",
            name="audience",
            field=models.CharField(
                choices=[("internal", "Internal"), ("party", "The parties"), ("public", "The public")],
                default="internal",
                max_length=10,
                verbose_name="who may see it",
            ),
        ),
        migrations.AlterField(
            model_name="obligation",
            name="authority",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.authority",
                verbose_name="authority",
            ),
        ),
        migrations.AlterField(
            model_name="obligation",
            name="created_at",
            field=models.DateTimeField(verbose_name="created"),
        ),
        migrations.AlterField(
            model_name="obligation",
            name="ground",
            field=models.JSONField(default=dict, verbose_name="ground"),
        ),
        migrations.AlterField(
            model_name="obligation",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AlterField(
            model_name="obligation",
            name="reference",
            field=models.CharField(blank=True, max_length=60, verbose_name="reference"),
        ),
        migrations.AlterField(
            model_name="obligation",
            name="subject_id",
            field=models.BigIntegerField(verbose_name="object"),
        ),
        migrations.AlterField(
            model_name="obligation",
            name="subject_type",
            field=models.CharField(max_length=60, verbose_name="kind of object"),
        ),
        migrations.AlterField(
            model_name="obligation",
            name="title",
            field=models.CharField(blank=True, max_length=120, verbose_name="title"),
        ),
        migrations.AlterField(
            model_name="pause",
            name="ground",
            field=models.JSONField(default=dict, verbose_name="ground"),
        ),
        migrations.AlterField(
            model_name="pause",
            name="kind",
            field=models.CharField(
                choices=[("pause", "Pause"), ("extension", "Extension"), ("recalculation", "Recalculation")],
                max_length=15,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="pause",
            name="made_at",
            field=models.DateTimeField(verbose_name="made at"),
        ),
        migrations.AlterField(
            model_name="pause",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="made by",
            ),
        ),
        migrations.AlterField(
            model_name="pause",
            name="obligation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="pauses",
                to="core.obligation",
                verbose_name="obligation",
            ),
        ),
    ]
