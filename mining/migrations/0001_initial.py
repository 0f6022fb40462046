"""Data centres, machines, reports, pools, sales, power."""

from decimal import Decimal

import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    # A database made before the migrations were gathered here counts as having them.
    replaces = [
        ("mining", "0002_data_centres"),
        ("mining", "0003_assessments_and_lettings"),
        ("mining", "0004_limits_of_power"),
        ("mining", "0005_machines_and_reports"),
        ("mining", "0006_pools_and_sales"),
        ("mining", "0007_consent_of_the_new_owner"),
        ("mining", "0008_hash_rate_and_jobs"),
    ]

    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("licensing", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DataCentre",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("address", models.CharField(max_length=300, verbose_name="address")),
                (
                    "region",
                    models.CharField(
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
                        choices=[("north", "North zone"), ("south", "South zone"), ("west", "West zone")],
                        max_length=5,
                        verbose_name="zone of the grid",
                    ),
                ),
                (
                    "megawatts",
                    models.DecimalField(
                        decimal_places=3,
                        max_digits=9,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.001"))],
                        verbose_name="capacity, MW",
                    ),
                ),
                ("cells", models.PositiveIntegerField(blank=True, null=True, verbose_name="cells for machines")),
                (
                    "grid_connection",
                    models.CharField(blank=True, max_length=300, verbose_name="connection to the grid"),
                ),
                (
                    "grid_megawatts",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=9,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.001"))],
                        verbose_name="power of the connection, MW",
                    ),
                ),
                (
                    "grid_share",
                    models.DecimalField(
                        decimal_places=4,
                        default=Decimal("0"),
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("1")),
                        ],
                        verbose_name="The national grid",
                    ),
                ),
                (
                    "own_generation_share",
                    models.DecimalField(
                        decimal_places=4,
                        default=Decimal("0"),
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("1")),
                        ],
                        verbose_name="Own generation",
                    ),
                ),
                (
                    "renewable_share",
                    models.DecimalField(
                        decimal_places=4,
                        default=Decimal("0"),
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("1")),
                        ],
                        verbose_name="Own renewable generation",
                    ),
                ),
                (
                    "import_share",
                    models.DecimalField(
                        decimal_places=4,
                        default=Decimal("0"),
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("1")),
                        ],
                        verbose_name="Imported electricity",
                    ),
                ),
                (
                    "latitude",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=8, null=True, verbose_name="latitude"),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="longitude"
                    ),
                ),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="opened")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed; its last day")),
                ("closing_reason", models.TextField(blank=True, verbose_name="why it was closed")),
                ("published", models.BooleanField(default=True, verbose_name="published")),
                ("publication_reason", models.TextField(blank=True, verbose_name="why withheld or published again")),
                ("decided_at", models.DateTimeField(verbose_name="decided at")),
                ("changed_at", models.DateTimeField(verbose_name="last changed")),
                ("search", models.TextField(editable=False)),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="licensing.application",
                        verbose_name="entered from",
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
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="publication decided by",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="data_centres",
                        to="core.organisation",
                        verbose_name="owner of the data centre",
                    ),
                ),
            ],
            options={
                "verbose_name": "data centre",
                "verbose_name_plural": "data centres",
                "ordering": ["-id"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search"], name="centre_search", opclasses=["gin_trgm_ops"]
                    ),
                    models.Index(fields=["authority", "-id"], name="centre_by_authority"),
                    models.Index(fields=["authority", "region", "-id"], name="centre_by_region"),
                    models.Index(fields=["owner", "-id"], name="centre_by_owner"),
                    models.Index(condition=models.Q(("published", True)), fields=["-id"], name="centre_published"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["registered", "closed"])), name="centre_state_known"
                    ),
                    models.CheckConstraint(condition=models.Q(("megawatts__gt", 0)), name="centre_power_above_zero"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("grid_megawatts__isnull", True), ("grid_megawatts__gt", 0), _connector="OR"
                        ),
                        name="centre_connection_above_zero",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "grid_share",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.Value(Decimal("1")), "-", models.F("own_generation_share")
                                        ),
                                        "-",
                                        models.F("renewable_share"),
                                    ),
                                    "-",
                                    models.F("import_share"),
                                ),
                            )
                        ),
                        name="centre_shares_make_a_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("grid_share__gte", 0),
                            ("own_generation_share__gte", 0),
                            ("import_share__gte", 0),
                            ("renewable_share__gte", 0),
                        ),
                        name="centre_shares_not_below_zero",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                            models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                            _connector="OR",
                        ),
                        name="centre_place_whole_or_not_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_on__isnull", False),
                                ("state", "closed"),
                                models.Q(("closing_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "closed"), _negated=True),
                                ("closed_on__isnull", True),
                                ("closing_reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="centre_closed_with_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opened_on__isnull", True),
                            ("closed_on__isnull", True),
                            ("closed_on__gte", models.F("opened_on")),
                            _connector="OR",
                        ),
                        name="centre_closed_after_it_opened",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published", True), models.Q(("publication_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="centre_withheld_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("assessed_on", models.DateField(verbose_name="day of the assessment")),
                ("standard", models.DateField(verbose_name="checklist in force from")),
                (
                    "measured_megawatts",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=9,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.001"))],
                        verbose_name="power as measured, MW",
                    ),
                ),
                ("summary", models.TextField(blank=True, verbose_name="conclusion")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("meets", "Meets the standard"),
                            ("remarks", "Meets the definition of the law, with remarks"),
                            ("fails", "Does not meet the definition of the law"),
                        ],
                        max_length=20,
                        verbose_name="result",
                    ),
                ),
                ("ground", models.JSONField(blank=True, default=dict, verbose_name="rule of the result")),
                ("confirmation", models.TextField(blank=True, verbose_name="why unconfirmed law founds duties")),
                ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="signed off")),
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
                    "previous",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="mining.assessment",
                        verbose_name="assessment before",
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
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="mining.datacentre",
                        verbose_name="data centre",
                    ),
                ),
            ],
            options={
                "verbose_name": "assessment of a data centre",
                "verbose_name_plural": "assessments of data centres",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["centre", "-assessed_on", "-id"], name="assessment_by_centre"),
                    models.Index(fields=["state", "-id"], name="assessment_by_state"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "proposed", "signed", "dropped"])),
                        name="assessment_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("standard__lte", models.F("assessed_on"))),
                        name="assessment_by_the_list_of_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("signed_at__isnull", False),
                                ("signed_by__isnull", False),
                                ("state", "signed"),
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("ground", {}), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "signed"), _negated=True),
                                ("ground", {}),
                                ("outcome", ""),
                                ("signed_at__isnull", True),
                                ("signed_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="assessment_signed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_by__isnull", True),
                            models.Q(("signed_by", models.F("prepared_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="assessment_two_hands",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "proposed"])),
                        fields=("centre",),
                        name="assessment_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hosting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "megawatts",
                    models.DecimalField(
                        decimal_places=3,
                        max_digits=9,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.001"))],
                        verbose_name="let, MW",
                    ),
                ),
                (
                    "cells",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="cells let",
                    ),
                ),
                ("since", models.DateField(verbose_name="from")),
                ("until", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("entered_at", models.DateTimeField(verbose_name="entered")),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hostings",
                        to="mining.datacentre",
                        verbose_name="data centre",
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
                        related_name="hostings",
                        to="licensing.licence",
                        verbose_name="licence",
                    ),
                ),
            ],
            options={
                "verbose_name": "letting",
                "verbose_name_plural": "lettings",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["centre", "since"], name="hosting_by_centre"),
                    models.Index(fields=["licence", "since"], name="hosting_by_licence"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("megawatts__gt", 0)), name="hosting_power_above_zero"),
                    models.CheckConstraint(
                        condition=models.Q(("cells__isnull", True), ("cells__gt", 0), _connector="OR"),
                        name="hosting_cells_above_zero",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="hosting_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MachineFiling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("include", "Enter machines in the register"),
                            ("exclude", "Take machines out of the register"),
                            ("move", "Move machines to another data centre"),
                            ("transfer", "Pass machines to another owner"),
                        ],
                        max_length=10,
                        verbose_name="act",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("machines", models.PositiveIntegerField(verbose_name="machines")),
                ("digest", models.CharField(max_length=64, verbose_name="digest of the rows")),
                ("filed_on", models.DateField(verbose_name="filed")),
                ("consented_on", models.DateField(blank=True, null=True, verbose_name="the new owner agreed")),
                (
                    "consent_paper",
                    models.TextField(blank=True, db_default="", default="", verbose_name="paper of both owners"),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided")),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
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
                    "consented_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="consent of the new owner by",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="machine_filing",
                        to="core.rowfile",
                        verbose_name="file of rows",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="machine_filings",
                        to="core.organisation",
                        verbose_name="owner",
                    ),
                ),
                (
                    "to_centre",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="mining.datacentre",
                        verbose_name="new data centre",
                    ),
                ),
                (
                    "to_owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.organisation",
                        verbose_name="new owner",
                    ),
                ),
            ],
            options={
                "verbose_name": "application about machines",
                "verbose_name_plural": "applications about machines",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["authority", "state", "-id"], name="machine_filing_by_state"),
                    models.Index(fields=["organisation", "-id"], name="machine_filing_by_owner"),
                    models.Index(fields=["to_owner", "-id"], name="machine_filing_by_new_owner"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["filed", "offered", "granted", "refused", "declined", "withdrawn"])
                        ),
                        name="machine_filing_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_by__isnull", False),
                                ("decided_on__isnull", False),
                                ("state__in", ("granted", "refused")),
                            ),
                            models.Q(
                                models.Q(("state__in", ("granted", "refused")), _negated=True),
                                ("answer", ""),
                                ("decided_by__isnull", True),
                                ("decided_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="machine_filing_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="machine_filing_refused_with_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("act", "include"), ("to_owner__isnull", True)),
                            models.Q(
                                ("act", "exclude"),
                                ("to_centre__isnull", True),
                                ("to_owner__isnull", True),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            models.Q(("act", "move"), ("to_centre__isnull", False), ("to_owner__isnull", True)),
                            models.Q(("act", "transfer"), ("to_owner__isnull", False)),
                            _connector="OR",
                        ),
                        name="machine_filing_says_where_to",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("consent_paper", ""), ("consented_by__isnull", True), ("consented_on__isnull", True)
                            ),
                            models.Q(
                                ("act", "transfer"), ("consented_by__isnull", False), ("consented_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="machine_filing_agreed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_owner__isnull", True),
                            models.Q(("to_owner", models.F("organisation")), _negated=True),
                            _connector="OR",
                        ),
                        name="machine_filing_to_another_owner",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Machine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("manufacturer", models.CharField(max_length=100, verbose_name="manufacturer")),
                ("model", models.CharField(max_length=100, verbose_name="model")),
                ("serial", models.CharField(max_length=80, verbose_name="serial number")),
                ("key", models.CharField(editable=False, max_length=190, verbose_name="key")),
                ("hash_rate", models.DecimalField(decimal_places=3, max_digits=12, verbose_name="hash rate, TH/s")),
                ("power", models.DecimalField(decimal_places=3, max_digits=9, verbose_name="power, kW")),
                ("included_on", models.DateField(blank=True, null=True, verbose_name="in the register from")),
                ("excluded_on", models.DateField(blank=True, null=True, verbose_name="out of the register from")),
                ("exclusion_reason", models.TextField(blank=True, verbose_name="why it is out")),
                ("changed_at", models.DateTimeField(verbose_name="last changed")),
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
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="machines",
                        to="mining.datacentre",
                        verbose_name="data centre",
                    ),
                ),
                (
                    "licence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="machines",
                        to="licensing.licence",
                        verbose_name="licence",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="machines",
                        to="core.organisation",
                        verbose_name="owner",
                    ),
                ),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entered",
                        to="mining.machinefiling",
                        verbose_name="entered by the application",
                    ),
                ),
            ],
            options={
                "verbose_name": "mining machine",
                "verbose_name_plural": "mining machines",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["authority", "-id"], name="machine_by_authority"),
                    models.Index(fields=["owner", "-id"], name="machine_by_owner"),
                    models.Index(fields=["centre", "-id"], name="machine_by_centre"),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Upper("serial"), name="text_pattern_ops"
                        ),
                        models.F("id"),
                        name="machine_by_serial",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("excluded_on__isnull", True)), fields=("key",), name="machine_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hash_rate__gt", 0), ("power__gt", 0)), name="machine_works"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("excluded_on__isnull", True), ("exclusion_reason", "")),
                            models.Q(("excluded_on__isnull", False), models.Q(("exclusion_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="machine_out_with_its_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("included_on__isnull", True),
                            ("excluded_on__isnull", True),
                            ("excluded_on__gte", models.F("included_on")),
                            _connector="OR",
                        ),
                        name="machine_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MachineStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done")),
                ("open", models.BooleanField(default=True, verbose_name="not decided yet")),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="mining.machinefiling",
                        verbose_name="application",
                    ),
                ),
                (
                    "from_centre",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="mining.datacentre",
                        verbose_name="from data centre",
                    ),
                ),
                (
                    "from_owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.organisation",
                        verbose_name="from owner",
                    ),
                ),
                (
                    "machine",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="mining.machine",
                        verbose_name="machine",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a machine",
                "verbose_name_plural": "changes of machines",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("open", True)), fields=("machine",), name="machine_step_one_at_a_time"
                    ),
                    models.UniqueConstraint(fields=("machine", "filing"), name="machine_step_once_in_an_application"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("done_at__isnull", True), ("from_centre__isnull", True), ("from_owner__isnull", True)
                            ),
                            models.Q(
                                ("done_at__isnull", False),
                                ("from_centre__isnull", False),
                                ("from_owner__isnull", False),
                                ("open", False),
                            ),
                            _connector="OR",
                        ),
                        name="machine_step_done_with_what_was",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MinerReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=40, unique=True, verbose_name="number")),
                ("period_first", models.DateField(verbose_name="first day of the period")),
                ("period_last", models.DateField(verbose_name="last day of the period")),
                ("revision", models.PositiveSmallIntegerField(verbose_name="revision")),
                ("standing", models.BooleanField(default=True, verbose_name="counts")),
                ("received_at", models.DateTimeField(verbose_name="received")),
                ("received_on", models.DateField(verbose_name="day of receipt")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                ("arithmetic", models.JSONField(default=list, verbose_name="arithmetic")),
                ("ground", models.JSONField(default=dict, verbose_name="ground")),
                ("rows", models.PositiveIntegerField(verbose_name="rows")),
                ("digest", models.CharField(max_length=64, verbose_name="digest of the rows")),
                ("explanation", models.TextField(blank=True, verbose_name="explanation")),
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
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="miner_report",
                        to="core.rowfile",
                        verbose_name="file of rows",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="miner_reports",
                        to="core.organisation",
                        verbose_name="miner",
                    ),
                ),
            ],
            options={
                "verbose_name": "report of a miner",
                "verbose_name_plural": "reports of miners",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["authority", "-id"], name="miner_report_by_authority"),
                    models.Index(fields=["organisation", "-id"], name="miner_report_by_miner"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "period_first", "revision"), name="miner_report_revision_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("standing", True)),
                        fields=("organisation", "period_first"),
                        name="miner_report_one_stands",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period_last__gte", models.F("period_first"))),
                        name="miner_report_period_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("revision__gte", 1)), name="miner_report_revision_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("received_on__gt", models.F("period_last"))),
                        name="miner_report_after_its_period",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MinerReportLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asset", models.CharField(max_length=12, verbose_name="asset")),
                ("amount", models.DecimalField(decimal_places=18, max_digits=30, verbose_name="amount")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="mining.minerreport",
                        verbose_name="report",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a miner's report",
                "verbose_name_plural": "lines of miners' reports",
                "ordering": ["asset"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "asset"), name="miner_report_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="miner_report_line_not_negative"
                    ),
                ],
            },
        ),
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
        migrations.CreateModel(
            name="PoolParticulars",
            fields=[
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="pool_particulars",
                        serialize=False,
                        to="licensing.application",
                        verbose_name="application",
                    ),
                ),
                ("pool_name", models.CharField(blank=True, max_length=200, verbose_name="name of the pool")),
                ("website", models.CharField(blank=True, max_length=200, verbose_name="website")),
                ("hardware_in", models.CharField(blank=True, max_length=2, verbose_name="country of the equipment")),
                (
                    "equipment_address",
                    models.CharField(blank=True, max_length=300, verbose_name="address of the equipment"),
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
                ("equipment", models.JSONField(blank=True, default=list, verbose_name="equipment")),
                ("assets", models.JSONField(blank=True, default=list, verbose_name="digital assets distributed")),
                (
                    "commission",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("100")),
                        ],
                        verbose_name="commission of the pool, %",
                    ),
                ),
                (
                    "protocols",
                    models.JSONField(blank=True, default=list, verbose_name="protocols of the security tests"),
                ),
            ],
            options={
                "verbose_name": "particulars of a pool",
                "verbose_name_plural": "particulars of pools",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("commission__isnull", True),
                            models.Q(("commission__gte", 0), ("commission__lte", 100)),
                            _connector="OR",
                        ),
                        name="pool_commission_is_a_share",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PoolReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=40, unique=True, verbose_name="number")),
                ("period_first", models.DateField(verbose_name="first day of the period")),
                ("period_last", models.DateField(verbose_name="last day of the period")),
                ("revision", models.PositiveSmallIntegerField(verbose_name="revision")),
                ("standing", models.BooleanField(default=True, verbose_name="counts")),
                ("received_at", models.DateTimeField(verbose_name="received")),
                ("received_on", models.DateField(verbose_name="day of receipt")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                ("arithmetic", models.JSONField(default=list, verbose_name="arithmetic")),
                ("ground", models.JSONField(default=dict, verbose_name="ground")),
                ("rows", models.PositiveIntegerField(verbose_name="rows")),
                ("digest", models.CharField(max_length=64, verbose_name="digest of the rows")),
                (
                    "as_it_happened",
                    models.BooleanField(
                        default=False, verbose_name="differences from the register confirmed by the pool"
                    ),
                ),
                ("marked", models.PositiveIntegerField(default=0, verbose_name="rows that differ from the register")),
                (
                    "accreditation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pool_reports",
                        to="licensing.licence",
                        verbose_name="accreditation",
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
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pool_report",
                        to="core.rowfile",
                        verbose_name="file of rows",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pool_reports",
                        to="core.organisation",
                        verbose_name="mining pool",
                    ),
                ),
            ],
            options={
                "verbose_name": "distribution report of a pool",
                "verbose_name_plural": "distribution reports of pools",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["authority", "-id"], name="pool_report_by_authority"),
                    models.Index(fields=["organisation", "-id"], name="pool_report_by_pool"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "period_first", "revision"), name="pool_report_revision_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("standing", True)),
                        fields=("organisation", "period_first"),
                        name="pool_report_one_stands",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period_last__gte", models.F("period_first"))),
                        name="pool_report_period_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("revision__gte", 1)), name="pool_report_revision_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("received_on__gt", models.F("period_last"))),
                        name="pool_report_after_its_period",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Distribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("miner_identifier", models.CharField(max_length=12, verbose_name="IIN or BIN of the miner")),
                ("miner_name", models.CharField(blank=True, max_length=300, verbose_name="name of the miner")),
                ("licence_number", models.CharField(max_length=40, verbose_name="number of the licence")),
                ("licence_date", models.DateField(verbose_name="date of the licence")),
                ("wallet", models.CharField(max_length=120, verbose_name="wallet")),
                ("asset", models.CharField(max_length=12, verbose_name="asset")),
                ("amount", models.DecimalField(decimal_places=18, max_digits=30, verbose_name="amount")),
                (
                    "commission",
                    models.DecimalField(
                        decimal_places=18, default=0, max_digits=30, verbose_name="commission of the pool"
                    ),
                ),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unknown", "No such licence"),
                            ("owner", "The licence is another's"),
                            ("date", "The licence is of another date"),
                            ("outside", "Outside the days of the licence"),
                            ("suspended", "The licence was suspended"),
                        ],
                        max_length=10,
                        verbose_name="difference from the register",
                    ),
                ),
                (
                    "licence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="distributions",
                        to="licensing.licence",
                        verbose_name="licence",
                    ),
                ),
                (
                    "miner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="distributions",
                        to="core.organisation",
                        verbose_name="miner",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="mining.poolreport",
                        verbose_name="report",
                    ),
                ),
            ],
            options={
                "verbose_name": "distribution",
                "verbose_name_plural": "distributions",
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["miner", "day"], name="distribution_by_miner"),
                    models.Index(
                        condition=models.Q(("mark", ""), _negated=True),
                        fields=["report", "id"],
                        name="distribution_marked",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0), ("commission__gte", 0)), name="distribution_not_negative"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PowerLimit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    "megawatts",
                    models.DecimalField(
                        decimal_places=3,
                        max_digits=9,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.001"))],
                        verbose_name="limit, MW",
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="act that sets it")),
                ("since", models.DateField(verbose_name="from")),
                ("until", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("entered_at", models.DateTimeField(verbose_name="entered")),
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
            ],
            options={
                "verbose_name": "limit of power",
                "verbose_name_plural": "limits of power",
                "ordering": ["-since", "-id"],
                "indexes": [models.Index(fields=["authority", "since"], name="power_limit_by_authority")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("region", ""), models.Q(("zone", ""), _negated=True)),
                            models.Q(models.Q(("region", ""), _negated=True), ("zone", "")),
                            _connector="OR",
                        ),
                        name="power_limit_of_one_place",
                    ),
                    models.CheckConstraint(condition=models.Q(("megawatts__gt", 0)), name="power_limit_above_zero"),
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="power_limit_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="power_limit_by_an_act"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuotaAssessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("first", models.DateField(verbose_name="from")),
                ("last", models.DateField(verbose_name="to")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("short", "Too little went through exchanges of the AIFC"),
                            ("unproved", "Enough only by what the miner alone declares"),
                            ("met", "Enough, as exchanges report"),
                            ("nothing_sold", "Nothing was sold"),
                            ("no_duty", "No share was required"),
                        ],
                        max_length=20,
                        verbose_name="verdict",
                    ),
                ),
                ("sold", models.DecimalField(decimal_places=4, max_digits=24, verbose_name="sold, tenge")),
                ("required", models.DecimalField(decimal_places=4, max_digits=24, verbose_name="required, tenge")),
                ("missing", models.DecimalField(decimal_places=4, max_digits=24, verbose_name="missing, tenge")),
                ("parts", models.JSONField(default=list, verbose_name="parts")),
                ("grounds", models.JSONField(default=list, verbose_name="grounds")),
                ("reports", models.JSONField(default=list, verbose_name="reports read")),
                ("own_output", models.JSONField(default=dict, verbose_name="rule on own output")),
                ("made_at", models.DateTimeField(verbose_name="made")),
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
                        related_name="quota_assessments",
                        to="licensing.licence",
                        verbose_name="licence",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quota_assessments",
                        to="core.organisation",
                        verbose_name="miner",
                    ),
                ),
            ],
            options={
                "verbose_name": "assessment of sales",
                "verbose_name_plural": "assessments of sales",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["authority", "-id"], name="quota_by_authority"),
                    models.Index(fields=["organisation", "-id"], name="quota_by_miner"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last__gte", models.F("first"))), name="quota_days_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("missing__gte", 0), ("required__gte", 0), ("sold__gte", 0)),
                        name="quota_sums_not_below_zero",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("missing__gt", 0), ("verdict", "short")),
                            models.Q(models.Q(("verdict", "short"), _negated=True), ("missing", Decimal("0"))),
                            _connector="OR",
                        ),
                        name="quota_short_where_something_is_missing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuotaFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("text", models.TextField(blank=True, verbose_name="judgement in words")),
                ("judged_at", models.DateTimeField(blank=True, null=True, verbose_name="judged")),
                (
                    "assessment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="finding",
                        to="mining.quotaassessment",
                        verbose_name="assessment",
                    ),
                ),
                (
                    "breach",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quota_finding",
                        to="licensing.breach",
                        verbose_name="breach",
                    ),
                ),
                (
                    "judged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="judged by",
                    ),
                ),
            ],
            options={
                "verbose_name": "finding on sales",
                "verbose_name_plural": "findings on sales",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "upheld", "set_aside", "acted"])),
                        name="finding_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("judged_at__isnull", True),
                                ("judged_by__isnull", True),
                                ("state", "open"),
                                ("text", ""),
                            ),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("judged_at__isnull", False),
                                ("judged_by__isnull", False),
                                models.Q(("text", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="finding_judged_by_somebody_in_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("breach__isnull", False), ("state", "acted")),
                            models.Q(models.Q(("state", "acted"), _negated=True), ("breach__isnull", True)),
                            _connector="OR",
                        ),
                        name="finding_acted_on_by_its_breach",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RealisedReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=40, unique=True, verbose_name="number")),
                ("period_first", models.DateField(verbose_name="first day of the period")),
                ("period_last", models.DateField(verbose_name="last day of the period")),
                ("revision", models.PositiveSmallIntegerField(verbose_name="revision")),
                ("standing", models.BooleanField(default=True, verbose_name="counts")),
                (
                    "jobs",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MaxValueValidator(1000000)],
                        verbose_name="jobs on the last day of the period",
                    ),
                ),
                (
                    "investment",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=18,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="invested in the period, tenge",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="paper it was entered from")),
                ("paper_on", models.DateField(blank=True, null=True, verbose_name="day of the paper")),
                ("received_at", models.DateTimeField(verbose_name="received")),
                ("received_on", models.DateField(verbose_name="day of receipt")),
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
                        related_name="realised_reports",
                        to="licensing.licence",
                        verbose_name="licence",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="realised_reports",
                        to="core.organisation",
                        verbose_name="holder",
                    ),
                ),
            ],
            options={
                "verbose_name": "report on jobs and investment",
                "verbose_name_plural": "reports on jobs and investment",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["authority", "-id"], name="realised_by_authority"),
                    models.Index(fields=["organisation", "-id"], name="realised_by_holder"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("licence", "period_first", "revision"), name="realised_revision_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("standing", True)),
                        fields=("licence", "period_first"),
                        name="realised_one_stands",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period_last__gte", models.F("period_first"))),
                        name="realised_period_in_order",
                    ),
                    models.CheckConstraint(condition=models.Q(("revision__gte", 1)), name="realised_revision_from_one"),
                    models.CheckConstraint(
                        condition=models.Q(("received_on__gt", models.F("period_last"))),
                        name="realised_after_its_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("investment__gte", 0), ("jobs__gte", 0)), name="realised_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("paper_on__isnull", True), ("source", "")),
                            models.Q(
                                models.Q(("source", ""), _negated=True),
                                ("paper_on__isnull", False),
                                ("paper_on__lte", models.F("received_on")),
                            ),
                            _connector="OR",
                        ),
                        name="realised_paper_with_its_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SecurityProtocol",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("act", "test act, information security"),
                            ("information_security", "test protocols, information security"),
                            ("cybersecurity", "test protocols, cybersecurity"),
                        ],
                        max_length=30,
                        verbose_name="kind of test",
                    ),
                ),
                ("number", models.CharField(max_length=100, verbose_name="number of the protocol")),
                ("laboratory", models.CharField(max_length=200, verbose_name="laboratory")),
                ("issued_on", models.DateField(verbose_name="issued")),
                ("expires_on", models.DateField(verbose_name="valid to")),
                ("positive", models.BooleanField(default=True, verbose_name="result is positive")),
                ("entered_at", models.DateTimeField(verbose_name="entered")),
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
                        related_name="security_protocols",
                        to="licensing.licence",
                        verbose_name="accreditation",
                    ),
                ),
            ],
            options={
                "verbose_name": "protocol of a security test",
                "verbose_name_plural": "protocols of security tests",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["licence", "-expires_on"], name="protocol_by_pool")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_on__gte", models.F("issued_on"))), name="protocol_days_in_order"
                    ),
                    models.UniqueConstraint(
                        fields=("licence", "kind", "number", "laboratory"), name="protocol_entered_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorldHashRate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day of the figure")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=3,
                        max_digits=15,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.001"))],
                        verbose_name="hash rate of the world",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[("TH/s", "TH/s"), ("PH/s", "PH/s"), ("EH/s", "EH/s"), ("ZH/s", "ZH/s")],
                        default="EH/s",
                        max_length=4,
                        verbose_name="unit",
                    ),
                ),
                ("source", models.CharField(max_length=500, verbose_name="source")),
                ("reason", models.TextField(blank=True, verbose_name="why it was corrected")),
                ("standing", models.BooleanField(default=True, verbose_name="counts")),
                ("entered_at", models.DateTimeField(verbose_name="entered")),
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
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="mining.worldhashrate",
                        verbose_name="corrects",
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
                "verbose_name": "hash rate of the world",
                "verbose_name_plural": "hash rates of the world",
                "ordering": ["-day", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("standing", True)),
                        fields=("authority", "day"),
                        name="world_hash_rate_one_a_day",
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="world_hash_rate_above_zero"),
                    models.CheckConstraint(
                        condition=models.Q(("unit__in", ["TH/s", "PH/s", "EH/s", "ZH/s"])),
                        name="world_hash_rate_in_a_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="world_hash_rate_from_a_source"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrects__isnull", True), ("reason", "")),
                            models.Q(("corrects__isnull", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="world_hash_rate_corrected_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("corrects__isnull", True),
                            models.Q(("corrects", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="world_hash_rate_corrects_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssessmentItem",
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
                ("of_definition", models.BooleanField(verbose_name="part of the definition of the law")),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="mining.assessment",
                        verbose_name="assessment",
                    ),
                ),
            ],
            options={
                "verbose_name": "item of an assessment",
                "verbose_name_plural": "items of assessments",
                "ordering": ["assessment", "place"],
                "constraints": [models.UniqueConstraint(fields=("assessment", "code"), name="assessment_item_once")],
            },
        ),
    ]
