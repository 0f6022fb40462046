"""What lists of the API are filtered by."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.regions import REGIONS
from licensing import filters
from licensing.models import RegisterEntry
from licensing.workflow import LICENCE


class ApplicationFilter(filters.ApplicationFilter):
    """The queue's filters, with the applicant instead of the officer."""

    organisation = django_filters.CharFilter(label=_("BIN or IIN"), field_name="organisation__identifier")
    concerning = django_filters.CharFilter(label=_("Licence"), field_name="concerning__number")
    officer = None

    class Meta(filters.ApplicationFilter.Meta):
        pass


class RegisterFilter(django_filters.FilterSet):
    """Register entries by words of number, BIN or name, by kind, standing and region."""

    q = django_filters.CharFilter(label=_("number, BIN or name"), method="words", max_length=200)
    kind = django_filters.ChoiceFilter(label=_("kind"), choices=filters.kind_choices)
    standing = django_filters.ChoiceFilter(label=_("standing"), choices=LICENCE.choices)
    region = django_filters.ChoiceFilter(label=_("region"), choices=list(REGIONS.items()))

    class Meta:
        model = RegisterEntry
        fields: ClassVar[list[str]] = []

    def words(self, rows: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        found: QuerySet[Any] = rows.found_by(value)  # type: ignore[attr-defined]  # our own QuerySet
        return found
