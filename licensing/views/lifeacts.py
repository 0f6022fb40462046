"""The acts on a licence, a breach and a measure as data: what each asks for, and which service does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from core.models import Stateful, User
from core.services import allowed, choices
from law.problems import Problem
from law.provisions import provision
from licensing import life_forms as forms
from licensing import services
from licensing.models import Breach, Licence, Measure
from licensing.models.life import measure_grounds
from licensing.workflow import LIVE

Do = Callable[[Any, Mapping[str, Any], User, datetime], Any]


@dataclass(frozen=True, slots=True)
class FileAct:
    """One act. `step` names its transition, if it is one; `supplied` are the problem codes that its form removes."""

    name: str
    label: str
    done: str
    do: Do
    form: type[forms.FileForm] = forms.FileForm
    step: str = ""
    permission: str = ""
    supplied: frozenset[str] = frozenset()
    consequence: str = ""
    adverse: bool = False
    when: Callable[[Any], bool] = lambda case: True
    versioned: bool = True


def ground_of(code: str, kind: str | None) -> dict[str, Any]:
    """The rule that a form names: an item of a closed list of the kind, else a provision of today."""
    today = timezone.localdate()
    acts = (Measure.SUSPEND, Measure.REVOKE) if kind else ()
    for listed in (measure_grounds(act, kind or "", today) for act in acts):
        for one in listed:
            if one.code == code:
                return one.ground()
    return provision(code, today).ground()


def _open_breach(licence: Licence, given: Mapping[str, Any], actor: User, at: datetime) -> Any:
    return services.open_breach(
        authority=licence.authority,
        licence=licence,
        ground=ground_of(given["rule"], licence.kind),
        facts=given["facts"],
        found_on=given["found_on"],
        actor=actor,
        at=at,
    )


def _propose(act: str) -> Do:
    def do(licence: Licence, given: Mapping[str, Any], actor: User, at: datetime) -> Any:
        values = {name: given.get(name) for name in ("reasons", "text", "months", "breach")}
        return services.propose_measure(licence, act=act, actor=actor, at=at, **values)  # type: ignore[arg-type]  # cleaned

    return do


def _named(service: Callable[..., Any], *names: str) -> Do:
    """Call a service with fields of the form under their own names."""

    def do(case: Any, given: Mapping[str, Any], actor: User, at: datetime) -> Any:
        return service(case, **{name: given[name] for name in names if name in given}, actor=actor, at=at)

    return do


def _settle(step: str) -> Do:
    def do(breach: Breach, given: Mapping[str, Any], actor: User, at: datetime) -> Any:
        return services.settle_breach(
            breach, step, text=given["text"], cured_on=given.get("cured_on"), actor=actor, at=at
        )

    return do


def _end(step: str) -> Do:
    def do(measure: Measure, given: Mapping[str, Any], actor: User, at: datetime) -> Any:
        return services.end_measure(
            measure, step, text=given["text"], judgment_on=given.get("judgment_on"), actor=actor, at=at
        )

    return do


def _answer_referral(breach: Breach, given: Mapping[str, Any], actor: User, at: datetime) -> Any:
    values = {name: given[name] for name in ("answer", "answered_on")}
    return services.answer_referral(given["referral"], **values, actor=actor, at=at)


def is_live(licence: Licence) -> bool:
    return licence.state in LIVE


def is_open(case: Any) -> bool:
    return case.closed_at is None


PROPOSE, REVIEW = "licensing.propose_measure", "licensing.review_measure"
LICENCE_ACTS = (
    FileAct(
        "breach",
        _("Open a breach"),
        _("The breach is opened; the holder is asked to explain."),
        _open_breach,
        forms.BreachForm,
        permission="licensing.open_breach",
        consequence=_("The holder gets a letter and owes an explanation."),
    ),
    FileAct(
        "suspend",
        _("Propose a suspension"),
        _("The measure is proposed; a second person countersigns it."),
        _propose(Measure.SUSPEND),
        forms.SuspendForm,
        permission=PROPOSE,
        when=lambda licence: licence.state == "in_force",
        consequence=_("A second person countersigns, a head decides; the licence stays as it is until then."),
        adverse=True,
    ),
    FileAct(
        "revoke",
        _("Propose to take the licence away"),
        _("The measure is proposed; a second person countersigns it."),
        _propose(Measure.REVOKE),
        forms.RevokeForm,
        permission=PROPOSE,
        when=is_live,
        consequence=_("Where only a court may do it, the measure is a claim to the court."),
        adverse=True,
    ),
    FileAct(
        "close",
        _("Propose to establish the end"),
        _("The measure is proposed; a second person countersigns it."),
        _propose(Measure.CLOSE),
        forms.MeasureForm,
        permission=PROPOSE,
        when=is_live,
        consequence=_("For a holder who has died or was liquidated, and the other cases of the law."),
        adverse=True,
    ),
)
BREACH_ACTS = (
    FileAct(
        "cure",
        _("Note the cure"),
        _("The breach is settled."),
        _settle("cure"),
        forms.CureForm,
        step="cure",
        supplied=frozenset({"cure-day", "note-missing"}),
    ),
    FileAct(
        "refer",
        _("Refer to another body"),
        _("The referral is sent."),
        _named(services.refer_breach, "body", "text"),
        forms.ReferForm,
        permission="licensing.review_breach",
        when=is_open,
        consequence=_("The other body owes an answer."),
    ),
    FileAct(
        "answer",
        _("Enter the answer of a body"),
        _("The answer is entered."),
        _answer_referral,
        forms.ReferralAnswerForm,
        permission="licensing.review_breach",
        when=lambda breach: breach.referrals.filter(answered_on__isnull=True).exists(),
        versioned=False,
    ),
    FileAct(
        "assign",
        _("Assign"),
        _("The case is assigned."),
        _named(services.assign_breach, "to"),
        forms.GiveForm,
        permission="licensing.review_breach",
        when=is_open,
    ),
    FileAct(
        "close",
        _("Close as acted on"),
        _("The breach is settled."),
        _settle("close"),
        forms.TextForm,
        step="close",
    ),
    FileAct(
        "dismiss",
        _("Close as unfounded"),
        _("The breach is settled."),
        _settle("dismiss"),
        forms.TextForm,
        step="dismiss",
        supplied=frozenset({"note-missing"}),
    ),
)
COURT_DAYS = frozenset({"court-day", "judgment-not-in-force", "court-missing", "note-missing"})
MEASURE_ACTS = (
    FileAct(
        "countersign",
        _("Countersign"),
        _("The measure is countersigned; a head decides."),
        _named(services.countersign_measure),
        step="countersign",
    ),
    FileAct(
        "decide",
        _("Put into effect"),
        _("The measure is in effect."),
        _named(services.decide_measure, "confirmation"),
        forms.ConfirmForm,
        step="decide",
        when=lambda measure: not measure.by_court,
    ),
    FileAct(
        "file",
        _("File the claim"),
        _("The claim is filed."),
        _named(services.file_claim, "court", "claim_reference", "filed_on", "confirmation"),
        forms.ClaimForm,
        step="file",
        supplied=COURT_DAYS,
        when=lambda measure: measure.by_court,
    ),
    FileAct(
        "hear",
        _("Enter the hearing in court"),
        _("The hearing is entered."),
        _named(services.enter_court_hearing, "heard_on"),
        forms.CourtHearingForm,
        step="hear",
        supplied=COURT_DAYS,
    ),
    FileAct(
        "uphold",
        _("Carry out the judgment"),
        _("The judgment is carried out."),
        _named(services.carry_out_judgment, "judgment_on", "judgment_in_force_on", "text"),
        forms.JudgmentForm,
        step="uphold",
        supplied=COURT_DAYS,
    ),
    FileAct(
        "announce",
        _("Make the draft known"),
        _("The draft is sent to the holder."),
        _named(services.announce_measure),
        permission=REVIEW,
        when=lambda measure: is_open(measure) and measure.told_on is None,
        consequence=_("The holder gets the draft and may answer it; the licence stays as it is."),
    ),
    FileAct(
        "approve",
        _("Note the prosecutor's approval"),
        _("The approval is on file."),
        _named(services.approve_measure, "reference", "on"),
        forms.ApprovalForm,
        permission=REVIEW,
        when=lambda measure: is_open(measure) and measure.organisation.is_registered_investor,
    ),
    FileAct(
        "reject",
        _("Enter that the claim was dismissed"),
        _("The measure has ended."),
        _end("reject"),
        forms.RejectForm,
        step="reject",
        supplied=COURT_DAYS,
    ),
    FileAct(
        "drop",
        _("Drop"),
        _("The measure has ended."),
        _end("drop"),
        forms.TextForm,
        step="drop",
        supplied=frozenset({"note-missing"}),
    ),
)
ACTS: Mapping[type[Stateful], tuple[FileAct, ...]] = {
    Licence: LICENCE_ACTS,
    Breach: BREACH_ACTS,
    Measure: MEASURE_ACTS,
}


@dataclass(frozen=True, slots=True)
class FileOffer:
    """An act offered on a page; with problems it stays, disabled, and says what stands in the way."""

    act: FileAct
    label: str
    consequence: str
    adverse: bool
    problems: tuple[Problem, ...]


def offered(case: Stateful, actor: User, at: datetime) -> list[FileOffer]:
    """Every act on the case that starts from its state and is this person's to take, each with what blocks it."""
    steps = {choice.step.name: choice for choice in choices(case, actor, at)} if type(case) is not Licence else {}
    found = []
    for act in ACTS[type(case)]:
        choice = steps.get(act.step)
        if not act.when(case) or (act.step and choice is None):
            continue
        if not act.step and not allowed(actor, act.permission, case):
            continue
        problems = tuple(p for p in choice.problems if p.code not in act.supplied) if choice else ()
        told = choice.step.consequence if choice else act.consequence
        adverse = act.adverse or bool(choice and choice.step.adverse)
        found.append(FileOffer(act, gettext(act.label), gettext(told) if told else "", adverse, problems))
    return found


def offer_named(case: Stateful, name: str, actor: User, at: datetime) -> FileOffer | None:
    """The act of this name; None where the page has no such act.

    Raises:
        PermissionDenied: it is there, but not this person's, or not in this state.
    """
    if name not in {act.name for act in ACTS[type(case)]}:
        return None
    found = next((one for one in offered(case, actor, at) if one.act.name == name), None)
    if found is None:
        raise PermissionDenied(name)
    return found
