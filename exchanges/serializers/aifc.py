"""The particulars of firms of the AIFC as the API and the officer's page show them: a form for each kind."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from exchanges.models.aifc import AifcParticulars
from exchanges.serializers.operators import StoredDateField, birth, country
from law.aifc import ACTIVITIES, INDIVIDUALS, SERVICES


def codes(label: Any, words: Any) -> serializers.ListField:
    """A list of codes, each of which has words."""
    child = serializers.ChoiceField(choices=[(code, _(name)) for code, name in words.items()])
    return serializers.ListField(child=child, required=False, max_length=len(words), label=label)


class IndividualSerializer(serializers.Serializer[dict[str, Any]]):
    """Somebody whom the regulator has to approve for an office."""

    role = serializers.ChoiceField(label=_("office"), choices=[(code, _(name)) for code, name in INDIVIDUALS.items()])
    name = serializers.CharField(label=_("name"), max_length=300)
    number = serializers.CharField(label=_("IIN or foreign number"), max_length=60, required=False, allow_blank=True)
    residence = country(_("country of residence"), required=False, allow_blank=True)
    born_on = birth()
    since = StoredDateField(label=_("in office since"), required=False, allow_null=True)


class IndividualsSerializer(serializers.Serializer[dict[str, Any]]):
    """Everybody in an office that has to be approved, as of a day."""

    individuals = IndividualSerializer(  # type: ignore[call-arg]  # many=True makes a list, which has a length
        many=True, max_length=50, label=_("individuals to be approved")
    )


class FacilityParticularsSerializer(serializers.ModelSerializer[AifcParticulars]):
    """A trading facility."""

    services = codes(_("services"), SERVICES)
    individuals = IndividualSerializer(  # type: ignore[call-arg]  # many=True makes a list, which has a length
        many=True, required=False, max_length=50, label=_("individuals to be approved")
    )

    class Meta:
        model = AifcParticulars
        exclude = ("application", "activities")


class AifcProviderParticularsSerializer(serializers.ModelSerializer[AifcParticulars]):
    """Another firm of the AIFC."""

    activities = codes(_("licensed activities"), ACTIVITIES)
    individuals = IndividualSerializer(  # type: ignore[call-arg]  # many=True makes a list, which has a length
        many=True, required=False, max_length=50, label=_("individuals to be approved")
    )

    class Meta:
        model = AifcParticulars
        exclude = ("application", "services", "rules", "directors", "independent_directors")
