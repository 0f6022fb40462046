"""What lists of the API are filtered by."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.models import Authority
from core.regions import REGIONS
from licensing import filters
from licensing.models import RegisterEntry
from licensing.permits import kinds
from licensing.register_types import entry_kinds, entry_states, entry_types


class ApplicationFilter(filters.ApplicationFilter):
    """The queue's filters, with the applicant instead of the officer."""

    organisation = django_filters.CharFilter(label=_("BIN or IIN"), field_name="organisation__identifier")
    concerning = django_filters.CharFilter(label=_("Licence"), field_name="concerning__number")
    officer = None

    class Meta(filters.ApplicationFilter.Meta):
        pass


def named(known: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    return ((code, one.name) for code, one in known.items())


def standings() -> list[tuple[str, str]]:
    return [(name, state.label) for name, state in entry_states().items()]


def authorities() -> list[tuple[str, str]]:
    return [(code, code) for code in dict.fromkeys(kind.authority for kind in kinds().values())]


class RegisterFilter(django_filters.FilterSet):
    """Register entries by words of number, BIN or name, by type, kind, authority, standing and region."""

    q = django_filters.CharFilter(label=_("number, BIN or name"), method="words", max_length=200)
    type = django_filters.ChoiceFilter(label=_("type"), choices=lambda: list(named(entry_types())))
    kind = django_filters.ChoiceFilter(label=_("kind"), choices=lambda: list(entry_kinds().items()))
    authority = django_filters.ChoiceFilter(label=_("authority"), choices=authorities, method="of_authority")
    standing = django_filters.ChoiceFilter(label=_("standing"), choices=standings)
    region = django_filters.ChoiceFilter(label=_("region"), choices=list(REGIONS.items()))

    class Meta:
        model = RegisterEntry
        fields: ClassVar[list[str]] = []

    def words(self, rows: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        found: QuerySet[Any] = rows.found_by(value)  # type: ignore[attr-defined]  # our own QuerySet
        return found

    def of_authority(self, rows: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return rows.filter(authority=Authority.objects.filter(code=value).values_list("pk", flat=True).first() or 0)
