"""Plain functions that make what a test needs. Everything that is an act goes through the services.

`AT` is the moment at which tests act unless they say otherwise: a Tuesday at 10:00 in Almaty, without holidays near it.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import count
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.utils.timezone import localdate

from core.models import Absence, Authority, Event, Membership, Organisation, Team, User
from core.models.people import SYSTEM_EMAIL
from core.services import Upload, enter_absence, record
from core.workflow import APPLICANT, HEAD, OFFICER, SYSTEM
from exchanges import services as exchange_services
from exchanges.models import (
    ApprovedAsset,
    AssetAssessment,
    AssetIssue,
    Complaint,
    HeldTransfer,
    Incident,
    ListedExchange,
    MarketTip,
    MarketWarning,
    ObservedOffer,
    OfferedAsset,
    PerimeterNote,
    ProviderRecord,
    RailLink,
    RailRating,
    SaleReport,
    Servicer,
)
from law.aifc import INDIVIDUALS, SERVICES
from law.identifiers import check_digit
from law.life import ending_grounds, suspension_grounds, suspension_limits
from law.pools import kind_of_test
from law.terms import hearing_due
from licensing import services
from licensing.models import (
    Appeal,
    Application,
    AssignmentRule,
    BankFile,
    Breach,
    CaseloadMove,
    CaseTask,
    CheckJudgement,
    Clarification,
    ConditionVersion,
    FirmPerson,
    Licence,
    Matter,
    Measure,
    Objection,
)
from licensing.permits import kinds
from mining import services as mining_services
from mining.models import QuotaAssessment, QuotaFinding

ALMATY = ZoneInfo("Asia/Almaty")
AT = datetime(2026, 6, 16, 10, 0, tzinfo=ALMATY)
LEI = "000000STEPPEMINING49"  # of no issuer: its check digits are right
POOL = "pool-accreditation"
PASSWORD = "correct-horse-battery-staple"  # of users that live for one test
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
_serial = count(1)


def make_bin(number: int | None = None) -> str:
    """A valid BIN of a resident legal entity; the next one unless told which. No two numbers give one BIN."""
    number = next(_serial) if number is None else number
    return _checked(f"23{month:02d}40{number:05d}" for month in range(1, 13))


def make_iin(number: int | None = None) -> str:
    """A valid IIN of an adult; the next one unless told which. No two numbers give one IIN."""
    years, number = divmod(next(_serial) if number is None else number, 10_000)
    return _checked(f"{85 + years}{month:02d}143{number:04d}" for month in range(1, 13))


def _checked(stems: Iterable[str]) -> str:
    """The first of the stems that has a check digit, with it."""
    return next(f"{stem}{digit}" for stem in stems if (digit := check_digit(stem)) is not None)


def make_authority(code: str = "maidd", **fields: Any) -> Authority:
    names = {"name_en": f"Authority {code}", "name_kk": f"Орган {code}", "name_ru": f"Орган {code}"}
    return Authority.objects.get_or_create(code=code, defaults={**names, "decides": True, **fields})[0]


def make_user(role: str = APPLICANT, *, email: str = "", authority: Authority | None = None, **fields: Any) -> User:
    """A person with a role; officials belong to maidd unless told otherwise."""
    if role != APPLICANT and authority is None:
        authority = make_authority()
    email = email or f"{role}{next(_serial)}@example.org"
    fields = {"full_name": f"Test {role}", "language": "en", **fields}
    return User.objects.create_user(email, PASSWORD, role=role, authority=authority, **fields)


def make_system_user() -> User:
    """The user of the timed steps: made by a migration, and again where a test has emptied all tables."""
    return User.objects.get_or_create(email=SYSTEM_EMAIL, defaults={"role": SYSTEM, "password": "!"})[0]


def make_organisation(*, checked: bool = True, **fields: Any) -> Organisation:
    number = next(_serial)
    values: dict[str, Any] = {
        "identifier": make_bin(number),
        "form": "legal_entity",
        "registered_in": "KZ",
        "name_kk": f"«Сынақ {number}» ЖШС",
        "name_ru": f"ТОО «Проба {number}»",
        "name_en": f"Trial {number} LLP",
        "region": "KZ-39",
        "created_at": AT,
    }
    if checked:
        values |= {"registration_checked_at": AT, "registration_checked_by": make_user(OFFICER)}
    return Organisation.objects.create(**(values | fields))


def make_membership(user: User, organisation: Organisation, **fields: Any) -> Membership:
    """The user is a confirmed member of the organisation."""
    values = {
        "valid_from": date(2023, 1, 1),
        "claimed_by": user,
        "claimed_at": AT,
        "confirmed_by": user,
        "confirmed_at": AT,
    }
    return Membership.objects.create(organisation=organisation, user=user, **(values | fields))


def make_power_of_attorney(firm: Organisation, client: Organisation, by: User, **fields: Any) -> Membership:
    """The firm may act for the client, from 2023 to 2030 unless told otherwise."""
    values = {
        "valid_from": date(2023, 1, 1),
        "valid_to": date(2030, 12, 31),
        "claimed_by": by,
        "claimed_at": AT,
        "confirmed_by": by,
        "confirmed_at": AT,
    }
    return Membership.objects.create(organisation=client, firm=firm, **(values | fields))


def make_absence(
    person: User, deputy: User | None = None, *, days: tuple[int, int] = (0, 7), at: datetime = AT
) -> Absence:
    """The person is away from one day to another, counted from the day of `at`; somebody new stands in."""
    first, last = (localdate(at) + timedelta(days=day) for day in days)
    deputy = deputy or make_user(OFFICER, authority=person.authority)
    return enter_absence(person, from_on=first, to_on=last, deputy=deputy, actor=person, at=at)


def make_team(authority: Authority | None = None, *members: User, name: str = "North") -> Team:
    team = Team.objects.create(authority=authority or make_authority(), name_en=name, made_at=AT)
    team.members.set(members)
    return team


def make_rule(authority: Authority | None = None, **values: Any) -> AssignmentRule:
    """A rule for everything, to a new officer unless told otherwise; after those that stand."""
    authority = authority or make_authority()
    if not {"officer", "team"} & set(values):
        values["officer"] = make_user(OFFICER, authority=authority)
    values = {"order": AssignmentRule.objects.count() + 1, **values}
    return services.enter_rule(authority, values=values, actor=make_user(HEAD, authority=authority), at=AT)


def make_task(application: Application, to: User | None = None, *, what: str = "Call the applicant.") -> CaseTask:
    """A task for a new officer, unless told whose, due a week after AT."""
    giver, to = make_user(OFFICER), to or make_user(OFFICER)
    due_on = AT.date() + timedelta(days=7)
    return services.add_task(application, what=what, to=to, due_on=due_on, actor=giver, at=AT)


def make_caseload_move(holder: User) -> CaseloadMove:
    """As the services leave one: nothing was moved, for nobody could take anything."""
    return CaseloadMove.objects.create(
        key=uuid4(),
        authority=holder.authority or make_authority(),
        holder=holder,
        reason="On leave.",
        made_by=holder,
        made_at=AT,
    )


def particulars(**fields: Any) -> dict[str, Any]:
    """Complete and lawful particulars of a mining licence, of either subtype."""
    return {
        "centre_name": "Kostanay-1",
        "centre_address": "Kostanay Region, Rudny, Industrial Street 7",
        "region": "KZ-39",
        "zone": "north",
        "outside_residential_zone": True,
        "production_building": True,
        "keeps_capacity_working": True,
        "holds_centre": True,
        "owns_equipment": True,
        "centre_owner": "Trial Centre LLP",
        "megawatts": "1.500",
        "electricity_source": "grid",
        "electricity_contract": "No. 12 of 10 January 2026",
        "equipment": [{"model": "Miner S21", "count": 400, "terahashes": 200.0, "kilowatts": 3.5}],
        "hash_rate": "80000.00",
        "pools": ["Steppe Pool"],
        "ip_addresses": ["192.0.2.0/28"],
        "jobs": 25,
        "investment": "450000000.00",
        "other_activity": False,
        **fields,
    }


def protocol(on: date = AT.date(), **fields: Any) -> dict[str, Any]:
    """A protocol of a security test of the kind that the law of a day asks for: of 155 days before, for a year."""
    issued = on - timedelta(days=155)
    return {
        "kind": kind_of_test(on),
        "number": "IS-17/2026",
        "laboratory": "Trial Laboratory JSC",
        "issued_on": issued.isoformat(),
        "expires_on": (issued + timedelta(days=364)).isoformat(),
        "positive": True,
        **fields,
    }


def pool_particulars(on: date = AT.date(), **fields: Any) -> dict[str, Any]:
    """Complete and lawful particulars of a pool; it goes by the name that miners of these tests name."""
    return {
        "pool_name": "Steppe Pool",
        "website": "https://pool.example.org",
        "hardware_in": "KZ",
        "equipment_address": "Astana, Syganak Street 10",
        "region": "KZ-71",
        "equipment": [{"model": "Server R7", "count": 12}],
        "assets": ["BTC"],
        "commission": "1.50",
        "protocols": [protocol(on)],
        **fields,
    }


def owner(**fields: Any) -> dict[str, Any]:
    """A resident who owns the whole of a firm."""
    return {
        "kind": "person",
        "name": "Test Owner",
        "number": make_iin(),
        "residence": "KZ",
        "share": 100,
        "direct": True,
        "beneficial": True,
        **fields,
    }


def executive(**fields: Any) -> dict[str, Any]:
    """The head of a firm, a resident with higher education."""
    return {
        "name": "Test Head",
        "number": make_iin(),
        "residence": "KZ",
        "role": "executive_head",
        "since": "2026-02-02",
        "degree": True,
        "failed_on": None,
        "left_on": None,
        "struck_off_on": None,
        **fields,
    }


def operator_particulars(on: date = AT.date(), **fields: Any) -> dict[str, Any]:
    """Complete and lawful particulars of an operator of the National Bank, of any of its kinds."""
    return {
        "legal_form": "jsc",
        "region": "KZ-75",
        "website": "https://operator.example.kz",
        "capital": "200000000.00",
        "capital_paid_on": on - timedelta(days=20),
        "capital_in_tenge": True,
        "settles_with": "Trial Bank JSC",
        "owners": [owner()],
        "executives": [executive()],
        "other_activity": False,
        "stakes": False,
        **fields,
    }


def regime_particulars(on: date = AT.date(), **fields: Any) -> dict[str, Any]:
    """Complete and lawful particulars of a participant of the special regime, for two years."""
    return {
        "status": "legal_entity",
        "region": "KZ-71",
        "website": "https://regime.example.kz",
        "activity": "Payments abroad in an asset of fixed value.",
        "aims": "Cheaper payments of small exporters.",
        "tells_consumers": True,
        "months": 24,
        **fields,
    }


def aifc_particulars(on: date = AT.date(), **fields: Any) -> dict[str, Any]:
    """Complete and lawful particulars of a trading facility of the AIFC, and of another firm there."""
    return {
        "region": "KZ-71",
        "website": "https://facility.example.kz",
        "services": list(SERVICES),
        "activities": ["custody"],
        "individuals": [{"role": role, "name": "Test Individual", "since": "2026-01-05"} for role in INDIVIDUALS],
        "rules": "Business rules, edition 1; membership rules, edition 1; admission rules, edition 2.",
        "directors": 3,
        "independent_directors": 1,
        "capital": "300000.00",
        "serves_retail": True,
        "keeps_retail_limit": True,
        **fields,
    }


def secured_particulars(on: date = AT.date(), **fields: Any) -> dict[str, Any]:
    """Complete and lawful particulars of a permit for secured assets."""
    return {
        "platform_name": "Trial Platform",
        "website": "https://platform.example.kz",
        "region": "KZ-71",
        "operates_platform": True,
        "warns_of_risks": True,
        "assets": [{"name": "Grain unit", "backing": "A tonne of wheat in store.", "decided_on": "2026-01-12"}],
        **fields,
    }


#: What makes a draft ready to be filed, by the particulars of its kind.
LAWFUL: dict[str, Callable[..., dict[str, Any]]] = {
    "MiningParticulars": lambda on, **fields: particulars(**fields),
    "PoolParticulars": pool_particulars,
    "OperatorParticulars": operator_particulars,
    "RegimeParticulars": regime_particulars,
    "AifcParticulars": aifc_particulars,
    "SecuredParticulars": secured_particulars,
}


def lawful(kind: str, on: date, **fields: Any) -> dict[str, Any]:
    """What makes a draft of a kind ready to be filed on a day."""
    made = LAWFUL[kinds()[kind].particulars.__name__](on, **fields)
    return made | fee_paid(kind) if kind in FEES else made


#: Fees that are known, each in the currency of its kind.
FEES = {"mining-licence-1": "8650000.00", "mining-licence-2": "21625.00", "aifc-exchange": "70000.00"}


def fee_paid(kind: str = "mining-licence-1", on: date = date(2026, 6, 10)) -> dict[str, Any]:
    return {"fee_paid_on": on, "fee_reference": "PAY-0001", "fee_amount": FEES[kind]}


def make_applicant(organisation: Organisation | None = None, **fields: Any) -> User:
    """A person who acts for an organisation (a new one unless given)."""
    user = make_user(APPLICANT, **fields)
    make_membership(user, organisation or make_organisation())
    return user


def make_draft(
    *,
    kind: str = "mining-licence-1",
    actor: User | None = None,
    at: datetime = AT,
    complete: bool = True,
    **values: Any,
) -> Application:
    """A draft; complete means that it can be submitted as it is."""
    actor = actor or make_applicant()
    organisation = actor.organisations(localdate(at)).order_by("pk").first()
    assert organisation is not None
    make_authority(kinds()[kind].authority)
    given = lawful(kind, localdate(at), **values) if complete else values
    application = services.open_application(kind, organisation=organisation, actor=actor, at=at, values=given)
    if complete:
        for paper in application.form.papers(localdate(at)):
            upload = Upload(f"{paper.code}.pdf", BytesIO(PDF + paper.code.encode()))
            services.attach_document(application, upload, kind=paper.code, actor=actor, at=at)
    return Application.objects.get(pk=application.pk)


def party_of(application: Application) -> User:
    return application.created_by


def make_submitted(*, at: datetime = AT, **fields: Any) -> Application:
    application = make_draft(at=at, **fields)
    return services.submit_application(application, actor=party_of(application), at=at)


def make_in_review(*, at: datetime = AT, officer: User | None = None, **fields: Any) -> Application:
    application = make_submitted(at=at, **fields)
    officer = officer or make_user(OFFICER, authority=application.authority)
    accepted = services.accept_application(application, actor=officer, at=at + timedelta(hours=1))
    # No pool is accredited here unless a test makes one, and some checks are a person's: somebody has looked. Rows, for
    # few tests are about it.
    asked = {check.code for check in accepted.form.checks if check.by_person or check.code == "pools"}
    asked |= {"fee"} if accepted.kind == "aifc-provider" else set()  # its fee is not known
    for code in asked if accepted.act == "issue" else ():
        note = {"met": True, "note": "It was seen.", "by": officer, "at": at}
        CheckJudgement.objects.get_or_create(application=accepted, code=code, defaults=note)
    return accepted


def make_recommended(
    *, at: datetime = AT, outcome: str = "grant", officer: User | None = None, **fields: Any
) -> Application:
    application = make_in_review(at=at, officer=officer, **fields)
    officer = officer or make_user(OFFICER, authority=application.authority)
    reasons = [application.form.refusal_grounds(localdate(at))[2].code] if outcome == "refuse" else []
    return services.recommend(
        application,
        outcome=outcome,
        text="As found in the review.",
        reasons=reasons,
        actor=officer,
        at=at + timedelta(hours=2),
    )


def make_countersigned(*, at: datetime = AT, **fields: Any) -> Application:
    application = make_recommended(at=at, **fields)
    second = make_user(OFFICER, authority=application.authority)
    signed = services.countersign(application, actor=second, at=at + timedelta(hours=3))
    return make_answered(signed, at=at + timedelta(hours=3))


def make_answered(application: Application, *, at: datetime = AT) -> Application:
    """Where the draft goes against the applicant, it was sent to him and he has waived the hearing."""
    draft = application.recommendation
    if draft is None or not application.needs_hearing(draft.outcome):
        return application
    officer = make_user(OFFICER, authority=application.authority)
    day = hearing_due(localdate(at)).due_on
    hearing = services.announce_hearing(application, hearing_on=day, place="Room 1, 10:00", actor=officer, at=at)
    services.waive_hearing(hearing, actor=party_of(application), at=at)
    return Application.objects.get(pk=application.pk)


def make_decided(*, at: datetime = AT, outcome: str = "grant", head: User | None = None, **fields: Any) -> Application:
    application = make_countersigned(at=at, outcome=outcome, **fields)
    head = head or make_user(HEAD, authority=application.authority)
    return services.decide_application(application, outcome=outcome, actor=head, at=at + timedelta(hours=4))


def make_bank_file(rows: str, *, payer: Application, actor: User | None = None, at: datetime = AT) -> BankFile:
    """A bank file with these rows, looked at and not imported; `{payer}` in them is the applicant's number."""
    text = "reference;paid_on;amount;payer;application\n" + rows.format(payer=payer.organisation.identifier)
    return services.keep_bank_file("june.csv", text.encode(), actor=actor or make_user(OFFICER), at=at)


def make_licence(*, at: datetime = AT, **fields: Any) -> Licence:
    return make_decided(at=at, **fields).licence


def make_pool(*, at: datetime = AT - timedelta(days=60), **fields: Any) -> Licence:
    """An accredited pool, two months before AT unless told otherwise."""
    return make_licence(at=at, kind=POOL, **fields)


#: The quarter that holds the repeal of the share of sales, and a day after it on which tests look back.
QUARTER = (date(2026, 1, 1), date(2026, 3, 31))


def make_miner(*, since: datetime = datetime(2024, 1, 9, 10, 0, tzinfo=ALMATY), **fields: Any) -> Licence:
    """A mining licence that was granted before any share of sales was required for long."""
    return make_licence(at=since, **fields)


def make_exchange(code: str = "steppe-exchange", **fields: Any) -> ListedExchange:
    """An exchange licensed in the AIFC since 2023, entered by a new officer unless told otherwise."""
    values: dict[str, Any] = {
        "names": {"kk": "Дала биржасы", "ru": "Степная биржа", "en": "Steppe Exchange"},
        "licence_number": f"AFSA-{code}",
        "valid_from": date(2023, 6, 1),
        "source": "Letter 12-1 of 3 March 2026",
        **fields,
    }
    authority = make_authority()
    return exchange_services.enter_exchange(
        authority, code=code, actor=make_user(OFFICER, authority=authority), at=AT, **values
    )


def sale_line(sold_on: str, amount: str = "100", **fields: Any) -> exchange_services.SaleLine:
    return exchange_services.SaleLine(date.fromisoformat(sold_on), "BTC", Decimal(amount), **fields)


PAPER = "Letter 14 of 9 April 2026, signed by the exchange's director"


def make_sale_report(
    reporter: Licence | ListedExchange,
    *lines: exchange_services.SaleLine,
    period: tuple[date, date] = QUARTER,
    actor: User | None = None,
    at: datetime = AT,
) -> SaleReport:
    """The report of a miner, by its licence, or of an exchange, by an officer unless told otherwise."""
    whose: dict[str, Any] = {"exchange": reporter}
    if isinstance(reporter, Licence):
        whose, actor = {"organisation": reporter.organisation}, actor or reporter.application.created_by
    first, last = period
    actor = actor or make_user(OFFICER)
    return exchange_services.file_sale_report(
        make_authority(),
        period_from=first,
        period_to=last,
        rows=lines,
        paper=PAPER if actor.is_official else "",
        actor=actor,
        at=at,
        **whose,
    )


def make_assessment(
    licence: Licence, *, period: tuple[date, date] = QUARTER, officer: User | None = None, at: datetime = AT
) -> QuotaAssessment:
    first, last = period
    return mining_services.assess_quota(licence, first=first, last=last, actor=officer or make_user(OFFICER), at=at)


def make_finding(*, at: datetime = AT, officer: User | None = None, **fields: Any) -> QuotaFinding:
    """A miner sold a hundred before the repeal, nothing of it through an exchange; not judged yet."""
    licence = make_miner(**fields)
    make_sale_report(licence, sale_line("2026-01-10"), at=at)
    return make_assessment(licence, officer=officer, at=at).finding


def make_breach(licence: Licence, *, officer: User | None = None, at: datetime = AT, **fields: Any) -> Breach:
    """A breach of a licence, opened by an officer a few hours after the grant."""
    ground = suspension_grounds(licence.kind, localdate(at))[1].ground()
    values = {
        "facts": "The centre works without a meter.",
        "found_on": localdate(at),
        "ground": ground,
        **fields,
    }
    return services.open_breach(
        authority=licence.authority,
        licence=licence,
        actor=officer or make_user(OFFICER, authority=licence.authority),
        at=at + timedelta(hours=5),
        **values,
    )


def make_measure(
    licence: Licence, *, act: str = "suspend", officer: User | None = None, at: datetime = AT, **fields: Any
) -> Measure:
    """A measure proposed against a licence: a suspension of three months unless told otherwise."""
    reasons = {"suspend": suspension_grounds, "revoke": ending_grounds}
    listed = reasons[act](licence.kind, localdate(at)) if act in reasons else ()
    code = listed[1 if act == "suspend" else 0].code if listed else "permit.ending.4"
    limited = act == "suspend" and suspension_limits(licence.kind, localdate(at)).longest is not None
    values = {"reasons": [code], "text": "As found.", "months": 3 if limited else None, **fields}
    officer = officer or make_user(OFFICER, authority=licence.authority)
    return services.propose_measure(licence, act=act, actor=officer, at=at + timedelta(hours=5), **values)


def make_condition(authority: Authority | None = None, *, code: str = "power") -> ConditionVersion:
    """A condition of the bank whose first version waits to be confirmed."""
    authority = authority or make_authority()
    texts = {"text_kk": "Қуаттан асырмау.", "text_ru": "Не превышать мощность.", "text_en": "Keep to the power."}
    officer = make_user(OFFICER, authority=authority)
    return services.enter_condition(authority, code=code, texts=texts, in_force=AT.date(), actor=officer, at=AT)


def hearing_set(at: datetime = AT) -> dict[str, Any]:
    """The first day on which a holder can be heard on a draft, and a place."""
    return {"hearing_on": hearing_due(localdate(at)).due_on, "place": "Room 1, 10:00"}


def hear_holder(measure: Measure, *, at: datetime = AT) -> Measure:
    """The draft was sent to the holder, who has waived the hearing."""
    officer = make_user(OFFICER, authority=measure.authority)
    told = services.announce_measure(measure, actor=officer, at=at, **hearing_set(at))
    hearing = told.hearing
    assert hearing is not None
    services.waive_hearing(hearing, actor=measure.licence.application.created_by, at=at)
    return Measure.objects.get(pk=measure.pk)


def make_request(
    licence: Licence,
    act: str,
    *,
    at: datetime,
    actor: User | None = None,
    submit: bool = True,
    papers: bool = True,
    **values: Any,
) -> Application:
    """A request about a licence, filed by whoever applied for the licence unless told otherwise."""
    actor = actor or licence.application.created_by
    applicant = actor.organisations(localdate(at)).order_by("pk").first()
    request = services.open_request(licence, act=act, actor=actor, at=at, organisation=applicant, values=values)
    for paper in request.form.papers(localdate(at)) if papers else ():
        upload = Upload(f"{paper.code}.pdf", BytesIO(PDF + paper.code.encode()))
        services.attach_document(request, upload, kind=paper.code, actor=actor, at=at)
    request = Application.objects.get(pk=request.pk)
    return services.submit_application(request, actor=actor, at=at) if submit else request


def grant_request(request: Application, *, at: datetime, head: User | None = None) -> Application:
    """Accepted, looked at, recommended, countersigned and granted, each by another person."""
    officer, second = (make_user(OFFICER, authority=request.authority) for _number in range(2))
    services.accept_application(request, actor=officer, at=at)
    judge_open(request, officer, at=at)
    services.recommend(request, outcome="grant", text="As found in the review.", actor=officer, at=at)
    services.countersign(request, actor=second, at=at)
    head = head or make_user(HEAD, authority=request.authority)
    return services.decide_application(request, outcome="grant", actor=head, at=at)


def judge_open(request: Application, officer: User, *, at: datetime) -> None:
    """What only a person can settle is judged met."""
    for finding in Application.objects.get(pk=request.pk).findings(localdate(at)):
        if finding.verdict == "to_judge":
            services.judge_check(request, code=finding.code, met=True, note="Looked at.", actor=officer, at=at)


def correction(licence: Licence, value: str = "Kostanay-2") -> dict[str, Any]:
    """The first line of the licence must read otherwise."""
    return {"corrections": [{"label": licence.particulars[0]["label"], "value": value}], "text": "A slip of the pen."}


def make_appeal(
    *, at: datetime = AT + timedelta(days=1), case: Application | None = None, text: str = "Look again.", **fields: Any
) -> Appeal:
    """An appeal of the applicant against a refusal (a new one unless given), filed the day after it."""
    case = case or make_decided(outcome="refuse", at=at - timedelta(days=1))
    decision = case.decisions.get(annulled_at=None)
    return services.file_appeal(decision, text=text, actor=party_of(case), at=at, **fields)


def make_forwarded(*, at: datetime = AT + timedelta(days=1), **fields: Any) -> Appeal:
    """An appeal that the authority's own heads decide."""
    appeal = make_appeal(at=at, **fields)
    return services.forward_appeal(appeal, body=appeal.authority, actor=make_user(OFFICER), at=at + timedelta(hours=1))


def make_heard(*, at: datetime = AT + timedelta(days=1), **fields: Any) -> Appeal:
    appeal = make_forwarded(at=at, **fields)
    moment = at + timedelta(hours=2)
    return services.enter_hearing(appeal, heard_on=localdate(at), text="As filed.", actor=make_user(HEAD), at=moment)


RU = "Нужна ли лицензия для пробного запуска?"


def make_sole_trader(**fields: Any) -> User:
    """Somebody who acts for himself as a sole trader."""
    return make_applicant(make_organisation(form="sole_trader"), **fields)


def make_automated(actor: User | None = None, *, at: datetime = AT) -> Event:
    """The program noted in a case, a sole trader's unless told, that another body was silent."""
    case = make_submitted(at=at, actor=actor or make_sole_trader(), kind="mining-licence-2")
    return record(case, "application.opinion_silent", actor=make_system_user(), at=at, data={"effect": "none"})


def make_objection(event: Event | None = None, *, actor: User | None = None, at: datetime = AT) -> Objection:
    actor = actor or make_sole_trader()
    return services.file_objection(event or make_automated(actor, at=at), text="It did answer.", actor=actor, at=at)


def make_asked(*, actor: User | None = None, at: datetime = AT, **texts: str) -> Clarification:
    """A question of law that an organisation has put to maidd."""
    actor = actor or make_applicant()
    organisation = actor.organisations(localdate(at)).order_by("pk").first()
    assert organisation is not None
    return services.ask_clarification(
        make_authority(), organisation=organisation, question=texts or {"ru": RU}, actor=actor, at=at
    )


def make_drafted(
    asked: Clarification | None = None, *, officer: User | None = None, at: datetime = AT, **given: Any
) -> Clarification:
    values: dict[str, Any] = {
        "title": {"ru": "Пробный запуск", "en": "Trial runs"},
        "question": {"ru": RU, "en": "Does a trial run need a licence?"},
        "answer": {"ru": "Да, нужна.", "en": "Yes, it does."},
        "provisions": ["permit.decision", "mining-licence.validity"],
    }
    return services.draft_clarification(
        asked or make_asked(at=at), **(values | given), actor=officer or make_user(OFFICER), at=at
    )


def make_signed(
    drafted: Clarification | None = None, *, head: User | None = None, at: datetime = AT, **given: Any
) -> Clarification:
    return services.sign_clarification(drafted or make_drafted(at=at, **given), actor=head or make_user(HEAD), at=at)


def make_published(signed: Clarification | None = None, *, at: datetime = AT, **given: Any) -> Clarification:
    return services.publish_clarification(signed or make_signed(at=at, **given), actor=make_user(HEAD), at=at)


def make_note(organisation: Organisation, *, actor: User, at: datetime = AT, **fields: Any) -> PerimeterNote:
    """An answer of the law kept by a member: dealing on one's own account before Law 259-VIII unless told otherwise."""
    values: dict[str, Any] = {
        "activity": "deal_own",
        "asset": "unsecured",
        "venue": "national",
        "who": "legal_entity",
        "on": date(2026, 2, 1),
        **fields,
    }
    return exchange_services.keep_note(organisation, actor=actor, at=at, **values)


def make_matter(firm: Organisation, *, actor: User, at: datetime = AT) -> Matter:
    """A matter for a client without an account, after a check that found nobody."""
    asked = [services.Asked("Сынақ Энерго"), services.Asked("Steppe Holding LLP")]
    check = services.check_conflicts(firm, asked=asked, actor=actor, at=at)
    parties = [services.Party("counterparty", "Steppe Holding LLP")]
    given: dict[str, Any] = {"subject": "Lease of a hall at Ertis", "client_name": "Сынақ Энерго", "parties": parties}
    return services.open_matter(firm, check=check, actor=actor, at=at, **given)


def make_class(
    *, on: date | None = None, actor: User | None = None, at: datetime = AT, **fields: Any
) -> AssetAssessment:
    """An asset that an officer begins to look at, for the day of `at` unless told otherwise."""
    actor = actor or make_user(OFFICER)
    values = {"asset": "Steppe Grain Token", "issuer": "Steppe Grain LLP", "on": on or localdate(at), **fields}
    return exchange_services.open_class(actor.authority or make_authority(), actor=actor, at=at, **values)


def answer_class(
    row: AssetAssessment, *, unmet: tuple[str, ...] = (), actor: User | None = None, at: datetime = AT
) -> AssetAssessment:
    """Every item met, but for those named; what was seen is said of each."""
    codes = [item.code for item in row.items.all()]
    answers = dict.fromkeys(codes, "met") | dict.fromkeys(unmet, "not_met")
    evidence = {code: f"Seen: {code}." for code in codes}
    return exchange_services.answer_class(
        row, answers=answers, evidence=evidence, summary="As seen.", actor=actor or row.prepared_by, at=at
    )


def make_warning(
    *, actor: User | None = None, at: datetime = AT, state: str = "proposed", **fields: Any
) -> MarketWarning:
    """An offshore platform that an officer proposes to warn of; heads publish and withdraw it."""
    actor = actor or make_user(OFFICER)
    values: dict[str, Any] = {
        "kind": "offshore_platform",
        "name": "Quick Coins",
        "brands": ["QCoin"],
        "domains": ["https://quickcoins.example/start"],
        "since": date(2026, 3, 2),
        "texts": {"kk": "Рұқсатсыз.", "ru": "Без разрешения.", "en": "It has no permit."},
        "rules": ["unsecured.closed_list_of_cases"],
        **fields,
    }
    row = exchange_services.propose_warning(actor.authority, **values, actor=actor, at=at)  # type: ignore[arg-type]
    head = make_user(HEAD, authority=actor.authority)
    if state in ("published", "withdrawn"):
        row = exchange_services.publish_warning(row, confirmation="Many were harmed.", actor=head, at=at)
    if state in ("withdrawn", "dropped"):
        step = "withdraw" if state == "withdrawn" else "drop"
        row = exchange_services.end_warning(row, step, reason="It has closed.", actor=head, at=at)
    return row


def make_servicer(kind: str = "bank", *, organisation: Organisation | None = None, **fields: Any) -> Servicer:
    """A bank that an officer of the National Bank has entered."""
    authority = make_authority("nbk")
    given: dict[str, Any] = {"source": "List of banks of 2 March 2026", "at": AT, **fields}
    officer = make_user(OFFICER, authority=authority)
    organisation = organisation or make_organisation()
    return exchange_services.enter_servicer(authority, organisation=organisation, kind=kind, actor=officer, **given)


def make_rail(licence: Licence | None = None, servicer: Servicer | None = None, **fields: Any) -> RailLink:
    """An account of an exchanger at a bank, declared by its holder on the day of the licence."""
    licence = licence or make_licence(kind="nbk-exchanger")
    values: dict[str, Any] = {"from_on": licence.valid_from, "regions": [], "source": "Contract 5", "at": AT} | fields
    actor = values.pop("actor", None) or party_of(licence.application)
    return exchange_services.enter_rail(licence, servicer=servicer or make_servicer(), actor=actor, **values)


def rate_rail(link: RailLink, actor: User, *, at: datetime = AT, **fields: Any) -> RailRating:
    """A low risk, as the bank or an officer rates it on the first day of the account."""
    given: dict[str, Any] = {"risk": "low", "rated_on": link.from_on, "reason": "Small sums.", "measures": ""}
    return exchange_services.rate_rail(link, **(given | fields), actor=actor, at=at)


def make_tip(*, at: datetime = AT, **fields: Any) -> MarketTip:
    """What somebody tells of unlicensed mining, which goes to the ministry."""
    values: dict[str, Any] = {
        "kind": "unlicensed_mining",
        "names": ["Basement Hash"],
        "domains": ["https://basement.example/"],
        "text": "Rows of machines hum behind the market.",
        **fields,
    }
    make_authority()
    return exchange_services.receive_tip(**values, at=at)[0]


def make_complaint(
    licence: Licence | None = None, *, at: datetime = AT, state: str = "filed", **fields: Any
) -> Complaint:
    """A complaint of somebody without an account; an officer and the provider bring it to the state."""
    licence = licence or make_licence(kind="nbk-exchanger")
    given: dict[str, Any] = {"name": "Test Person", "contact": "+7 700 000 00 00", "text": "They keep my money."}
    facts: dict[str, Any] = {"shared": False, "key": uuid4()} | given | fields
    row, _code = exchange_services.file_complaint(licence, **facts, at=at)
    officer = make_user(OFFICER, authority=licence.authority)
    if state == "declined":
        return exchange_services.end_complaint(row, "decline", outcome="No provider.", actor=officer, at=at)
    if state != "filed":
        row = exchange_services.forward_complaint(row, actor=officer, at=at)
    if state in ("answered", "closed"):
        row = exchange_services.answer_complaint(row, answer="Paid.", actor=party_of(licence.application), at=at)
    if state == "closed":
        row = exchange_services.end_complaint(row, "close", outcome="They paid.", actor=officer, at=at)
    return row


def make_incident(
    licence: Licence | None = None, *, at: datetime = AT, state: str = "reported", **fields: Any
) -> Incident:
    """An outage that an exchanger noticed an hour before and reports; brought to the state."""
    licence = licence or make_licence(kind="nbk-exchanger")
    given: dict[str, Any] = {"kind": "outage", "noticed_at": at - timedelta(hours=1), "summary": "No log-in."} | fields
    holder = party_of(licence.application)
    values: dict[str, Any] = {"actor": holder, "at": at, **given}
    row = exchange_services.report_incident(licence, **values)
    told: dict[str, Any] = {"description": "A disk failed.", "measures": "It was replaced."}
    if state != "reported":
        row = exchange_services.describe_incident(row, **told, actor=holder, at=at)
    if state == "closed":
        officer = make_user(OFFICER, authority=licence.authority)
        row = exchange_services.close_incident(row, outcome="Cured.", actor=officer, at=at)
    return row


def make_approved(
    *, actor: User | None = None, at: datetime = AT, state: str = "listed", **fields: Any
) -> ApprovedAsset:
    """An asset of the list: proposed by one official of the National Bank, entered and taken off by heads."""
    actor = actor or make_user(OFFICER, authority=make_authority("nbk"))
    bank, day = actor.authority, AT.astimezone(ALMATY).date()
    ending_from = fields.pop("ending_from", day + timedelta(days=30))
    values: dict[str, Any] = {
        "name": "Dala Coin",
        "symbol": "dala",
        "first_day": date(2026, 5, 4),
        "decision": "No. 12 of 30.04.2026",
        **fields,
    }
    row = exchange_services.propose_asset(bank, **values, actor=actor, at=at)  # type: ignore[arg-type]  # he has one
    head = make_user(HEAD, authority=bank)
    if state == "dropped":
        return exchange_services.drop_asset(row, reason="Unproven.", actor=head, at=at)
    if state != "proposed":
        row = exchange_services.publish_asset(row, actor=head, at=at)
    if state in ("ending", "withdrawn"):
        row = exchange_services.propose_withdrawal(
            row, ending_from=ending_from, reason="Its network stands still.", actor=actor, at=at
        )
    if state == "withdrawn":
        row = exchange_services.withdraw_asset(row, confirmation="Clients may lose it.", actor=head, at=at)
    return row


def make_offer(
    licence: Licence | None = None,
    *,
    asset: ApprovedAsset | None = None,
    actor: User | None = None,
    at: datetime = AT,
    from_day: date | None = None,
    to_day: date | None = None,
    **words: Any,
) -> OfferedAsset:
    """What an exchanger declares: an entry of the list, or an asset in words."""
    licence = licence or make_licence(kind="nbk-exchanger", at=AT - timedelta(days=20))
    if asset is not None:
        words["code"] = asset.reference
    elif not words:
        words = {"name": "Wild Coin", "symbol": "wild"}
    named = exchange_services.AssetNamed(**words)
    actor = actor or make_applicant(licence.organisation)
    return exchange_services.declare_offer(
        licence, asset=named, from_day=from_day or AT.date(), to_day=to_day, actor=actor, at=at
    )


def make_observed(licence: Licence | None = None, *, at: datetime = AT, **fields: Any) -> ObservedOffer:
    """What an officer saw an exchanger offer; in words, and so not in the list."""
    licence = licence or make_licence(kind="nbk-exchanger", at=AT - timedelta(days=20))
    values: dict[str, Any] = {
        "asset": exchange_services.AssetNamed(name="Seen Coin", symbol="seen"),
        "observed_on": AT.date(),
        "source": "Its website, page of rates",
        "actor": make_user(OFFICER, authority=licence.authority),
        **fields,
    }
    return exchange_services.observe_offer(licence, **values, at=at)


def make_agent(client: Organisation) -> User:
    """Somebody of a law firm that acts for the client under a power of attorney."""
    firm = make_organisation()
    agent = make_applicant(firm)
    make_power_of_attorney(firm, client, agent)
    return agent


def make_dfa_platform(*, at: datetime = AT - timedelta(days=20), **fields: Any) -> Licence:
    """A platform of digital financial assets in the register of the National Bank."""
    make_authority("fmr")
    return make_licence(kind="nbk-dfa-platform", at=at, **fields)


def end_licence(licence: Licence, *, at: datetime = AT) -> None:
    """A head of its authority takes the licence away."""
    measure = make_measure(licence, act="revoke", at=at)
    services.countersign_measure(measure, actor=make_user(OFFICER, authority=licence.authority), at=at)
    services.decide_measure(
        measure, actor=make_user(HEAD, authority=licence.authority), at=at, confirmation="It applies."
    )


def issue_values(kind: int = 1, **fields: Any) -> dict[str, Any]:
    """What is stated of a lawful issue of a kind."""
    underlying: dict[str, Any] = {
        "underlying": "money" if kind == 1 else "property",
        "underlying_text": "Money on an account of the keeper" if kind == 1 else "Claims under contracts of delivery",
        "keeper_name": "Trial Bank JSC",
        "keeper_number": make_bin(),
        "keeper_residence": "KZ",
        "checked_on": AT.date() - timedelta(days=1),
        "checked_by": "Head of risks",
    }
    return {
        "name": "Tenge Note",
        "issuer_name": "Trial Issuer LLP",
        "issuer_number": make_bin(),
        "issuer_residence": "KZ",
        "decision": "No. 1 of the meeting of participants",
        "decided_on": AT.date() - timedelta(days=5),
        "amount": Decimal("1000000.00"),
        "currency": "KZT",
        "placement_on": AT.date() + timedelta(days=5),
        "redemption_on": AT.date() + timedelta(days=370),
        **({"underlying": "none"} if kind == 3 else underlying),
        **fields,
    }


def make_issue(
    *,
    licence: Licence | None = None,
    state: str = "registered",
    dfa_kind: int = 1,
    papers: Iterable[str] | None = None,
    at: datetime = AT,
    **fields: Any,
) -> AssetIssue:
    """An issue on a platform, in a state that its operator brought it to."""
    licence = licence or make_dfa_platform()
    actor = make_applicant(licence.organisation)
    values = issue_values(dfa_kind, **fields)
    row = exchange_services.draft_issue(licence, dfa_kind=dfa_kind, values=values, actor=actor, at=at)
    for kind in row.needed_papers if papers is None else papers:
        upload = Upload(f"{kind}.pdf", BytesIO(PDF + kind.encode() + row.reference.encode()))
        exchange_services.attach_to_issue(row, upload, kind=kind, actor=actor, at=at)
    if state == "dropped":
        return exchange_services.drop_issue(row, reason="Given up.", actor=actor, at=at)
    if state == "draft":
        row.refresh_from_db()
        return row
    row = exchange_services.register_issue(row, actor=actor, at=at)
    day = localdate(at)
    if state == "ended":
        return exchange_services.note_issue(row, "end", on=day, reason="Recalled.", actor=actor, at=at)
    for step in {"placed": ("place",), "redeemed": ("place", "redeem")}.get(state, ()):
        row = exchange_services.note_issue(row, step, on=day, actor=actor, at=at)
    return row


def make_firm_person(authority: Authority, organisation: Organisation, **fields: Any) -> FirmPerson:
    """An owner of a firm, as a row: most tests care for neither his filing nor his kind of permit."""
    values = {"permit": "nbk-dfa-platform", "side": "owner", "kind": "person", "name": "Касымов Галымжан", **fields}
    return FirmPerson.objects.create(
        authority=authority, organisation=organisation, **{"share": Decimal(100), "since": AT.date(), **values}
    )


def make_record(
    licence: Licence | None = None, *, at: datetime = AT, state: str = "filed", **fields: Any
) -> ProviderRecord:
    """The warning of risks of an exchanger, filed on the day of its licence; an officer brings it to the state."""
    licence = licence or make_licence(kind="nbk-exchanger")
    given: dict[str, Any] = {
        "kind": "risk_warning",
        "from_on": licence.valid_from,
        "actor": party_of(licence.application),
    }
    if fields.get("kind", "risk_warning") == "risk_warning":
        given |= {"place": "https://exchanger.example/risks", "languages": ["kk", "ru"], "file": paper()}
    row = exchange_services.file_record(licence, **(given | fields), at=at)
    officer = make_user(OFFICER, authority=licence.authority)
    if state in ("met", "unmet"):
        seen: dict[str, Any] = {"checked_on": at.date(), "note": "Seen on the page.", "actor": officer, "at": at}
        row = exchange_services.check_record(row, f"find_{state}", **seen)
    if state == "ended":
        row = exchange_services.end_record(row, to_on=at.date(), actor=officer, at=at)
    return row


def paper() -> Upload:
    """A picture of one point, as a screenshot."""
    return Upload("page.png", BytesIO(b"\x89PNG\r\n\x1a\n" + b"0" * 64))


def make_transfer(licence: Licence | None = None, *, at: datetime = AT, **fields: Any) -> HeldTransfer:
    """A transfer that an exchanger stopped two days and an hour ago, since no sender was told."""
    licence = licence or make_licence(kind="nbk-exchanger")
    begun = at - timedelta(hours=49)
    given: dict[str, Any] = {"own_number": f"T-{next(_serial)}", "asset": "BTC", "seen_at": begun, "stopped_at": begun}
    return exchange_services.report_transfer(
        licence, **({"actor": party_of(licence.application)} | given | fields), at=at
    )
