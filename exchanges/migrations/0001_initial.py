"""Permits of trade, providers, the market."""

from decimal import Decimal

import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    # A database made before the migrations were gathered here counts as having them.
    replaces = [
        ("exchanges", "0001_sale_reports"),
        ("exchanges", "0002_paper_of_reports"),
        ("exchanges", "0003_notes_of_the_perimeter"),
        ("exchanges", "0004_permits_of_trade"),
        ("exchanges", "0005_classes_of_assets"),
        ("exchanges", "0006_market_warnings"),
        ("exchanges", "0007_accounts_of_providers"),
        ("exchanges", "0008_tips_of_the_market"),
        ("exchanges", "0009_complaints_and_incidents"),
        ("exchanges", "0010_records_of_providers"),
        ("exchanges", "0011_held_transfers"),
        ("exchanges", "0012_warnings_in_the_register"),
        ("exchanges", "0013_notes_of_matters"),
        ("exchanges", "0014_assets_and_issues"),
    ]

    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("licensing", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SecuredParticulars",
            fields=[
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="secured",
                        serialize=False,
                        to="licensing.application",
                        verbose_name="application",
                    ),
                ),
                ("platform_name", models.CharField(blank=True, max_length=200, verbose_name="name of the platform")),
                (
                    "website",
                    models.CharField(blank=True, max_length=200, verbose_name="website with the decisions on issue"),
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
                    "operates_platform",
                    models.BooleanField(blank=True, null=True, verbose_name="operates the platform itself"),
                ),
                ("warns_of_risks", models.BooleanField(blank=True, null=True, verbose_name="warns of the risks")),
                ("assets", models.JSONField(blank=True, default=list, verbose_name="secured assets to be issued")),
            ],
            options={
                "verbose_name": "particulars of a permit for secured assets",
                "verbose_name_plural": "particulars of permits for secured assets",
            },
        ),
        migrations.CreateModel(
            name="AifcParticulars",
            fields=[
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="aifc",
                        serialize=False,
                        to="licensing.application",
                        verbose_name="application",
                    ),
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
                ("website", models.CharField(blank=True, max_length=200, verbose_name="website")),
                ("services", models.JSONField(blank=True, default=list, verbose_name="services")),
                ("activities", models.JSONField(blank=True, default=list, verbose_name="licensed activities")),
                ("individuals", models.JSONField(blank=True, default=list, verbose_name="individuals to be approved")),
                (
                    "rules",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="rules to be approved, with their editions"
                    ),
                ),
                ("directors", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="directors")),
                (
                    "independent_directors",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="independent directors"),
                ),
                (
                    "capital",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=18,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="capital, US dollars",
                    ),
                ),
                (
                    "serves_retail",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="serves retail clients resident in Kazakhstan"
                    ),
                ),
                (
                    "keeps_retail_limit",
                    models.BooleanField(
                        blank=True,
                        null=True,
                        verbose_name="keeps to the monthly limit of retail clients without a test",
                    ),
                ),
            ],
            options={
                "verbose_name": "particulars of a firm of the AIFC",
                "verbose_name_plural": "particulars of firms of the AIFC",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("capital__isnull", True), ("capital__gte", 0), _connector="OR"),
                        name="aifc_capital_not_below_zero",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ApprovedAsset",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("name", models.CharField(max_length=100, verbose_name="name of the asset")),
                ("symbol", models.CharField(max_length=20, verbose_name="symbol")),
                ("network", models.CharField(blank=True, max_length=60, verbose_name="network")),
                ("contract", models.CharField(blank=True, max_length=120, verbose_name="address of the contract")),
                (
                    "limit_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="limit, tenge"
                    ),
                ),
                (
                    "limit_period",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("operation", "one operation"),
                            ("day", "one day"),
                            ("month", "one calendar month"),
                            ("year", "one calendar year"),
                        ],
                        max_length=10,
                        verbose_name="limit counted over",
                    ),
                ),
                (
                    "limit_clients",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("persons", "natural persons"),
                            ("legal_entities", "legal entities"),
                            ("all", "all clients"),
                        ],
                        max_length=15,
                        verbose_name="limit for",
                    ),
                ),
                ("first_day", models.DateField(verbose_name="first day")),
                ("last_day", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("decision", models.CharField(max_length=200, verbose_name="decision of the authority")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published at")),
                ("ending_from", models.DateField(blank=True, null=True, verbose_name="off the list from")),
                ("ending_reason", models.TextField(blank=True, verbose_name="why it is taken off or was dropped")),
                (
                    "confirmation",
                    models.TextField(blank=True, verbose_name="why it is withdrawn on an unconfirmed rule"),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn or dropped")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.authority",
                        verbose_name="authority",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn or dropped by",
                    ),
                ),
                (
                    "ending_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawal proposed by",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposed by",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="published by",
                    ),
                ),
            ],
            options={
                "verbose_name": "approved asset",
                "verbose_name_plural": "approved assets",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["authority", "state", "-id"], name="approved_by_state"),
                    models.Index(
                        condition=models.Q(("state__in", ("listed", "ending", "withdrawn"))),
                        fields=["symbol"],
                        name="approved_by_symbol",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ("listed", "ending", "withdrawn"))),
                        fields=["-id"],
                        name="approved_open",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["proposed", "listed", "ending", "withdrawn", "dropped"])),
                        name="approved_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__isnull", True), ("last_day__gte", models.F("first_day")), _connector="OR"
                        ),
                        name="approved_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("limit_amount__isnull", True), ("limit_clients", ""), ("limit_period", "")),
                            models.Q(
                                ("limit_amount__gt", 0),
                                models.Q(("limit_period", ""), _negated=True),
                                models.Q(("limit_clients", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="approved_limit_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("published_at__isnull", False),
                                ("published_by__isnull", False),
                                ("state__in", ("listed", "ending", "withdrawn")),
                                models.Q(("published_by", models.F("proposed_by")), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ("listed", "ending", "withdrawn")), _negated=True),
                                ("published_at__isnull", True),
                                ("published_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="approved_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ending_by__isnull", False),
                                ("ending_from__gte", models.F("first_day")),
                                ("state__in", ("ending", "withdrawn")),
                                models.Q(("ending_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ("ending", "withdrawn")), _negated=True),
                                ("ending_by__isnull", True),
                                ("ending_from__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="approved_ending_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                ("state", "withdrawn"),
                                models.Q(("ended_by", models.F("ending_by")), _negated=True),
                                models.Q(("confirmation", ""), _negated=True),
                            ),
                            models.Q(
                                ("confirmation", ""),
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                ("state", "dropped"),
                                models.Q(("ending_reason", ""), _negated=True),
                            ),
                            models.Q(
                                ("confirmation", ""),
                                ("ended_at__isnull", True),
                                ("ended_by__isnull", True),
                                ("state__in", ("proposed", "listed", "ending")),
                            ),
                            _connector="OR",
                        ),
                        name="approved_withdrawn_by_two",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("proposed", "listed", "ending"))),
                        fields=("authority", "name", "symbol", "network", "contract"),
                        name="approved_asset_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssetAssessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("asset", models.CharField(max_length=200, verbose_name="digital asset")),
                ("issuer", models.CharField(blank=True, max_length=300, verbose_name="issuer")),
                ("on", models.DateField(verbose_name="day for which the class is asked")),
                ("standard", models.DateField(verbose_name="checklist in force from")),
                ("summary", models.TextField(blank=True, verbose_name="conclusion")),
                (
                    "asset_class",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("secured", "Secured digital asset"),
                            ("dfa", "Digital financial asset"),
                            ("fixed_value", "Unsecured digital asset of fixed value"),
                            ("unsecured", "Unsecured digital asset"),
                        ],
                        max_length=20,
                        verbose_name="class",
                    ),
                ),
                (
                    "kind",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "First kind: the underlying is money"),
                            (2, "Second kind: the underlying is other property"),
                            (3, "Third kind: a financial instrument in digital form"),
                        ],
                        null=True,
                        verbose_name="kind of digital financial asset",
                    ),
                ),
                ("ground", models.JSONField(blank=True, default=dict, verbose_name="rule of the class")),
                ("doubts", models.JSONField(blank=True, default=list, verbose_name="doubts")),
                ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="signed off")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.authority",
                        verbose_name="authority",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="prepared by",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="signed off by",
                    ),
                ),
            ],
            options={
                "verbose_name": "class of a digital asset",
                "verbose_name_plural": "classes of digital assets",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["authority", "-id"], name="asset_class_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "proposed", "signed", "dropped"])),
                        name="asset_class_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("standard__lte", models.F("on"))), name="asset_class_by_the_list_of_its_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("signed_at__isnull", False),
                                ("signed_by__isnull", False),
                                ("state", "signed"),
                                models.Q(("asset_class", ""), _negated=True),
                                models.Q(("ground", {}), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "signed"), _negated=True),
                                ("asset_class", ""),
                                ("ground", {}),
                                ("signed_at__isnull", True),
                                ("signed_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="asset_class_signed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asset_class", "dfa"), ("kind__isnull", False)),
                            models.Q(models.Q(("asset_class", "dfa"), _negated=True), ("kind__isnull", True)),
                            _connector="OR",
                        ),
                        name="asset_class_kind_of_a_dfa",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_by__isnull", True),
                            models.Q(("signed_by", models.F("prepared_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="asset_class_two_hands",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssetIssue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                (
                    "dfa_kind",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "First kind: the underlying is money"),
                            (2, "Second kind: the underlying is other property"),
                            (3, "Third kind: a financial instrument in digital form"),
                        ],
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name of the asset")),
                ("issuer_name", models.CharField(blank=True, max_length=300, verbose_name="name of the issuer")),
                ("issuer_number", models.CharField(blank=True, max_length=32, verbose_name="BIN of the issuer")),
                (
                    "issuer_residence",
                    models.CharField(blank=True, max_length=2, verbose_name="residence of the issuer"),
                ),
                ("initiator_name", models.CharField(blank=True, max_length=300, verbose_name="name of the initiator")),
                (
                    "initiator_number",
                    models.CharField(blank=True, max_length=32, verbose_name="BIN or IIN of the initiator"),
                ),
                ("decision", models.CharField(blank=True, max_length=200, verbose_name="decision on the issue")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="day of the decision")),
                (
                    "underlying",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("money", "money"),
                            ("property", "other property: instruments, claims, goods"),
                            ("none", "none: an instrument in digital form"),
                        ],
                        max_length=10,
                        verbose_name="underlying",
                    ),
                ),
                ("underlying_text", models.TextField(blank=True, verbose_name="what the underlying is")),
                ("keeper_name", models.CharField(blank=True, max_length=300, verbose_name="name of the keeper")),
                ("keeper_number", models.CharField(blank=True, max_length=32, verbose_name="BIN of the keeper")),
                (
                    "keeper_residence",
                    models.CharField(blank=True, max_length=2, verbose_name="residence of the keeper"),
                ),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="underlying checked on")),
                ("checked_by", models.CharField(blank=True, max_length=200, verbose_name="underlying checked by")),
                (
                    "amount",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=20, null=True, verbose_name="amount"),
                ),
                ("currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                ("placement_on", models.DateField(blank=True, null=True, verbose_name="day of placement")),
                ("redemption_on", models.DateField(blank=True, null=True, verbose_name="day of redemption")),
                ("registered_on", models.DateField(blank=True, null=True, verbose_name="registered")),
                ("placed_on", models.DateField(blank=True, null=True, verbose_name="placed")),
                ("redeemed_on", models.DateField(blank=True, null=True, verbose_name="redeemed")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended without placement")),
                ("ending_reason", models.TextField(blank=True, verbose_name="why it ended or was dropped")),
                ("search", models.TextField(blank=True, editable=False)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.authority",
                        verbose_name="supervisor",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "licence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="licensing.licence",
                        verbose_name="registration",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.organisation",
                        verbose_name="operator",
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="registered by",
                    ),
                ),
            ],
            options={
                "verbose_name": "issue of a digital financial asset",
                "verbose_name_plural": "issues of digital financial assets",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["authority", "-id"], name="issue_by_supervisor"),
                    models.Index(fields=["organisation", "-id"], name="issue_by_operator"),
                    models.Index(
                        condition=models.Q(("state__in", ("registered", "placed", "redeemed", "ended"))),
                        fields=["-id"],
                        name="issue_open",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "registered", "placed", "redeemed", "ended", "dropped"])
                        ),
                        name="issue_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("registered_by__isnull", True),
                                ("registered_on__isnull", True),
                                ("state__in", ("draft", "dropped")),
                            ),
                            models.Q(
                                ("registered_by__isnull", False),
                                ("registered_on__isnull", False),
                                ("state__in", ("registered", "placed", "redeemed", "ended")),
                                models.Q(("name", ""), _negated=True),
                                models.Q(("issuer_number", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="issue_registered_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("placed_on__gte", models.F("registered_on")), ("state__in", ("placed", "redeemed"))
                            ),
                            models.Q(
                                models.Q(("state__in", ("placed", "redeemed")), _negated=True),
                                ("placed_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="issue_placed_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("redeemed_on__gte", models.F("placed_on")), ("state", "redeemed")),
                            models.Q(models.Q(("state", "redeemed"), _negated=True), ("redeemed_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="issue_redeemed_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_on__gte", models.F("registered_on")),
                                ("state", "ended"),
                                models.Q(("ending_reason", ""), _negated=True),
                            ),
                            models.Q(
                                ("ended_on__isnull", True),
                                ("state", "dropped"),
                                models.Q(("ending_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ("ended", "dropped")), _negated=True),
                                ("ended_on__isnull", True),
                                ("ending_reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="issue_ended_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssetItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField(verbose_name="place")),
                ("code", models.CharField(max_length=60, verbose_name="item")),
                ("text", models.CharField(max_length=200, verbose_name="what is asked")),
                ("ground", models.JSONField(default=dict, verbose_name="rule")),
                ("doubt", models.CharField(blank=True, max_length=300, verbose_name="doubt")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("met", "met"), ("not_met", "not met"), ("not_applicable", "not applicable")],
                        max_length=20,
                        verbose_name="answer",
                    ),
                ),
                ("evidence", models.TextField(blank=True, verbose_name="what was seen")),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("secured", "Secured digital asset: seven tests, all of them"),
                            ("dfa", "Digital financial asset: what every one needs"),
                            ("kind", "Digital financial asset: of which kind"),
                            ("fixed", "Unsecured digital asset of fixed value: all criteria"),
                        ],
                        max_length=20,
                        verbose_name="part of the checklist",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="exchanges.assetassessment",
                        verbose_name="asset",
                    ),
                ),
            ],
            options={
                "verbose_name": "item of a class",
                "verbose_name_plural": "items of classes",
                "ordering": ["assessment", "place"],
                "constraints": [models.UniqueConstraint(fields=("assessment", "code"), name="asset_item_once")],
            },
        ),
        migrations.CreateModel(
            name="Complaint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("code_hash", models.CharField(max_length=64, unique=True, verbose_name="hash of the code")),
                ("key", models.UUIDField(unique=True, verbose_name="key of the form")),
                ("name", models.CharField(max_length=200, verbose_name="name of the person")),
                ("contact", models.CharField(max_length=200, verbose_name="how to reach the person")),
                ("shared", models.BooleanField(default=False, verbose_name="name and contact go to the provider")),
                ("text", models.TextField(verbose_name="what is complained of")),
                ("forwarded_at", models.DateTimeField(blank=True, null=True, verbose_name="put to the provider")),
                ("answer", models.TextField(blank=True, verbose_name="answer of the provider")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                ("remark", models.TextField(blank=True, verbose_name="why another answer is asked for")),
                ("outcome", models.TextField(blank=True, verbose_name="what came of it")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.authority",
                        verbose_name="authority",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ended by",
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="filed by",
                    ),
                ),
                (
                    "licence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="licensing.licence",
                        verbose_name="licence",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.organisation",
                        verbose_name="provider",
                    ),
                ),
            ],
            options={
                "verbose_name": "complaint of a consumer",
                "verbose_name_plural": "complaints of consumers",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["authority", "state", "-id"], name="complaint_by_state"),
                    models.Index(fields=["organisation", "-id"], name="complaint_by_provider"),
                    models.Index(fields=["filed_by", "-id"], name="complaint_by_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["filed", "forwarded", "answered", "closed", "declined"])),
                        name="complaint_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("forwarded_at__isnull", False), ("state__in", ("forwarded", "answered", "closed"))
                            ),
                            models.Q(
                                models.Q(("state__in", ("forwarded", "answered", "closed")), _negated=True),
                                ("forwarded_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="complaint_put_with_its_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "answered"), _negated=True),
                            models.Q(("answered_at__isnull", False), models.Q(("answer", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="complaint_answered_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                ("state__in", ("closed", "declined")),
                            ),
                            models.Q(
                                models.Q(("state__in", ("closed", "declined")), _negated=True),
                                ("ended_at__isnull", True),
                                ("ended_by__isnull", True),
                                ("outcome", ""),
                            ),
                            _connector="OR",
                        ),
                        name="complaint_ended_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HeldTransfer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("own_number", models.CharField(max_length=60, verbose_name="the provider's own number")),
                ("asset", models.CharField(max_length=20, verbose_name="digital asset")),
                ("seen_at", models.DateTimeField(verbose_name="asked for")),
                ("stopped_at", models.DateTimeField(blank=True, null=True, verbose_name="stopped")),
                ("given_at", models.DateTimeField(blank=True, null=True, verbose_name="data given")),
                ("over_at", models.DateTimeField(blank=True, null=True, verbose_name="passed or refused")),
                ("ground", models.JSONField(default=dict, verbose_name="ground")),
                ("faults", models.JSONField(blank=True, default=list, verbose_name="against the law")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.authority",
                        verbose_name="authority",
                    ),
                ),
                (
                    "licence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="licensing.licence",
                        verbose_name="licence",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.organisation",
                        verbose_name="provider",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reported by",
                    ),
                ),
            ],
            options={
                "verbose_name": "held transfer",
                "verbose_name_plural": "held transfers",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["authority", "state", "-id"], name="transfer_by_state"),
                    models.Index(fields=["organisation", "-id"], name="transfer_by_provider"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["held", "passed", "refused"])), name="transfer_state_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("over_at__isnull", True), ("state", "held")),
                            models.Q(models.Q(("state", "held"), _negated=True), ("over_at__gte", models.F("seen_at"))),
                            _connector="OR",
                        ),
                        name="transfer_over_with_its_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stopped_at__isnull", True), ("stopped_at__gte", models.F("seen_at")), _connector="OR"
                        ),
                        name="transfer_stopped_after_seen",
                    ),
                    models.UniqueConstraint(fields=("licence", "own_number"), name="transfer_told_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("personal_data", "breach of personal data"),
                            ("security", "breach of information security"),
                            ("outage", "services out of work"),
                            ("loss", "loss or theft of assets"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("noticed_at", models.DateTimeField(verbose_name="noticed")),
                ("summary", models.CharField(max_length=300, verbose_name="what happened, in short")),
                ("persons", models.PositiveIntegerField(blank=True, null=True, verbose_name="persons concerned")),
                (
                    "source",
                    models.CharField(blank=True, max_length=300, verbose_name="where an official knows it from"),
                ),
                ("due_on", models.DateField(verbose_name="to be reported by")),
                ("arithmetic", models.JSONField(default=list, verbose_name="arithmetic")),
                ("ground", models.JSONField(default=dict, verbose_name="ground")),
                ("late", models.BooleanField(verbose_name="reported late")),
                ("description", models.TextField(blank=True, verbose_name="what happened and why")),
                ("measures", models.TextField(blank=True, verbose_name="what was done")),
                ("described_at", models.DateTimeField(blank=True, null=True, verbose_name="reported in full")),
                ("remark", models.TextField(blank=True, verbose_name="what is missing")),
                ("outcome", models.TextField(blank=True, verbose_name="what came of it")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.authority",
                        verbose_name="authority",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="closed by",
                    ),
                ),
                (
                    "licence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="licensing.licence",
                        verbose_name="licence",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.organisation",
                        verbose_name="provider",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reported by",
                    ),
                ),
            ],
            options={
                "verbose_name": "incident at a provider",
                "verbose_name_plural": "incidents at providers",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["authority", "state", "-id"], name="incident_by_state"),
                    models.Index(fields=["organisation", "-id"], name="incident_by_provider"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["reported", "described", "closed"])),
                        name="incident_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["personal_data", "security", "outage", "loss"])),
                        name="incident_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("noticed_at__lte", models.F("created_at"))), name="incident_noticed_first"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "reported"),
                            models.Q(
                                ("described_at__isnull", False),
                                models.Q(("description", ""), _negated=True),
                                models.Q(("measures", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="incident_described_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                                ("state", "closed"),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "closed"), _negated=True),
                                ("closed_at__isnull", True),
                                ("closed_by__isnull", True),
                                ("outcome", ""),
                            ),
                            _connector="OR",
                        ),
                        name="incident_closed_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IssueChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("before", models.JSONField(verbose_name="before")),
                ("after", models.JSONField(verbose_name="after")),
                ("reason", models.TextField(verbose_name="why it was corrected")),
                ("changed_at", models.DateTimeField(verbose_name="corrected")),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="corrected by",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="exchanges.assetissue",
                        verbose_name="issue",
                    ),
                ),
            ],
            options={
                "verbose_name": "correction of an issue",
                "verbose_name_plural": "corrections of issues",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="issue_change_with_reason"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ListedExchange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_kk", models.CharField(blank=True, max_length=300, verbose_name="name in Kazakh")),
                ("name_ru", models.CharField(blank=True, max_length=300, verbose_name="name in Russian")),
                ("name_en", models.CharField(blank=True, max_length=300, verbose_name="name in English")),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                ("licence_number", models.CharField(max_length=60, verbose_name="number of its licence in the AIFC")),
                ("valid_from", models.DateField(verbose_name="licensed from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="licensed to")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="where this is known from")),
                (
                    "end_source",
                    models.CharField(blank=True, max_length=300, verbose_name="where the end is known from"),
                ),
                ("entered_at", models.DateTimeField(verbose_name="entered")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.authority",
                        verbose_name="entered at",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "licence",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listing",
                        to="licensing.licence",
                        verbose_name="licence kept here",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exchanges",
                        to="core.organisation",
                        verbose_name="organisation, where registered here",
                    ),
                ),
            ],
            options={
                "verbose_name": "exchange of the AIFC",
                "verbose_name_plural": "exchanges of the AIFC",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="exchange_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("licence__isnull", False), models.Q(("source", ""), _negated=True), _connector="OR"
                        ),
                        name="exchange_known_from_somewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("licence__isnull", False),
                            ("valid_to__isnull", True),
                            models.Q(("end_source", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="exchange_end_known_from_somewhere",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MarketWarning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("offshore_platform", "Offshore platform"),
                            ("over_the_counter", "Over-the-counter exchange"),
                            ("unlicensed_mining", "Mining without a licence"),
                            ("promotion", "Promotion of what is not licensed"),
                        ],
                        max_length=30,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name it uses")),
                ("brands", models.JSONField(blank=True, default=list, verbose_name="other names and brands")),
                ("domains", models.JSONField(blank=True, default=list, verbose_name="domains")),
                ("since", models.DateField(verbose_name="known since")),
                ("text_kk", models.TextField(verbose_name="text in Kazakh")),
                ("text_ru", models.TextField(verbose_name="text in Russian")),
                ("text_en", models.TextField(verbose_name="text in English")),
                ("rules", models.JSONField(verbose_name="grounds")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published at")),
                ("confirmation", models.TextField(blank=True, verbose_name="why the public is warned")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn or dropped")),
                ("ending_reason", models.TextField(blank=True, verbose_name="why withdrawn or dropped")),
                ("search", models.TextField(editable=False)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.authority",
                        verbose_name="authority",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn or dropped by",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposed by",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="published by",
                    ),
                ),
            ],
            options={
                "verbose_name": "warning of the unlicensed market",
                "verbose_name_plural": "warnings of the unlicensed market",
                "ordering": ["-id"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search"], name="warning_search", opclasses=["gin_trgm_ops"]
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["domains"], name="warning_domains", opclasses=["jsonb_path_ops"]
                    ),
                    models.Index(fields=["authority", "state", "-id"], name="warning_by_state"),
                    models.Index(
                        condition=models.Q(("state__in", ("published", "withdrawn"))),
                        fields=["-id"],
                        name="warning_open",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["proposed", "published", "withdrawn", "dropped"])),
                        name="warning_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("published_at__isnull", False),
                                ("published_by__isnull", False),
                                ("state__in", ("published", "withdrawn")),
                                models.Q(("confirmation", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ("published", "withdrawn")), _negated=True),
                                ("confirmation", ""),
                                ("published_at__isnull", True),
                                ("published_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="warning_published_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                ("state__in", ("withdrawn", "dropped")),
                                models.Q(("ending_reason", ""), _negated=True),
                            ),
                            models.Q(
                                ("ended_at__isnull", True),
                                ("ended_by__isnull", True),
                                ("ending_reason", ""),
                                ("state__in", ("proposed", "published")),
                            ),
                            _connector="OR",
                        ),
                        name="warning_ended_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text_kk", ""), _negated=True),
                            models.Q(("text_ru", ""), _negated=True),
                            models.Q(("text_en", ""), _negated=True),
                        ),
                        name="warning_in_three_languages",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MarketTip",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="digest of the code")),
                ("rule", models.JSONField(verbose_name="why this authority")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("offshore_platform", "Offshore platform"),
                            ("over_the_counter", "Over-the-counter exchange"),
                            ("unlicensed_mining", "Mining without a licence"),
                            ("promotion", "Promotion of what is not licensed"),
                        ],
                        max_length=30,
                        verbose_name="kind",
                    ),
                ),
                ("names", models.JSONField(blank=True, default=list, verbose_name="names it uses")),
                ("domains", models.JSONField(blank=True, default=list, verbose_name="domains")),
                ("places", models.TextField(blank=True, verbose_name="addresses, accounts, wallets")),
                ("region", models.CharField(blank=True, max_length=6, verbose_name="region")),
                ("text", models.TextField(verbose_name="what is told")),
                ("contact", models.CharField(blank=True, max_length=300, verbose_name="how to reach who sent it")),
                ("alike", models.JSONField(blank=True, default=list, verbose_name="keys")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("nothing_to_go_on", "Too little to go on"),
                            ("licensed", "What it tells of is licensed or needs no permit"),
                            ("not_here", "Nothing of it concerns this country"),
                            ("not_found", "Nothing was found"),
                            ("other", "Another reason"),
                        ],
                        max_length=20,
                        verbose_name="why nothing is done",
                    ),
                ),
                ("outcome_text", models.TextField(blank=True, verbose_name="in words")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.authority",
                        verbose_name="authority",
                    ),
                ),
                (
                    "breach",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="licensing.breach",
                        verbose_name="breach",
                    ),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duplicates",
                        to="exchanges.markettip",
                        verbose_name="duplicate of",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="licensing.referral",
                        verbose_name="referral",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken by",
                    ),
                ),
                (
                    "warning",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tips",
                        to="exchanges.marketwarning",
                        verbose_name="warning",
                    ),
                ),
            ],
            options={
                "verbose_name": "tip of the unlicensed market",
                "verbose_name_plural": "tips of the unlicensed market",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["authority", "-id"], name="tip_by_authority"),
                    models.Index(fields=["authority", "state", "-id"], name="tip_by_state"),
                    django.contrib.postgres.indexes.GinIndex(fields=["alike"], name="tip_alike"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["received", "in_triage", "duplicate", "referred", "breach_opened", "warned", "closed"],
                            )
                        ),
                        name="tip_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("state__in", ("received", "in_triage"))),
                            models.Q(
                                models.Q(("state__in", ("received", "in_triage")), _negated=True),
                                ("closed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="tip_ended_with_its_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "received"), ("taken_by__isnull", False), _connector="OR"),
                        name="tip_taken_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("duplicate_of__isnull", False), ("state", "duplicate")),
                            models.Q(models.Q(("state", "duplicate"), _negated=True), ("duplicate_of__isnull", True)),
                            _connector="OR",
                        ),
                        name="tip_duplicate_by_its_row",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("referral__isnull", False), ("state", "referred")),
                            models.Q(models.Q(("state", "referred"), _negated=True), ("referral__isnull", True)),
                            _connector="OR",
                        ),
                        name="tip_referred_by_its_row",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("breach__isnull", False), ("state", "breach_opened")),
                            models.Q(models.Q(("state", "breach_opened"), _negated=True), ("breach__isnull", True)),
                            _connector="OR",
                        ),
                        name="tip_breach_opened_by_its_row",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "warned"), ("warning__isnull", False)),
                            models.Q(models.Q(("state", "warned"), _negated=True), ("warning__isnull", True)),
                            _connector="OR",
                        ),
                        name="tip_warned_by_its_row",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), models.Q(("outcome", ""), _negated=True)),
                            models.Q(models.Q(("state", "closed"), _negated=True), ("outcome", "")),
                            _connector="OR",
                        ),
                        name="tip_closed_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("duplicate_of__isnull", True),
                            models.Q(("duplicate_of", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="tip_not_of_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ObservedOffer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, verbose_name="name of the asset")),
                ("symbol", models.CharField(max_length=20, verbose_name="symbol")),
                ("network", models.CharField(blank=True, max_length=60, verbose_name="network")),
                ("contract", models.CharField(blank=True, max_length=120, verbose_name="address of the contract")),
                ("key", models.CharField(max_length=330, verbose_name="by which it is one asset")),
                ("observed_on", models.DateField(verbose_name="observed on")),
                ("source", models.TextField(verbose_name="where it was seen")),
                ("observed_at", models.DateTimeField(verbose_name="entered")),
                (
                    "asset",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="exchanges.approvedasset",
                        verbose_name="entry of the list",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.authority",
                        verbose_name="authority",
                    ),
                ),
                (
                    "licence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="licensing.licence",
                        verbose_name="licence",
                    ),
                ),
                (
                    "observed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.organisation",
                        verbose_name="holder",
                    ),
                ),
            ],
            options={
                "verbose_name": "observed offer",
                "verbose_name_plural": "observed offers",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["authority", "-id"], name="observed_by_authority")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("source", ""), _negated=True), name="observed_somewhere")
                ],
            },
        ),
        migrations.CreateModel(
            name="OfferedAsset",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("name", models.CharField(max_length=100, verbose_name="name of the asset")),
                ("symbol", models.CharField(max_length=20, verbose_name="symbol")),
                ("network", models.CharField(blank=True, max_length=60, verbose_name="network")),
                ("contract", models.CharField(blank=True, max_length=120, verbose_name="address of the contract")),
                ("key", models.CharField(max_length=330, verbose_name="by which it is one asset")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("from_day", models.DateField(verbose_name="offered from")),
                ("to_day", models.DateField(blank=True, null=True, verbose_name="offered to")),
                (
                    "asset",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="exchanges.approvedasset",
                        verbose_name="entry of the list",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.authority",
                        verbose_name="authority",
                    ),
                ),
                (
                    "declared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="declared by",
                    ),
                ),
                (
                    "licence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="licensing.licence",
                        verbose_name="licence",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.organisation",
                        verbose_name="holder",
                    ),
                ),
            ],
            options={
                "verbose_name": "offered asset",
                "verbose_name_plural": "offered assets",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["authority", "-id"], name="offer_by_authority"),
                    models.Index(fields=["organisation", "-id"], name="offer_by_holder"),
                    models.Index(fields=["asset", "state"], name="offer_by_asset"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["offered", "ended"])), name="offer_state_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_day__isnull", True), ("to_day__gte", models.F("from_day")), _connector="OR"
                        ),
                        name="offer_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "offered"), ("to_day__isnull", False), _connector="OR"),
                        name="offer_ended_on_a_day",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "offered")), fields=("licence", "key"), name="offer_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OfferDifference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=330, verbose_name="by which it is one asset")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("unlisted", "Not in the list of approved assets"),
                            ("early", "Offered before it was on the list"),
                            ("gone", "Offered after it had left the list"),
                        ],
                        max_length=10,
                        verbose_name="difference",
                    ),
                ),
                ("since", models.DateField(verbose_name="from")),
                ("found_at", models.DateTimeField(verbose_name="found")),
                (
                    "breach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="licensing.breach",
                        verbose_name="breach",
                    ),
                ),
                (
                    "licence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="licensing.licence",
                        verbose_name="licence",
                    ),
                ),
                (
                    "observed",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="differences",
                        to="exchanges.observedoffer",
                        verbose_name="observed",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="differences",
                        to="exchanges.offeredasset",
                        verbose_name="offered asset",
                    ),
                ),
            ],
            options={
                "verbose_name": "difference from the list",
                "verbose_name_plural": "differences from the list",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["licence", "key", "kind"], name="difference_by_asset")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("observed__isnull", True), ("offer__isnull", False)),
                            models.Q(("observed__isnull", False), ("offer__isnull", True)),
                            _connector="OR",
                        ),
                        name="difference_of_one_offer",
                    ),
                    models.UniqueConstraint(fields=("offer", "kind"), name="difference_once_per_offer"),
                    models.UniqueConstraint(fields=("observed", "kind"), name="difference_once_per_sight"),
                ],
            },
        ),
        migrations.CreateModel(
            name="OperatorParticulars",
            fields=[
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="operator",
                        serialize=False,
                        to="licensing.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "legal_form",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("jsc", "joint-stock company"),
                            ("llp", "limited liability partnership"),
                            ("other", "another legal form"),
                        ],
                        max_length=10,
                        verbose_name="legal form",
                    ),
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
                    "website",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="website in the Kazakhstan segment of the Internet"
                    ),
                ),
                (
                    "capital",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=18,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="capital paid, tenge",
                    ),
                ),
                ("capital_paid_on", models.DateField(blank=True, null=True, verbose_name="capital paid on")),
                (
                    "capital_in_tenge",
                    models.BooleanField(blank=True, null=True, verbose_name="capital paid in money, in tenge only"),
                ),
                (
                    "settles_with",
                    models.CharField(blank=True, max_length=300, verbose_name="bank or postal operator it works with"),
                ),
                ("owners", models.JSONField(blank=True, default=list, verbose_name="owners")),
                ("executives", models.JSONField(blank=True, default=list, verbose_name="executives")),
                ("other_activity", models.BooleanField(blank=True, null=True, verbose_name="has other activity")),
                (
                    "stakes",
                    models.BooleanField(blank=True, null=True, verbose_name="has stakes in other organisations"),
                ),
            ],
            options={
                "verbose_name": "particulars of an operator",
                "verbose_name_plural": "particulars of operators",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("capital__isnull", True), ("capital__gte", 0), _connector="OR"),
                        name="operator_capital_not_below_zero",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PerimeterNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("client_name", models.CharField(blank=True, max_length=300, verbose_name="client")),
                (
                    "activity",
                    models.CharField(
                        choices=[
                            ("mine", "Mine digital assets"),
                            ("issue", "Issue digital assets"),
                            ("organise_turnover", "Organise turnover of digital assets for others"),
                            ("exchange_fiat", "Exchange digital assets for money, for clients"),
                            ("operate_platform", "Operate a platform where digital assets are traded"),
                            ("store", "Keep digital assets for others"),
                            ("settle", "Keep accounts in money for firms of digital assets"),
                            ("deal_own", "Deal in digital assets on one's own account"),
                            ("advise", "Advise on digital assets"),
                            ("promote", "Advertise or promote digital assets"),
                        ],
                        max_length=30,
                        verbose_name="activity",
                    ),
                ),
                (
                    "asset",
                    models.CharField(
                        choices=[
                            ("secured", "Secured digital asset"),
                            ("dfa", "Digital financial asset"),
                            ("fixed_value", "Unsecured digital asset of fixed value"),
                            ("unsecured", "Unsecured digital asset"),
                        ],
                        max_length=30,
                        verbose_name="class of digital asset",
                    ),
                ),
                (
                    "venue",
                    models.CharField(
                        choices=[
                            ("aifc", "In the AIFC"),
                            ("national", "In Kazakhstan outside the AIFC, without any standing at the National Bank"),
                            (
                                "national_bank",
                                "Under a registration, licence or special-regime contract of the National Bank",
                            ),
                            ("abroad", "From abroad: a foreign firm that serves residents of Kazakhstan"),
                        ],
                        max_length=30,
                        verbose_name="venue",
                    ),
                ),
                (
                    "who",
                    models.CharField(
                        choices=[
                            ("legal_entity", "Legal entity of Kazakhstan"),
                            ("sole_trader", "Sole trader of Kazakhstan"),
                            ("person", "Natural person"),
                            ("foreign_entity", "Legal entity registered abroad"),
                            ("miner", "Licensed miner, with what it mined itself"),
                            ("bank", "Second-tier bank"),
                            ("postal_operator", "National Postal Operator"),
                            ("stock_exchange", "Stock exchange"),
                            ("depository", "Central depository"),
                            ("nbk", "National Bank or its subsidiary"),
                            ("state_body", "State body with arrested, seized or confiscated assets"),
                        ],
                        max_length=30,
                        verbose_name="who",
                    ),
                ),
                ("on", models.DateField(verbose_name="day asked for")),
                ("answer", models.JSONField(verbose_name="answer")),
                ("remark", models.TextField(blank=True, verbose_name="remark")),
                ("created_at", models.DateTimeField(verbose_name="kept")),
                ("taken_off_at", models.DateTimeField(blank=True, null=True, verbose_name="taken off")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.organisation",
                        verbose_name="client, under a power of attorney",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="licensing.matter",
                        verbose_name="matter",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="perimeter_notes",
                        to="core.organisation",
                        verbose_name="kept by",
                    ),
                ),
            ],
            options={
                "verbose_name": "note of an answer of the law",
                "verbose_name_plural": "notes of answers of the law",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["organisation", "-id"], name="perimeter_note_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("client__isnull", True), ("client_name", ""), _connector="OR"),
                        name="perimeter_note_names_a_client_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("taken_off_at__isnull", True),
                            models.Q(
                                ("client__isnull", True), ("client_name", ""), ("matter__isnull", True), ("remark", "")
                            ),
                            _connector="OR",
                        ),
                        name="perimeter_note_taken_off_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProviderRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("risk_warning", "Warning of the risks"),
                            ("disclosure", "Disclosure"),
                            ("aml_registration", "Registration as a subject of financial monitoring"),
                            ("compliance_programme", "Programme of internal control"),
                            ("mlro", "Officer for the reporting of laundering"),
                            ("client_identification", "Programme for the identification of clients"),
                            ("analysis_system", "System of analysis and control of operations"),
                            ("security_test", "Protocol of a security test"),
                            ("data_location", "Where personal data are kept"),
                            ("aifc-quarterly-report", "Quarterly report"),
                            ("aifc-yearly-report", "Yearly data"),
                            ("nbk-report", "Report to the National Bank"),
                        ],
                        max_length=30,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=300, verbose_name="name")),
                ("number", models.CharField(blank=True, max_length=100, verbose_name="number or version")),
                (
                    "place",
                    models.CharField(blank=True, max_length=500, verbose_name="place or address on the Internet"),
                ),
                ("languages", models.JSONField(blank=True, default=list, verbose_name="languages")),
                ("country", models.CharField(blank=True, max_length=2, verbose_name="country")),
                ("from_on", models.DateField(verbose_name="from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("ground", models.JSONField(blank=True, default=dict, verbose_name="ground")),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="looked at")),
                ("check_note", models.TextField(blank=True, verbose_name="what was found")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.authority",
                        verbose_name="authority",
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="looked at by",
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="filed by",
                    ),
                ),
                (
                    "licence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="licensing.licence",
                        verbose_name="licence",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.organisation",
                        verbose_name="provider",
                    ),
                ),
            ],
            options={
                "verbose_name": "record of a provider",
                "verbose_name_plural": "records of providers",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["authority", "state", "-id"], name="record_by_state"),
                    models.Index(fields=["organisation", "-id"], name="record_by_provider"),
                    models.Index(fields=["licence", "kind", "-id"], name="record_by_licence"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["filed", "met", "unmet", "ended"])), name="record_state_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "risk_warning",
                                    "disclosure",
                                    "aml_registration",
                                    "compliance_programme",
                                    "mlro",
                                    "client_identification",
                                    "analysis_system",
                                    "security_test",
                                    "data_location",
                                    "aifc-quarterly-report",
                                    "aifc-yearly-report",
                                    "nbk-report",
                                ],
                            )
                        ),
                        name="record_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on__isnull", True), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="record_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("checked_by__isnull", False),
                                ("checked_on__isnull", False),
                                ("state__in", ("met", "unmet")),
                                models.Q(("check_note", ""), _negated=True),
                            ),
                            models.Q(("state__in", ("met", "unmet")), _negated=True),
                            _connector="OR",
                        ),
                        name="record_checked_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checked_by__isnull", True),
                            models.Q(("checked_by", models.F("filed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="record_two_hands",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RailLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("regions", models.JSONField(blank=True, default=list, verbose_name="regions")),
                ("from_on", models.DateField(verbose_name="from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("source", models.CharField(max_length=300, verbose_name="where this is known from")),
                (
                    "end_source",
                    models.CharField(blank=True, max_length=300, verbose_name="where the end is known from"),
                ),
                ("grounds", models.JSONField(default=list, verbose_name="grounds")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.authority",
                        verbose_name="authority",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "licence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rails",
                        to="licensing.licence",
                        verbose_name="licence",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.organisation",
                        verbose_name="licence holder",
                    ),
                ),
            ],
            options={
                "verbose_name": "account of a provider",
                "verbose_name_plural": "accounts of providers",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="RailRating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "risk",
                    models.CharField(
                        choices=[("low", "low"), ("medium", "medium"), ("high", "high")],
                        max_length=10,
                        verbose_name="risk",
                    ),
                ),
                ("rated_on", models.DateField(verbose_name="rated on")),
                ("reason", models.TextField(verbose_name="reason")),
                ("measures", models.TextField(blank=True, verbose_name="enhanced measures")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="exchanges.raillink",
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "risk rating of a provider",
                "verbose_name_plural": "risk ratings of providers",
                "ordering": ["-rated_on", "-id"],
                "indexes": [models.Index(fields=["link", "-rated_on", "-id"], name="rating_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("risk__in", ["low", "medium", "high"])), name="rating_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="rating_with_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("risk", "high"), _negated=True),
                            models.Q(("measures", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="rating_high_with_measures",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegimeParticulars",
            fields=[
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="regime",
                        serialize=False,
                        to="licensing.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("payment_provider", "A payment service provider of the kinds that the regime takes"),
                            ("legal_entity", "Another legal entity that is no financial organisation"),
                            ("financial_organisation", "A financial organisation"),
                        ],
                        max_length=30,
                        verbose_name="what the applicant is",
                    ),
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
                ("website", models.CharField(blank=True, max_length=200, verbose_name="website")),
                (
                    "activity",
                    models.TextField(blank=True, max_length=4000, verbose_name="activity under the special regime"),
                ),
                (
                    "aims",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="how it serves the aims of the special regime"
                    ),
                ),
                (
                    "tells_consumers",
                    models.BooleanField(blank=True, null=True, verbose_name="consumers are told of the special regime"),
                ),
                (
                    "months",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="months for which the contract is asked for"
                    ),
                ),
            ],
            options={
                "verbose_name": "particulars of a participant of the special regime",
                "verbose_name_plural": "particulars of participants of the special regime",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("months__isnull", True), ("months__gt", 0), _connector="OR"),
                        name="regime_for_some_months",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SaleReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, verbose_name="number")),
                ("edition", models.PositiveSmallIntegerField(default=1, verbose_name="edition")),
                (
                    "source",
                    models.CharField(
                        choices=[("miner", "Of a miner"), ("exchange", "Of an exchange")],
                        max_length=10,
                        verbose_name="whose report",
                    ),
                ),
                ("period_from", models.DateField(verbose_name="from")),
                ("period_to", models.DateField(verbose_name="to")),
                ("filed_on", models.DateField(verbose_name="day of filing")),
                ("filed_at", models.DateTimeField(verbose_name="filed")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                ("arithmetic", models.JSONField(default=list, verbose_name="arithmetic")),
                ("ground", models.JSONField(default=dict, verbose_name="ground")),
                ("late", models.BooleanField(default=False, verbose_name="late")),
                ("reason", models.TextField(blank=True, verbose_name="why it was corrected")),
                (
                    "paper",
                    models.TextField(blank=True, db_default="", default="", verbose_name="entered from the paper"),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="digest of the rows")),
                ("rows_count", models.PositiveIntegerField(default=0, verbose_name="rows")),
                ("total", models.DecimalField(decimal_places=2, default=0, max_digits=22, verbose_name="sold, tenge")),
                ("replaced_at", models.DateTimeField(blank=True, null=True, verbose_name="replaced")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.authority",
                        verbose_name="authority",
                    ),
                ),
                (
                    "exchange",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="exchanges.listedexchange",
                        verbose_name="exchange",
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="filed by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sale_reports",
                        to="core.organisation",
                        verbose_name="reported by",
                    ),
                ),
            ],
            options={
                "verbose_name": "report on sales",
                "verbose_name_plural": "reports on sales",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("replaced_at", None)),
                        fields=["authority", "-id"],
                        name="sale_report_newest",
                    ),
                    models.Index(fields=["organisation", "-id"], name="sale_report_by_reporter"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("reference", "edition"), name="sale_report_edition_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at__isnull", True), ("source", "miner")),
                        fields=("organisation", "period_from"),
                        name="sale_report_of_miner_counts_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at__isnull", True), ("source", "exchange")),
                        fields=("exchange", "period_from"),
                        name="sale_report_of_exchange_counts_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period_to__gte", models.F("period_from"))),
                        name="sale_report_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("exchange__isnull", True), ("organisation__isnull", False), ("source", "miner")),
                            models.Q(("exchange__isnull", False), ("source", "exchange")),
                            _connector="OR",
                        ),
                        name="sale_report_of_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("late", False),
                            models.Q(("due_on__isnull", False), ("filed_on__gt", models.F("due_on"))),
                            _connector="OR",
                        ),
                        name="sale_report_late_after_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("edition", 1), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="sale_report_corrected_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SaleRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="row")),
                ("sold_on", models.DateField(verbose_name="sold on")),
                ("asset", models.CharField(max_length=20, verbose_name="digital asset")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=20, verbose_name="amount, tenge")),
                ("miner", models.CharField(blank=True, max_length=12, verbose_name="BIN or IIN of the miner")),
                ("deal", models.CharField(blank=True, max_length=60, verbose_name="number of the deal")),
                (
                    "exchange",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="exchanges.listedexchange",
                        verbose_name="through the exchange",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="exchanges.salereport",
                        verbose_name="report",
                    ),
                ),
            ],
            options={
                "verbose_name": "sale",
                "verbose_name_plural": "sales",
                "ordering": ["number"],
                "indexes": [models.Index(fields=["miner", "sold_on"], name="sale_row_by_miner")],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "number"), name="sale_row_once"),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="sale_row_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Servicer",
            fields=[
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="servicer",
                        serialize=False,
                        to="core.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("bank", "Second-tier bank"), ("postal_operator", "National Postal Operator")],
                        max_length=20,
                        verbose_name="what it is",
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="where this is known from")),
                ("entered_at", models.DateTimeField(verbose_name="entered")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.authority",
                        verbose_name="entered for",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
            ],
            options={
                "verbose_name": "bank or postal operator",
                "verbose_name_plural": "banks and postal operator",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "postal_operator")),
                        fields=("kind",),
                        name="servicer_one_postal_operator",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["bank", "postal_operator"])), name="servicer_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="servicer_with_source"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="raillink",
            name="servicer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="links",
                to="exchanges.servicer",
                verbose_name="bank or postal operator",
            ),
        ),
        migrations.AddIndex(
            model_name="raillink",
            index=models.Index(fields=["authority", "state", "-id"], name="rail_by_state"),
        ),
        migrations.AddIndex(
            model_name="raillink",
            index=models.Index(fields=["organisation", "-id"], name="rail_by_holder"),
        ),
        migrations.AddIndex(
            model_name="raillink",
            index=models.Index(fields=["servicer", "-id"], name="rail_by_servicer"),
        ),
        migrations.AddConstraint(
            model_name="raillink",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["held", "ended"])), name="rail_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="raillink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end_source", ""), ("state", "held"), ("to_on__isnull", True)),
                    models.Q(
                        ("state", "ended"),
                        ("to_on__gte", models.F("from_on")),
                        models.Q(("end_source", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="rail_ended_with_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="raillink",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="rail_with_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="raillink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "held")), fields=("licence", "servicer"), name="rail_held_once"
            ),
        ),
    ]
