"""A referral may hang on anything that an authority keeps, goes its own way of states, and shows documents."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.deletion import CASCADE, PROTECT

FILL = """
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE licensing_referral AS r SET
    authority_id = b.authority_id,
    subject_type = 'licensing.breach',
    subject_id = b.id,
    about = b.reference,
    reference = 'RQ-' || to_char(r.created_at AT TIME ZONE 'Asia/Almaty', 'YYYY') || '-'
        || lpad(nextval('licensing_life_number')::text, 6, '0'),
    state = CASE WHEN r.answered_on IS NULL THEN 'sent' ELSE 'answered' END
FROM licensing_breach AS b WHERE b.id = r.breach_id;
UPDATE core_obligation AS o SET reference = r.reference
FROM licensing_referral AS r WHERE o.subject_type = 'licensing.referral' AND o.subject_id = r.id;
"""
NAME_THE_BREACH = "UPDATE licensing_referral SET breach_id = subject_id WHERE subject_type = 'licensing.breach'"
OPEN = ("sent", "answered")


def added(name: str, field: models.Field, *, keep: bool = True) -> migrations.AddField:
    return migrations.AddField("referral", name, field, preserve_default=keep)


def bound(name: str, condition: Q) -> migrations.AddConstraint:
    return migrations.AddConstraint("referral", models.CheckConstraint(condition=condition, name=name))


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0005_terms_by_period"),
        ("licensing", "0013_currency_of_payments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            "referral",
            options={
                "ordering": ["id"],
                "verbose_name": "request between authorities",
                "verbose_name_plural": "requests between authorities",
            },
        ),
        migrations.RemoveConstraint("referral", "referral_open_once"),
        migrations.RemoveConstraint("referral", "referral_answered_on_a_day"),
        migrations.RenameField("referral", "sent_at", "created_at"),
        migrations.AlterField("referral", "created_at", models.DateTimeField(verbose_name="created")),
        migrations.AlterField(
            "referral",
            "breach",
            models.ForeignKey(blank=True, null=True, on_delete=CASCADE, related_name="+", to="licensing.breach"),
        ),
        added("state", models.CharField(default="sent", max_length=30, verbose_name="state"), keep=False),
        added("version", models.PositiveIntegerField(default=1, verbose_name="version")),
        added("reference", models.CharField(max_length=20, null=True, verbose_name="number")),
        added(
            "kind",
            models.CharField(
                choices=[("referral", "Referral"), ("request", "Request")],
                default="referral",
                max_length=10,
                verbose_name="kind",
            ),
            keep=False,
        ),
        added(
            "authority",
            models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to="core.authority", verbose_name="from"),
        ),
        added("subject_type", models.CharField(blank=True, max_length=60, verbose_name="kind of object")),
        added("subject_id", models.BigIntegerField(blank=True, null=True, verbose_name="object")),
        added("about", models.CharField(default="", max_length=300, verbose_name="about"), keep=False),
        added(
            "documents",
            models.ManyToManyField(
                blank=True, related_name="+", to="core.document", verbose_name="documents shown to it"
            ),
        ),
        added(
            "answered_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="entered by",
            ),
        ),
        added("withdrawn_because", models.TextField(blank=True, verbose_name="why withdrawn")),
        added("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
        migrations.RunSQL(FILL, NAME_THE_BREACH),
        migrations.AlterField(
            "referral", "reference", models.CharField(max_length=20, unique=True, verbose_name="number")
        ),
        migrations.AlterField(
            "referral",
            "authority",
            models.ForeignKey(on_delete=PROTECT, related_name="+", to="core.authority", verbose_name="from"),
        ),
        *(
            migrations.AddIndex("referral", models.Index(fields=fields, name=f"referral_by_{name}"))
            for name, fields in (
                ("authority", ["authority", "-id"]),
                ("body", ["body", "-id"]),
                ("subject", ["subject_type", "subject_id"]),
            )
        ),
        bound("referral_state_known", Q(state__in=[*OPEN, "settled", "withdrawn"])),
        bound("referral_to_another", ~Q(body=F("authority"))),
        bound(
            "referral_about_something",
            ~Q(about="")
            & (Q(subject_type="", subject_id__isnull=True) | ~Q(subject_type="") & Q(subject_id__isnull=False)),
        ),
        migrations.AddConstraint(
            "referral",
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "body"],
                condition=Q(state="sent", kind="referral", subject_id__isnull=False),
                name="referral_open_once",
            ),
        ),
        bound(
            "referral_answered_on_a_day",
            Q(state__in=["sent", "withdrawn"], answer="", answered_on__isnull=True)
            | Q(state__in=["answered", "settled"], answered_on__isnull=False) & ~Q(answer=""),
        ),
        bound(
            "referral_ended_with_its_moment",
            Q(state__in=OPEN, closed_at__isnull=True) | ~Q(state__in=OPEN) & Q(closed_at__isnull=False),
        ),
        bound(
            "referral_withdrawn_with_reason",
            Q(state="withdrawn") & ~Q(withdrawn_because="") | ~Q(state="withdrawn") & Q(withdrawn_because=""),
        ),
    ]
