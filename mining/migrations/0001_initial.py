"""What a mining application says of its centre, power and equipment."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    # A database made before the migrations were gathered here counts as having them.
    replaces = [
        ("mining", "0001_particulars"),
        ("mining", "0002_names_of_fields"),
        ("mining", "0003_region_of_filed_cases"),
    ]

    dependencies = [
        ("licensing", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="MiningParticulars",
            fields=[
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="mining_particulars",
                        serialize=False,
                        to="licensing.application",
                        verbose_name="application",
                    ),
                ),
                ("centre_name", models.CharField(blank=True, max_length=200, verbose_name="data centre")),
                (
                    "centre_address",
                    models.CharField(blank=True, max_length=300, verbose_name="address of the data centre"),
                ),
                (
                    "region",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("KZ-10", "Abai Region"),
                            ("KZ-11", "Akmola Region"),
                            ("KZ-15", "Aktobe Region"),
                            ("KZ-19", "Almaty Region"),
                            ("KZ-23", "Atyrau Region"),
                            ("KZ-27", "West Kazakhstan Region"),
                            ("KZ-31", "Jambyl Region"),
                            ("KZ-33", "Jetisu Region"),
                            ("KZ-35", "Karaganda Region"),
                            ("KZ-39", "Kostanay Region"),
                            ("KZ-43", "Kyzylorda Region"),
                            ("KZ-47", "Mangystau Region"),
                            ("KZ-55", "Pavlodar Region"),
                            ("KZ-59", "North Kazakhstan Region"),
                            ("KZ-61", "Turkistan Region"),
                            ("KZ-62", "Ulytau Region"),
                            ("KZ-63", "East Kazakhstan Region"),
                            ("KZ-71", "Astana"),
                            ("KZ-75", "Almaty"),
                            ("KZ-79", "Shymkent"),
                        ],
                        max_length=6,
                        verbose_name="region",
                    ),
                ),
                (
                    "zone",
                    models.CharField(
                        blank=True,
                        choices=[("north", "North zone"), ("south", "South zone"), ("west", "West zone")],
                        max_length=5,
                        verbose_name="zone of the grid",
                    ),
                ),
                (
                    "outside_residential_zone",
                    models.BooleanField(blank=True, null=True, verbose_name="lies outside a residential zone"),
                ),
                (
                    "production_building",
                    models.BooleanField(blank=True, null=True, verbose_name="is a production building"),
                ),
                (
                    "keeps_capacity_working",
                    models.BooleanField(blank=True, null=True, verbose_name="keeps its computing capacity working"),
                ),
                (
                    "holds_centre",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="the data centre is the applicant's own or lawfully held"
                    ),
                ),
                ("centre_owner", models.CharField(blank=True, max_length=200, verbose_name="owner of the data centre")),
                (
                    "owns_equipment",
                    models.BooleanField(blank=True, null=True, verbose_name="the equipment is the applicant's own"),
                ),
                (
                    "megawatts",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=9,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.001"))],
                        verbose_name="power, MW",
                    ),
                ),
                (
                    "electricity_source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("grid", "The national grid"),
                            ("own_generation", "Own generation"),
                            ("renewable", "Own renewable generation"),
                            ("import", "Imported electricity"),
                        ],
                        max_length=20,
                        verbose_name="source of electricity",
                    ),
                ),
                (
                    "electricity_contract",
                    models.CharField(blank=True, max_length=200, verbose_name="contract for electricity"),
                ),
                ("equipment", models.JSONField(blank=True, default=list, verbose_name="equipment")),
                (
                    "hash_rate",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="hash rate, TH/s",
                    ),
                ),
                ("pools", models.JSONField(blank=True, default=list, verbose_name="mining pools")),
                ("ip_addresses", models.JSONField(blank=True, default=list, verbose_name="IP addresses")),
                ("jobs", models.PositiveIntegerField(blank=True, null=True, verbose_name="jobs")),
                (
                    "investment",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=18,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="investment, tenge",
                    ),
                ),
                (
                    "other_activity",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="has other activity or stakes in other organisations"
                    ),
                ),
            ],
            options={
                "verbose_name": "mining particulars",
                "verbose_name_plural": "mining particulars",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("megawatts__isnull", True), ("megawatts__gt", 0), _connector="OR"),
                        name="mining_power_above_zero",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hash_rate__isnull", True), ("hash_rate__gt", 0), _connector="OR"),
                        name="mining_hash_rate_above_zero",
                    ),
                ],
            },
        ),
    ]
