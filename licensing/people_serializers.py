"""The people behind a holder as the API reads them and as the holder declares them, in the shape of the filing."""

from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers

from core.api.fields import PastDateField, StrictSerializer
from core.api.serializers import ReasonSerializer
from law.operators import OWNER_KINDS
from law.provisions import LDA_START
from licensing.models.people import SIDES
from licensing.permits import kinds

Form = type[serializers.Serializer[Any]]


class DayFields(serializers.Serializer[Any]):
    """The day of which a declaration speaks."""

    as_of = PastDateField(label=_("as of"), earliest=LDA_START)


@cache
def declaration_form(people: Form) -> Form:
    """What a holder sends whose kind of permit names people in this shape: the day, and everybody."""
    fields = {"__doc__": "Everybody who stands behind the firm as of a day; whoever is left out has left.",
              "__module__": __name__}  # fmt: skip
    name = people.__name__.removesuffix("Serializer")
    return type(f"{name}DeclarationSerializer", (StrictSerializer, DayFields, people), fields)


def declaration_schema() -> PolymorphicProxySerializer:
    shapes = dict.fromkeys(one.people_form for one in kinds().values() if one.people_form is not None)
    return PolymorphicProxySerializer(
        component_name="PeopleDeclaration",
        serializers=[declaration_form(shape) for shape in shapes],
        resource_type_field_name=None,
    )


class PersonBehindSerializer(serializers.Serializer[Any]):
    """An owner or executive, from a day until he was named no more."""

    side = serializers.ChoiceField(choices=list(SIDES))
    kind = serializers.ChoiceField(choices=list(OWNER_KINDS))
    name = serializers.CharField()
    number = serializers.CharField(allow_blank=True)
    residence = serializers.CharField(allow_blank=True, help_text="ISO 3166 alpha-2.")
    born_on = serializers.DateField(allow_null=True)
    role = serializers.CharField(allow_blank=True, help_text="Code of the office, of an executive.")
    role_label = serializers.CharField(allow_blank=True)
    share = serializers.CharField(allow_null=True, help_text="Per cent.")
    direct = serializers.BooleanField()
    beneficial = serializers.BooleanField()
    through = serializers.CharField(allow_blank=True)
    since = serializers.DateField()
    until = serializers.DateField(allow_null=True)
    filing = serializers.CharField(allow_null=True, help_text="Number of the filing that named him.")
    declared_as_of = serializers.DateField(allow_null=True, help_text="Of the declaration that named him.")


class PeopleBehindSerializer(serializers.Serializer[Any]):
    """The list of the firm for this kind of permit: who stands now, then who did, the latest first."""

    licence = serializers.CharField()
    kind = serializers.CharField()
    version = serializers.IntegerField(help_text="Of the list, as in ETag.")
    known_as_of = serializers.DateField(allow_null=True, help_text="A declaration speaks of this day or a later one.")
    people = PersonBehindSerializer(many=True)


class DeclaredPeopleSerializer(PeopleBehindSerializer):
    """The list after a declaration, and what it changed: nothing where everybody was known already."""

    changed = serializers.BooleanField()
    entered = serializers.IntegerField()
    ended = serializers.IntegerField()
    warnings = ReasonSerializer(many=True, help_text="What a person has to judge; it kept nothing back.")
