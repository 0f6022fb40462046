"""Licences that are suspended and ended, breaches and measures; letters hang on any case, not on applications alone."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

#: What a letter knew through its application it says itself from now on.
LETTERS_SAY_THEIR_CASE = """
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE licensing_letter AS letter
   SET subject_type = 'licensing.application', subject_id = one.id, authority_id = one.authority_id,
       organisation_id = one.organisation_id, reference = one.reference, title = one.kind, audience = 'party'
  FROM licensing_application AS one WHERE one.id = letter.application_id;
UPDATE licensing_registerentry AS entry SET standing_since = coalesce(licence.ended_on, licence.valid_from)
  FROM licensing_licence AS licence WHERE licence.id = entry.licence_id;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0015_registered_investors"),
        ("licensing", "0010_moves_of_caseloads"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                        choices=[("officer", "Found by an official"), ("duty", "A duty was not met")],
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
            ],
            options={
                "verbose_name": "breach",
                "verbose_name_plural": "breaches",
                "ordering": ["-id"],
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
            ],
            options={
                "verbose_name": "measure",
                "verbose_name_plural": "measures",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="what is asked")),
                ("sent_at", models.DateTimeField(verbose_name="at")),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
            ],
            options={
                "verbose_name": "referral",
                "verbose_name_plural": "referrals",
                "ordering": ["id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="letter",
            name="letter_once_per_case",
        ),
        migrations.RemoveConstraint(
            model_name="licence",
            name="licence_state_known",
        ),
        migrations.RemoveConstraint(
            model_name="licence",
            name="licence_ended_with_its_day",
        ),
        migrations.RemoveIndex(
            model_name="licence",
            name="licence_to_expire",
        ),
        migrations.AddField(
            model_name="letter",
            name="audience",
            field=models.CharField(
                choices=[("internal", "Internal"), ("party", "The parties"), ("public", "The public")],
                default="internal",
                max_length=10,
                verbose_name="who may see it",
            ),
        ),
        migrations.AddField(
            model_name="letter",
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
        migrations.AddField(
            model_name="letter",
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
        migrations.AddField(
            model_name="letter",
            name="reference",
            field=models.CharField(blank=True, max_length=60, verbose_name="reference"),
        ),
        migrations.AddField(
            model_name="letter",
            name="subject_id",
            field=models.BigIntegerField(default=0, verbose_name="object"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="letter",
            name="subject_type",
            field=models.CharField(default="", max_length=60, verbose_name="kind of object"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="letter",
            name="title",
            field=models.CharField(blank=True, max_length=120, verbose_name="title"),
        ),
        migrations.RunSQL("CREATE SEQUENCE licensing_life_number", "DROP SEQUENCE licensing_life_number"),
        migrations.AddField(
            model_name="licence",
            name="cause",
            field=models.CharField(blank=True, max_length=40, verbose_name="decided in"),
        ),
        migrations.AddField(
            model_name="licence",
            name="ground",
            field=models.JSONField(blank=True, default=dict, verbose_name="ground of its state"),
        ),
        migrations.AddField(
            model_name="licence",
            name="suspended_from",
            field=models.DateField(blank=True, null=True, verbose_name="suspended from"),
        ),
        migrations.AddField(
            model_name="licence",
            name="suspended_months",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="months of suspension"),
        ),
        migrations.AddField(
            model_name="licence",
            name="suspended_to",
            field=models.DateField(blank=True, null=True, verbose_name="suspended until"),
        ),
        migrations.AddField(
            model_name="registerentry",
            name="ground",
            field=models.JSONField(blank=True, default=dict, verbose_name="ground of its state"),
        ),
        migrations.AddField(
            model_name="registerentry",
            name="standing_since",
            field=models.DateField(blank=True, null=True, verbose_name="in this state from"),
        ),
        migrations.AddField(
            model_name="registerentry",
            name="standing_until",
            field=models.DateField(blank=True, null=True, verbose_name="in this state until"),
        ),
        migrations.RunSQL(LETTERS_SAY_THEIR_CASE, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="decision",
            name="application",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="licensing.application",
                verbose_name="application",
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="outcome",
            field=models.CharField(
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
        migrations.AlterField(
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
        migrations.AlterField(
            model_name="letter",
            name="application",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="licensing.application",
                verbose_name="application",
            ),
        ),
        migrations.AlterField(
            model_name="letter",
            name="kind",
            field=models.CharField(
                choices=[
                    ("receipt", "Receipt"),
                    ("refusal_to_consider", "Refusal to consider"),
                    ("question", "Question"),
                    ("refusal", "Refusal"),
                    ("grant", "Notice of grant"),
                    ("licence", "Licence"),
                    ("breach", "Notice of a breach"),
                    ("draft_measure", "Draft of a measure"),
                    ("measure", "Decision on a measure"),
                    ("claim", "Notice of a claim to the court"),
                    ("lapse", "Notice that the suspension is over"),
                ],
                max_length=30,
                verbose_name="letter",
            ),
        ),
        migrations.AddIndex(
            model_name="licence",
            index=models.Index(
                condition=models.Q(("state__in", ("in_force", "suspended", "uncured"))),
                fields=["valid_to", "id"],
                name="licence_to_expire",
            ),
        ),
        migrations.AddIndex(
            model_name="licence",
            index=models.Index(
                condition=models.Q(("state", "suspended")), fields=["suspended_to", "id"], name="licence_to_lapse"
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind__in", ("question", "refusal")), _negated=True),
                fields=("subject_type", "subject_id", "kind"),
                name="letter_once_per_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="licence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["in_force", "suspended", "uncured", "expired", "surrendered", "revoked", "ended"])
                ),
                name="licence_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="licence",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="licence",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="licence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("suspended_to__isnull", True), ("suspended_to__gte", models.F("suspended_from")), _connector="OR"
                ),
                name="licence_suspension_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="licence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["in_force", "expired"]),
                    models.Q(models.Q(("cause", ""), _negated=True), models.Q(("ground", {}), _negated=True)),
                    _connector="OR",
                ),
                name="licence_changed_with_reason",
            ),
        ),
        migrations.AddField(
            model_name="breach",
            name="assigned_to",
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
            model_name="breach",
            name="authority",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.authority",
                verbose_name="authority",
            ),
        ),
        migrations.AddField(
            model_name="breach",
            name="licence",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="breaches",
                to="licensing.licence",
                verbose_name="licence",
            ),
        ),
        migrations.AddField(
            model_name="breach",
            name="obligation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.obligation",
                verbose_name="duty not met",
            ),
        ),
        migrations.AddField(
            model_name="breach",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="breaches",
                to="core.organisation",
                verbose_name="whose",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="authority",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.authority",
                verbose_name="authority",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="breach",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="measures",
                to="licensing.breach",
                verbose_name="breach",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="licence",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="measures",
                to="licensing.licence",
                verbose_name="licence",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="measures",
                to="core.organisation",
                verbose_name="holder",
            ),
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
        migrations.AddField(
            model_name="referral",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.authority", verbose_name="body"
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="breach",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="referrals",
                to="licensing.breach",
                verbose_name="breach",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="sent_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddIndex(
            model_name="breach",
            index=models.Index(fields=["authority", "-id"], name="breach_by_authority"),
        ),
        migrations.AddIndex(
            model_name="breach",
            index=models.Index(fields=["authority", "state", "-id"], name="breach_by_state"),
        ),
        migrations.AddIndex(
            model_name="breach",
            index=models.Index(fields=["organisation", "-id"], name="breach_by_subject"),
        ),
        migrations.AddIndex(
            model_name="breach",
            index=models.Index(fields=["licence", "-id"], name="breach_by_licence"),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["opened", "explained", "cured", "unfounded", "acted_on"])),
                name="breach_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("organisation__isnull", False), models.Q(("subject_name", ""), _negated=True), _connector="OR"
                ),
                name="breach_of_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("state__in", ("opened", "explained"))),
                    models.Q(
                        models.Q(("state__in", ("opened", "explained")), _negated=True), ("closed_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="breach_ended_with_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "cured"), _negated=True),
                    models.Q(("cured_on__gte", models.F("found_on")), ("cured_on__isnull", False)),
                    _connector="OR",
                ),
                name="breach_cured_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("source", "duty"), _negated=True), ("obligation__isnull", False), _connector="OR"
                ),
                name="breach_of_duty_names_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.UniqueConstraint(
                condition=models.Q(("obligation__isnull", False)), fields=("obligation",), name="breach_once_per_duty"
            ),
        ),
        migrations.AddIndex(
            model_name="measure",
            index=models.Index(fields=["authority", "-id"], name="measure_by_authority"),
        ),
        migrations.AddIndex(
            model_name="measure",
            index=models.Index(fields=["authority", "state", "-id"], name="measure_by_state"),
        ),
        migrations.AddIndex(
            model_name="measure",
            index=models.Index(fields=["organisation", "-id"], name="measure_by_holder"),
        ),
        migrations.AddIndex(
            model_name="measure",
            index=models.Index(fields=["licence", "-id"], name="measure_by_licence"),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["proposed", "countersigned", "filed", "heard", "in_effect", "dismissed", "dropped"])
                ),
                name="measure_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", True), ("state__in", ("proposed", "countersigned", "filed", "heard"))
                    ),
                    models.Q(
                        models.Q(("state__in", ("proposed", "countersigned", "filed", "heard")), _negated=True),
                        ("closed_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="measure_ended_with_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(("reasons", []), _negated=True), name="measure_with_reasons"
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["filed", "heard", "dismissed"]), _negated=True),
                    models.Q(("by_court", True), ("filed_on__isnull", False)),
                    _connector="OR",
                ),
                name="measure_before_court_is_filed",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by_court", True), ("state", "in_effect"), _negated=True),
                    ("judgment_in_force_on__isnull", False),
                    _connector="OR",
                ),
                name="measure_of_court_by_judgment",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)), fields=("licence", "act"), name="measure_open_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_on__isnull", True)), fields=("breach", "body"), name="referral_open_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_on__isnull", True)),
                    models.Q(models.Q(("answer", ""), _negated=True), ("answered_on__isnull", False)),
                    _connector="OR",
                ),
                name="referral_answered_on_a_day",
            ),
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_recommended_or_by_silence",
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
