"""What holders of licences under Law 202-V may file about them, for kinds to declare in their procedure.

A kind adds checks of its own (the fee, what its law says of late notice) by `with_checks`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from law.licensing import term
from law.life import OWN_REQUESTS, suspension_problems
from law.problems import Problem, _
from law.provisions import NotInForce, Provision
from law.requests import REORGANISATIONS, apply_by, change_grounds
from licensing.permits import Check, Request

if TYPE_CHECKING:
    from licensing.models import Application

#: Grounds of a re-issue that change a name or an address, and those that need a reason in words.
RENAMING = frozenset(f"permit.reissue.{name}" for name in ("person", "trader", "entity"))
IN_WORDS = frozenset({"permit.reissue.law", "permit.reissue.activity"})
LIVE, STOPPED = ("in_force", "suspended"), ("suspended", "uncured")


def rule_of(application: "Application", on: date) -> Provision | None:
    """The rule that carries the request's term of decision."""
    try:
        return term(application.kind, application.form.rule("decision"), on)
    except NotInForce:
        return None


def decided(application: "Application") -> bool:
    """The licence has changed by the very decision: it is no longer what was asked about."""
    return application.WORKFLOW.state(application.state).final


def licence_state(application: "Application", on: date) -> list[Problem]:
    """The licence is in a state in which this may be asked for; looked at again when it is granted."""
    licence, request = application.concerning, application.form.request
    if licence is None or request is None or decided(application) or licence.state in request.states:
        return []
    return [
        Problem(
            code="licence-state",
            message=_("This cannot be asked for now: the licence is in the state “%(state)s”."),
            params={"state": licence.WORKFLOW.state(licence.state).label},
            provision=rule_of(application, on),
        )
    ]


def holder(application: "Application", on: date) -> list[Problem]:
    """The holder files; after a reorganisation, the entity to which the licence goes over."""
    licence, form = application.concerning, application.form
    if licence is None or form.request is None or decided(application):
        return []
    same = application.organisation_id == licence.organisation_id
    if form.request.anew and same:
        message = _("After a spin-off or division the new entity files, not the holder itself.")
        return [Problem(code="new-entity", message=message, field="organisation", provision=rule_of(application, on))]
    if same or application.change.ground in REORGANISATIONS:
        return []
    message = _("The applicant does not hold the licence.")
    return [Problem(code="not-the-holder", message=message, field="organisation", provision=rule_of(application, on))]


def no_other_open(application: "Application", on: date) -> list[Problem]:
    """One request of a sort at a time: what is asked in it can be said in one."""
    licence = application.concerning
    if licence is None:
        return []
    other = licence.filings.open().filter(act=application.act, organisation=application.organisation_id)
    reference = other.exclude(pk=application.pk).values_list("reference", flat=True).first()
    if reference is None:
        return []
    message = _("The same is asked for in %(reference)s, which is still open.")
    return [Problem(code="request-open", message=message, params={"reference": reference})]


def change_stated(application: "Application", on: date) -> list[Problem]:
    """What has changed and since when; the new name or address where that is what has changed."""
    row, found = application.change, []
    listed = {one.code: one for one in change_grounds(application.kind, application.act, on)}
    if row.ground not in listed:
        message = _("Say what has happened, by a code from the closed list: %(codes)s.")
        params = {"codes": ", ".join(listed)}
        found.append(Problem(code="change-ground", message=message, params=params, field="ground"))
    cited = listed.get(row.ground)
    if row.ground in RENAMING and not (row.names or row.address):
        message = _("State the new name or the new address.")
        found.append(Problem(code="change-missing", message=message, field="name_kk", provision=cited))
    if row.ground in IN_WORDS and not row.text.strip():
        found.append(Problem(code="change-words", message=_("Say in words what changes."), field="text"))
    return [*found, *change_day(application, on)]


def change_day(application: "Application", on: date) -> list[Problem]:
    """The day of the change lies between the grant and the filing."""
    row, licence = application.change, application.concerning
    if row.changed_on is None:
        return [Problem(code="change-day", message=_("Give the day of the change."), field="changed_on")]
    params = {"day": row.changed_on, "on": on}
    if row.changed_on > on:
        message = _("The change of %(day)s has not happened yet.")
        return [Problem(code="change-to-come", message=message, params=params, field="changed_on")]
    if licence is not None and row.changed_on < licence.granted_on:
        message = _("The change of %(day)s lies before the grant of the licence on %(granted)s: ask for a correction.")
        params = {"day": row.changed_on, "granted": licence.granted_on}
        return [Problem(code="change-before-grant", message=message, params=params, field="changed_on")]
    return []


def filed_in_time(application: "Application", on: date) -> list[Problem]:
    """Late filing has no consequence of its own in Law 202-V; a person sees it, with the arithmetic."""
    changed_on = application.change.changed_on
    if changed_on is None or changed_on > on:
        return []
    last = apply_by(application.kind, application.act, changed_on)
    if on <= last.due_on:
        return []
    return [
        Problem(
            code="filed-late",
            message=_("The change of %(changed)s had to be filed within %(number)s calendar days, by %(last)s."),
            params={"changed": changed_on, "number": last.provision.number, "last": last.due_on},
            field="changed_on",
            provision=last.provision,
            severity="warning",
        )
    ]


def not_gone_over(application: "Application", on: date) -> list[Problem]:
    """After a division the licence goes over to one of the new entities, once (34(5))."""
    licence, since = application.concerning, application.submitted_at
    if licence is None or since is None or decided(application):
        return []
    gone = licence.filings.filter(act="reissue-split", state="granted", closed_at__gt=since)
    if not gone.exists():
        return []
    message = _("The licence has been re-issued to another entity since this was filed.")
    return [Problem(code="gone-over", message=message, provision=rule_of(application, on))]


def paper_only(application: "Application", on: date) -> list[Problem]:
    """A duplicate exists of paper permits alone (43(1)); an electronic one is printed from the register."""
    licence = application.concerning
    if licence is None or licence.on_paper or decided(application):
        return []
    message = _("A duplicate is made of a paper licence alone; this one is electronic and can be printed at any time.")
    return [Problem(code="not-on-paper", message=message, provision=rule_of(application, on))]


def still_on_paper(application: "Application", on: date) -> list[Problem]:
    """Only a paper permit is turned into an electronic one (43(2))."""
    licence = application.concerning
    if licence is None or licence.on_paper or decided(application):
        return []
    message = _("This licence is electronic already.")
    return [Problem(code="electronic-already", message=message, provision=rule_of(application, on))]


def said_in_words(application: "Application", on: date) -> list[Problem]:
    if application.change.text.strip():
        return []
    return [Problem(code="explanation-missing", message=_("Say in words what is asked for and why."), field="text")]


def corrections_stated(application: "Application", on: date) -> list[Problem]:
    """Each correction names a line that stands on the licence; it needs a new text."""
    row, licence = application.change, application.concerning
    if not row.corrections:
        message = _("Name the lines to correct and how they must read.")
        return [Problem(code="correction-missing", message=message, field="corrections")]
    known = {str(line["label"]) for line in licence.particulars} if licence is not None else set()
    if decided(application):
        return []
    message = _("“%(label)s” does not stand on the licence.")
    return [
        Problem(code="correction-unknown", message=message, params={"label": one["label"]}, field="corrections")
        for one in row.corrections
        if one["label"] not in known
    ]


def suspension_length(application: "Application", on: date) -> list[Problem]:
    return suspension_problems(application.kind, application.change.months, on)


def own_suspension(application: "Application", on: date) -> list[Problem]:
    """Each way back has its own request: this one is for a suspension that the holder asked for."""
    if stopped_by_holder(application) in (None, True):
        return []
    message = _("The authority suspended this licence: file the cure of what was found (act “resumption”).")
    return [Problem(code="compulsory-suspension", message=message, provision=rule_of(application, on))]


def compulsory_suspension(application: "Application", on: date) -> list[Problem]:
    if stopped_by_holder(application) in (None, False):
        return []
    message = _("The holder asked for this suspension: nothing has to be cured (act “resumption-own”).")
    return [Problem(code="suspended-by-holder", message=message, provision=rule_of(application, on))]


def stopped_by_holder(application: "Application") -> bool | None:
    """Whether the licence stands suspended at its holder's wish; None where it is not suspended."""
    licence = application.concerning
    if licence is None or decided(application) or licence.state not in STOPPED:
        return None
    return licence.ground.get("code") in OWN_REQUESTS


STATE = Check(
    "licence",
    _("The licence is in a state in which this may be asked for"),
    "permit.after-suspension",
    licence_state,
    of_licence=True,
)
HOLDER = Check(
    "applicant", _("The applicant is the holder or, after a reorganisation, the new entity"), "permit.reissue", holder
)
ALONE = Check("alone", _("Nothing of the kind is open"), "permit.reissue", no_other_open, of_licence=True)
ALWAYS = (STATE, HOLDER, ALONE)
WORDS = Check("words", _("What is asked for is said in words"), "permit.correction", said_in_words)
CHANGE = Check("change", _("What has changed is stated"), "permit.reissue", change_stated)
IN_TIME = Check("in-time", _("It is filed within the term"), "permit.reissue-apply", filed_in_time)
PROVED = Check("proved", _("The papers bear it out"), "permit.reissue", lambda application, on: [], by_person=True)


def decided_by(rule: str, **others: str) -> tuple[tuple[str, str], ...]:
    return (("registration", "registration"), *others.items(), ("decision", rule))


NAMES = ("name_kk", "name_ru", "name_en")
REQUESTS: tuple[Request, ...] = (
    Request(
        "reissue",
        _("Re-issue of a licence"),
        _("After a change of name or address, or by transformation, merger or accession; to be filed within 30 days."),
        _("The licence is printed anew with the change; the register shows it at once."),
        decided_by("reissue"),
        LIVE,
        (*ALWAYS, CHANGE, IN_TIME, PROVED),
        fields=("ground", "changed_on", *NAMES, "address", "text"),
        prints=True,
        by_successor=True,
        fee_ground="permit.reissue.refusal.fee",
    ),
    Request(
        "reissue-split",
        _("Re-issue of a licence after spin-off or division"),
        _("The new entity files, and its qualification is checked as for a new licence."),
        _("The licence goes over to the new entity; the register shows it at once."),
        decided_by("reissue-split", completeness="reissue-split-completeness"),
        LIVE,
        (
            *ALWAYS,
            Check("free", _("The licence has not gone over to another entity"), "permit.reissue-split", not_gone_over),
            CHANGE,
            replace(IN_TIME, provision="permit.reissue-split-apply"),
        ),
        fields=("ground", "changed_on", "text"),
        prints=True,
        anew=True,
        by_successor=True,
        agreement_answer="reissue-split-agreement-answer",
        fee_ground="permit.refusal.2",
    ),
    Request(
        "duplicate",
        _("Duplicate of a licence"),
        _("For a licence on paper that was lost or spoiled."),
        _("A duplicate is printed, with the days of the first issue and of the re-issues."),
        decided_by("duplicate"),
        LIVE,
        (*ALWAYS, Check("paper", _("The licence is on paper"), "permit.duplicate", paper_only, of_licence=True), WORDS),
        fields=("text",),
        prints=True,
        fee_ground="permit.duplicate.refusal.fee",
    ),
    Request(
        "electronic",
        _("Electronic licence in place of a paper one"),
        _("For a licence on paper: its form changes, and nothing that it says. The law names no fee."),
        _("An electronic licence is printed with the same words; the paper one is no longer the licence."),
        decided_by("electronic"),
        (*LIVE, "uncured"),
        (
            *ALWAYS,
            Check("paper", _("The licence is on paper"), "permit.electronic", still_on_paper, of_licence=True),
        ),
        fields=("text",),
        prints=True,
    ),
    Request(
        "correction",
        _("Correction of an error in a licence"),
        _("Free of charge: name the line that is wrong and how it must read."),
        _("The licence is printed anew as corrected, and the register is corrected."),
        decided_by("correction"),
        (*LIVE, "uncured"),
        (*ALWAYS, Check("corrections", _("What is wrong is named"), "permit.correction", corrections_stated), PROVED),
        fields=("corrections", "text"),
        prints=True,
    ),
    Request(
        "suspension",
        _("Suspension of a licence at own request"),
        _("The activity is forbidden while the licence is suspended."),
        _("The licence is suspended from today for the months asked for; the register shows it at once."),
        decided_by("suspension-own"),
        ("in_force",),
        (
            *ALWAYS,
            Check("months", _("The length is within the law"), "permit.suspension-own", suspension_length),
            WORDS,
        ),
        fields=("months", "text"),
    ),
    Request(
        "resumption",
        _("Resumption of a licence after cure"),
        _("Prove that the breaches are cured: before the suspension ends, or until the licence has been ended."),
        _("The licence is in force again from today; the register shows it at once."),
        decided_by("cure-check"),
        STOPPED,
        (
            *ALWAYS,
            Check(
                "compulsory",
                _("The authority suspended the licence"),
                "permit.cure-check",
                compulsory_suspension,
                of_licence=True,
            ),
            WORDS,
            Check(
                "cured", _("The breaches are cured"), "permit.cure-check", lambda application, on: [], by_person=True
            ),
        ),
        fields=("text",),
    ),
    Request(
        "resumption-own",
        _("Resumption of a licence after own suspension"),
        _("The licence was suspended at the holder's request, who asks to take up the activity again."),
        _("The licence is in force again from today; the register shows it at once."),
        decided_by("resume-voluntary"),
        STOPPED,
        (
            *ALWAYS,
            Check(
                "own",
                _("The holder asked for the suspension"),
                "permit.resume-voluntary",
                own_suspension,
                of_licence=True,
            ),
        ),
        fields=("text",),
    ),
    Request(
        "surrender",
        _("Surrender of a licence"),
        _("The licence ends at the holder's wish; a paper licence is returned within 10 working days."),
        _("The licence ends today and cannot be taken back; the register shows it at once."),
        decided_by("surrender"),
        (*LIVE, "uncured"),
        (*ALWAYS, WORDS),
        fields=("text",),
    ),
)


def with_checks(more: Mapping[str, tuple[Check, ...]]) -> tuple[Request, ...]:
    """The requests of Law 202-V with a kind's own checks added, by act."""
    return tuple(replace(one, checks=(*one.checks, *more.get(one.act, ()))) for one in REQUESTS)
