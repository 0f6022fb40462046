"""The acts on an entry of the list of warnings."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _

from core.models import User
from exchanges import services
from exchanges.forms.warnings import EndForm, PublishForm
from exchanges.models import MarketWarning
from licensing.views.acts import Act, Table, never


def find(user: User, reference: str) -> MarketWarning:
    """One of the official's own authority: those of others he reads as everybody does."""
    rows = MarketWarning.objects.visible_to(user).filter(authority=user.authority_id)
    people = ("authority", "proposed_by", "published_by", "ended_by")
    return get_object_or_404(rows.select_related(*people), reference=reference)


def named(warning: MarketWarning) -> Any:
    return warning.name


def published(warning: MarketWarning, actor: User) -> bool:
    return warning.state == "published"


def end(step: str, done: str) -> Act:
    return Act(
        step,
        done,
        services.end_warning,
        EndForm,
        step=step,
        given={"step": step},
        supplied=frozenset({"warning-reason"}),
    )


ACTS = Table(
    find=find,
    page="warning",
    index=("warnings", _("Warnings")),
    nav="warnings",
    heading=named,
    acts=(
        Act(
            "publish",
            _("The warning is published."),
            services.publish_warning,
            PublishForm,
            step="publish",
            supplied=frozenset({"warning-unconfirmed"}),
        ),
        end("drop", _("The warning is not published.")),
        end("withdraw", _("The warning is withdrawn.")),
        Act(
            "ask-withdrawal",
            _("The heads are told that it should be withdrawn."),
            services.ask_withdrawal,
            EndForm,
            label=_("Propose the withdrawal"),
            consequence=_("A head other than you decides; until then it stands."),
            permission="exchanges.propose_warning",
            when=published,
            leads=never,
        ),
    ),
)
