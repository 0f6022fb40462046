"""Applications, decisions, licences, oversight, the register."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import licensing.models.decisions


class Migration(migrations.Migration):
    # A database made before the migrations were gathered here counts as having them.
    replaces = [
        ("licensing", "0003_oldest_open_case"),
        ("licensing", "0004_visits_before_a_permit"),
        ("licensing", "0005_watch_every_case"),
        ("licensing", "0006_electronic_licences"),
        ("licensing", "0007_opinions_given_by_the_body"),
        ("licensing", "0008_reports_by_period"),
        ("licensing", "0009_filed_after_a_refusal"),
        ("licensing", "0010_days_to_cure_before_a_measure"),
        ("licensing", "0011_words_of_acts"),
        ("licensing", "0012_screening_lists"),
        ("licensing", "0013_currency_of_payments"),
        ("licensing", "0014_requests_between_authorities"),
        ("licensing", "0015_people_and_matches"),
        ("licensing", "0016_fitness_of_people"),
        ("licensing", "0017_one_register"),
        ("licensing", "0018_files_of_the_register"),
        ("licensing", "0019_desk_of_firms"),
        ("licensing", "0020_source_of_a_breach"),
        ("licensing", "0021_declared_people"),
        ("licensing", "0022_register_looked_up_and_in_order_for_officials"),
        ("licensing", "0023_letters_of_other_apps"),
        ("licensing", "0024_letters_of_which_a_case_has_several"),
    ]

    initial = True

    dependencies = [
        ("core", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("issue", "Permit"),
                            ("reissue", "Re-issue"),
                            ("reissue-split", "Re-issue after spin-off or division"),
                            ("duplicate", "Duplicate"),
                            ("electronic", "Electronic licence in place of a paper one"),
                            ("correction", "Correction of an error"),
                            ("suspension", "Suspension at own request"),
                            ("resumption", "Resumption after cure"),
                            ("resumption-own", "Resumption after own suspension"),
                            ("surrender", "Surrender"),
                        ],
                        default="issue",
                        max_length=20,
                        verbose_name="what is asked for",
                    ),
                ),
                (
                    "region",
                    models.CharField(blank=True, db_default="", default="", max_length=6, verbose_name="region"),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted")),
                ("filed_on", models.DateField(blank=True, null=True, verbose_name="day of filing")),
                ("registered_at", models.DateTimeField(blank=True, null=True, verbose_name="registered")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                ("deemed_on", models.DateField(blank=True, null=True, verbose_name="deemed issued")),
                (
                    "after_refusal",
                    models.BooleanField(db_default=False, default=False, verbose_name="filed after a refusal"),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                ("reasons", models.JSONField(blank=True, default=list, verbose_name="reasons")),
                ("reason_text", models.TextField(blank=True, verbose_name="reasons in words")),
                ("on_paper", models.BooleanField(default=False, verbose_name="licence asked for on paper")),
                ("fee_paid_on", models.DateField(blank=True, null=True, verbose_name="fee paid on")),
                ("fee_reference", models.CharField(blank=True, max_length=60, verbose_name="payment reference")),
                (
                    "fee_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="fee paid"
                    ),
                ),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assigned",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="officer",
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
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="core.organisation",
                        verbose_name="applicant",
                    ),
                ),
                (
                    "started_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="licensing.application",
                        verbose_name="started from",
                    ),
                ),
            ],
            options={
                "verbose_name": "application",
                "verbose_name_plural": "applications",
                "ordering": ["due_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="NumberCounter",
            fields=[
                ("series", models.CharField(max_length=30, primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="BankFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="file")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("content", models.TextField(blank=True, verbose_name="content")),
                ("uploaded_at", models.DateTimeField(verbose_name="uploaded")),
                ("imported_at", models.DateTimeField(blank=True, null=True, verbose_name="imported")),
                ("taken", models.PositiveIntegerField(default=0, verbose_name="rows imported")),
                ("left_out", models.PositiveIntegerField(default=0, verbose_name="rows left out")),
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
                    "imported_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="imported by",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "bank file",
                "verbose_name_plural": "bank files",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["authority", "-id"], name="bank_file_by_authority")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("digest", ""), ("imported_at__isnull", True), ("imported_by__isnull", True)),
                            models.Q(
                                ("content", ""),
                                ("imported_at__isnull", False),
                                ("imported_by__isnull", False),
                                models.Q(("digest", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="bank_file_imported_by_someone",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(verbose_name="made")),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "calendar at a secret address",
                "verbose_name_plural": "calendars at secret addresses",
            },
        ),
        migrations.CreateModel(
            name="CaseloadMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(unique=True)),
                ("reason", models.TextField(verbose_name="reason")),
                ("made_at", models.DateTimeField(verbose_name="at")),
                ("given", models.JSONField(default=dict, verbose_name="given")),
                ("refused", models.JSONField(blank=True, default=list, verbose_name="left")),
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
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="from whom",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "move of a caseload",
                "verbose_name_plural": "moves of caseloads",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="CaseTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.TextField(verbose_name="what to do")),
                ("due_on", models.DateField(verbose_name="by when")),
                ("made_at", models.DateTimeField(verbose_name="given at")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done at")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="licensing.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case_tasks",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="for whom",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="done by",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="given by",
                    ),
                ),
            ],
            options={
                "verbose_name": "task",
                "verbose_name_plural": "tasks",
                "ordering": ["due_on", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=["assignee", "due_on", "id"],
                        name="task_open_of",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", True), ("done_by__isnull", True)),
                            models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="task_done_by_someone",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckJudgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=60)),
                ("met", models.BooleanField()),
                ("note", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="judgements",
                        to="licensing.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("application", "code"), name="check_judged_once")],
            },
        ),
        migrations.CreateModel(
            name="Clarification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number of the request")),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="number")),
                ("asked", models.JSONField(default=dict, verbose_name="as asked")),
                ("title", models.JSONField(blank=True, default=dict, verbose_name="heading")),
                ("question", models.JSONField(blank=True, default=dict, verbose_name="question")),
                ("answer", models.JSONField(blank=True, default=dict, verbose_name="answer")),
                ("provisions", models.JSONField(blank=True, default=list, verbose_name="provisions cited")),
                ("drafted_at", models.DateTimeField(blank=True, null=True, verbose_name="drafted")),
                ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="signed at")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="day of the signature")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                (
                    "ended_on",
                    models.DateField(blank=True, null=True, verbose_name="first day on which it no longer stands"),
                ),
                ("letter", models.JSONField(blank=True, default=dict, verbose_name="facts of the letter")),
                ("held", models.CharField(blank=True, max_length=30, verbose_name="why not printed")),
                ("search", models.TextField(blank=True, editable=False)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="opened by",
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
                    "document",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.document",
                        verbose_name="document",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="drafted by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.organisation",
                        verbose_name="asked by",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="licensing.clarification",
                        verbose_name="supersedes",
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
                        verbose_name="signed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "clarification",
                "verbose_name_plural": "clarifications",
                "ordering": ["-id"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search"], name="clarification_search", opclasses=["gin_trgm_ops"]
                    ),
                    models.Index(
                        condition=models.Q(("published_at__isnull", False)),
                        fields=["-signed_on", "-id"],
                        name="clarification_newest",
                    ),
                    models.Index(fields=["authority", "-id"], name="clarification_by_authority"),
                    models.Index(fields=["authority", "state", "-id"], name="clarification_by_state"),
                    models.Index(fields=["organisation", "-id"], name="clarification_by_asker"),
                    models.Index(
                        condition=models.Q(models.Q(("number", ""), _negated=True), ("document__isnull", True)),
                        fields=["id"],
                        name="clarification_unprinted",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["asked", "drafted", "private", "published", "superseded", "withdrawn", "recalled"],
                            )
                        ),
                        name="clarification_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(
                                    ("state__in", ("private", "published", "withdrawn", "superseded")), _negated=True
                                ),
                                ("number", ""),
                                ("signed_at__isnull", True),
                                ("signed_by__isnull", True),
                                ("signed_on__isnull", True),
                            ),
                            models.Q(
                                ("signed_at__isnull", False),
                                ("signed_by__isnull", False),
                                ("signed_on__isnull", False),
                                ("state__in", ("private", "published", "withdrawn", "superseded")),
                                models.Q(("number", ""), _negated=True),
                                models.Q(("answer", {}), _negated=True),
                                models.Q(("provisions", []), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="clarification_signed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("drafted_at__isnull", True), ("drafted_by__isnull", True)),
                            models.Q(("drafted_at__isnull", False), ("drafted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="clarification_drafted_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_by__isnull", True),
                            models.Q(("signed_by", models.F("drafted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="clarification_two_hands",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at__isnull", False), ("state", "published")),
                            ("state__in", ("withdrawn", "superseded")),
                            models.Q(
                                models.Q(("state__in", ("published", "withdrawn", "superseded")), _negated=True),
                                ("published_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="clarification_published_when_signed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_on__gte", models.F("signed_on")),
                                ("ended_on__isnull", False),
                                ("state__in", ("withdrawn", "superseded")),
                            ),
                            models.Q(
                                models.Q(("state__in", ("withdrawn", "superseded")), _negated=True),
                                ("ended_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="clarification_ended_with_its_day",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("number",),
                        name="clarification_number_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClarificationReliance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("relied_on", models.DateField(verbose_name="day on which it was relied on")),
                ("note", models.TextField(blank=True, verbose_name="what for")),
                ("by_authority", models.BooleanField(default=False, verbose_name="cited by the authority")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reliances",
                        to="licensing.application",
                        verbose_name="application",
                    ),
                ),
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
                    "clarification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reliances",
                        to="licensing.clarification",
                        verbose_name="clarification",
                    ),
                ),
            ],
            options={
                "verbose_name": "reliance on a clarification",
                "verbose_name_plural": "reliances on clarifications",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "clarification", "by_authority"), name="reliance_said_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Condition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("kinds", models.JSONField(blank=True, default=list, verbose_name="kinds of permit")),
                ("made_at", models.DateTimeField(verbose_name="entered")),
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
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
            ],
            options={
                "verbose_name": "condition of the bank",
                "verbose_name_plural": "bank of conditions",
                "ordering": ["authority", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "code"), name="condition_code_once"),
                    models.CheckConstraint(condition=models.Q(("code", ""), _negated=True), name="condition_with_code"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConditionVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("text_kk", models.TextField(verbose_name="text in Kazakh")),
                ("text_ru", models.TextField(verbose_name="text in Russian")),
                ("text_en", models.TextField(verbose_name="text in English")),
                ("ground", models.JSONField(blank=True, default=dict, verbose_name="ground")),
                ("in_force", models.DateField(verbose_name="first day")),
                ("repealed", models.DateField(blank=True, null=True, verbose_name="first day no longer")),
                ("entered_at", models.DateTimeField(verbose_name="entered")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed")),
                (
                    "condition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="licensing.condition",
                        verbose_name="condition",
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
                "verbose_name": "version of a condition",
                "verbose_name_plural": "versions of conditions",
                "ordering": ["condition", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("condition", "number"), name="condition_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("confirmed_at__isnull", True)),
                        fields=("condition",),
                        name="condition_one_draft",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("confirmed_at__isnull", False), ("repealed__isnull", True)),
                        fields=("condition",),
                        name="condition_one_open_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("repealed__isnull", True), ("repealed__gt", models.F("in_force")), _connector="OR"
                        ),
                        name="condition_version_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            models.Q(
                                ("confirmed_at__isnull", False),
                                ("confirmed_by__isnull", False),
                                models.Q(("confirmed_by", models.F("entered_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="condition_version_two_hands",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text_kk", ""), _negated=True),
                            models.Q(("text_ru", ""), _negated=True),
                            models.Q(("text_en", ""), _negated=True),
                        ),
                        name="condition_version_worded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConflictCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("asked", models.JSONField(default=list, verbose_name="names looked for")),
                ("found", models.JSONField(blank=True, default=list, verbose_name="what was found")),
                ("made_at", models.DateTimeField(verbose_name="made")),
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
                        related_name="+",
                        to="core.organisation",
                        verbose_name="firm",
                    ),
                ),
            ],
            options={
                "verbose_name": "check for conflicts",
                "verbose_name_plural": "checks for conflicts",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["organisation", "-id"], name="conflict_check_of")],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by_silence", models.BooleanField(default=False, verbose_name="by silence")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("grant", "Grant"),
                            ("refuse", "Refuse"),
                            ("suspend", "Suspend"),
                            ("revoke", "Take away"),
                            ("close", "Establish the end"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("reasons", models.JSONField(blank=True, default=list, verbose_name="reasons")),
                ("text", models.TextField(blank=True, verbose_name="reasons in words")),
                ("conditions", models.JSONField(blank=True, default=list, verbose_name="conditions")),
                ("grounds", models.JSONField(default=list, verbose_name="grounds")),
                ("confirmation", models.TextField(blank=True, verbose_name="confirmation of unconfirmed grounds")),
                ("made_at", models.DateTimeField(verbose_name="at")),
                ("annulled_at", models.DateTimeField(blank=True, null=True, verbose_name="annulled")),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="licensing.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="licensing.decision",
                        verbose_name="decision before it",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("text", models.TextField(verbose_name="what is asked and why")),
                ("filed_on", models.DateField(verbose_name="filed")),
                ("learned_on", models.DateField(verbose_name="learned of the act on")),
                ("route_stated", models.BooleanField(verbose_name="the act stated the way to appeal")),
                ("file_by", models.DateField(verbose_name="last day to appeal")),
                ("arithmetic", models.JSONField(default=list, verbose_name="arithmetic")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                (
                    "barred",
                    models.CharField(
                        blank=True,
                        choices=[("", "—"), ("late", "It came late"), ("not_entitled", "Who filed it may not appeal")],
                        max_length=15,
                        verbose_name="why it is not admitted",
                    ),
                ),
                ("heard_on", models.DateField(blank=True, null=True, verbose_name="heard")),
                ("hearing", models.TextField(blank=True, verbose_name="what was said")),
                ("answer", models.TextField(blank=True, verbose_name="decision in words")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided")),
                ("court_by", models.DateField(blank=True, null=True, verbose_name="last day to go to court")),
                ("court_on", models.DateField(blank=True, null=True, verbose_name="claim filed")),
                ("court_number", models.CharField(blank=True, max_length=60, verbose_name="number of the court case")),
                ("judged_on", models.DateField(blank=True, null=True, verbose_name="judgment in force")),
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
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.authority",
                        verbose_name="body that decides",
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
                        related_name="appeals",
                        to="core.organisation",
                        verbose_name="applicant",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="licensing.decision",
                        verbose_name="decision",
                    ),
                ),
            ],
            options={
                "verbose_name": "appeal",
                "verbose_name_plural": "appeals",
                "ordering": ["due_on", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("filed", "forwarded", "heard"))),
                        fields=["authority", "due_on", "id"],
                        name="appeal_queue",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ("filed", "forwarded", "heard"))),
                        fields=["body", "due_on", "id"],
                        name="appeal_queue_of_body",
                    ),
                    models.Index(fields=["organisation", "-id"], name="appeal_by_applicant"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "filed",
                                    "forwarded",
                                    "heard",
                                    "satisfied",
                                    "annulled",
                                    "changed",
                                    "upheld",
                                    "unanswered",
                                    "not_admitted",
                                    "withdrawn",
                                    "in_court",
                                    "court_upheld",
                                    "court_annulled",
                                ],
                            )
                        ),
                        name="appeal_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("state__in", ("filed", "forwarded", "heard"))),
                            models.Q(
                                ("closed_at__isnull", False),
                                models.Q(("state__in", ("filed", "forwarded", "heard")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="appeal_ended_with_its_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "not_admitted"), _negated=True),
                            models.Q(("barred", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="appeal_not_admitted_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["in_court", "court_upheld", "court_annulled"]), _negated=True),
                            ("court_on__isnull", False),
                            _connector="OR",
                        ),
                        name="appeal_in_court_with_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("filed_on__gte", models.F("learned_on"))),
                        name="appeal_filed_after_learning",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["withdrawn", "not_admitted"]), _negated=True),
                        fields=("decision",),
                        name="appeal_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FirmPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("permit", models.CharField(max_length=40, verbose_name="kind of permit")),
                (
                    "side",
                    models.CharField(
                        choices=[("owner", "owner"), ("executive", "executive")],
                        max_length=10,
                        verbose_name="owner or executive",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("person", "natural person"), ("legal_entity", "legal entity")],
                        max_length=20,
                        verbose_name="who",
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="IIN, BIN or foreign number")),
                (
                    "country",
                    models.CharField(blank=True, max_length=2, verbose_name="country of residence or registration"),
                ),
                ("born_on", models.DateField(blank=True, null=True, verbose_name="date of birth")),
                ("role", models.CharField(blank=True, max_length=60, verbose_name="office")),
                (
                    "share",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=7, null=True, verbose_name="share, %"),
                ),
                ("direct", models.BooleanField(default=True, verbose_name="owns directly")),
                ("beneficial", models.BooleanField(default=False, verbose_name="is a beneficial owner")),
                (
                    "through",
                    models.CharField(blank=True, max_length=60, verbose_name="owns through the firm with the number"),
                ),
                ("since", models.DateField(verbose_name="since")),
                ("until", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("screened_at", models.DateTimeField(blank=True, null=True, verbose_name="screened")),
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
                        related_name="people",
                        to="core.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="licensing.application",
                        verbose_name="filing",
                    ),
                ),
            ],
            options={
                "verbose_name": "person behind a firm",
                "verbose_name_plural": "people behind firms",
                "ordering": ["side", "id"],
            },
        ),
        migrations.CreateModel(
            name="FitnessCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("reputation", "Impeccable reputation"),
                            ("conviction", "No unspent conviction"),
                            ("education", "Resident with higher education"),
                            ("bar", "Not barred after a failed or removed organisation"),
                            ("fit", "Fit and proper for the office"),
                        ],
                        max_length=20,
                        verbose_name="requirement",
                    ),
                ),
                ("ground", models.JSONField(verbose_name="rule")),
                ("met", models.BooleanField(verbose_name="met")),
                ("note", models.TextField(verbose_name="what was seen")),
                ("checked_on", models.DateField(verbose_name="day of the look")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="to be looked at again by")),
                ("checked_at", models.DateTimeField(verbose_name="entered")),
                (
                    "checked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="checked by",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="core.document",
                        verbose_name="document",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="licensing.firmperson",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "check of fitness",
                "verbose_name_plural": "checks of fitness",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["person", "code", "-id"], name="fitness_by_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_on__isnull", True), ("expires_on__gt", models.F("checked_on")), _connector="OR"
                        ),
                        name="fitness_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("note", ""), _negated=True), name="fitness_with_what_was_seen"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hearing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_type", models.CharField(max_length=60, verbose_name="kind of object")),
                ("subject_id", models.BigIntegerField(verbose_name="object")),
                (
                    "audience",
                    models.CharField(
                        choices=[("internal", "Internal"), ("party", "The parties"), ("public", "The public")],
                        default="internal",
                        max_length=10,
                        verbose_name="who may see it",
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=60, verbose_name="reference")),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="title")),
                ("act", models.CharField(max_length=40, verbose_name="act that it precedes")),
                ("draft", models.JSONField(default=dict, verbose_name="draft decision")),
                ("hearing_on", models.DateField(verbose_name="day of the hearing")),
                ("place", models.TextField(verbose_name="place and hour")),
                ("arithmetic", models.JSONField(default=list, verbose_name="arithmetic")),
                ("ground", models.JSONField(default=dict, verbose_name="ground")),
                ("announced_at", models.DateTimeField(verbose_name="announced")),
                ("position", models.TextField(blank=True, verbose_name="position of the party")),
                ("position_at", models.DateTimeField(blank=True, null=True, verbose_name="position stated")),
                ("waived_at", models.DateTimeField(blank=True, null=True, verbose_name="waived")),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="held on")),
                ("attended", models.BooleanField(blank=True, null=True, verbose_name="the party came")),
                ("minutes", models.TextField(blank=True, verbose_name="minutes")),
                ("minutes_at", models.DateTimeField(blank=True, null=True, verbose_name="minutes entered")),
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.authority",
                        verbose_name="authority",
                    ),
                ),
                (
                    "minutes_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="minutes by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "position_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="stated by",
                    ),
                ),
            ],
            options={
                "verbose_name": "hearing",
                "verbose_name_plural": "hearings",
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["subject_type", "subject_id"], name="hearing_by_subject"),
                    models.Index(fields=["organisation", "hearing_on"], name="hearing_by_party"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("subject_type", "subject_id"),
                        name="hearing_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("position", ""), ("position_at__isnull", True), ("position_by__isnull", True)),
                            models.Q(
                                models.Q(("position", ""), _negated=True),
                                ("position_at__isnull", False),
                                ("position_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="hearing_position_stated_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("attended__isnull", True),
                                ("held_on__isnull", True),
                                ("minutes", ""),
                                ("minutes_at__isnull", True),
                            ),
                            models.Q(
                                models.Q(("minutes", ""), _negated=True),
                                ("attended__isnull", False),
                                ("held_on__isnull", False),
                                ("minutes_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="hearing_held_with_minutes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_type", models.CharField(max_length=60, verbose_name="kind of object")),
                ("subject_id", models.BigIntegerField(verbose_name="object")),
                (
                    "audience",
                    models.CharField(
                        choices=[("internal", "Internal"), ("party", "The parties"), ("public", "The public")],
                        default="internal",
                        max_length=10,
                        verbose_name="who may see it",
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=60, verbose_name="reference")),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="title")),
                (
                    "kind",
                    models.CharField(
                        choices=licensing.models.decisions.kinds_of_letters, max_length=30, verbose_name="letter"
                    ),
                ),
                ("data", models.JSONField(default=dict, verbose_name="facts")),
                ("made_at", models.DateTimeField(verbose_name="at")),
                ("held", models.CharField(blank=True, max_length=30, verbose_name="why not printed")),
                ("held_at", models.DateTimeField(blank=True, null=True, verbose_name="last tried")),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="licensing.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.authority",
                        verbose_name="authority",
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.document",
                        verbose_name="document",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter",
                "verbose_name_plural": "letters",
                "ordering": ["id"],
                "indexes": [
                    models.Index(condition=models.Q(("document__isnull", True)), fields=["id"], name="letter_unprinted")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind__in", ("question", "refusal", "hearing", "appeal_receipt", "appeal_decision")),
                                _negated=True,
                            ),
                            models.Q(("kind__startswith", "inspection_"), _negated=True),
                        ),
                        fields=("subject_type", "subject_id", "kind"),
                        name="letter_once_per_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("held", ""),
                            models.Q(("document__isnull", True), ("held_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="letter_printed_or_held",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Licence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="number")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="verification code")),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("edition", models.PositiveSmallIntegerField(default=1, verbose_name="edition")),
                ("on_paper", models.BooleanField(default=False, verbose_name="issued on paper")),
                ("granted_on", models.DateField(verbose_name="granted")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended")),
                ("ends_by", models.DateField(blank=True, null=True, verbose_name="ends by")),
                ("suspended_from", models.DateField(blank=True, null=True, verbose_name="suspended from")),
                ("suspended_to", models.DateField(blank=True, null=True, verbose_name="suspended until")),
                (
                    "suspended_months",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="months of suspension"),
                ),
                ("ground", models.JSONField(blank=True, default=dict, verbose_name="ground of its state")),
                ("cause", models.CharField(blank=True, max_length=40, verbose_name="decided in")),
                ("particulars", models.JSONField(default=list, verbose_name="particulars")),
                ("conditions", models.JSONField(blank=True, default=list, verbose_name="conditions")),
                ("grounds", models.JSONField(default=list, verbose_name="grounds")),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="licence",
                        to="licensing.application",
                        verbose_name="application",
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="licences",
                        to="core.organisation",
                        verbose_name="holder",
                    ),
                ),
            ],
            options={
                "verbose_name": "licence",
                "verbose_name_plural": "licences",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("in_force", "suspended", "uncured"))),
                        fields=["valid_to", "id"],
                        name="licence_to_expire",
                    ),
                    models.Index(
                        condition=models.Q(("state", "suspended")),
                        fields=["suspended_to", "id"],
                        name="licence_to_lapse",
                    ),
                    models.Index(fields=["authority", "-id"], name="licence_by_authority"),
                    models.Index(fields=["organisation", "-id"], name="licence_by_holder"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["in_force", "suspended", "uncured", "expired", "surrendered", "revoked", "ended"],
                            )
                        ),
                        name="licence_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="licence_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", True), ("state__in", ("in_force", "suspended", "uncured"))),
                            models.Q(
                                models.Q(("state__in", ("in_force", "suspended", "uncured")), _negated=True),
                                ("ended_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="licence_ended_with_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["suspended", "uncured"]), ("suspended_from__isnull", False)),
                            models.Q(
                                models.Q(("state__in", ["suspended", "uncured"]), _negated=True),
                                ("suspended_from__isnull", True),
                                ("suspended_to__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="licence_suspended_with_its_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("suspended_to__isnull", True),
                            ("suspended_to__gte", models.F("suspended_from")),
                            _connector="OR",
                        ),
                        name="licence_suspension_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["in_force", "expired"]),
                            models.Q(models.Q(("cause", ""), _negated=True), models.Q(("ground", {}), _negated=True)),
                            _connector="OR",
                        ),
                        name="licence_changed_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("issue", "Permit"),
                            ("reissue", "Re-issue"),
                            ("reissue-split", "Re-issue after spin-off or division"),
                            ("duplicate", "Duplicate"),
                            ("electronic", "Electronic licence in place of a paper one"),
                            ("correction", "Correction of an error"),
                            ("suspension", "Suspension at own request"),
                            ("resumption", "Resumption after cure"),
                            ("resumption-own", "Resumption after own suspension"),
                            ("surrender", "Surrender"),
                        ],
                        max_length=20,
                        verbose_name="act",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="edition")),
                ("made_on", models.DateField(verbose_name="printed on")),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edition",
                        to="licensing.application",
                        verbose_name="request",
                    ),
                ),
                (
                    "licence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="licensing.licence",
                        verbose_name="licence",
                    ),
                ),
            ],
            options={
                "verbose_name": "edition of a licence",
                "verbose_name_plural": "editions of licences",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("act__in", ["duplicate", "electronic"]), _negated=True),
                        fields=("licence", "number"),
                        name="edition_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number__gt", 1), ("act__in", ["duplicate", "electronic"]), _connector="OR"
                        ),
                        name="edition_after_the_first",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Breach",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                (
                    "subject_name",
                    models.CharField(blank=True, max_length=300, verbose_name="name, where not registered here"),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("officer", "Found by an official"),
                            ("duty", "A duty was not met"),
                            ("check", "Found by a check of what is told"),
                        ],
                        default="officer",
                        max_length=10,
                        verbose_name="how it was found",
                    ),
                ),
                ("ground", models.JSONField(default=dict, verbose_name="rule breached")),
                ("facts", models.TextField(verbose_name="facts")),
                ("found_on", models.DateField(verbose_name="found on")),
                ("explanation", models.TextField(blank=True, verbose_name="explanation")),
                ("cured_on", models.DateField(blank=True, null=True, verbose_name="cured on")),
                ("outcome_text", models.TextField(blank=True, verbose_name="how it ended, in words")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="officer",
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
                    "obligation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.obligation",
                        verbose_name="duty not met",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="breaches",
                        to="core.organisation",
                        verbose_name="whose",
                    ),
                ),
                (
                    "licence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="breaches",
                        to="licensing.licence",
                        verbose_name="licence",
                    ),
                ),
            ],
            options={
                "verbose_name": "breach",
                "verbose_name_plural": "breaches",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["authority", "-id"], name="breach_by_authority"),
                    models.Index(fields=["authority", "state", "-id"], name="breach_by_state"),
                    models.Index(fields=["organisation", "-id"], name="breach_by_subject"),
                    models.Index(fields=["licence", "-id"], name="breach_by_licence"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["opened", "explained", "cured", "unfounded", "acted_on"])),
                        name="breach_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("organisation__isnull", False),
                            models.Q(("subject_name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="breach_of_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("state__in", ("opened", "explained"))),
                            models.Q(
                                models.Q(("state__in", ("opened", "explained")), _negated=True),
                                ("closed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="breach_ended_with_its_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "cured"), _negated=True),
                            models.Q(("cured_on__gte", models.F("found_on")), ("cured_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="breach_cured_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source", "duty"), _negated=True), ("obligation__isnull", False), _connector="OR"
                        ),
                        name="breach_of_duty_names_it",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("obligation__isnull", False)),
                        fields=("obligation",),
                        name="breach_once_per_duty",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="application",
            name="concerning",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="filings",
                to="licensing.licence",
                verbose_name="licence concerned",
            ),
        ),
        migrations.CreateModel(
            name="Matter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("client_name", models.CharField(blank=True, max_length=300, verbose_name="client")),
                ("subject", models.CharField(max_length=300, verbose_name="subject")),
                ("cases", models.JSONField(blank=True, default=list, verbose_name="numbers of cases")),
                ("clearance", models.TextField(blank=True, verbose_name="why it is taken in spite of what was found")),
                ("opened_on", models.DateField(verbose_name="opened")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                (
                    "check_made",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matters",
                        to="licensing.conflictcheck",
                        verbose_name="check for conflicts",
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
                    "lawyer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="lawyer in charge",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.organisation",
                        verbose_name="firm",
                    ),
                ),
            ],
            options={
                "verbose_name": "matter of a firm",
                "verbose_name_plural": "matters of firms",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["organisation", "-id"], name="matter_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("client__isnull", True), ("client_name", ""), _connector="OR"),
                        name="matter_names_a_client_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True), ("closed_on__gte", models.F("opened_on")), _connector="OR"
                        ),
                        name="matter_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MatterParty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("counterparty", "counterparty"), ("person", "person behind client or counterparty")],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("identifier", models.CharField(blank=True, max_length=32, verbose_name="BIN or IIN")),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="licensing.matter",
                        verbose_name="matter",
                    ),
                ),
            ],
            options={
                "verbose_name": "party of a matter",
                "verbose_name_plural": "parties of matters",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["counterparty", "person"])), name="matter_party_has_a_role"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Measure",
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
                            ("suspend", "Suspend the licence"),
                            ("revoke", "Take the licence away"),
                            ("close", "Establish that the licence has ended"),
                        ],
                        max_length=10,
                        verbose_name="measure",
                    ),
                ),
                ("by_court", models.BooleanField(default=False, verbose_name="by a court")),
                ("reasons", models.JSONField(default=list, verbose_name="reasons")),
                ("text", models.TextField(verbose_name="reasons in words")),
                ("months", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="months")),
                ("told_on", models.DateField(blank=True, null=True, verbose_name="draft made known on")),
                (
                    "cure_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="working days to cure"),
                ),
                ("position", models.TextField(blank=True, verbose_name="position of the holder")),
                ("position_at", models.DateTimeField(blank=True, null=True, verbose_name="position taken at")),
                (
                    "approval_reference",
                    models.CharField(blank=True, max_length=100, verbose_name="approval of the prosecutor"),
                ),
                ("approval_on", models.DateField(blank=True, null=True, verbose_name="approved on")),
                ("court", models.CharField(blank=True, max_length=200, verbose_name="court")),
                ("claim_reference", models.CharField(blank=True, max_length=100, verbose_name="number of the claim")),
                ("filed_on", models.DateField(blank=True, null=True, verbose_name="claim filed on")),
                ("heard_on", models.DateField(blank=True, null=True, verbose_name="heard in court on")),
                ("judgment_on", models.DateField(blank=True, null=True, verbose_name="judgment given on")),
                ("judgment_in_force_on", models.DateField(blank=True, null=True, verbose_name="judgment in force on")),
                ("outcome_text", models.TextField(blank=True, verbose_name="how it ended, in words")),
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
                        related_name="measures",
                        to="licensing.breach",
                        verbose_name="breach",
                    ),
                ),
                (
                    "licence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="licensing.licence",
                        verbose_name="licence",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="core.organisation",
                        verbose_name="holder",
                    ),
                ),
            ],
            options={
                "verbose_name": "measure",
                "verbose_name_plural": "measures",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["authority", "-id"], name="measure_by_authority"),
                    models.Index(fields=["authority", "state", "-id"], name="measure_by_state"),
                    models.Index(fields=["organisation", "-id"], name="measure_by_holder"),
                    models.Index(fields=["licence", "-id"], name="measure_by_licence"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["proposed", "countersigned", "filed", "heard", "in_effect", "dismissed", "dropped"],
                            )
                        ),
                        name="measure_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", True),
                                ("state__in", ("proposed", "countersigned", "filed", "heard")),
                            ),
                            models.Q(
                                models.Q(("state__in", ("proposed", "countersigned", "filed", "heard")), _negated=True),
                                ("closed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="measure_ended_with_its_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reasons", []), _negated=True), name="measure_with_reasons"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["filed", "heard", "dismissed"]), _negated=True),
                            models.Q(("by_court", True), ("filed_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="measure_before_court_is_filed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by_court", True), ("state", "in_effect"), _negated=True),
                            ("judgment_in_force_on__isnull", False),
                            _connector="OR",
                        ),
                        name="measure_of_court_by_judgment",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("licence", "act"),
                        name="measure_open_once",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="measure",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision",
                to="licensing.measure",
                verbose_name="measure",
            ),
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="note")),
                ("at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="licensing.application"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "note",
                "verbose_name_plural": "notes",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("act", models.CharField(max_length=40, verbose_name="automated act")),
                ("text", models.TextField(verbose_name="what is objected")),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
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
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="core.event",
                        verbose_name="event",
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
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "objection",
                "verbose_name_plural": "objections",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["authority", "state", "-id"], name="objection_by_state"),
                    models.Index(fields=["organisation", "-id"], name="objection_by_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["filed", "upheld", "rejected", "taken_back"])),
                        name="objection_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("state__in", ("upheld", "rejected")),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ("upheld", "rejected")), _negated=True),
                                ("answer", ""),
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="objection_answered_whole",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "taken_back"), _negated=True),
                        fields=("event",),
                        name="objection_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.TextField(verbose_name="question")),
                ("asked_at", models.DateTimeField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "No answer yet"),
                            ("agreed", "Agreed"),
                            ("objected", "Objected"),
                            ("silent", "Silent"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="opinion")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="answered")),
                ("silent_on", models.DateField(blank=True, null=True, verbose_name="silent on")),
                ("silence", models.JSONField(blank=True, default=dict, verbose_name="what silence means")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="opinions", to="licensing.application"
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.authority",
                        verbose_name="body",
                    ),
                ),
                (
                    "documents",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="core.document", verbose_name="documents shown to it"
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "opinion",
                "verbose_name_plural": "opinions",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["body", "-id"], name="opinion_by_body")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer__in", ["", "silent"]), ("answered_on__isnull", True)),
                            models.Q(
                                models.Q(("answer__in", ["", "silent"]), _negated=True), ("answered_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="opinion_answered_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "silent"), _negated=True), ("silent_on__isnull", False), _connector="OR"
                        ),
                        name="opinion_silent_on_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("payer", models.CharField(max_length=12, verbose_name="payer's BIN or IIN")),
                ("reference", models.CharField(max_length=60, verbose_name="payment reference")),
                ("paid_on", models.DateField(verbose_name="paid on")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=16, verbose_name="amount")),
                (
                    "currency",
                    models.CharField(
                        choices=[("KZT", "tenge"), ("USD", "US dollars")],
                        default="KZT",
                        max_length=3,
                        verbose_name="currency",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("declared", "Declared by the applicant"),
                            ("entered", "Entered by an officer"),
                            ("imported", "Imported from a bank file"),
                        ],
                        max_length=10,
                        verbose_name="how it came",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("row", models.PositiveIntegerField(blank=True, null=True, verbose_name="row")),
                ("created_at", models.DateTimeField(verbose_name="entered")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed")),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="struck out")),
                ("void_reason", models.TextField(blank=True, verbose_name="why it was struck out")),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="licensing.application",
                        verbose_name="application",
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
                    "bank_file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="licensing.bankfile",
                        verbose_name="bank file",
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
                    "created_by",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="struck out by",
                    ),
                ),
            ],
            options={
                "verbose_name": "payment",
                "verbose_name_plural": "payments",
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["authority", "-id"], name="payment_by_authority"),
                    models.Index(
                        condition=models.Q(("application__isnull", True), ("voided_at__isnull", True)),
                        fields=["authority", "-id"],
                        name="payment_unmatched",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="payment_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("bank_file", None), ("currency", "KZT"), _connector="OR"),
                        name="payment_of_a_file_in_tenge",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("bank_file", None), ("row__gte", 1), _connector="OR"),
                        name="payment_of_a_file_has_a_row",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source", "imported"), _negated=True),
                            ("bank_file__isnull", False),
                            _connector="OR",
                        ),
                        name="payment_imported_from_a_file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_at__isnull", True), ("confirmed_by__isnull", True), ("source", "declared")
                            ),
                            models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="payment_confirmed_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("void_reason", ""), ("voided_at__isnull", True), ("voided_by__isnull", True)),
                            models.Q(
                                ("voided_at__isnull", False),
                                ("voided_by__isnull", False),
                                models.Q(("void_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="payment_struck_out_with_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("confirmed_at__isnull", False), ("voided_at__isnull", True)),
                        fields=("authority", "reference", "paid_on"),
                        name="payment_counted_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("confirmed_at__isnull", True), ("voided_at__isnull", True)),
                        fields=("application", "reference"),
                        name="payment_once_per_case",
                    ),
                    models.UniqueConstraint(fields=("bank_file", "row"), name="payment_row_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PeopleDeclaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("permit", models.CharField(max_length=40, verbose_name="kind of permit")),
                ("day", models.DateField(verbose_name="as of")),
                ("declared_at", models.DateTimeField(verbose_name="declared")),
                ("entered", models.PositiveSmallIntegerField(verbose_name="entered")),
                ("ended", models.PositiveSmallIntegerField(verbose_name="ended")),
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
                        verbose_name="holder",
                    ),
                ),
            ],
            options={
                "verbose_name": "declaration of people",
                "verbose_name_plural": "declarations of people",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        fields=["organisation", "authority", "permit", "-id"], name="people_declaration_by_firm"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("entered__gt", 0), ("ended__gt", 0), _connector="OR"),
                        name="people_declaration_changes_something",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="firmperson",
            name="declaration",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="people",
                to="licensing.peopledeclaration",
                verbose_name="declaration of the holder",
            ),
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="question")),
                ("asked_at", models.DateTimeField()),
                ("stops_clock", models.BooleanField(default=False, verbose_name="stops the clock")),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="licensing.application",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "question",
                "verbose_name_plural": "questions",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="question_answered_by_someone",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("grant", "Grant"), ("refuse", "Refuse")], max_length=10, verbose_name="outcome"
                    ),
                ),
                ("reasons", models.JSONField(blank=True, default=list, verbose_name="reasons")),
                ("text", models.TextField(verbose_name="reasons in words")),
                ("conditions", models.JSONField(blank=True, default=list, verbose_name="conditions")),
                ("made_at", models.DateTimeField(verbose_name="at")),
                ("countersigned_at", models.DateTimeField(blank=True, null=True, verbose_name="countersigned at")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendations",
                        to="licensing.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "countersigned_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="countersigned by",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "recommendation",
                "verbose_name_plural": "recommendations",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("application",),
                        name="recommendation_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", "grant"), models.Q(("reasons", []), _negated=True), _connector="OR"
                        ),
                        name="recommendation_refuses_with_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("countersigned_by__isnull", True),
                            models.Q(("countersigned_by", models.F("made_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="recommendation_two_hands",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dissent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="reasons in words")),
                ("made_at", models.DateTimeField(verbose_name="at")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dissents",
                        to="licensing.recommendation",
                        verbose_name="recommendation",
                    ),
                ),
            ],
            options={
                "verbose_name": "dissenting opinion",
                "verbose_name_plural": "dissenting opinions",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("recommendation", "made_by"), name="dissent_once_a_person"),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="dissent_with_reasons"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="recommendation",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision",
                to="licensing.recommendation",
                verbose_name="recommendation",
            ),
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                (
                    "kind",
                    models.CharField(
                        choices=[("referral", "Referral"), ("request", "Request")], max_length=10, verbose_name="kind"
                    ),
                ),
                ("subject_type", models.CharField(blank=True, max_length=60, verbose_name="kind of object")),
                ("subject_id", models.BigIntegerField(blank=True, null=True, verbose_name="object")),
                ("about", models.CharField(max_length=300, verbose_name="about")),
                ("text", models.TextField(verbose_name="what is asked")),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
                ("withdrawn_because", models.TextField(blank=True, verbose_name="why withdrawn")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.authority",
                        verbose_name="from",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.authority",
                        verbose_name="body",
                    ),
                ),
                (
                    "breach",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="licensing.breach",
                    ),
                ),
                (
                    "documents",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="core.document", verbose_name="documents shown to it"
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "request between authorities",
                "verbose_name_plural": "requests between authorities",
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["authority", "-id"], name="referral_by_authority"),
                    models.Index(fields=["body", "-id"], name="referral_by_body"),
                    models.Index(fields=["subject_type", "subject_id"], name="referral_by_subject"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["sent", "answered", "settled", "withdrawn"])),
                        name="referral_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("body", models.F("authority")), _negated=True), name="referral_to_another"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("about", ""), _negated=True),
                            models.Q(
                                models.Q(("subject_id__isnull", True), ("subject_type", "")),
                                models.Q(models.Q(("subject_type", ""), _negated=True), ("subject_id__isnull", False)),
                                _connector="OR",
                            ),
                        ),
                        name="referral_about_something",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "referral"), ("state", "sent"), ("subject_id__isnull", False)),
                        fields=("subject_type", "subject_id", "body"),
                        name="referral_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""), ("answered_on__isnull", True), ("state__in", ["sent", "withdrawn"])
                            ),
                            models.Q(
                                ("answered_on__isnull", False),
                                ("state__in", ["answered", "settled"]),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="referral_answered_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("state__in", ("sent", "answered"))),
                            models.Q(
                                models.Q(("state__in", ("sent", "answered")), _negated=True),
                                ("closed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="referral_ended_with_its_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), models.Q(("withdrawn_because", ""), _negated=True)),
                            models.Q(models.Q(("state", "withdrawn"), _negated=True), ("withdrawn_because", "")),
                            _connector="OR",
                        ),
                        name="referral_withdrawn_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_kk", models.CharField(blank=True, max_length=300, verbose_name="name in Kazakh")),
                ("name_ru", models.CharField(blank=True, max_length=300, verbose_name="name in Russian")),
                ("name_en", models.CharField(blank=True, max_length=300, verbose_name="name in English")),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="number")),
                ("type", models.CharField(default="licence", max_length=20, verbose_name="type")),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("services", models.JSONField(blank=True, default=list, verbose_name="services")),
                ("identifier", models.CharField(blank=True, max_length=32, verbose_name="BIN")),
                ("region", models.CharField(blank=True, max_length=6, verbose_name="region")),
                ("standing", models.CharField(max_length=30, verbose_name="standing")),
                ("standing_since", models.DateField(blank=True, null=True, verbose_name="in this state from")),
                ("standing_until", models.DateField(blank=True, null=True, verbose_name="in this state until")),
                ("ground", models.JSONField(blank=True, default=dict, verbose_name="ground of its state")),
                ("since", models.DateField(verbose_name="from")),
                ("until", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("published", models.BooleanField(default=True, verbose_name="published")),
                (
                    "publication_reason",
                    models.TextField(
                        default="What was granted stands in the register, in force or ended.",
                        verbose_name="why published or withheld",
                    ),
                ),
                (
                    "publication_ground",
                    models.JSONField(blank=True, default=dict, verbose_name="rule of the publication"),
                ),
                ("decided_at", models.DateTimeField(verbose_name="decided at")),
                ("changed_at", models.DateTimeField(verbose_name="last changed")),
                ("search", models.TextField(editable=False)),
                (
                    "application",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="licensing.application",
                        verbose_name="refused application",
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
                    "licence",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="register_entry",
                        to="licensing.licence",
                        verbose_name="licence",
                    ),
                ),
            ],
            options={
                "verbose_name": "register entry",
                "verbose_name_plural": "register entries",
                "ordering": ["-id"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search"], name="register_search", opclasses=["gin_trgm_ops"]
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Left("search", 40), name="text_pattern_ops"
                        ),
                        name="register_beginning",
                    ),
                    models.Index(fields=["identifier"], name="register_identifier", opclasses=["varchar_pattern_ops"]),
                    models.Index(fields=["-since", "-id"], name="register_newest"),
                    models.Index(
                        condition=models.Q(("published", True)),
                        fields=["kind", "-since", "-id"],
                        name="register_by_kind",
                    ),
                    models.Index(
                        condition=models.Q(("published", True)),
                        fields=["standing", "-since", "-id"],
                        name="register_by_standing",
                    ),
                    models.Index(
                        condition=models.Q(("published", True)),
                        fields=["region", "-since", "-id"],
                        name="register_by_region",
                    ),
                    models.Index(
                        condition=models.Q(("published", True)),
                        fields=["type", "-since", "-id"],
                        name="register_by_type",
                    ),
                    models.Index(
                        condition=models.Q(("published", True)),
                        fields=["authority", "-since", "-id"],
                        name="register_by_authority",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("publication_reason", ""), _negated=True),
                        name="register_entry_decided_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("application__isnull", False), ("licence__isnull", True), ("type", "refusal")),
                            models.Q(models.Q(("type", "refusal"), _negated=True), ("application__isnull", True)),
                            _connector="OR",
                        ),
                        name="register_entry_of_its_type",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                (
                    "format",
                    models.CharField(
                        choices=[("csv", "CSV"), ("jsonl", "JSON lines")], max_length=8, verbose_name="format"
                    ),
                ),
                ("schema", models.PositiveSmallIntegerField(verbose_name="version of the columns")),
                ("rows", models.PositiveIntegerField(verbose_name="rows")),
                ("size", models.PositiveBigIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("made_at", models.DateTimeField(verbose_name="made")),
            ],
            options={
                "verbose_name": "file of the register",
                "verbose_name_plural": "files of the register",
                "ordering": ["-day", "-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("day", "format", "schema"), name="register_file_once"),
                    models.CheckConstraint(
                        condition=models.Q(("format__in", ["csv", "jsonl"])), name="register_file_of_a_format"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScreeningList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=30, verbose_name="code")),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("reference", models.SlugField(max_length=40, verbose_name="number")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("source", models.CharField(max_length=300, verbose_name="where this is known from")),
                ("day", models.DateField(verbose_name="day of the list")),
                ("entries_count", models.PositiveIntegerField(verbose_name="entries")),
                ("imported_at", models.DateTimeField(verbose_name="imported")),
                (
                    "replaced_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="replaced by a later version"),
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
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.rowfile",
                        verbose_name="file",
                    ),
                ),
                (
                    "imported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="imported by",
                    ),
                ),
            ],
            options={
                "verbose_name": "screening list",
                "verbose_name_plural": "screening lists",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["authority", "-id"], name="screening_list_by_authority")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "code", "version"), name="screening_list_version_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("authority", "code"),
                        name="screening_list_one_current",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="screening_list_versions_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source", ""), _negated=True), models.Q(("title", ""), _negated=True)
                        ),
                        name="screening_list_known_from_somewhere",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScreeningEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="row")),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("identifier", models.CharField(blank=True, max_length=60, verbose_name="identifier")),
                ("born_on", models.DateField(blank=True, null=True, verbose_name="date of birth")),
                ("country", models.CharField(blank=True, max_length=60, verbose_name="country")),
                ("reference", models.CharField(blank=True, max_length=120, verbose_name="reference in the list")),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="licensing.screeninglist",
                        verbose_name="list",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry of a screening list",
                "verbose_name_plural": "entries of screening lists",
                "ordering": ["list", "number"],
                "constraints": [models.UniqueConstraint(fields=("list", "number"), name="screening_entry_row_once")],
            },
        ),
        migrations.CreateModel(
            name="ScreeningMatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("fingerprint", models.CharField(editable=False, max_length=64)),
                ("score", models.DecimalField(decimal_places=3, max_digits=4, verbose_name="likeness")),
                ("explanation", models.JSONField(default=dict, verbose_name="how the names met")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ("evidence", models.TextField(blank=True, verbose_name="what shows it")),
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matches",
                        to="licensing.screeningentry",
                        verbose_name="entry",
                    ),
                ),
                (
                    "imported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="list imported by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.organisation",
                        verbose_name="firm",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matches",
                        to="licensing.firmperson",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "match of screening",
                "verbose_name_plural": "matches of screening",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["authority", "state", "-id"], name="match_by_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "confirmed", "cleared"])), name="match_state_known"
                    ),
                    models.UniqueConstraint(fields=("person", "fingerprint"), name="match_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("state__in", ("confirmed", "cleared")),
                                models.Q(("evidence", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ("confirmed", "cleared")), _negated=True),
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("evidence", ""),
                            ),
                            _connector="OR",
                        ),
                        name="match_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("imported_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="match_not_by_the_importer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("score__gte", 0), ("score__lte", 1)), name="match_score_from_nought_to_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScreeningName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("written", models.CharField(max_length=300, verbose_name="name")),
                ("folded", models.CharField(max_length=300, verbose_name="folded name")),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None, verbose_name="keys"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="licensing.screeningentry",
                        verbose_name="entry",
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="licensing.screeninglist",
                        verbose_name="list",
                    ),
                ),
            ],
            options={
                "verbose_name": "name of an entry",
                "verbose_name_plural": "names of entries",
                "ordering": ["id"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["keys"], name="screening_name_keys"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["folded"], name="screening_name_trigrams", opclasses=["gin_trgm_ops"]
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("visited_on", models.DateField(verbose_name="day of the visit")),
                ("fits", models.BooleanField(verbose_name="meets the requirements")),
                ("text", models.TextField(verbose_name="conclusion")),
                ("made_at", models.DateTimeField(verbose_name="at")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to="licensing.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "conclusion of a visit",
                "verbose_name_plural": "conclusions of visits",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Watch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.BigIntegerField()),
                ("since", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="licensing.application",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="watches", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("subject_type", "subject_id", "user"), name="watched_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="LicenceChange",
            fields=[
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="change",
                        serialize=False,
                        to="licensing.application",
                        verbose_name="request",
                    ),
                ),
                ("ground", models.CharField(blank=True, max_length=60, verbose_name="what has happened")),
                ("changed_on", models.DateField(blank=True, null=True, verbose_name="day of the change")),
                ("name_kk", models.CharField(blank=True, max_length=300, verbose_name="new name in Kazakh")),
                ("name_ru", models.CharField(blank=True, max_length=300, verbose_name="new name in Russian")),
                ("name_en", models.CharField(blank=True, max_length=300, verbose_name="new name in English")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="new address")),
                ("corrections", models.JSONField(blank=True, default=list, verbose_name="corrections")),
                (
                    "months",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="months of suspension"),
                ),
                ("text", models.TextField(blank=True, verbose_name="explanation")),
            ],
            options={
                "verbose_name": "change of a licence",
                "verbose_name_plural": "changes of licences",
                "ordering": ["application"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("months__isnull", True), ("months__gt", 0), _connector="OR"),
                        name="change_months_above_zero",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Archive",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "audience",
                    models.CharField(
                        choices=[("internal", "Internal"), ("party", "The parties")],
                        max_length=10,
                        verbose_name="made for",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("kk", "Kazakh"), ("ru", "Russian"), ("en", "English")],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("requested_at", models.DateTimeField(verbose_name="asked for")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="begun")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("progress", models.PositiveSmallIntegerField(default=0, verbose_name="progress, per cent")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="ready")),
                ("failed_at", models.DateTimeField(blank=True, null=True, verbose_name="failed")),
                ("error", models.CharField(blank=True, max_length=60, verbose_name="failure")),
                ("size", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="size")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                ("documents", models.JSONField(blank=True, default=list, verbose_name="documents in it")),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="kept until")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="archives",
                        to="licensing.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked for by",
                    ),
                ),
            ],
            options={
                "verbose_name": "archive of a case",
                "verbose_name_plural": "archives of cases",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("failed_at__isnull", True), ("finished_at__isnull", True)),
                        fields=["id"],
                        name="archive_unfinished",
                    ),
                    models.Index(fields=["expires_at"], name="archive_to_forget"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("failed_at__isnull", True), ("finished_at__isnull", True)),
                        fields=("application", "audience"),
                        name="archive_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("progress__lte", 100)), name="archive_progress_per_cent"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at__isnull", True), ("sha256", ""), ("size__isnull", True)),
                            models.Q(
                                ("expires_at__isnull", False),
                                ("finished_at__isnull", False),
                                ("progress", 100),
                                ("size__gt", 0),
                                models.Q(("sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="archive_ready_with_its_file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("error", ""), ("failed_at__isnull", True)),
                            models.Q(("failed_at__isnull", False), ("finished_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="archive_ready_or_failed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssignmentRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(verbose_name="order")),
                ("kind", models.CharField(blank=True, max_length=40, verbose_name="kind")),
                ("region", models.CharField(blank=True, max_length=6, verbose_name="region")),
                ("made_at", models.DateTimeField(verbose_name="entered")),
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
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="officer",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.team",
                        verbose_name="team",
                    ),
                ),
            ],
            options={
                "verbose_name": "assignment rule",
                "verbose_name_plural": "assignment rules",
                "ordering": ["authority", "order", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("officer__isnull", False), ("team__isnull", True)),
                            models.Q(("officer__isnull", True), ("team__isnull", False)),
                            _connector="OR",
                        ),
                        name="rule_gives_to_an_officer_or_a_team",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("authority", "order"),
                        name="rule_order_once",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                condition=models.Q(("state__in", ("submitted", "in_review", "recommended", "countersigned", "deemed"))),
                fields=["authority", "due_on", "id"],
                name="application_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                condition=models.Q(("state__in", ("submitted", "in_review", "recommended", "countersigned", "deemed"))),
                fields=["authority", "state", "due_on", "id"],
                name="application_queue_state",
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                condition=models.Q(("state__in", ("submitted", "in_review", "recommended", "countersigned", "deemed"))),
                fields=["authority", "act", "due_on", "id"],
                name="application_queue_act",
            ),
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
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                condition=models.Q(("state__in", ("submitted", "in_review", "recommended", "countersigned", "deemed"))),
                fields=["assigned_to", "due_on", "id"],
                name="application_mine",
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                condition=models.Q(("state__in", ("submitted", "in_review", "recommended", "countersigned", "deemed"))),
                fields=["authority", "filed_on", "id"],
                name="application_oldest_open",
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["organisation", "-id"], name="application_by_applicant"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["authority", "-id"], name="application_by_authority"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["authority", "closed_at"], name="application_by_end"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["authority", "filed_on", "id"], name="application_by_filing"),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "draft",
                            "submitted",
                            "in_review",
                            "recommended",
                            "countersigned",
                            "deemed",
                            "granted",
                            "refused",
                            "refused_consideration",
                            "withdrawn",
                            "discontinued",
                        ],
                    )
                ),
                name="application_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "act__in",
                        [
                            "issue",
                            "reissue",
                            "reissue-split",
                            "duplicate",
                            "electronic",
                            "correction",
                            "suspension",
                            "resumption",
                            "resumption-own",
                            "surrender",
                        ],
                    )
                ),
                name="application_act_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(("act", "issue"), ("concerning__isnull", False), _connector="OR"),
                name="application_request_concerns_a_licence",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("filed_on__isnull", True),
                        ("state__in", ["draft", "withdrawn"]),
                        ("submitted_at__isnull", True),
                    ),
                    models.Q(
                        ("filed_on__isnull", False),
                        ("submitted_at__isnull", False),
                        models.Q(("state", "draft"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="application_filed_with_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", True),
                        ("state__in", ["draft", "submitted", "in_review", "recommended", "countersigned", "deemed"]),
                    ),
                    models.Q(
                        ("closed_at__isnull", False),
                        models.Q(
                            (
                                "state__in",
                                ["draft", "submitted", "in_review", "recommended", "countersigned", "deemed"],
                            ),
                            _negated=True,
                        ),
                    ),
                    _connector="OR",
                ),
                name="application_ended_with_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["refused", "refused_consideration"]), _negated=True),
                    models.Q(("reasons", []), _negated=True),
                    _connector="OR",
                ),
                name="application_refused_with_reasons",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ["in_review", "recommended", "countersigned", "granted", "refused"]),
                        _negated=True,
                    ),
                    ("accepted_at__isnull", False),
                    models.Q(("deemed_on__isnull", False), ("state", "granted")),
                    _connector="OR",
                ),
                name="application_reviewed_after_acceptance",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "deemed"), _negated=True), ("deemed_on__isnull", False), _connector="OR"
                ),
                name="application_deemed_on_a_day",
            ),
        ),
        migrations.AddIndex(
            model_name="firmperson",
            index=models.Index(fields=["organisation", "authority", "permit"], name="firm_person_by_firm"),
        ),
        migrations.AddIndex(
            model_name="firmperson",
            index=models.Index(
                condition=models.Q(("screened_at__isnull", True), ("until__isnull", True)),
                fields=["authority", "id"],
                name="firm_person_to_screen",
            ),
        ),
        migrations.AddConstraint(
            model_name="firmperson",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("share__isnull", True), models.Q(("share__gte", 0), ("share__lte", 100)), _connector="OR"
                ),
                name="firm_person_share_of_a_hundred",
            ),
        ),
        migrations.AddConstraint(
            model_name="firmperson",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                name="firm_person_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="firmperson",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("side", "owner"),
                    models.Q(("side", "executive"), models.Q(("role", ""), _negated=True)),
                    _connector="OR",
                ),
                name="firm_person_executive_in_an_office",
            ),
        ),
        migrations.AddConstraint(
            model_name="firmperson",
            constraint=models.CheckConstraint(
                condition=models.Q(("source__isnull", True), ("declaration__isnull", True), _connector="OR"),
                name="firm_person_of_one_source",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["made_at"], name="decision_by_moment"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome", "grant"), models.Q(("reasons", []), _negated=True), _connector="OR"),
                name="decision_refuses_with_reasons",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("annulled_at__isnull", True)), fields=("application",), name="decision_one_stands"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("application__isnull", False), ("measure__isnull", True)),
                    models.Q(
                        ("application__isnull", True), ("measure__isnull", False), ("recommendation__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="decision_of_one_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by_silence", False), ("measure__isnull", False)),
                    models.Q(("by_silence", False), ("recommendation__isnull", False)),
                    models.Q(("by_silence", True), ("outcome", "grant"), ("recommendation__isnull", True)),
                    _connector="OR",
                ),
                name="decision_recommended_or_by_silence",
            ),
        ),
    ]
