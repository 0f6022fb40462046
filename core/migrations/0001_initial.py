"""People, organisations, events, duties, files and letters: the tables of the house."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    # A database made before the migrations were gathered here counts as having them.
    replaces = [
        ("core", "0003_row_files"),
        ("core", "0004_claims_waiting"),
        ("core", "0005_terms_by_period"),
        ("core", "0006_organisations_that_ended"),
        ("core", "0007_terms_of_firms"),
        ("core", "0008_what_firms_say_of_themselves"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        django.contrib.postgres.operations.TrigramExtension(),
        migrations.CreateModel(
            name="Authority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_kk", models.CharField(blank=True, max_length=300, verbose_name="name in Kazakh")),
                ("name_ru", models.CharField(blank=True, max_length=300, verbose_name="name in Russian")),
                ("name_en", models.CharField(blank=True, max_length=300, verbose_name="name in English")),
                ("code", models.SlugField(max_length=30, unique=True, verbose_name="code")),
                ("decides", models.BooleanField(default=False, verbose_name="decides on permits")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="address")),
            ],
            options={
                "verbose_name": "authority",
                "verbose_name_plural": "authorities",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="at")),
                ("first_event", models.BigIntegerField(verbose_name="first event")),
                ("last_event", models.BigIntegerField(verbose_name="last event")),
                ("events", models.PositiveBigIntegerField(verbose_name="number of events")),
                ("root", models.BinaryField(verbose_name="root over the events' hashes")),
                ("previous_hash", models.BinaryField(null=True, verbose_name="hash of the seal before it")),
                ("hash", models.BinaryField(verbose_name="hash")),
                ("key", models.CharField(max_length=64, verbose_name="public key")),
                ("signature", models.BinaryField(verbose_name="signature")),
            ],
            options={
                "verbose_name": "checkpoint",
                "verbose_name_plural": "checkpoints",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail")),
                ("full_name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("applicant", "Applicant"),
                            ("officer", "Officer"),
                            ("head", "Head"),
                            ("inspector", "Inspector"),
                            ("administrator", "Administrator"),
                            ("auditor", "Auditor"),
                            ("system", "System"),
                        ],
                        default="applicant",
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("language", models.CharField(default="kk", max_length=2, verbose_name="language")),
                (
                    "mail",
                    models.CharField(
                        choices=[("each", "with each message"), ("daily", "once a day")],
                        default="each",
                        max_length=10,
                        verbose_name="e-mail comes",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="joined")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="officials",
                        to="core.authority",
                        verbose_name="authority",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "ordering": ["email"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("authority__isnull", True), ("role__in", ["applicant", "system"])),
                            ("authority__isnull", False),
                            ("role", "administrator"),
                            _connector="OR",
                        ),
                        name="user_role_has_authority",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DataBreach",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("summary", models.CharField(max_length=200, verbose_name="what happened, in a line")),
                ("description", models.TextField(verbose_name="what happened")),
                ("happened_at", models.DateTimeField(blank=True, null=True, verbose_name="when it happened")),
                ("noticed_at", models.DateTimeField(verbose_name="noticed")),
                ("kinds", models.JSONField(blank=True, default=list, verbose_name="kinds of data")),
                ("persons", models.PositiveIntegerField(blank=True, null=True, verbose_name="persons concerned")),
                ("assessment", models.TextField(blank=True, verbose_name="what may follow for them")),
                ("notice", models.TextField(blank=True, verbose_name="what the authorised body was told")),
                ("persons_notice", models.TextField(blank=True, verbose_name="what the persons were told, and how")),
                ("notified_at", models.DateTimeField(blank=True, null=True, verbose_name="notified")),
                ("not_notified_because", models.TextField(blank=True, verbose_name="why nobody was notified")),
                ("measures", models.TextField(blank=True, verbose_name="what was done about it")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                (
                    "noticed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noticed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "breach of personal data",
                "verbose_name_plural": "breaches of personal data",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["noticed", "assessed", "notified", "not_notifiable", "closed"])
                        ),
                        name="data_breach_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("happened_at__isnull", True), ("happened_at__lte", models.F("noticed_at")), _connector="OR"
                        ),
                        name="data_breach_noticed_after_it_happened",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "notified"), _negated=True),
                            models.Q(("notified_at__isnull", False), models.Q(("notice", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="data_breach_notified_with_its_text",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "not_notifiable"), _negated=True),
                            models.Q(("not_notified_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="data_breach_not_notified_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("state", "closed")),
                            models.Q(models.Q(("state", "closed"), _negated=True), ("closed_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="data_breach_closed_with_its_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
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
                ("kind", models.CharField(max_length=60, verbose_name="what it is")),
                ("filename", models.CharField(max_length=200, verbose_name="file name")),
                ("media_type", models.CharField(max_length=100, verbose_name="type")),
                ("size", models.PositiveBigIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("uploaded_at", models.DateTimeField(verbose_name="at")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="removed")),
                ("erased_at", models.DateTimeField(blank=True, null=True, verbose_name="erased")),
                ("content_erased_at", models.DateTimeField(blank=True, null=True, verbose_name="content erased")),
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
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ErasureRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=30, verbose_name="state")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("as_of", models.DateTimeField(verbose_name="what was due at")),
                ("automatic", models.BooleanField(default=False, verbose_name="housekeeping")),
                ("planned", models.JSONField(default=dict, verbose_name="what was to go")),
                ("erased", models.JSONField(default=dict, verbose_name="what went")),
                ("settled", models.JSONField(default=list)),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
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
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "erasure",
                "verbose_name_plural": "erasures",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["proposed", "running", "done", "declined"])),
                        name="erasure_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("automatic", True),
                            ("state__in", ["proposed", "declined"]),
                            models.Q(
                                ("confirmed_by__isnull", False),
                                models.Q(("confirmed_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="erasure_confirmed_by_another",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["proposed", "running"])),
                        fields=("automatic",),
                        name="erasure_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
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
                ("at", models.DateTimeField(verbose_name="at")),
                ("verb", models.CharField(max_length=60, verbose_name="act")),
                ("seq", models.PositiveIntegerField(verbose_name="number in its chain")),
                ("from_state", models.CharField(blank=True, max_length=30, verbose_name="state before")),
                ("to_state", models.CharField(blank=True, max_length=30, verbose_name="state after")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("grounds", models.JSONField(blank=True, default=list, verbose_name="grounds")),
                ("data", models.JSONField(blank=True, default=dict, verbose_name="facts")),
                ("previous_hash", models.BinaryField(null=True, verbose_name="hash of the event before it")),
                ("hash", models.BinaryField(verbose_name="hash")),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
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
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="LegalHold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_type", models.CharField(max_length=60, verbose_name="kind of object")),
                ("subject_id", models.BigIntegerField(verbose_name="object")),
                ("reference", models.CharField(max_length=60, verbose_name="reference")),
                ("reason", models.TextField(verbose_name="reason")),
                ("placed_at", models.DateTimeField(verbose_name="placed at")),
                ("lifted_at", models.DateTimeField(blank=True, null=True, verbose_name="lifted at")),
                ("lifted_reason", models.TextField(blank=True, verbose_name="why lifted")),
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
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="lifted by",
                    ),
                ),
                (
                    "placed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="placed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "legal hold",
                "verbose_name_plural": "legal holds",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=("subject_type", "subject_id"),
                        name="legal_hold_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="legal_hold_with_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at__isnull", True), ("lifted_by__isnull", True)),
                            models.Q(
                                ("lifted_at__isnull", False),
                                ("lifted_by__isnull", False),
                                models.Q(("lifted_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="legal_hold_lifted_by_someone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LoginAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["key", "at"], name="login_attempt_key")],
            },
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=120)),
                (
                    "channel",
                    models.CharField(
                        choices=[("inbox", "Inbox"), ("mail", "E-mail")], max_length=10, verbose_name="channel"
                    ),
                ),
                ("template", models.CharField(max_length=60, verbose_name="message")),
                ("params", models.JSONField(default=dict, verbose_name="facts")),
                ("path", models.CharField(blank=True, max_length=200, verbose_name="page")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read at")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("next_try_at", models.DateTimeField(blank=True, null=True, verbose_name="next try")),
                ("bounced_at", models.DateTimeField(blank=True, null=True, verbose_name="came back at")),
                (
                    "error",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("address-refused", "The mail server refuses this address"),
                            ("address-later", "The mail server takes nothing for this address at the moment"),
                            ("content-refused", "The mail server refuses the message"),
                            ("sender-refused", "The mail server refuses our sender address"),
                            ("login-refused", "The mail server refuses our log-in"),
                            ("post-down", "The mail server does not answer"),
                            ("post-later", "The mail server asks to wait"),
                            ("no-address", "The person has no e-mail address"),
                            ("words", "The message could not be made"),
                            ("returned", "The message came back"),
                        ],
                        max_length=200,
                        verbose_name="failure",
                    ),
                ),
                (
                    "server_code",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="the mail server's code"),
                ),
                ("server_status", models.CharField(blank=True, max_length=12, verbose_name="status in the report")),
                ("server_words", models.CharField(blank=True, max_length=200, verbose_name="the mail server's words")),
                ("daily", models.BooleanField(default=False, verbose_name="goes with the day's digest")),
                (
                    "carried_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="carried",
                        to="core.notification",
                        verbose_name="digest",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.event",
                        verbose_name="event",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notifications",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recipient",
                    ),
                ),
            ],
            options={
                "verbose_name": "notification",
                "verbose_name_plural": "notifications",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("bounced_at__isnull", True),
                            ("channel", "mail"),
                            ("daily", False),
                            ("sent_at__isnull", True),
                        ),
                        fields=["id"],
                        name="notification_unsent",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("carried_by__isnull", True),
                            ("channel", "mail"),
                            ("daily", True),
                            ("sent_at__isnull", True),
                        ),
                        fields=["recipient", "id"],
                        name="notification_for_digest",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("channel", "mail"), ("sent_at__isnull", True), models.Q(("error", ""), _negated=True)
                        ),
                        fields=["-id"],
                        name="notification_troubled",
                    ),
                    models.Index(fields=["recipient", "-id"], name="notification_inbox"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "recipient", "channel"), name="notification_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_kk", models.CharField(blank=True, max_length=300, verbose_name="name in Kazakh")),
                ("name_ru", models.CharField(blank=True, max_length=300, verbose_name="name in Russian")),
                ("name_en", models.CharField(blank=True, max_length=300, verbose_name="name in English")),
                ("identifier", models.CharField(max_length=32, unique=True, verbose_name="BIN or IIN")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("legal_entity", "Legal entity"),
                            ("sole_trader", "Sole trader"),
                            ("person", "Person"),
                        ],
                        max_length=20,
                        verbose_name="form",
                    ),
                ),
                ("registered_in", models.CharField(default="KZ", max_length=2, verbose_name="country of registration")),
                ("registered_on", models.DateField(blank=True, null=True, verbose_name="day of registration")),
                ("region", models.CharField(blank=True, max_length=6, verbose_name="region")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="address")),
                ("lei", models.CharField(blank=True, max_length=20, verbose_name="LEI")),
                ("commercial_name", models.CharField(blank=True, max_length=200, verbose_name="commercial name")),
                ("website", models.CharField(blank=True, max_length=200, verbose_name="website")),
                ("description", models.PositiveIntegerField(default=0, verbose_name="version of the three")),
                (
                    "described_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="LEI, commercial name, website stated"),
                ),
                (
                    "registration_checked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="registration record checked"),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="liquidated or struck off on")),
                (
                    "is_registered_investor",
                    models.BooleanField(default=False, verbose_name="in the register of investors"),
                ),
                (
                    "investor_reference",
                    models.CharField(blank=True, max_length=100, verbose_name="entry in the register of investors"),
                ),
                ("investor_since", models.DateField(blank=True, null=True, verbose_name="in the register since")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                (
                    "registration_checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="checked by",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "ordering": ["identifier"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Upper("name_kk"), name="gin_trgm_ops"
                        ),
                        name="organisation_name_kk",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Upper("name_ru"), name="gin_trgm_ops"
                        ),
                        name="organisation_name_ru",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Upper("name_en"), name="gin_trgm_ops"
                        ),
                        name="organisation_name_en",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name_kk", ""), _negated=True),
                            models.Q(("name_ru", ""), _negated=True),
                            models.Q(("name_en", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="organisation_has_a_name",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("lei", ""), _negated=True), fields=("lei",), name="organisation_lei_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("commercial_name", ""), ("lei", ""), ("website", "")),
                            ("described_at__isnull", False),
                            _connector="OR",
                        ),
                        name="organisation_described_when_stated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("investor_reference", ""),
                                ("investor_since__isnull", True),
                                ("is_registered_investor", False),
                            ),
                            models.Q(
                                ("investor_since__isnull", False),
                                ("is_registered_investor", True),
                                models.Q(("investor_reference", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="organisation_investor_by_an_entry",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("registration_checked_at__isnull", True), ("registration_checked_by__isnull", True)
                            ),
                            models.Q(
                                ("registration_checked_at__isnull", False), ("registration_checked_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="organisation_checked_by_someone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Obligation",
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
                ("code", models.CharField(max_length=60, verbose_name="duty")),
                ("part", models.CharField(blank=True, max_length=60, verbose_name="of whom or what")),
                (
                    "debtor",
                    models.CharField(
                        choices=[
                            ("authority", "The authority"),
                            ("organisation", "The applicant or holder"),
                            ("body", "Another body"),
                        ],
                        max_length=12,
                        verbose_name="who owes",
                    ),
                ),
                ("base_on", models.DateField(verbose_name="counted from")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                ("arithmetic", models.JSONField(default=list, verbose_name="arithmetic")),
                ("ground", models.JSONField(default=dict, verbose_name="ground")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("met_at", models.DateTimeField(blank=True, null=True, verbose_name="met")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="no longer owed")),
                ("overdue_at", models.DateTimeField(blank=True, null=True, verbose_name="found overdue")),
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
                "verbose_name": "obligation",
                "verbose_name_plural": "obligations",
                "ordering": ["due_on", "id"],
                "indexes": [
                    models.Index(fields=["subject_type", "subject_id"], name="obligation_by_subject"),
                    models.Index(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("met_at__isnull", True), ("overdue_at__isnull", True)
                        ),
                        fields=["due_on", "id"],
                        name="obligation_to_sweep",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True), ("met_at__isnull", True)),
                        fields=["authority", "due_on", "id"],
                        name="obligation_open",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True), ("met_at__isnull", True)),
                        fields=["due_on", "id"],
                        name="obligation_to_remind",
                    ),
                    models.Index(
                        condition=models.Q(("debtor", "authority")), fields=["due_on"], name="obligation_of_authority"
                    ),
                    models.Index(
                        condition=models.Q(("debtor", "organisation")),
                        fields=["organisation", "due_on"],
                        name="obligation_of_organisation",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True), ("met_at__isnull", True)),
                        fields=("subject_type", "subject_id", "code", "part"),
                        name="obligation_owed_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("met_at__isnull", True), ("ended_at__isnull", True), _connector="OR"),
                        name="obligation_met_or_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_on__isnull", True), ("due_on__gte", models.F("base_on")), _connector="OR"
                        ),
                        name="obligation_due_after_base",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("claimed_at", models.DateTimeField(verbose_name="claimed at")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked at")),
                (
                    "claimed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="claimed by",
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
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.document",
                        verbose_name="document",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="revoked by",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mandates",
                        to="core.organisation",
                        verbose_name="firm",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="core.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership or power of attorney",
                "verbose_name_plural": "memberships and powers of attorney",
                "ordering": ["-claimed_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("confirmed_at__isnull", True), ("revoked_at__isnull", True)),
                        fields=["id"],
                        name="membership_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("firm__isnull", True), ("user__isnull", False)),
                            models.Q(("firm__isnull", False), ("user__isnull", True)),
                            _connector="OR",
                        ),
                        name="membership_of_a_person_or_a_firm",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="membership_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("firm__isnull", True),
                            models.Q(("firm", models.F("organisation")), _negated=True),
                            _connector="OR",
                        ),
                        name="membership_not_of_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("firm__isnull", True), ("valid_to__isnull", False), _connector="OR"),
                        name="power_of_attorney_has_an_end",
                    ),
                ],
            },
        ),
        migrations.AddField(
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
        migrations.AddField(
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
        migrations.CreateModel(
            name="DocumentSignature",
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
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 of what is signed")),
                ("signer", models.CharField(blank=True, max_length=300, verbose_name="signed by")),
                ("iin", models.CharField(blank=True, max_length=12, verbose_name="IIN")),
                ("bin", models.CharField(blank=True, max_length=12, verbose_name="BIN")),
                (
                    "issuer",
                    models.CharField(blank=True, db_default="", default="", max_length=300, verbose_name="issued by"),
                ),
                ("algorithm", models.CharField(blank=True, max_length=60, verbose_name="algorithm")),
                ("certificate", models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of the certificate")),
                (
                    "certificate_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="certificate holds until"),
                ),
                ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="signed")),
                ("checked_at", models.DateTimeField(verbose_name="examined")),
                ("verifier", models.CharField(max_length=60, verbose_name="examined by")),
                ("valid", models.BooleanField(verbose_name="holds")),
                ("reasons", models.JSONField(blank=True, default=list, verbose_name="why not")),
                ("cms", models.BinaryField(blank=True, null=True, verbose_name="signature")),
                ("content", models.BinaryField(blank=True, null=True, verbose_name="what is signed")),
                ("attempts", models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name="times asked")),
                ("next_try_at", models.DateTimeField(blank=True, null=True, verbose_name="asked again")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
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
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
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
                "verbose_name": "signature",
                "verbose_name_plural": "signatures",
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["subject_type", "subject_id"], name="signature_by_subject"),
                    models.Index(fields=["sha256"], name="signature_by_hash"),
                    models.Index(
                        condition=models.Q(("next_try_at__isnull", False)),
                        fields=["next_try_at", "id"],
                        name="signature_waits",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reasons", []), ("valid", True)),
                            models.Q(("valid", False), models.Q(("reasons", []), _negated=True)),
                            _connector="OR",
                        ),
                        name="signature_fails_with_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("next_try_at__isnull", True), ("valid", False), _connector="OR"),
                        name="signature_waits_unverified",
                    ),
                ],
            },
        ),
        migrations.AddField(
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
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("pause", "Pause"), ("extension", "Extension"), ("recalculation", "Recalculation")],
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                ("from_on", models.DateField(verbose_name="from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="to")),
                ("days", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="days added")),
                ("reason", models.TextField(verbose_name="reason")),
                ("ground", models.JSONField(default=dict, verbose_name="ground")),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back at")),
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
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pauses",
                        to="core.obligation",
                        verbose_name="obligation",
                    ),
                ),
            ],
            options={
                "verbose_name": "pause",
                "verbose_name_plural": "pauses",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on__isnull", True), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="pause_days_in_order",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "pause"), ("to_on__isnull", True)),
                        fields=("obligation",),
                        name="pause_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("days__gte", 1), ("kind", "extension")),
                            models.Q(models.Q(("kind", "extension"), _negated=True), ("days__isnull", True)),
                            _connector="OR",
                        ),
                        name="pause_extension_has_days",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("days", models.SmallIntegerField(verbose_name="working days before the day")),
                ("due_on", models.DateField(verbose_name="due")),
                ("to", models.CharField(max_length=20, verbose_name="told to")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="core.obligation",
                        verbose_name="obligation",
                    ),
                ),
            ],
            options={
                "verbose_name": "reminder",
                "verbose_name_plural": "reminders",
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("obligation", "days", "due_on"), name="reminder_once")],
            },
        ),
        migrations.CreateModel(
            name="RequestKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField(default=0)),
                ("body", models.JSONField(default=dict)),
                ("headers", models.JSONField(default=dict)),
                ("parties", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "key"), name="request_key_once")],
            },
        ),
        migrations.CreateModel(
            name="RowFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("by_party", models.BooleanField(default=False, verbose_name="sent by the party")),
                ("name", models.CharField(max_length=200, verbose_name="file")),
                ("key", models.UUIDField(blank=True, null=True, verbose_name="place in the storage")),
                ("size", models.PositiveBigIntegerField(default=0, verbose_name="size")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("fingerprint", models.CharField(max_length=64, verbose_name="fingerprint")),
                ("options", models.JSONField(blank=True, default=dict, verbose_name="declared with it")),
                ("uploaded_at", models.DateTimeField(verbose_name="sent")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="begun")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("progress", models.PositiveSmallIntegerField(default=0, verbose_name="progress, per cent")),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="looked at")),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="rows")),
                ("faults", models.PositiveIntegerField(default=0, verbose_name="faults")),
                ("warnings", models.PositiveIntegerField(default=0, verbose_name="warnings")),
                ("passed_over", models.JSONField(blank=True, default=list, verbose_name="columns passed over")),
                ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="to be taken since")),
                ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="taken")),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="digest of the rows")),
                ("made", models.CharField(blank=True, max_length=60, verbose_name="what was made")),
                ("failed_at", models.DateTimeField(blank=True, null=True, verbose_name="failed")),
                ("error", models.CharField(blank=True, max_length=60, verbose_name="failure")),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="to be taken by",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent by",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of rows",
                "verbose_name_plural": "files of rows",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["kind", "authority", "-id"], name="row_file_by_authority"),
                    models.Index(fields=["organisation", "kind", "-id"], name="row_file_by_party"),
                    models.Index(
                        condition=models.Q(("failed_at__isnull", True), ("taken_at__isnull", True)),
                        fields=["id"],
                        name="row_file_open",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "authority", "organisation", "fingerprint"),
                        name="row_file_sent_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("progress__lte", 100)), name="row_file_progress_per_cent"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("digest", ""), ("made", ""), ("taken_at__isnull", True)),
                            models.Q(
                                ("asked_at__isnull", False),
                                ("checked_at__isnull", False),
                                ("faults", 0),
                                ("taken_at__isnull", False),
                                models.Q(("digest", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="row_file_taken_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_at__isnull", True), ("asked_by__isnull", True)),
                            models.Q(("asked_at__isnull", False), ("asked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="row_file_asked_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("error", ""), ("failed_at__isnull", True)),
                            models.Q(("failed_at__isnull", False), models.Q(("error", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="row_file_failed_with_its_error",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RowFault",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.PositiveIntegerField(verbose_name="row")),
                ("place", models.PositiveIntegerField(blank=True, null=True, verbose_name="column")),
                ("column", models.CharField(blank=True, max_length=40, verbose_name="name of the column")),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("message", models.CharField(max_length=300, verbose_name="message")),
                ("params", models.JSONField(blank=True, default=dict, verbose_name="facts")),
                (
                    "severity",
                    models.CharField(
                        choices=[("error", "Fault"), ("warning", "Warning")],
                        default="error",
                        max_length=10,
                        verbose_name="severity",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="found",
                        to="core.rowfile",
                        verbose_name="file",
                    ),
                ),
            ],
            options={
                "verbose_name": "fault of a file of rows",
                "verbose_name_plural": "faults of files of rows",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.CharField(max_length=30)),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("query", models.CharField(blank=True, max_length=1000)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_filters",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [models.UniqueConstraint(fields=("user", "page", "name"), name="saved_filter_once")],
            },
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_kk", models.CharField(blank=True, max_length=300, verbose_name="name in Kazakh")),
                ("name_ru", models.CharField(blank=True, max_length=300, verbose_name="name in Russian")),
                ("name_en", models.CharField(blank=True, max_length=300, verbose_name="name in English")),
                ("made_at", models.DateTimeField(verbose_name="entered")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teams",
                        to="core.authority",
                        verbose_name="authority",
                    ),
                ),
                (
                    "members",
                    models.ManyToManyField(
                        blank=True, related_name="teams", to=settings.AUTH_USER_MODEL, verbose_name="members"
                    ),
                ),
            ],
            options={
                "verbose_name": "team",
                "verbose_name_plural": "teams",
                "ordering": ["authority", "id"],
            },
        ),
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.CharField(max_length=500, verbose_name="address")),
                (
                    "verbs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="acts told",
                    ),
                ),
                ("active", models.BooleanField(default=True, verbose_name="active")),
                ("secret", models.TextField(verbose_name="secret, sealed")),
                ("previous_secret", models.TextField(blank=True, verbose_name="secret before, sealed")),
                (
                    "previous_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="secret before holds until"),
                ),
                ("made_at", models.DateTimeField(verbose_name="made")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("failures", models.PositiveIntegerField(default=0, verbose_name="failures in a row")),
                ("failing_since", models.DateTimeField(blank=True, null=True, verbose_name="failing since")),
                ("paused_until", models.DateTimeField(blank=True, null=True, verbose_name="not called before")),
                (
                    "disabled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="turned off after long failure"),
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
                        related_name="webhooks",
                        to="core.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "webhook",
                "verbose_name_plural": "webhooks",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("previous_secret", ""), ("previous_until__isnull", True)),
                            models.Q(
                                models.Q(("previous_secret", ""), _negated=True), ("previous_until__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="webhook_previous_secret_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("disabled_at__isnull", True), ("active", False), _connector="OR"),
                        name="webhook_turned_off_is_not_active",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("failing_since__isnull", True), ("failures", 0), ("paused_until__isnull", True)),
                            models.Q(("failing_since__isnull", False), ("failures__gt", 0)),
                            _connector="OR",
                        ),
                        name="webhook_failing_since_its_first_failure",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WebhookDelivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("message_id", models.UUIDField(default=uuid.uuid4, unique=True, verbose_name="message")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("next_try_at", models.DateTimeField(blank=True, null=True, verbose_name="next try")),
                ("tried_at", models.DateTimeField(blank=True, null=True, verbose_name="last try")),
                ("delivered_at", models.DateTimeField(blank=True, null=True, verbose_name="taken")),
                ("given_up_at", models.DateTimeField(blank=True, null=True, verbose_name="given up")),
                ("status_code", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="status")),
                ("milliseconds", models.PositiveIntegerField(blank=True, null=True, verbose_name="milliseconds")),
                (
                    "error",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("name", "The name is not known"),
                            ("address", "The address lies inside a private network"),
                            ("connect", "No connection"),
                            ("tls", "The certificate does not hold"),
                            ("timeout", "No answer in time"),
                            ("redirect", "Redirects are not followed"),
                            ("status", "The answer is no success"),
                            ("protocol", "The answer cannot be read"),
                            ("secret", "The secret can no longer be read: make a new one"),
                        ],
                        max_length=20,
                        verbose_name="failure",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=200, verbose_name="beginning of the answer")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.event",
                        verbose_name="event",
                    ),
                ),
                (
                    "webhook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="core.webhook",
                        verbose_name="webhook",
                    ),
                ),
            ],
            options={
                "verbose_name": "webhook delivery",
                "verbose_name_plural": "webhook deliveries",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["webhook", "-id"], name="webhook_delivery_log"),
                    models.Index(
                        condition=models.Q(("next_try_at__isnull", False)),
                        fields=["next_try_at"],
                        name="webhook_delivery_waiting",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("webhook", "event"), name="webhook_delivery_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("delivered_at__isnull", True),
                                ("given_up_at__isnull", True),
                                ("next_try_at__isnull", False),
                            ),
                            models.Q(
                                ("delivered_at__isnull", False),
                                ("given_up_at__isnull", True),
                                ("next_try_at__isnull", True),
                            ),
                            models.Q(
                                ("delivered_at__isnull", True),
                                ("given_up_at__isnull", False),
                                ("next_try_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="webhook_delivery_waits_or_has_ended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Access",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="at")),
                ("subject_type", models.CharField(max_length=60, verbose_name="kind of object")),
                ("subject_id", models.BigIntegerField(verbose_name="object")),
                ("reference", models.CharField(blank=True, max_length=60, verbose_name="reference")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
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
            ],
            options={
                "verbose_name": "access",
                "verbose_name_plural": "access log",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["subject_type", "subject_id", "-id"], name="access_by_subject"),
                    models.Index(fields=["-at", "-id"], name="access_by_moment"),
                    models.Index(fields=["authority", "-at", "-id"], name="access_by_authority"),
                    models.Index(fields=["user", "-at", "-id"], name="access_by_person"),
                    models.Index(fields=["reference", "-at", "-id"], name="access_by_reference"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField(verbose_name="first day")),
                ("to_on", models.DateField(verbose_name="last day")),
                ("made_at", models.DateTimeField(verbose_name="entered")),
                ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="cancelled")),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="deputy",
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person who is absent",
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
            ],
            options={
                "verbose_name": "absence",
                "verbose_name_plural": "absences",
                "ordering": ["from_on", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("cancelled_at__isnull", True)),
                        fields=["authority", "to_on", "id"],
                        name="absence_of_authority",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_on__gte", models.F("from_on"))), name="absence_days_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("deputy")), _negated=True),
                        name="absence_deputy_is_another",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["authority", "-id"], name="event_by_authority"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(fields=("subject_type", "subject_id", "seq"), name="event_chain"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["subject_type", "subject_id"], name="document_by_subject"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("content_erased_at__isnull", True), ("erased_at__isnull", False)),
                fields=["id"],
                name="document_content_to_erase",
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("erased_at__isnull", True)), fields=["sha256"], name="document_by_content"
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="document_not_empty"),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("erased_at__isnull", True), ("removed_at__isnull", False), _connector="OR"),
                name="document_erased_is_removed",
            ),
        ),
    ]
