"""The people behind a firm: cards of a case and of a licence, and the firm's own page of them."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from core.models import Organisation, User
from core.services import Upload, allowed, require
from core.views import reader
from core.views.account import attempt
from law.people import Ownership, Stake, beneficial_shares, plain_share
from law.problems import render as told
from licensing.forms.matches import FitnessForm
from licensing.models import Application, FirmPerson, FitnessCheck, Licence, PeopleDeclaration, ScreeningMatch
from licensing.permits import kind as permit_kind
from licensing.services.fitness import asked_of, check_person
from licensing.views.access import OfficeRequest, office
from licensing.views.declared import declarable
from licensing.views.panels import Panel, PanelMaker

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

SHOWN = 400  # people of one firm on a page; a filing names as many owners and executives at most
MATCHES, CHECKS = 50, 200


def people_rows(application: Application, user: User) -> "QuerySet[Any] | None":
    """Who stands behind the applicant now; None where the kind names nobody."""
    if application.permit.people is None:
        return None
    return FirmPerson.objects.visible_to(user).of(application).standing().order_by("side", "id")[:SHOWN]


def people_card(application: Application, user: User, rows: Sequence[Any]) -> Panel:
    facts = facts_of(rows, application.organisation.identifier)
    return Panel("licensing/people_panel.html", {**facts, "official": user.is_official})


def match_rows(application: Application, user: User) -> "QuerySet[Any] | None":
    """Open and confirmed matches of the people behind the applicant; None where the kind names nobody."""
    if application.permit.people is None:
        return None
    return ScreeningMatch.objects.visible_to(user).standing(application).order_by("-id")[:MATCHES]


def match_card(application: Application, user: User, rows: Sequence[Any]) -> Panel:
    return Panel("licensing/matches_panel.html", {"rows": rows})


PEOPLE_PANEL = PanelMaker(people_rows, people_card)
MATCHES_PANEL = PanelMaker(match_rows, match_card)


def licence_people(licence: Licence, user: "User | AnonymousUser") -> Panel | None:
    """Who stands behind the holder for this kind of permit, with chains through other firms where they are known."""
    if permit_kind(licence.kind).people is None:
        return None
    known = FirmPerson.objects.visible_to(user).behind(licence).standing()
    rows = list(known.order_by("side", "id")[:SHOWN])
    seen = ScreeningMatch.objects.visible_to(user).filter(person__in=rows, state__in=("open", "confirmed"))
    facts = facts_of(rows, licence.organisation.identifier, behind(user, rows))
    facts |= {"official": bool(getattr(user, "is_official", False)), "matches": list(seen.order_by("-id")[:MATCHES])}
    said = PeopleDeclaration.objects.visible_to(user).behind(licence).order_by("-id").first()
    return Panel("licensing/people_panel.html", facts | {"declared": said})


def behind(user: "User | AnonymousUser", rows: Sequence[FirmPerson]) -> list[Stake]:
    """What is known of the owners' own owners: for officials, whose authority knows it."""
    firms = [row.number for row in rows if row.kind == "legal_entity" and row.number]
    if not firms or not getattr(user, "is_official", False):
        return []
    return FirmPerson.objects.visible_to(user).stakes_behind(rows[0].authority_id, firms)


def facts_of(rows: Sequence[FirmPerson], firm: str, known: Iterable[Stake] = ()) -> dict[str, Any]:
    """The rows, and what each owner at the end of a chain owns, with its arithmetic."""
    stakes = [stake for row in rows if (stake := row.stake(firm)) is not None]
    own = {stake.firm for stake in stakes}
    reckoned = beneficial_shares([*stakes, *(one for one in known if one.firm not in own)], firm)
    return {"rows": rows, "shares": share_lines(reckoned), "circles": [" → ".join(one) for one in reckoned.circles]}


def share_lines(reckoned: Ownership) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "share": plain_share(one.share),
            "lines": [told(line.msgid, line.params, gettext) for line in one.arithmetic],
        }
        for one in reckoned.shares
    ]


@require_http_methods(["GET", "POST"])
@office
def firm_person(request: OfficeRequest, pk: int) -> HttpResponse:
    """One person behind a firm: what is stated, what was found of each requirement, his matches; POST enters a look."""
    people = FirmPerson.objects.visible_to(request.user).select_related(
        "organisation", "authority", "source", "declaration__licence"
    )
    row = get_object_or_404(people, pk=pk)
    asked = asked_of(row, timezone.localdate())
    may = row.until is None and allowed(request.user, "licensing.check_person", row)
    form = FitnessForm(request.POST or None, request.FILES or None, asked=asked)
    if request.method == "POST":
        require(request.user, "licensing.check_person", row)
        if form.is_valid() and attempt(form, lambda: looked_at(row, form, request.user)):
            messages.success(request, gettext("Entered."))
            return redirect("firm-person", pk=pk)
    checks = FitnessCheck.objects.visible_to(request.user).filter(person=row).select_related("checked_by", "document")
    found = list(checks[:CHECKS])
    seen = {one.code for one in found}
    context = {
        "row": row,
        "checks": found,
        "open": [gettext(one.label) for one in asked if one.code not in seen],
        "form": form if may and asked else None,
        "matches": ScreeningMatch.objects.visible_to(request.user).filter(person=row)[:MATCHES],
        "nav": "screening-matches",
    }
    return render(request, "licensing/firm_person.html", context, status=409 if form.errors else 200)


def looked_at(row: FirmPerson, form: FitnessForm, actor: User) -> FitnessCheck:
    given = dict(form.cleaned_data)
    sent = given.pop("file")
    paper = Upload(sent.name, sent.file) if sent else None
    return check_person(row, **given, file=paper, actor=actor, at=timezone.now())


@require_safe
def my_people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who stands behind a firm of mine, as each authority knows it; nothing of any screening."""
    user = reader(request)
    organisation = get_object_or_404(Organisation.objects.filter(pk__in=user.organisations().values("pk")), pk=pk)
    rows = FirmPerson.objects.visible_to(user).filter(organisation=organisation)
    rows = rows.select_related("authority", "source").order_by("permit", "side", "id")[:SHOWN]
    by_permit: dict[str, list[FirmPerson]] = {}
    for row in rows:
        by_permit.setdefault(row.permit, []).append(row)
    parts = [
        {
            "kind": gettext(permit_kind(code).name),
            "authority": held[0].authority.name,
            "gone": [row for row in held if row.until is not None],
            **facts_of([row for row in held if row.until is None], organisation.identifier),
        }
        for code, held in by_permit.items()
    ]
    context = {
        "organisation": organisation,
        "parts": parts,
        "declarable": declarable(user, organisation.pk),
        "nav": "account-organisations",
    }
    return render(request, "licensing/my_people.html", context)
