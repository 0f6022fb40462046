"""What the pages of screening lists ask for. The services judge."""

from django import forms
from django.utils.translation import gettext_lazy as _

from licensing.forms import day


class ListFileForm(forms.Form):
    """A file of a new list, or of a later version of one."""

    code = forms.SlugField(
        label=_("Code"), max_length=30, help_text=_("The same code makes a later version of the same list.")
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    source = forms.CharField(
        label=_("Where this is known from"), max_length=300, help_text=_("A page, a letter with its number and day.")
    )
    day = day(_("Day of the list"))
    file = forms.FileField(label=_("File"), allow_empty_file=True)


class LookUpForm(forms.Form):
    """A name to look for in the current lists."""

    name = forms.CharField(label=_("Name of a person or firm"), max_length=300)
