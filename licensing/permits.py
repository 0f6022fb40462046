"""What a permit is: one declaration per kind, made in an app above (mining/permits.py) and registered here.

A kind touches no line of this app. The procedure differs by regime and stands in its declaration too.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from law.abolition import Abolition, abolition
from law.grounds import pause_cases, repeat_reasons
from law.licensing import Due, Ground, Paper, documents, due, incompleteness_reasons, refusal_grounds
from law.problems import Problem, _
from law.provisions import NotInForce
from law.requests import request_papers, request_refusal_grounds

if TYPE_CHECKING:
    from django.db.models import Model
    from rest_framework.serializers import Serializer

    from law.people import StatedPerson
    from licensing.models import Application, Licence

ISSUE = "issue"
#: What a filing may ask for: a permit, or an act on a licence that its holder has.
ACTS: Mapping[str, str] = {
    ISSUE: _("Permit"),
    "reissue": _("Re-issue"),
    "reissue-split": _("Re-issue after spin-off or division"),
    "duplicate": _("Duplicate"),
    "electronic": _("Electronic licence in place of a paper one"),
    "correction": _("Correction of an error"),
    "suspension": _("Suspension at own request"),
    "resumption": _("Resumption after cure"),
    "resumption-own": _("Resumption after own suspension"),
    "surrender": _("Surrender"),
}
#: After these the licence says what it said before: no new edition.
SAME_WORDS = frozenset({"duplicate", "electronic"})
NATIONAL, NATIONAL_BANK, AIFC = "national", "national_bank", "aifc"

#: What a check finds on a day: nothing (met), errors (not met), or warnings alone (a person must judge).
CheckFunction = Callable[["Application", date], list[Problem]]


@dataclass(frozen=True, slots=True)
class Check:
    """One requirement: what it asks (an English msgid), by which provision, and the function that looks.

    `by_person`: no function can settle it; an officer judges and says why.
    """

    code: str
    label: str
    provision: str
    test: CheckFunction
    by_person: bool = False
    anew: bool = True  # whether it is asked again when a licence goes over to a new entity
    of_people: bool = False  # whether it looks at who owns and leads the firm, so that a change of them is asked it too
    of_licence: bool = False  # whether it looks at the licence alone, so that it can be asked before anything is filed


@dataclass(frozen=True, slots=True)
class Request:
    """What a holder may ask for about his licence. Names and sentences are English msgids.

    `rules` are the terms that start with the filing: (code of the duty, rule of law.licensing.term()). `fields` are
    those of LicenceChange that it states. `anew`: the qualification is checked again, with the kind's own particulars.
    """

    act: str
    name: str
    summary: str  # one sentence for the holder
    consequence: str  # of granting it
    rules: tuple[tuple[str, str], ...]
    states: tuple[str, ...]  # of the licence, in which it may be filed and granted
    checks: tuple[Check, ...]
    fields: tuple[str, ...] = ()
    prints: bool = False  # a new licence is printed
    anew: bool = False
    by_successor: bool = False  # another organisation than the holder may file it
    agreement_answer: str | None = None
    fee_ground: str = ""  # the ground of a refusal because the fee of the act is not paid


@dataclass(frozen=True, slots=True)
class Procedure:
    """How a regime handles filings: the rules of law.licensing.term() it knows, in the order in which they start.

    Where a name is None the regime has no such rule: nothing is owed, nothing follows, nothing stops.
    """

    name: str
    on_filing: tuple[str, ...] = ("registration", "completeness", "decision")
    #: The rule of the decision on a filing that follows a refusal; it may be refused consideration where nothing of it
    #: was cured (LDA 6(19)).
    repeat: str | None = None
    #: Bodies whose opinion the law requires; the authority owes the request from registration on.
    agreement_bodies: tuple[str, ...] = ()
    agreement_request: str | None = None
    agreement_answer: str | None = None
    #: What the silence of the body and of the authority itself means is read from the rule's value.
    agreement_silence: str | None = None
    silence: str | None = None
    silence_delivery: str | None = None
    #: The rule by which the review may stop, in the cases of the law, and that of the days to cure.
    pause: str | None = None
    cure: str | None = None
    #: Acts before which the party is heard (Administrative Procedural Code 73): refuse, suspend, revoke.
    hearing: tuple[str, ...] = ()
    #: The rule by which the holder has days with the draft of a measure, where the law of the kind has one of its own;
    #: whether the authority says how many, the rule being the most; the rule of the days for a plan of cure.
    measure_notice: str = ""
    measure_cure: bool = False
    measure_plan: str = ""
    #: The provision of the requirements act that prescribes a visit before the permit (Law 202-V 51(2)). None is known,
    #: so no kind here names one; where one does, nothing is decided without the conclusion of the visit.
    visit: str = ""
    appeal_to: str = ""  # code of the higher body that decides on appeals; "" for the authority's own heads
    #: Whether a filing must bear the applicant's signature. No rule at hand asks for one, so no regime here does.
    signed: bool = False
    #: Whether filings that are open when the kind is abolished end with it (assumed), or are decided all the same.
    ends_filings: bool = True
    fee_ground: str = ""  # the ground of a refusal because the fee is not paid
    requests: tuple[Request, ...] = ()


@dataclass(frozen=True, slots=True)
class KindDuty:
    """What a step of a permit's life makes somebody owe, until an officer notes that it was done.

    `starts`: the step (`issue`, `revoke` …). `due`: counts the day from that of the step and, where `repeats`, from the
    day on which the one before was due; None where the law of that day asks for nothing.
    """

    code: str
    label: str  # English msgid
    starts: tuple[str, ...]
    due: "Callable[[str, date], Due | None]"
    by_authority: bool = False
    repeats: bool = False


def by_rule(rule: str) -> "Callable[[str, date], Due | None]":
    """Counts a duty by a rule of law.licensing.term(); None where the kind has none on that day."""

    def counted(kind: str, on: date) -> Due | None:
        try:
            return due(kind, rule, on)
        except NotInForce:
            return None

    return counted


@dataclass(frozen=True, slots=True)
class PermitKind:
    """A permit, declared once: API, schema, officer's page, letter and licence follow from it."""

    code: str
    name: str  # English msgid
    summary: str  # one sentence for applicants, English msgid
    authority: str
    regime: str
    available: tuple[date, date | None]  # first day to file, first day no longer
    particulars: "type[Model]"  # one row per application, related to it one to one
    serializer: "type[Serializer[Any]]"  # its fields in the API and on the page
    checks: tuple[Check, ...]
    procedure: Procedure
    document: str  # what the paper is called: a key of `titles` in documents/labels.json (licence, permit …)
    number_prefix: str
    duties: tuple[KindDuty, ...] = ()
    currency: str = "KZT"  # of its fee and payments
    months_field: str = ""  # of the particulars: the months for which a contract is asked for, where its term is agreed
    services_fields: tuple[str, ...] = ()  # of the particulars: the services that a filing lists
    on_changed: "Callable[[Licence, str], None] | None" = None
    #: Who owns and leads the firm by its particulars, where they say so; and the words of the offices that they hold.
    people: "Callable[[Any], Sequence[StatedPerson]] | None" = None
    offices: Mapping[str, str] = field(default_factory=dict, hash=False)
    #: The lists of the particulars that name them, as a holder declares them anew.
    people_form: "type[Serializer[Any]] | None" = None
    abolished_by: str = ""  # the provision that ends the kind; its first day is the end, also of filing

    @property
    def abolition(self) -> Abolition | None:
        """The end of the kind, where its law has one."""
        return abolition(self.abolished_by) if self.abolished_by else None

    @property
    def until(self) -> date | None:
        """The first day on which nothing can be filed any more."""
        return self.abolition.on if self.abolition else self.available[1]

    def is_abolished(self, on: date) -> bool:
        return self.abolition is not None and self.abolition.on <= on

    def form(self, act: str = ISSUE, *, repeated: bool = False) -> "Form":
        """What is filed for an act and how it is handled; `repeated`: it follows a refusal, where that matters.

        Raises:
            LookupError: the regime knows no such request.
        """
        if act == ISSUE:
            return Form(self, repeated=repeated and self.procedure.repeat is not None)
        for request in self.procedure.requests:
            if request.act == act:
                return Form(self, request)
        raise LookupError(f"{self.code}: no request “{act}”")

    def pause_cases(self, on: date) -> tuple[Ground, ...]:
        """The cases in which the review may stop on a day; empty where nothing stops it."""
        return _listed(pause_cases, self.code, on) if self.procedure.pause else ()

    def is_open(self, on: date) -> bool:
        """Whether one may file on a day."""
        first, end = self.available[0], self.until
        return first <= on and (end is None or on < end)

    def closed_problem(self, on: date) -> Problem | None:
        """Why one may not file on a day."""
        if self.is_open(on):
            return None
        if self.abolition and self.is_abolished(on):
            return Problem(
                code="kind-abolished",
                message=_("This kind of permit was abolished on %(day)s; nothing new can be filed."),
                params={"day": self.abolition.on},
                field="kind",
                provision=self.abolition.provision,
            )
        return Problem(
            code="kind-closed",
            message=_("This permit cannot be applied for on %(on)s."),
            params={"on": on},
            field="kind",
        )


@dataclass(frozen=True, slots=True)
class Form:
    """What a filing holds and how it is handled: as its kind says, or the request that its act names."""

    permit: PermitKind
    request: Request | None = None
    repeated: bool = False

    @property
    def act(self) -> str:
        return self.request.act if self.request else ISSUE

    @property
    def name(self) -> str:
        """What is asked for, as a msgid."""
        return self.request.name if self.request else self.permit.name

    @property
    def has_particulars(self) -> bool:
        """Whether the kind's own particulars are filed."""
        return self.request is None or self.request.anew

    @property
    def rules(self) -> Mapping[str, str]:
        """The terms that start with the filing: code of the duty and rule of law.licensing.term()."""
        if self.request:
            return dict(self.request.rules)
        procedure = self.permit.procedure
        found = {rule: rule for rule in procedure.on_filing}
        return found | {"decision": procedure.repeat} if self.repeated and procedure.repeat else found

    def rule(self, duty: str) -> str:
        """The rule that carries a duty; where none is declared, the duty's own name, which the law may not know."""
        return self.rules.get(duty, duty)

    @property
    def fee_ground(self) -> str:
        """The ground of a refusal because the fee is not paid; "" where there is no such ground."""
        return self.request.fee_ground if self.request else self.permit.procedure.fee_ground

    @property
    def agreement_answer(self) -> str | None:
        return self.request.agreement_answer if self.request else self.permit.procedure.agreement_answer

    @property
    def checks(self) -> tuple[Check, ...]:
        """What is looked at, in order."""
        if self.request is None:
            return self.permit.checks
        again = tuple(check for check in self.permit.checks if check.anew) if self.request.anew else ()
        return (*self.request.checks, *again)

    def papers(self, on: date) -> tuple[Paper, ...]:
        """The documents to file, by the law of the day of filing; none where none are known."""
        asked = _papers(documents, self.permit.code, on) if self.has_particulars else ()
        if self.request is None:
            return asked
        own = request_papers(self.permit.code, self.request.act, on)
        return (*own, *(paper for paper in asked if paper.code not in {one.code for one in own}))

    def refusal_grounds(self, on: date) -> tuple[Ground, ...]:
        """The closed list for a refusal decided on a day; empty where the law gives none."""
        issue = _listed(refusal_grounds, self.permit.code, on) if self.has_particulars else ()
        if self.request is None:
            return issue
        return (*request_refusal_grounds(self.permit.code, self.request.act, on), *issue)

    def incompleteness_reasons(self, on: date) -> tuple[Ground, ...]:
        """The closed list for refusing consideration on a day; empty where the regime knows no such outcome."""
        again = _listed(repeat_reasons, self.permit.code, on) if self.repeated else ()
        missing = _listed(incompleteness_reasons, self.permit.code, on) if "completeness" in self.rules else ()
        return (*again, *missing)

    @property
    def may_be_left(self) -> bool:
        """Whether the law knows a refusal to consider the filing."""
        return self.repeated or "completeness" in self.rules


def _papers(source: Callable[[str, date], tuple[Paper, ...]], code: str, on: date) -> tuple[Paper, ...]:
    try:
        return source(code, on)
    except NotInForce:
        return ()


def _listed(source: Callable[[str, date], tuple[Ground, ...]], code: str, on: date) -> tuple[Ground, ...]:
    try:
        return source(code, on)
    except NotInForce:
        return ()


_KINDS: dict[str, PermitKind] = {}


def register(kind: PermitKind) -> PermitKind:
    """Declare a kind, from AppConfig.ready() of the app above.

    Raises:
        LookupError: the code is taken.
    """
    if _KINDS.setdefault(kind.code, kind) is not kind:
        raise LookupError(f"permit kind {kind.code} is declared twice")
    return kind


def kinds() -> Mapping[str, PermitKind]:
    """All kinds by code, in the order of their declaration."""
    return _KINDS


def kind(code: str) -> PermitKind:
    """The kind with this code.

    Raises:
        KeyError: there is none.
    """
    return _KINDS[code]


def authority_of(*codes: str) -> str:
    """The code of the authority that the declarations of these kinds name.

    Raises:
        KeyError: one of them is not declared. LookupError: they name more than one.
    """
    named = {kind(code).authority for code in codes}
    if len(named) != 1:
        raise LookupError(f"{', '.join(codes)}: not one authority")
    return named.pop()
