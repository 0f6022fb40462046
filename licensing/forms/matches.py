"""What the pages of matches and of people ask for. The services judge."""

from django.utils.translation import gettext_lazy as _

from licensing.forms import ActForm, words


class MatchForm(ActForm):
    """What shows that it is this person, or another."""

    evidence = words(
        _("What shows it"),
        rows=5,
        help_text=_("Birth date, number, country, papers that were seen. A likeness of names alone shows nothing."),
    )
