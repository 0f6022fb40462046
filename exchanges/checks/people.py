"""Who stands behind a firm: chains of owners, firms that are no more, places that bar, and what screening confirmed."""

from datetime import date

from core.models import Organisation
from law.operators import EXCHANGER
from law.people import EXECUTIVE, OWNER, StatedPerson, ownership_problems, people_problems
from law.problems import Problem, _
from law.provisions import Provision, provision
from licensing.models import Application, FirmPerson, FitnessCheck, ScreeningEntry, ScreeningMatch
from licensing.models.applications import UNFILED
from licensing.models.people import stakes_of

#: Screening lists by these codes hold places (column `country`, ISO 3166 alpha-2), where the authority keeps them.
DEFICIENT, OFFSHORE = "deficient-states", "offshore-zones"


def rule_of(application: Application, on: date) -> Provision:
    family = "exchanger" if application.kind == EXCHANGER else "platform"
    return provision(f"nbk.{family}.owners", on)


def stated(application: Application, side: str) -> list[StatedPerson]:
    return [one for one in application.particulars.stated_people() if one.side == side]


def owners(application: Application, on: date) -> list[Problem]:
    """Chains hang together with what is known of the firms in them; no owner is a firm that is no more."""
    found, rule = stated(application, OWNER), rule_of(application, on)
    firms = [one.number for one in found if one.kind == "legal_entity" and one.number]
    own = application.organisation.identifier
    stakes = stakes_of(found, own)
    if firms:
        said = {stake.firm for stake in stakes}
        known = FirmPerson.objects.all().stakes_behind(application.authority_id, firms)
        stakes += [stake for stake in known if stake.firm not in said]
    return people_problems(found, on) + ownership_problems(found, stakes, own, rule) + ended_firms(found, rule, on)


def executives(application: Application, on: date) -> list[Problem]:
    """Their ages; after the filing, education and bars that an official found unmet."""
    looked = [problem for code in ("education", "bar") for problem in unfit(application, code)]
    return people_problems(stated(application, EXECUTIVE), on) + looked


def ended_firms(found: list[StatedPerson], rule: Provision, on: date) -> list[Problem]:
    """Owners that are liquidated, as officials noted it from the registration record."""
    firms = {one.number: one for one in found if one.kind == "legal_entity" and one.number}
    if not firms:
        return []
    rows = Organisation.objects.filter(identifier__in=list(firms), ended_on__lte=on).values_list(
        "identifier", "ended_on"
    )
    message = _("%(name)s was liquidated on %(day)s.")
    return [
        Problem("owner-ended", message, {"name": firms[number].name, "day": day}, f"{firms[number].field}.number", rule)
        for number, day in rows
    ]


def origin(application: Application, on: date) -> list[Problem]:
    """After the filing: whom screening was confirmed to mean, and who comes from a place on a list of the authority."""
    if application.state in UNFILED:
        return []
    return confirmed(application, rule_of(application, on)) + from_listed_places(application, on)


def confirmed(application: Application, rule: Provision, severity: str = "error") -> list[Problem]:
    """Confirmed matches of who stands behind the firm; a ground of refusal where the law bars who is on a list."""
    rows = ScreeningMatch.objects.standing(application).filter(state="confirmed").select_related("person")
    message = _("%(name)s stands on a list that bars: an official has confirmed it.")
    return [
        Problem("person-listed", message, {"name": row.person.name}, provision=rule, severity=severity)  # type: ignore[arg-type]  # error | warning
        for row in rows.order_by("id")
    ]


def from_listed_places(application: Application, on: date) -> list[Problem]:
    """Whose country stands on the authority's list of deficient states, or for platforms of offshore zones (LDA 6(12),
    12-2(15)); without such a list nothing is found and a person looks."""
    codes = (DEFICIENT,) if application.kind == EXCHANGER else (DEFICIENT, OFFSHORE)
    places = ScreeningEntry.objects.filter(
        list__authority=application.authority_id, list__replaced_at=None, list__code__in=codes
    ).exclude(country="")
    people = application.particulars.stated_people()
    listed = set(places.filter(country__in={one.country for one in people}).values_list("country", flat=True))
    message = _("%(name)s is of a place on a list that bars: %(country)s.")
    return [
        Problem(
            "person-place", message, {"name": one.name, "country": one.country}, one.field, rule_of(application, on)
        )
        for one in people
        if one.country in listed
    ]


def unfit(application: Application, code: str) -> list[Problem]:
    """After the filing: of whom an official found last that he does not meet a requirement."""
    if application.state in UNFILED:
        return []
    people = FirmPerson.objects.of(application).standing()
    rows = FitnessCheck.objects.filter(person__in=people, code=code).newest().select_related("person")
    message = _("%(name)s does not meet it: an official looked on %(day)s.")
    return [
        Problem("person-unfit", message, {"name": row.person.name, "day": row.checked_on})
        for row in rows
        if not row.met
    ]


def reputation(application: Application, on: date) -> list[Problem]:
    return unfit(application, "reputation")


def conviction(application: Application, on: date) -> list[Problem]:
    return unfit(application, "conviction")


def individuals(application: Application, on: date) -> list[Problem]:
    """In the AIFC no rule that was read bars who is listed: a person judges what screening confirmed."""
    if application.state in UNFILED:
        return []
    return [*confirmed(application, provision("aifc.individuals", on), "warning"), *unfit(application, "fit")]
