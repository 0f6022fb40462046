"""The base of what acts ask for on records that officials and parties both read."""

from typing import Any, ClassVar

from django import forms


class DeedForm(forms.Form):
    """What an act asks for, and the version that the actor saw. `needs_row`: it is made for a record, told as `row`."""

    needs_row: ClassVar[bool] = False

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def given(self) -> dict[str, Any]:
        """The arguments of the service."""
        return dict(self.cleaned_data)
