import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("mining", "0006_pools_and_sales"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="machinefiling",
            name="consented_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="consent of the new owner by",
            ),
        ),
        migrations.AddField(
            model_name="machinefiling",
            name="consented_on",
            field=models.DateField(blank=True, null=True, verbose_name="the new owner agreed"),
        ),
        migrations.AddField(
            model_name="machinefiling",
            name="consent_paper",
            field=models.TextField(blank=True, db_default="", default="", verbose_name="paper of both owners"),
        ),
        migrations.RemoveConstraint(model_name="machinefiling", name="machine_filing_state_known"),
        migrations.AddConstraint(
            model_name="machinefiling",
            constraint=models.CheckConstraint(
                condition=Q(("state__in", ["filed", "offered", "granted", "refused", "declined", "withdrawn"])),
                name="machine_filing_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="machinefiling",
            constraint=models.CheckConstraint(
                condition=Q(
                    Q(("consent_paper", ""), ("consented_by__isnull", True), ("consented_on__isnull", True)),
                    Q(("act", "transfer"), ("consented_by__isnull", False), ("consented_on__isnull", False)),
                    _connector="OR",
                ),
                name="machine_filing_agreed_whole",
            ),
        ),
    ]
