"""The acts on a data centre."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from core.models import User
from licensing.views.acts import Act, Table
from mining import services
from mining.forms.centres import (
    AssessForm,
    ChangeCentreForm,
    CloseCentreForm,
    EndLettingForm,
    LetForm,
    PublishCentreForm,
)
from mining.models import DataCentre


def find(user: User, reference: str) -> DataCentre:
    people = ("owner", "authority", "decided_by", "application")
    return get_object_or_404(DataCentre.objects.visible_to(user).select_related(*people), reference=reference)


def stands(centre: DataCentre, actor: User) -> bool:
    return centre.state == "registered"


def is_let(centre: DataCentre, actor: User) -> bool:
    return stands(centre, actor) and centre.hostings.during(timezone.localdate(), None).exists()


def not_under_way(centre: DataCentre, actor: User) -> bool:
    return stands(centre, actor) and not centre.assessments.filter(state__in=("draft", "proposed")).exists()


def whose(centre: DataCentre) -> Any:
    return centre.owner.name


ACTS = Table(
    find=find,
    page="centre",
    index=("centres", _("Data centres")),
    nav="centres",
    permission="mining.change_centre",
    heading=whose,
    acts=(
        Act(
            "assess",
            _("The assessment is begun with the checklist of its day."),
            services.open_assessment,
            AssessForm,
            label=_("Assess"),
            consequence=_("The checklist in force on that day is put before you, item by item."),
            permission="mining.prepare_assessment",
            when=not_under_way,
            makes="assessment",
        ),
        Act(
            "let",
            _("The letting is entered."),
            services.let_capacity,
            LetForm,
            label=_("Enter who is hosted"),
            consequence=_("It is refused where on any day more would be let than the centre has."),
            when=stands,
        ),
        Act(
            "end-letting",
            _("The last day of the letting is entered."),
            services.end_letting,
            EndLettingForm,
            label=_("End a letting"),
            when=is_let,
        ),
        Act(
            "change",
            _("The entry is changed."),
            services.change_centre,
            ChangeCentreForm,
            label=_("Change the entry"),
            consequence=_("The history keeps what stood before, and why it was changed."),
            when=stands,
        ),
        Act("close", _("The data centre is closed."), services.close_centre, CloseCentreForm, step="close",
            supplied=frozenset({"closing-incomplete"})),
        Act(
            "publication",
            _("The publication decision is kept."),
            services.publish_centre,
            PublishCentreForm,
            label=_("Change what the public sees"),
            permission="mining.publish_centre",
        ),
    ),
)  # fmt: skip
