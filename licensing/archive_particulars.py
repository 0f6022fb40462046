"""The part of a case's file that its forms write: it stands above the services, which know no forms."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from licensing.request_serializers import shown_forms
from licensing.services.archive_index import Reader, Section


def particulars(reader: Reader) -> Section:
    """What the applicant states: what a request wants changed, and the particulars, each by its own form."""
    section = Section("particulars", _("What the applicant states"), (_("What"), _("Value")))
    for form in shown_forms(reader.application):
        for name, value in form.data.items():
            if name == "application" or value in (None, "", []):
                continue
            label = str(form.fields[name].label or name)
            label = label[:1].upper() + label[1:]
            section.add({"code": name, "label": label, "value": value}, label, stated(form.fields[name], value))
    return section


def stated(shape: Any, value: Any) -> list[str]:
    """A stated value as lines of text."""
    if isinstance(value, bool):
        return [_("Yes") if value else _("No")]
    if isinstance(shape, serializers.ListSerializer):
        fields = getattr(shape.child, "fields", {})
        return ["; ".join(f"{fields[k].label if k in fields else k}: {v}" for k, v in line.items()) for line in value]
    if isinstance(value, list):
        return [str(one) for one in value]
    if isinstance(shape, serializers.ChoiceField):
        return [_(str(shape.choices.get(value, value)))]
    return [str(value)]
