"""Subjects, risk, plans, inspections, what subjects answer."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import law.inspections.codes


class Migration(migrations.Migration):
    # A database made before the migrations were gathered here counts as having them.
    replaces = [
        ("inspections", "0001_subjects_risk_plans_and_inspections"),
        ("inspections", "0002_ways_of_notice"),
        ("inspections", "0003_site_entries_reminders_and_measures"),
        ("inspections", "0004_what_a_plan_was_formed_from"),
        ("inspections", "0005_answers_of_the_subject"),
        ("inspections", "0006_evidence_and_proposals_of_risk"),
        ("inspections", "0007_supervisory_visits"),
        ("inspections", "0008_one_extension_whole"),
    ]

    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("licensing", "0001_initial"),
        ("mining", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ControlObject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind_of_permit", models.CharField(max_length=40, verbose_name="kind")),
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
                    "distance_km",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="km to the place of registration"),
                ),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="no longer an object from")),
                (
                    "centre",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="mining.datacentre",
                        verbose_name="data centre",
                    ),
                ),
                (
                    "licence",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="licensing.licence",
                        verbose_name="licence",
                    ),
                ),
            ],
            options={
                "verbose_name": "object of control",
                "verbose_name_plural": "objects of control",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ControlPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("reference", models.CharField(max_length=24, unique=True, verbose_name="number")),
                (
                    "plan",
                    models.CharField(
                        choices=[
                            ("schedule", "yearly schedule of compliance inspections"),
                            ("list_1", "list of visits, first half-year"),
                            ("list_2", "list of visits, second half-year"),
                        ],
                        max_length=10,
                        verbose_name="plan",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            (law.inspections.codes.Mode["AUTOMATED"], "by the automated system"),
                            (law.inspections.codes.Mode["PAPER"], "without an automated system"),
                        ],
                        max_length=10,
                        verbose_name="formed",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="version of the plan")),
                ("settings", models.JSONField(default=dict, verbose_name="formed with")),
                ("subjects", models.PositiveIntegerField(default=0, verbose_name="subjects of the sphere")),
                ("chosen", models.PositiveIntegerField(default=0, verbose_name="subjects chosen")),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="digest of the rows")),
                ("reason", models.TextField(blank=True, verbose_name="why it was changed")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved")),
                ("sent_on", models.DateField(blank=True, null=True, verbose_name="sent to legal statistics")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
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
                    "formed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="formed by",
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspections.controlplan",
                        verbose_name="version before",
                    ),
                ),
            ],
            options={
                "verbose_name": "plan of inspections",
                "verbose_name_plural": "plans of inspections",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Inspection",
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
                            (law.inspections.codes.Kind["COMPLIANCE"], "compliance inspection"),
                            (law.inspections.codes.Kind["UNSCHEDULED"], "unscheduled inspection"),
                            (law.inspections.codes.Kind["VISIT_CONTROL"], "preventive control with a visit"),
                            (law.inspections.codes.Kind["DESK_CONTROL"], "preventive control without a visit"),
                            (law.inspections.codes.Kind["TEST_PURCHASE"], "test purchase"),
                            (law.inspections.codes.Kind["INVESTIGATION"], "investigation"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("kind_of_permit", models.CharField(max_length=40, verbose_name="kind of object")),
                (
                    "method",
                    models.CharField(
                        choices=[
                            (law.inspections.codes.Method["SITE"], "visit to the site"),
                            (law.inspections.codes.Method["REQUEST"], "request of information"),
                            (law.inspections.codes.Method["SUMMONS"], "summons of the subject"),
                        ],
                        default="site",
                        max_length=10,
                        verbose_name="how it is done",
                    ),
                ),
                (
                    "size",
                    models.CharField(
                        blank=True,
                        choices=[
                            (law.inspections.codes.Size["MICRO"], "micro firm"),
                            (law.inspections.codes.Size["SMALL"], "small firm"),
                            (law.inspections.codes.Size["MEDIUM"], "medium firm"),
                            (law.inspections.codes.Size["LARGE"], "large firm"),
                        ],
                        max_length=10,
                        verbose_name="size",
                    ),
                ),
                (
                    "risk",
                    models.CharField(
                        blank=True,
                        choices=[
                            (law.inspections.codes.Risk["HIGH"], "high risk"),
                            (law.inspections.codes.Risk["MEDIUM"], "medium risk"),
                            (law.inspections.codes.Risk["LOW"], "low risk"),
                        ],
                        max_length=10,
                        verbose_name="degree of risk",
                    ),
                ),
                ("ground", models.CharField(blank=True, max_length=5, verbose_name="ground, Art. 144(5)")),
                ("ground_text", models.TextField(blank=True, verbose_name="what founds it")),
                ("case", models.CharField(blank=True, max_length=10, verbose_name="case of Art. 144")),
                ("urgent", models.BooleanField(default=False, verbose_name="urgent case of Art. 146(3)")),
                ("urgent_reason", models.TextField(blank=True, verbose_name="why it is urgent")),
                ("anonymous", models.BooleanField(default=False, verbose_name="the complaint is anonymous")),
                (
                    "complaint_from",
                    models.DateField(blank=True, null=True, verbose_name="the complaint speaks of, from"),
                ),
                ("complaint_to", models.DateField(blank=True, null=True, verbose_name="the complaint speaks of, to")),
                (
                    "failures",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="failures to report or to cure"
                    ),
                ),
                ("subject_matter", models.TextField(blank=True, verbose_name="subject matter")),
                ("period_from", models.DateField(blank=True, null=True, verbose_name="checked period from")),
                ("period_to", models.DateField(blank=True, null=True, verbose_name="checked period to")),
                ("experts", models.TextField(blank=True, verbose_name="specialists and experts invited")),
                ("start_on", models.DateField(blank=True, null=True, verbose_name="start")),
                ("end_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("replanned", models.PositiveSmallIntegerField(default=0, verbose_name="planned anew so often")),
                ("told_at", models.DateTimeField(blank=True, null=True, verbose_name="the subject knows of it since")),
                ("noticed_at", models.DateTimeField(blank=True, null=True, verbose_name="notice delivered")),
                (
                    "notice_means",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("hand", "by hand, against receipt"),
                            ("registered_mail", "registered mail with receipt"),
                            ("e_document", "signed e-document to the address that the subject gave"),
                            ("other", "another available way"),
                            ("account", "in the account of the subject here"),
                        ],
                        max_length=20,
                        verbose_name="how it was served",
                    ),
                ),
                (
                    "act_number",
                    models.CharField(blank=True, max_length=30, verbose_name="number of the act of appointment"),
                ),
                ("act_signed_at", models.DateTimeField(blank=True, null=True, verbose_name="act signed")),
                (
                    "registration_number",
                    models.CharField(blank=True, max_length=60, verbose_name="number of the registration"),
                ),
                (
                    "registered_on",
                    models.DateField(blank=True, null=True, verbose_name="registered with legal statistics"),
                ),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="act handed over, begun")),
                (
                    "receipt",
                    models.CharField(
                        blank=True,
                        choices=[("taken", "taken, signed for"), ("refused", "refused, recorded")],
                        max_length=10,
                        verbose_name="receipt of the act",
                    ),
                ),
                ("extended_to", models.DateField(blank=True, null=True, verbose_name="extended to")),
                (
                    "extension_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("foreign", "information from foreign bodies under a treaty"),
                            ("locating", "finding where the person is"),
                            ("laboratory", "results of a laboratory"),
                        ],
                        max_length=12,
                        verbose_name="reason of the extension",
                    ),
                ),
                (
                    "extension_number",
                    models.CharField(blank=True, max_length=30, verbose_name="number of the act of extension"),
                ),
                ("extension_act_on", models.DateField(blank=True, null=True, verbose_name="act of extension signed")),
                ("extension_noticed_on", models.DateField(blank=True, null=True, verbose_name="told of the extension")),
                (
                    "extension_registration",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="number of the registration of the extension"
                    ),
                ),
                (
                    "extension_registered_on",
                    models.DateField(blank=True, null=True, verbose_name="extension registered"),
                ),
                ("findings", models.TextField(blank=True, verbose_name="what was found")),
                ("result_number", models.CharField(blank=True, max_length=30, verbose_name="number of the result act")),
                (
                    "result_handed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="result act handed over"),
                ),
                (
                    "result_receipt",
                    models.CharField(
                        blank=True,
                        choices=[("taken", "taken, signed for"), ("refused", "refused, recorded")],
                        max_length=10,
                        verbose_name="receipt of the result act",
                    ),
                ),
                (
                    "order_number",
                    models.CharField(blank=True, max_length=30, verbose_name="number of the order to cure"),
                ),
                ("instructions", models.TextField(blank=True, verbose_name="what is to be mended")),
                ("cure_by", models.DateField(blank=True, null=True, verbose_name="to be cured by")),
                (
                    "missed",
                    models.PositiveSmallIntegerField(default=0, verbose_name="failures to report or to cure its order"),
                ),
                ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="asked about the cure")),
                ("answer_by", models.DateField(blank=True, null=True, verbose_name="to be answered by")),
                ("closing", models.TextField(blank=True, verbose_name="what came of the order")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                ("ending", models.TextField(blank=True, verbose_name="why planned anew, dropped or annulled")),
                (
                    "act_signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="act signed by",
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
                    "extension_signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="extension signed by",
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="inspections.inspection",
                        verbose_name="checks the order of",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="licensing.measure",
                        verbose_name="measure against the licence",
                    ),
                ),
                (
                    "object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="inspections.controlobject",
                        verbose_name="object of control",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="opened by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.organisation",
                        verbose_name="subject",
                    ),
                ),
            ],
            options={
                "verbose_name": "inspection",
                "verbose_name_plural": "inspections",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Filing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("text", models.TextField(blank=True, verbose_name="what is said")),
                ("claims", models.JSONField(default=list, verbose_name="grounds named")),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                ("filed_on", models.DateField(verbose_name="filed")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="to be decided by")),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("objection", "Objection"),
                            ("cure", "Report of the cure"),
                            ("prolong", "Request to prolong the term to cure"),
                            ("refusal", "Refusal of access"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("until", models.DateField(blank=True, null=True, verbose_name="asked until")),
                ("granted_to", models.DateField(blank=True, null=True, verbose_name="granted until")),
                ("late", models.BooleanField(default=False, verbose_name="after the term")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
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
                        related_name="+",
                        to="core.organisation",
                        verbose_name="subject",
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="inspections.inspection",
                        verbose_name="inspection",
                    ),
                ),
            ],
            options={
                "verbose_name": "filing of a subject",
                "verbose_name_plural": "filings of subjects",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["authority", "state", "-id"], name="filing_by_state"),
                    models.Index(fields=["organisation", "-id"], name="filing_by_organisation"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["filed", "noted", "granted", "refused", "withdrawn", "void"])
                        ),
                        name="filing_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["objection", "cure", "prolong", "refusal"])),
                        name="filing_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_on__isnull", False), ("kind", "prolong"), ("until__isnull", False)),
                            models.Q(
                                models.Q(("kind", "prolong"), _negated=True),
                                ("due_on__isnull", True),
                                ("until__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="filing_asks_for_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("granted_to__isnull", False), ("state", "granted")),
                            models.Q(models.Q(("state", "granted"), _negated=True), ("granted_to__isnull", True)),
                            _connector="OR",
                        ),
                        name="filing_granted_with_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("state__in", ["noted", "granted", "refused"]),
                            ),
                            models.Q(
                                models.Q(("state__in", ["noted", "granted", "refused"]), _negated=True),
                                ("answer", ""),
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="filing_answered_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_by__isnull", True),
                            models.Q(("answered_by", models.F("filed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="filing_two_hands",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "withdrawn"), _negated=True),
                        fields=("inspection", "digest"),
                        name="filing_not_twice",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "prolong"), ("state", "filed")),
                        fields=("inspection",),
                        name="filing_one_request_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Annulment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("text", models.TextField(blank=True, verbose_name="what is said")),
                ("claims", models.JSONField(default=list, verbose_name="grounds named")),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                ("filed_on", models.DateField(verbose_name="filed")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="to be decided by")),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                ("lapsed_on", models.DateField(blank=True, null=True, verbose_name="term ended without a decision")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
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
                        related_name="+",
                        to="core.organisation",
                        verbose_name="subject",
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="inspections.inspection",
                        verbose_name="inspection",
                    ),
                ),
            ],
            options={
                "verbose_name": "application to annul an inspection",
                "verbose_name_plural": "applications to annul inspections",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["authority", "state", "-id"], name="annulment_by_state"),
                    models.Index(fields=["organisation", "-id"], name="annulment_by_organisation"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["filed", "granted", "refused", "lapsed", "confirmed", "withdrawn"])
                        ),
                        name="annulment_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("claims", []), _negated=True), name="annulment_names_breaches"
                    ),
                    models.CheckConstraint(condition=models.Q(("due_on__isnull", False)), name="annulment_has_a_term"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lapsed_on", models.F("due_on")), ("state__in", ["lapsed", "confirmed"])),
                            models.Q(
                                models.Q(("state__in", ["lapsed", "confirmed"]), _negated=True),
                                ("lapsed_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="annulment_lapsed_on_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("state__in", ["granted", "refused", "confirmed"]),
                            ),
                            models.Q(
                                models.Q(("state__in", ["granted", "refused", "confirmed"]), _negated=True),
                                ("answer", ""),
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="annulment_decided_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_by__isnull", True),
                            models.Q(("answered_by", models.F("filed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="annulment_two_hands",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["filed", "lapsed"])),
                        fields=("inspection",),
                        name="annulment_one_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InspectionItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField(verbose_name="place")),
                ("code", models.CharField(max_length=30, verbose_name="item")),
                ("text_kk", models.TextField(verbose_name="requirement in Kazakh")),
                ("text_ru", models.TextField(verbose_name="requirement in Russian")),
                ("text_en", models.TextField(blank=True, verbose_name="requirement in English")),
                ("severity", models.CharField(max_length=15, verbose_name="severity")),
                ("article", models.CharField(max_length=200, verbose_name="article")),
                ("answer", models.CharField(blank=True, max_length=20, verbose_name="answer")),
                ("evidence", models.TextField(blank=True, verbose_name="what was seen")),
                (
                    "seen_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="seen, by the clock of the device"),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                ("cure_by", models.DateField(blank=True, null=True, verbose_name="to be cured by")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="inspections.inspection",
                        verbose_name="inspection",
                    ),
                ),
            ],
            options={
                "verbose_name": "item of an inspection",
                "verbose_name_plural": "items of inspections",
                "ordering": ["inspection", "place"],
                "constraints": [
                    models.UniqueConstraint(fields=("inspection", "code"), name="inspection_item_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="inspection_item_answered_by_someone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FilingItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("measures", models.TextField(blank=True, verbose_name="what was done")),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="inspections.filing",
                        verbose_name="filing",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="inspections.inspectionitem",
                        verbose_name="item",
                    ),
                ),
            ],
            options={
                "verbose_name": "item of a filing",
                "verbose_name_plural": "items of filings",
                "ordering": ["item__place"],
                "constraints": [models.UniqueConstraint(fields=("filing", "item"), name="filing_item_once")],
            },
        ),
        migrations.CreateModel(
            name="Inspector",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("post", models.CharField(max_length=200, verbose_name="post")),
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
                ("days_a_month", models.PositiveSmallIntegerField(verbose_name="working days a month for inspections")),
                ("from_on", models.DateField(verbose_name="from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="last day")),
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
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspector",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="inspector",
                    ),
                ),
            ],
            options={
                "verbose_name": "inspector",
                "verbose_name_plural": "inspectors",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("days_a_month__lte", 23)), name="inspector_days_of_a_month"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on__isnull", True), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="inspector_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JointAct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="reference")),
                (
                    "kind",
                    models.CharField(
                        choices=[("checklist", "checklist"), ("criteria", "criteria of risk")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="number of the act")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="day of the act")),
                ("name", models.CharField(max_length=300, verbose_name="name of the act")),
                (
                    "kinds_of_permit",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        default=list,
                        size=None,
                        verbose_name="homogeneous group",
                    ),
                ),
                ("in_force", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("repealed", models.DateField(blank=True, null=True, verbose_name="first day no longer in force")),
                ("remark", models.TextField(blank=True, verbose_name="remark")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed")),
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
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
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
                "verbose_name": "joint act",
                "verbose_name_plural": "joint acts",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["authority", "kind", "-in_force", "-id"], name="joint_act_by_kind")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "proposed", "confirmed", "ended", "dropped"])),
                        name="joint_act_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_at__isnull", False),
                                ("confirmed_by__isnull", False),
                                ("in_force__isnull", False),
                                ("signed_on__isnull", False),
                                ("state__in", ["confirmed", "ended"]),
                                models.Q(("number", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ["confirmed", "ended"]), _negated=True),
                                ("confirmed_at__isnull", True),
                                ("confirmed_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="joint_act_confirmed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by__isnull", True),
                            models.Q(("confirmed_by", models.F("entered_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="joint_act_two_hands",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("repealed__isnull", False), ("state", "ended")),
                            models.Q(("state", "ended"), _negated=True),
                            _connector="OR",
                        ),
                        name="joint_act_ended_with_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("repealed__isnull", True),
                            ("in_force__isnull", True),
                            ("repealed__gt", models.F("in_force")),
                            _connector="OR",
                        ),
                        name="joint_act_days_in_order",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="inspection",
            name="checklist",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="inspections.jointact",
                verbose_name="checklist",
            ),
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField(verbose_name="place")),
                (
                    "kind",
                    models.CharField(
                        choices=[("objective", "objective criterion"), ("indicator", "subjective indicator")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="criterion")),
                (
                    "least",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=12,
                        null=True,
                        verbose_name="from so many (MW, or units)",
                    ),
                ),
                (
                    "degree",
                    models.CharField(
                        blank=True,
                        choices=[
                            (law.inspections.codes.Risk["HIGH"], "high risk"),
                            (law.inspections.codes.Risk["MEDIUM"], "medium risk"),
                            (law.inspections.codes.Risk["LOW"], "low risk"),
                        ],
                        max_length=10,
                        verbose_name="degree of risk",
                    ),
                ),
                (
                    "weight",
                    models.DecimalField(blank=True, decimal_places=3, max_digits=8, null=True, verbose_name="weight"),
                ),
                (
                    "greatest",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=8, null=True, verbose_name="points at most"
                    ),
                ),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="criteria",
                        to="inspections.jointact",
                        verbose_name="joint act",
                    ),
                ),
            ],
            options={
                "verbose_name": "criterion of risk",
                "verbose_name_plural": "criteria of risk",
                "ordering": ["act", "place"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "objective"), ("weight__isnull", True), models.Q(("degree", ""), _negated=True)
                            ),
                            models.Q(("degree", ""), ("kind", "indicator"), ("weight__isnull", False)),
                            _connector="OR",
                        ),
                        name="criterion_degree_or_weight",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField(verbose_name="place")),
                ("from_on", models.DateField(verbose_name="first day of its period")),
                ("to_on", models.DateField(verbose_name="last day of its period")),
                ("start_on", models.DateField(verbose_name="start")),
                ("working_days", models.PositiveSmallIntegerField(verbose_name="working days")),
                ("risk", models.CharField(max_length=10, verbose_name="degree of risk")),
                (
                    "points",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=7, null=True, verbose_name="points of risk"
                    ),
                ),
                ("why", models.JSONField(default=list, verbose_name="why it stands here")),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="inspector",
                    ),
                ),
                (
                    "object",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspections.controlobject",
                        verbose_name="object of control",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="inspections.controlplan",
                        verbose_name="plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "subject of a plan",
                "verbose_name_plural": "subjects of plans",
                "ordering": ["plan", "place"],
            },
        ),
        migrations.AddField(
            model_name="inspection",
            name="entry",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inspection",
                to="inspections.planentry",
                verbose_name="in the plan",
            ),
        ),
        migrations.CreateModel(
            name="Requirement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField(verbose_name="place")),
                ("code", models.CharField(max_length=30, verbose_name="item")),
                ("text_kk", models.TextField(verbose_name="requirement in Kazakh")),
                ("text_ru", models.TextField(verbose_name="requirement in Russian")),
                ("text_en", models.TextField(blank=True, verbose_name="requirement in English")),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            (law.inspections.codes.Severity["GROSS"], "gross breach"),
                            (law.inspections.codes.Severity["SIGNIFICANT"], "significant breach"),
                            (law.inspections.codes.Severity["INSIGNIFICANT"], "insignificant breach"),
                        ],
                        max_length=15,
                        verbose_name="severity",
                    ),
                ),
                ("article", models.CharField(max_length=200, verbose_name="article")),
                ("method", models.CharField(max_length=200, verbose_name="how it is checked")),
                (
                    "tests",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("protects", "It directly affects what the law protects."),
                                ("checkable", "It can be checked by looking, by a test, by inspection or by papers."),
                                ("definite", "It is not general and no mere reference to another act."),
                                ("sole", "No other authority checks the same."),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
                        verbose_name="tests met",
                    ),
                ),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requirements",
                        to="inspections.jointact",
                        verbose_name="joint act",
                    ),
                ),
            ],
            options={
                "verbose_name": "requirement",
                "verbose_name_plural": "requirements",
                "ordering": ["act", "place"],
                "constraints": [
                    models.UniqueConstraint(fields=("act", "code"), name="requirement_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "severity__in",
                                [
                                    law.inspections.codes.Severity["GROSS"],
                                    law.inspections.codes.Severity["SIGNIFICANT"],
                                    law.inspections.codes.Severity["INSIGNIFICANT"],
                                ],
                            )
                        ),
                        name="requirement_severity_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("on", models.DateField(verbose_name="as of")),
                ("trial", models.BooleanField(default=False, verbose_name="trial")),
                ("changes", models.JSONField(blank=True, default=dict, verbose_name="criteria changed for the trial")),
                ("started_at", models.DateTimeField(verbose_name="started")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                ("subjects", models.PositiveIntegerField(default=0, verbose_name="subjects")),
                ("counts", models.JSONField(blank=True, default=dict, verbose_name="subjects by degree")),
                ("moves", models.JSONField(blank=True, default=dict, verbose_name="subjects by degree before and now")),
                (
                    "least",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="least points"
                    ),
                ),
                (
                    "most",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=14, null=True, verbose_name="greatest points"
                    ),
                ),
                (
                    "figures",
                    models.JSONField(blank=True, default=list, verbose_name="constants, with their provisions"),
                ),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="digest of the rows")),
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
                    "base",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspections.riskrun",
                        verbose_name="compared with",
                    ),
                ),
                (
                    "criteria",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspections.jointact",
                        verbose_name="criteria",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="started by",
                    ),
                ),
            ],
            options={
                "verbose_name": "risk run",
                "verbose_name_plural": "risk runs",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("trial", False)),
                        fields=("authority", "on", "criteria"),
                        name="risk_run_once_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_at__isnull", True), models.Q(("digest", ""), _negated=True), _connector="OR"
                        ),
                        name="risk_run_finished_whole",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="controlplan",
            name="risk_run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="inspections.riskrun",
                verbose_name="risk run",
            ),
        ),
        migrations.CreateModel(
            name="SiteBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("client_id", models.UUIDField(verbose_name="number given by the device")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("device_at", models.DateTimeField(verbose_name="sent, by the clock of the device")),
                ("received_at", models.DateTimeField(verbose_name="received")),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="batches",
                        to="inspections.inspection",
                        verbose_name="inspection",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent by",
                    ),
                ),
            ],
            options={
                "verbose_name": "batch from the site",
                "verbose_name_plural": "batches from the site",
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("inspection", "client_id"), name="site_batch_once")],
            },
        ),
        migrations.CreateModel(
            name="SiteEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("client_id", models.UUIDField(verbose_name="number given by the device")),
                ("item", models.CharField(max_length=30, verbose_name="item")),
                ("answer", models.CharField(blank=True, max_length=20, verbose_name="answer")),
                ("evidence", models.TextField(blank=True, verbose_name="what was seen")),
                (
                    "original_sha256",
                    models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of the photograph as taken"),
                ),
                (
                    "seen_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="entered, by the clock of the device"),
                ),
                ("skew", models.IntegerField(default=0, verbose_name="clock of the device ahead, seconds")),
                ("received_at", models.DateTimeField(verbose_name="received")),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="inspections.sitebatch",
                        verbose_name="batch",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.document",
                        verbose_name="photograph",
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
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="inspections.inspection",
                        verbose_name="inspection",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry from the site",
                "verbose_name_plural": "entries from the site",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["inspection", "item", "id"], name="site_entry_by_item")],
                "constraints": [
                    models.UniqueConstraint(fields=("inspection", "client_id"), name="site_entry_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("document__isnull", True), ("original_sha256", "")),
                            models.Q(
                                ("answer", ""),
                                ("document__isnull", False),
                                ("evidence", ""),
                                models.Q(("original_sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="site_entry_photo_has_no_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("staff", models.PositiveIntegerField(blank=True, null=True, verbose_name="average staff of a year")),
                (
                    "income",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=18,
                        null=True,
                        verbose_name="average income of a year, tenge",
                    ),
                ),
                ("figures_on", models.DateField(blank=True, null=True, verbose_name="figures as of")),
                (
                    "size",
                    models.CharField(
                        blank=True,
                        choices=[
                            (law.inspections.codes.Size["MICRO"], "micro firm"),
                            (law.inspections.codes.Size["SMALL"], "small firm"),
                            (law.inspections.codes.Size["MEDIUM"], "medium firm"),
                            (law.inspections.codes.Size["LARGE"], "large firm"),
                        ],
                        max_length=10,
                        verbose_name="size",
                    ),
                ),
                (
                    "successor",
                    models.BooleanField(default=False, verbose_name="made by reorganisation or successor of another"),
                ),
                (
                    "lowering",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        default=list,
                        size=None,
                        verbose_name="why its risk goes one down",
                    ),
                ),
                ("lowering_evidence", models.CharField(blank=True, max_length=300, verbose_name="paper that shows it")),
                (
                    "lowering_until",
                    models.DateField(blank=True, null=True, verbose_name="last day on which that counts"),
                ),
                (
                    "risk",
                    models.CharField(
                        blank=True,
                        choices=[
                            (law.inspections.codes.Risk["HIGH"], "high risk"),
                            (law.inspections.codes.Risk["MEDIUM"], "medium risk"),
                            (law.inspections.codes.Risk["LOW"], "low risk"),
                        ],
                        max_length=10,
                        verbose_name="degree of risk",
                    ),
                ),
                (
                    "points",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=7, null=True, verbose_name="points of risk"
                    ),
                ),
                (
                    "last_ended_on",
                    models.DateField(blank=True, null=True, verbose_name="last compliance inspection ended"),
                ),
                ("entered_at", models.DateTimeField(verbose_name="subject of control since")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="no longer a subject from")),
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subjects",
                        to="core.organisation",
                        verbose_name="subject of control",
                    ),
                ),
                (
                    "proposed_run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspections.riskrun",
                        verbose_name="degree proposed by",
                    ),
                ),
                (
                    "risk_run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspections.riskrun",
                        verbose_name="risk run",
                    ),
                ),
            ],
            options={
                "verbose_name": "subject of control",
                "verbose_name_plural": "subjects of control",
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["authority", "risk", "-points", "id"], name="subject_by_risk"),
                    models.Index(fields=["organisation"], name="subject_by_organisation"),
                    models.Index(fields=["authority", "-id"], name="subject_by_authority"),
                    models.Index(
                        condition=models.Q(("proposed_run__isnull", False)),
                        fields=["authority", "-id"],
                        name="subject_to_confirm",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "organisation"), name="subject_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("figures_on__isnull", True), ("income__isnull", True), ("staff__isnull", True)),
                            models.Q(("figures_on__isnull", False), ("income__gte", 0), ("staff__isnull", False)),
                            _connector="OR",
                        ),
                        name="subject_figures_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lowering", []), ("lowering_evidence", ""), ("lowering_until__isnull", True)),
                            models.Q(
                                models.Q(("lowering", []), _negated=True),
                                models.Q(("lowering_evidence", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="subject_lowered_by_a_paper",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "objective",
                    models.CharField(
                        choices=[
                            (law.inspections.codes.Risk["HIGH"], "high risk"),
                            (law.inspections.codes.Risk["MEDIUM"], "medium risk"),
                            (law.inspections.codes.Risk["LOW"], "low risk"),
                        ],
                        max_length=10,
                        verbose_name="by objective criteria",
                    ),
                ),
                ("gross", models.PositiveIntegerField(default=0, verbose_name="gross breaches")),
                ("significant", models.PositiveIntegerField(default=0, verbose_name="significant breaches")),
                ("significant_total", models.PositiveIntegerField(default=0, verbose_name="significant items checked")),
                ("insignificant", models.PositiveIntegerField(default=0, verbose_name="insignificant breaches")),
                (
                    "insignificant_total",
                    models.PositiveIntegerField(default=0, verbose_name="insignificant items checked"),
                ),
                ("score", models.DecimalField(decimal_places=4, max_digits=9, verbose_name="points for breaches")),
                ("indicators", models.JSONField(default=dict, verbose_name="values of the indicators")),
                (
                    "interim",
                    models.DecimalField(decimal_places=4, max_digits=14, verbose_name="points before normalisation"),
                ),
                ("points", models.DecimalField(decimal_places=3, max_digits=7, verbose_name="points, 0 to 100")),
                (
                    "degree",
                    models.CharField(
                        choices=[
                            (law.inspections.codes.Risk["HIGH"], "high risk"),
                            (law.inspections.codes.Risk["MEDIUM"], "medium risk"),
                            (law.inspections.codes.Risk["LOW"], "low risk"),
                        ],
                        max_length=10,
                        verbose_name="degree before reduction",
                    ),
                ),
                (
                    "lowering",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        default=list,
                        size=None,
                        verbose_name="why it goes one down",
                    ),
                ),
                (
                    "risk",
                    models.CharField(
                        choices=[
                            (law.inspections.codes.Risk["HIGH"], "high risk"),
                            (law.inspections.codes.Risk["MEDIUM"], "medium risk"),
                            (law.inspections.codes.Risk["LOW"], "low risk"),
                        ],
                        max_length=10,
                        verbose_name="degree of risk",
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        blank=True,
                        choices=[
                            (law.inspections.codes.Risk["HIGH"], "high risk"),
                            (law.inspections.codes.Risk["MEDIUM"], "medium risk"),
                            (law.inspections.codes.Risk["LOW"], "low risk"),
                        ],
                        max_length=10,
                        verbose_name="degree in the run that it is compared with",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="inspections.riskrun",
                        verbose_name="risk run",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspections.subject",
                        verbose_name="subject",
                    ),
                ),
            ],
            options={
                "verbose_name": "subject in a risk run",
                "verbose_name_plural": "subjects in risk runs",
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["run", "risk", "-points", "subject"], name="risk_row_by_degree"),
                    models.Index(
                        condition=models.Q(
                            models.Q(("before", ""), _negated=True),
                            models.Q(("before", models.F("risk")), _negated=True),
                        ),
                        fields=["run", "-points", "subject"],
                        name="risk_row_moved",
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("run", "subject"), name="risk_row_once")],
            },
        ),
        migrations.AddField(
            model_name="planentry",
            name="subject",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="inspections.subject",
                verbose_name="subject",
            ),
        ),
        migrations.CreateModel(
            name="PlanCandidate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField(verbose_name="place")),
                (
                    "risk",
                    models.CharField(
                        choices=[
                            (law.inspections.codes.Risk["HIGH"], "high risk"),
                            (law.inspections.codes.Risk["MEDIUM"], "medium risk"),
                            (law.inspections.codes.Risk["LOW"], "low risk"),
                        ],
                        max_length=10,
                        verbose_name="degree of risk",
                    ),
                ),
                ("points", models.DecimalField(decimal_places=3, max_digits=7, verbose_name="points of risk")),
                ("facts", models.JSONField(default=dict, verbose_name="facts")),
                ("outcome", models.CharField(max_length=20, verbose_name="what came of it")),
                ("lines", models.JSONField(default=list, verbose_name="why")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="candidates",
                        to="inspections.controlplan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspections.subject",
                        verbose_name="subject",
                    ),
                ),
            ],
            options={
                "verbose_name": "candidate of a plan",
                "verbose_name_plural": "candidates of plans",
                "ordering": ["plan", "place"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "subject"), name="plan_candidate_once"),
                    models.UniqueConstraint(fields=("plan", "place"), name="plan_candidate_place"),
                ],
            },
        ),
        migrations.AddField(
            model_name="inspection",
            name="subject",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inspections",
                to="inspections.subject",
                verbose_name="subject of control",
            ),
        ),
        migrations.AddField(
            model_name="controlobject",
            name="subject",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="objects_of_control",
                to="inspections.subject",
                verbose_name="subject",
            ),
        ),
        migrations.CreateModel(
            name="SupervisoryVisit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                (
                    "regime",
                    models.CharField(
                        choices=[
                            (law.inspections.codes.Regime["CHAPTER_13"], "Chapter 13 of the Entrepreneurial Code"),
                            (
                                law.inspections.codes.Regime["FINANCIAL_SUPERVISION"],
                                "supervision of the financial market",
                            ),
                            (law.inspections.codes.Regime["SPECIAL_REGIME_CONTRACT"], "contract of the special regime"),
                            (law.inspections.codes.Regime["AIFC"], "law of the AIFC"),
                            (law.inspections.codes.Regime["NONE"], "no inspections"),
                        ],
                        max_length=30,
                        verbose_name="under which law",
                    ),
                ),
                ("ground", models.JSONField(blank=True, null=True, verbose_name="rule")),
                (
                    "method",
                    models.CharField(
                        choices=[
                            (law.inspections.codes.Method["SITE"], "visit to the site"),
                            (law.inspections.codes.Method["REQUEST"], "request of information"),
                            (law.inspections.codes.Method["SUMMONS"], "summons of the subject"),
                        ],
                        max_length=10,
                        verbose_name="how it is done",
                    ),
                ),
                ("purpose", models.TextField(verbose_name="what it is about")),
                ("planned_on", models.DateField(verbose_name="planned for")),
                ("carried_on", models.DateField(blank=True, null=True, verbose_name="carried out")),
                ("report", models.TextField(blank=True, verbose_name="report")),
                ("issued_at", models.DateTimeField(blank=True, null=True, verbose_name="report issued")),
                ("reply", models.TextField(blank=True, verbose_name="answer of the provider")),
                ("replied_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                ("conclusion", models.TextField(blank=True, verbose_name="what came of the visit")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                (
                    "announced_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="announced by",
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
                    "issued_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="report issued by",
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
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="report written by",
                    ),
                ),
            ],
            options={
                "verbose_name": "supervisory visit",
                "verbose_name_plural": "supervisory visits",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["authority", "-id"], name="supervisory_visit_by_authority"),
                    models.Index(fields=["organisation", "-id"], name="supervisory_visit_by_provider"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["announced", "carried_out", "reported", "closed", "dropped"])
                        ),
                        name="supervisory_visit_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("regime__in", ["financial_supervision", "special_regime_contract", "aifc"])
                        ),
                        name="supervisory_visit_other_law",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("carried_on__isnull", False), ("state__in", ["announced", "dropped"]), _connector="OR"
                        ),
                        name="supervisory_visit_carried_with_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("issued_at__isnull", True), ("issued_by__isnull", True)),
                            models.Q(
                                ("issued_at__isnull", False),
                                ("issued_by__isnull", False),
                                ("written_by__isnull", False),
                                models.Q(("issued_by", models.F("written_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="supervisory_visit_report_two_hands",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("reported", "closed")), _negated=True),
                            models.Q(("issued_at__isnull", False), models.Q(("report", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="supervisory_visit_reported_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("state__in", ["closed", "dropped"])),
                            models.Q(
                                ("closed_at__isnull", True),
                                models.Q(("state__in", ["closed", "dropped"]), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="supervisory_visit_closed_with_its_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("post", models.CharField(max_length=200, verbose_name="post")),
                ("leads", models.BooleanField(default=False, verbose_name="leads the team")),
                ("joined_on", models.DateField(blank=True, null=True, verbose_name="joined after the act, on")),
                ("told_subject_on", models.DateField(blank=True, null=True, verbose_name="subject told")),
                ("told_statistics_on", models.DateField(blank=True, null=True, verbose_name="legal statistics told")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="left")),
                ("reason", models.TextField(blank=True, verbose_name="why the team was changed")),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="team",
                        to="inspections.inspection",
                        verbose_name="inspection",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="official",
                    ),
                ),
            ],
            options={
                "verbose_name": "official of an inspection",
                "verbose_name_plural": "officials of inspections",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_on__isnull", True)),
                        fields=("inspection", "person"),
                        name="team_member_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("leads", True), ("left_on__isnull", True)),
                        fields=("inspection",),
                        name="team_one_leader",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("joined_on__isnull", True), ("left_on__isnull", True)),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="team_change_with_reason",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="controlplan",
            index=models.Index(fields=["authority", "-year", "plan", "-number"], name="plan_by_year"),
        ),
        migrations.AddConstraint(
            model_name="controlplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["formed", "approved", "sent", "published", "replaced", "dropped"])),
                name="plan_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="controlplan",
            constraint=models.UniqueConstraint(
                fields=("authority", "plan", "year", "number"), name="plan_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="controlplan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "published")),
                fields=("authority", "plan", "year"),
                name="plan_published_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="controlplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at__isnull", False), ("state__in", ["published", "replaced"])),
                    models.Q(
                        models.Q(("state__in", ["published", "replaced"]), _negated=True),
                        ("published_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="plan_published_with_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="controlplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("approved_by", models.F("formed_by")), _negated=True),
                    _connector="OR",
                ),
                name="plan_two_hands",
            ),
        ),
        migrations.AddIndex(
            model_name="planentry",
            index=models.Index(fields=["plan", "start_on", "id"], name="plan_entry_by_start"),
        ),
        migrations.AddConstraint(
            model_name="planentry",
            constraint=models.UniqueConstraint(fields=("plan", "subject"), name="plan_entry_once"),
        ),
        migrations.AddConstraint(
            model_name="planentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("start_on__range", (models.F("from_on"), models.F("to_on"))), ("to_on__gte", models.F("from_on"))
                ),
                name="plan_entry_days_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="inspection",
            index=models.Index(fields=["authority", "state", "-id"], name="inspection_by_state"),
        ),
        migrations.AddIndex(
            model_name="inspection",
            index=models.Index(fields=["authority", "start_on", "id"], name="inspection_by_start"),
        ),
        migrations.AddIndex(
            model_name="inspection",
            index=models.Index(fields=["organisation", "-id"], name="inspection_by_organisation"),
        ),
        migrations.AddIndex(
            model_name="inspection",
            index=models.Index(fields=["subject", "kind", "-result_handed_at"], name="inspection_by_subject"),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "draft",
                            "noticed",
                            "appointed",
                            "registered",
                            "running",
                            "curing",
                            "closed",
                            "uncured",
                            "dropped",
                            "annulled",
                        ],
                    )
                ),
                name="inspection_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("start_on__isnull", True),
                    ("end_on__isnull", True),
                    ("end_on__gte", models.F("start_on")),
                    _connector="OR",
                ),
                name="inspection_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("period_from__isnull", True),
                    ("period_to__isnull", True),
                    ("period_to__gte", models.F("period_from")),
                    _connector="OR",
                ),
                name="inspection_period_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("act_number", ""), ("act_signed_at__isnull", True), ("act_signed_by__isnull", True)),
                    models.Q(
                        ("act_signed_at__isnull", False),
                        ("act_signed_by__isnull", False),
                        models.Q(("act_number", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="inspection_act_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("act_signed_by__isnull", True),
                    models.Q(("act_signed_by", models.F("opened_by")), _negated=True),
                    _connector="OR",
                ),
                name="inspection_two_hands",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("extended_to__isnull", True),
                        ("extension_act_on__isnull", True),
                        ("extension_number", ""),
                        ("extension_reason", ""),
                        ("extension_signed_by__isnull", True),
                    ),
                    models.Q(
                        ("extended_to__gt", models.F("end_on")),
                        ("extension_act_on__isnull", False),
                        ("extension_signed_by__isnull", False),
                        models.Q(("extension_number", ""), _negated=True),
                        models.Q(("extension_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="inspection_extension_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "noticed", "dropped", "annulled"]),
                    models.Q(("act_number", ""), _negated=True),
                    _connector="OR",
                ),
                name="inspection_signed_before_its_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("started_at__isnull", False), models.Q(("receipt", ""), _negated=True)),
                    models.Q(("state__in", ["running", "curing", "closed", "uncured"]), _negated=True),
                    _connector="OR",
                ),
                name="inspection_begun_with_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("result_handed_at__isnull", False), models.Q(("result_number", ""), _negated=True)),
                    models.Q(("state__in", ["curing", "closed", "uncured"]), _negated=True),
                    _connector="OR",
                ),
                name="inspection_ended_with_its_result",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cure_by__isnull", False), models.Q(("order_number", ""), _negated=True)),
                    models.Q(("state__in", ["curing", "uncured"]), _negated=True),
                    _connector="OR",
                ),
                name="inspection_ordered_with_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer_by__isnull", True), ("reminded_at__isnull", True)),
                    models.Q(("answer_by__isnull", False), ("cure_by__isnull", False), ("reminded_at__isnull", False)),
                    _connector="OR",
                ),
                name="inspection_reminded_with_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(("measure__isnull", True), ("state__in", ["uncured", "annulled"]), _connector="OR"),
                name="inspection_measure_for_what_was_not_cured",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("registered_on__isnull", True), ("registration_number", "")),
                    models.Q(("registered_on__isnull", False), models.Q(("registration_number", ""), _negated=True)),
                    _connector="OR",
                ),
                name="inspection_registered_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("kind", "compliance"), ("state__in", ["draft", "noticed", "appointed", "registered", "running"])
                ),
                fields=("subject", "kind"),
                name="inspection_one_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="controlobject",
            index=models.Index(fields=["kind_of_permit", "subject"], name="control_object_by_kind"),
        ),
        migrations.AddIndex(
            model_name="controlobject",
            index=models.Index(fields=["region", "subject"], name="control_object_by_region"),
        ),
        migrations.AddConstraint(
            model_name="controlobject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("centre__isnull", True), ("licence__isnull", False)),
                    models.Q(("centre__isnull", False), ("licence__isnull", True)),
                    _connector="OR",
                ),
                name="control_object_one_thing",
            ),
        ),
    ]
