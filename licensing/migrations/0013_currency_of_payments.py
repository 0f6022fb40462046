from typing import Any

from django.db import migrations, models


def in_dollars(apps: Any, schema_editor: Any) -> None:
    """Until now a payment was in the currency of its case's fee."""
    kinds = ("aifc-exchange", "aifc-provider")
    rows = apps.get_model("licensing", "Payment").objects.filter(bank_file=None, application__kind__in=kinds)
    rows.update(currency="USD")


class Migration(migrations.Migration):
    dependencies = [
        ("licensing", "0012_screening_lists"),
    ]

    operations = [
        migrations.AddField(
            model_name="payment",
            name="currency",
            field=models.CharField(
                choices=[("KZT", "tenge"), ("USD", "US dollars")],
                default="KZT",
                max_length=3,
                verbose_name="currency",
            ),
        ),
        migrations.RunPython(in_dollars, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(("bank_file", None), ("currency", "KZT"), _connector="OR"),
                name="payment_of_a_file_in_tenge",
            ),
        ),
    ]
