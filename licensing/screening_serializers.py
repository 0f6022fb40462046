"""The shapes of screening lists and of looking a name up in them, in the API of officials."""

from typing import Any

from rest_framework import serializers

from core.api.fields import StrictSerializer
from licensing.match_serializers import MetSerializer


class ScreeningListSerializer(serializers.Serializer[Any]):
    """One version of a list. A later import of the same code takes its place; it stays readable."""

    reference = serializers.CharField(help_text="Code and version.")
    code = serializers.CharField()
    version = serializers.IntegerField()
    title = serializers.CharField()
    source = serializers.CharField(help_text="Where this is known from.")  # type: ignore[assignment]  # a field of the body, no option
    day = serializers.DateField(help_text="Day of the list.")
    entries_count = serializers.IntegerField()
    current = serializers.BooleanField()
    imported_at = serializers.DateTimeField()
    imported_by = serializers.CharField()
    replaced_at = serializers.DateTimeField(allow_null=True)
    row_file = serializers.IntegerField(help_text="The file that it came from, at `row-files/<id>/`.")


class ScreeningEntrySerializer(serializers.Serializer[Any]):
    """An entry as the list has it. `number`: its row in the file."""

    number = serializers.IntegerField()
    name = serializers.CharField()
    identifier = serializers.CharField(allow_blank=True)
    born_on = serializers.DateField(allow_null=True)
    country = serializers.CharField(allow_blank=True)
    reference = serializers.CharField(allow_blank=True)


class LookUpSerializer(StrictSerializer):
    """A name to look for in the current lists of your authority."""

    name = serializers.CharField(max_length=300, help_text="Of a person or firm, in any alphabet and order.")


class FoundEntrySerializer(serializers.Serializer[Any]):
    """An entry that the name may mean, and why."""

    list = serializers.CharField(help_text="Number of the list.")
    list_title = serializers.CharField()
    name = serializers.CharField()
    written = serializers.CharField(help_text="The way of writing it that met best.")
    identifier = serializers.CharField(allow_blank=True)
    born_on = serializers.DateField(allow_null=True)
    country = serializers.CharField(allow_blank=True)
    reference = serializers.CharField(allow_blank=True)
    likeness = serializers.DecimalField(max_digits=4, decimal_places=3, help_text="0 to 1.")
    met = MetSerializer(many=True)
    only_asked = serializers.ListField(child=serializers.CharField(), help_text="Words that stand in your name alone.")
    only_listed = serializers.ListField(child=serializers.CharField(), help_text="Words of the entry alone.")


class LookedUpSerializer(serializers.Serializer[Any]):
    """What was found, the best first; a match is a hint, and who is meant is for a person to judge."""

    threshold = serializers.DecimalField(max_digits=4, decimal_places=3, help_text="What scores less is not shown.")
    results = FoundEntrySerializer(many=True)


class NewScreeningListSerializer(StrictSerializer):
    """A file of a new list, or of a later version of the list with this code."""

    code = serializers.SlugField(max_length=30)
    title = serializers.CharField(max_length=200)
    source = serializers.CharField(max_length=300, help_text="Where this is known from.")  # type: ignore[assignment]  # a field of the body, no option
    day = serializers.DateField(help_text="Day of the list.")
    file = serializers.FileField(allow_empty_file=True)
