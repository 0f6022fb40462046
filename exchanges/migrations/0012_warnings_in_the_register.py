from django.db import migrations
from django.utils import timezone

from core.names import searched
from exchanges.models.warnings import WARNING_TYPE, MarketWarning
from law.market import LIST_RULE
from law.provisions import provision
from law.publication import services_of

LISTS = {"aifc-exchange": "services", "aifc-provider": "activities"}


def enter(apps, schema_editor):
    """The published warnings stand in the register, withdrawn ones as withdrawn; firms of the AIFC get their services."""
    entries = apps.get_model("licensing", "RegisterEntry")._default_manager
    warnings = apps.get_model("exchanges", "MarketWarning")._default_manager
    for row in warnings.filter(state__in=("published", "withdrawn")).order_by("pk"):
        parts = MarketWarning(reference=row.reference, name=row.name, brands=row.brands, domains=row.domains)
        since = timezone.localdate(row.published_at)
        until = timezone.localdate(row.ended_at) if row.ended_at else None
        entries.create(
            number=row.reference,
            type=WARNING_TYPE,
            kind=row.kind,
            authority_id=row.authority_id,
            name_kk=row.name,
            name_ru=row.name,
            name_en=row.name,
            standing=row.state,
            standing_since=until or since,
            ground=row.rules[0],
            since=since,
            until=until,
            published=True,
            publication_reason=row.confirmation,
            publication_ground=dict(provision(LIST_RULE, since).ground()),
            decided_by_id=row.ended_by_id or row.published_by_id,
            decided_at=row.ended_at or row.published_at,
            changed_at=row.ended_at or row.published_at,
            search=searched(*parts.search_parts()),
        )
    particulars = apps.get_model("exchanges", "AifcParticulars")._default_manager
    for kind, field in LISTS.items():
        for pk, application in entries.filter(kind=kind, licence__isnull=False).values_list(
            "pk", "licence__application_id"
        ):
            stated = particulars.filter(pk=application).values_list(field, flat=True).first()
            entries.filter(pk=pk).update(services=services_of(kind, stated or ()))


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0011_held_transfers"), ("licensing", "0017_one_register")]

    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
