"""What the pages of inspectors ask for. The services judge."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, own_region
from core.models import User
from inspections.services.inspectors import MOST_DAYS, POST_LENGTH, ROLES


class ChangeInspectorForm(forms.Form):
    """Post, region, days of a month, first and last day."""

    post = forms.CharField(label=_("Post"), max_length=POST_LENGTH)
    region = forms.ChoiceField(label=_("Region"), choices=own_region)
    days_a_month = forms.IntegerField(
        label=_("Working days a month for inspections"),
        min_value=1,
        max_value=MOST_DAYS,
        help_text=_("Days of travel count among them. Absences are entered on their own page and are kept free."),
    )
    from_on = forms.DateField(label=_("First day"), widget=DateInput)
    to_on = forms.DateField(label=_("Last day"), widget=DateInput, required=False)


class InspectorForm(ChangeInspectorForm):
    """A new inspector: one of the authority's people who is none yet."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("Official"))
    field_order = ("person", "post", "region", "days_a_month", "from_on", "to_on")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.visible_to(user).filter(authority=user.authority_id, is_active=True, role__in=ROLES)
        choice = cast("forms.ModelChoiceField[User]", self.fields["person"])
        choice.queryset = people.filter(inspector__isnull=True).order_by("full_name", "email")
