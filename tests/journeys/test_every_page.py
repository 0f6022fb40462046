"""Every page in three languages, on a telephone and on a desk, light and dark: axe finds nothing, nothing overflows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from core.mail import stored_mails
from core.models import DataBreach, Document, ErasureRun, Event, LegalHold, Notification, Team, User, Webhook
from core.services import Upload, breaches, make_key, make_webhook, place_hold, send_test
from exchanges.models import AssetAssessment, ListedExchange, MarketTip, MarketWarning, PerimeterNote, SaleReport
from exchanges.services import receive_tip, take_tip
from law.terms import hearing_due
from licensing import services
from licensing.models import (
    Appeal,
    Application,
    Archive,
    AssignmentRule,
    BankFile,
    Breach,
    CaseloadMove,
    Clarification,
    Hearing,
    Licence,
    Matter,
    Measure,
    Objection,
    Opinion,
    Payment,
    Referral,
    ScreeningMatch,
)
from licensing.reports import REPORTS
from mining.models import Assessment, PoolReport, QuotaAssessment, QuotaFinding, WorldHashRate
from mining.services import enter_limit, enter_world_hash_rate, report_realised
from tests import factories as make
from tests.inspections.acts_world import announced, confirmed_checklist
from tests.journeys import inspected, onsite, plans, providers, risk, subjects
from tests.journeys.conftest import Opener
from tests.journeys.walk import walked
from tests.licensing import lists
from tests.mining import centres as mining
from tests.mining import world as machines
from tests.signing.support import detached, make_holder, signed_at

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@dataclass
class Mined:
    """What a miner and a pool have in the registers of mining."""

    machine: str
    filing: str
    offered: str
    faulty: int
    right: int
    pool: str
    said: str
    identifier: str
    realised: str


@dataclass
class World:
    officer: User
    head: User
    applicant: User
    licence: Licence
    filed: Application
    reviewed: Application
    recommended: Application
    ready: Application
    archive: Archive
    clarification: Clarification
    drafted: Clarification
    team: Team
    rule: AssignmentRule
    appeal: Appeal
    payment: Payment
    bank_file: BankFile
    move: CaseloadMove
    administrator: User
    breach: Breach
    measure: Measure
    heard: Hearing
    automated: Event
    objection: Objection
    draft: Application
    assessment: Assessment
    mined: Mined
    pool: Licence
    exchange: ListedExchange
    finding: QuotaFinding
    clerk: User
    note: PerimeterNote
    matter: Matter
    looked_at: AssetAssessment
    warned: MarketWarning
    proposed: MarketWarning
    tip: MarketTip
    code: str


def build() -> World:
    """One case in each stage, and the people who look at it."""
    now, applicant, officer = timezone.now(), make.make_applicant(), make.make_user("officer")
    providers.build()  # test_provider_pages walks them
    plans.build(now)
    subjects.build()
    confirmed_checklist(since=timezone.localdate(now), kinds=("pool-accreditation",))  # test_joint_act_pages walks them
    announced(at=now)
    onsite.build()
    inspected.build(now)
    risk.build(now)
    trader = make.make_sole_trader()
    make.make_absence(make.make_user("officer"), officer, at=now)
    lists.imported(lists.csv_of(*lists.ROWS), make.make_user("head"))
    make.make_authority("energy", decides=False)
    licence = make.make_licence(at=now, actor=applicant)
    make.make_firm_person(licence.authority, licence.organisation)
    services.screen_people(at=now)
    reviewed = make.make_in_review(at=now, actor=applicant, megawatts="1.100")
    services.ask_question(reviewed, text="Which feeder?", actor=officer, at=now)
    reviewed_by, mover = make.make_user("officer"), make.make_user("head")
    services.assign_application(reviewed, to=reviewed_by, actor=mover, at=now)
    services.add_note(reviewed, text="Call them.", actor=officer, at=now)
    services.add_task(reviewed, what="Call again.", to=officer, due_on=timezone.localdate(now), actor=mover, at=now)
    services.print_left_over(at=now)
    make.make_membership(make.make_user(), licence.organisation, confirmed_at=None, confirmed_by=None)
    make_key(applicant, actor=applicant, at=now)
    url = "https://hooks.example.org/tizilim"
    hook, _secret = make_webhook(organisation=licence.organisation, url=url, actor=applicant, at=now)
    send_test(hook, actor=applicant, at=now)
    draft = make.make_draft(at=now, actor=applicant, complete=False)
    signed_by_somebody(draft, None)
    signed_by_somebody(reviewed, reviewed.documents().order_by("id")[0])
    bank_file = make.make_bank_file("A;2026-06-10;5;{payer};\nB;x;-1;123;APP-1", payer=reviewed, actor=officer, at=now)
    imported = make.make_bank_file("C;2026-06-10;5;{payer};", payer=reviewed, actor=officer, at=now)
    services.import_bank_file(imported, actor=officer, at=now)
    administrator = make.make_user("administrator")
    place_hold(licence.organisation, reason="An inquiry runs.", actor=administrator, at=now)
    leak = breaches.notice_breach(
        summary="A lost disk.", description="Encrypted.", happened_at=None, actor=officer, at=now
    )
    breaches.assess_breach(
        leak, kinds=["papers"], persons=12, assessment="Little.", actor=make.make_user("administrator"), at=now
    )
    ErasureRun.objects.create(
        as_of=now, created_at=now, proposed_by=make.make_user("administrator"), planned={"people core.User": 2}
    )
    against = make.make_recommended(at=now, actor=applicant, outcome="refuse")
    day = hearing_due(timezone.localdate(now)).due_on
    heard = services.announce_hearing(against, hearing_on=day, place="Room 214, 10:00", actor=officer, at=now)
    return World(
        officer,
        make.make_user("head"),
        applicant,
        licence,
        make.make_submitted(at=now, actor=applicant),
        reviewed,
        make.make_recommended(at=now, actor=applicant),
        make.make_countersigned(at=now, actor=applicant),
        services.ask_archive(reviewed, actor=officer, at=now, language="en"),
        cited_in(
            reviewed,
            make.make_published(
                make.make_signed(make.make_drafted(make.make_asked(actor=applicant, at=now), at=now), at=now), at=now
            ),
            officer,
        ),
        make.make_drafted(at=now),
        team := make.make_team(None, officer),
        make.make_rule(team=team),
        make.make_appeal(at=now, case=make.make_decided(at=now - timedelta(days=1), actor=applicant, outcome="refuse")),
        Payment.objects.get(bank_file=imported),
        bank_file,
        services.move_caseload(reviewed_by, to=[officer], reason="Leave.", key=uuid4(), actor=mover, at=now),
        administrator,
        found := make.make_breach(licence, officer=officer, at=now),
        make.hear_holder(make.make_measure(licence, officer=officer, at=now, breach=found), at=now),
        heard,
        noted := make.make_automated(trader, at=now),
        objected(noted, trader, applicant),
        draft,
        assessed(licence, officer),
        mined(applicant, licence),
        pooled(applicant),
        told_of := make.make_exchange(),
        sold_elsewhere(told_of, applicant),
        clerk_of(reviewed, officer),
        make.make_note(licence.organisation, actor=applicant, remark="Ask again in May."),
        make.make_matter(licence.organisation, actor=applicant),
        make.answer_class(make.make_class(actor=officer, at=now), unmet=("kind-property", "kind-instrument"), at=now),
        make.make_warning(state="published", since=date(2026, 3, 2), at=now, domains=["p\u0430y.example"]),
        make.make_warning(actor=officer, at=now),
        *told(officer),
    )


def told(officer: User) -> tuple[MarketTip, str]:
    """Two tips of the same, one of them taken, with a question to the body of energy about it."""
    now = timezone.now()
    make.make_tip(at=now)
    tip, code = receive_tip(
        kind="unlicensed_mining", names=["Basement Hash"], domains=["b\u0430sement.example"], text="They hum.",
        contact="+7 700 000 00 00", at=now,
    )  # fmt: skip
    tip = take_tip(tip, actor=officer, at=now)
    body = make.make_authority("energy", decides=False)
    services.ask_body(
        tip.authority, body=body, kind="request", text="Who draws the power?", subject=tip, actor=officer, at=now
    )
    return tip, code


def assessed(licence: Licence, officer: User) -> Assessment:
    """A data centre that is let, was looked at twice and is being looked at again."""
    now = timezone.now()
    centre = mining.make_centre(at=now, actor=officer, owner=licence.organisation)
    mining.let(centre, licence, at=now)
    mining.signed(mining.open_assessment(centre, on=date(2025, 9, 1), at=now), unmet=("standard-cooling",), at=now)
    mining.signed(mining.open_assessment(centre, at=now), unmet=("outside_residential_zone",), at=now)
    return mining.answered(mining.open_assessment(centre, at=now), at=now)


def mined(applicant: User, licence: Licence) -> Mined:
    """Machines asked for and entered, files right and faulty, and a miner who says another sum than his pool."""
    machine, second = machines.registered(applicant, 2)
    filing = machines.ask(applicant, [machines.machine_row(50)])
    faulty = machines.sent("machines", machines.csv_of([machines.machine_row(1, power="-1")]), applicant)
    right = machines.sent("machines", machines.csv_of([machines.machine_row(60)]), applicant)
    miner = machines.miner()
    machines.suspend(miner, at=datetime(2026, 8, 10, 12, tzinfo=make.ALMATY))
    rows = [machines.line(miner), machines.line(miner, "2026-08-20", amount="0.2")]
    pool = machines.distributed(machines.pool(), rows, as_it_happened=True).made
    said = machines.obtained(miner.application.created_by, {"BTC": "0.5", "LTC": "1"}).made
    owner, to = machines.own(applicant), miner.organisation.identifier
    offer = machines.change(applicant, [second], "transfer", to_owner=to, at=timezone.now())
    assert offer.organisation == owner
    make.make_membership(applicant, miner.organisation)
    own = PoolReport.objects.get(reference=pool).organisation
    make.make_membership(applicant, own)
    identifier = miner.organisation.identifier
    numbers = (machine.number, filing.reference, offer.reference)
    return Mined(*numbers, faulty.pk, right.pk, pool, said, identifier, figures(miner))


def figures(miner: Licence) -> str:
    """A figure of the world that was corrected, a limit, and a report on jobs; returns its number."""
    now, head = timezone.now(), make.make_user("head")
    given: dict[str, Any] = {"day": date(2026, 7, 1), "unit": "EH/s", "actor": head, "at": now}
    authority = miner.authority
    first = enter_world_hash_rate(authority, amount=Decimal(900), source="https://survey.example/7", **given)
    enter_world_hash_rate(authority, amount=Decimal(950), source="Survey 7", corrects=first, reason="Misread.", **given)
    enter_limit(
        authority, region="KZ-39", megawatts=Decimal(9), source="Act 1", since=date(2026, 1, 1), actor=head, at=now
    )
    facts: dict[str, Any] = {"period": date(2026, 4, 1), "jobs": 30, "investment": Decimal(250_000)}
    return report_realised(miner, **facts, actor=miner.application.created_by, at=now).reference


def mining_pages(world: World) -> list[str]:
    """The same for officials and for those whose they are, where both see them."""
    mined = world.mined
    return [
        "/machines/",
        "/machines/?q=nothing-like-it",
        "/machines/new/",
        f"/machines/change/?numbers={mined.machine}",
        f"/machines/{mined.machine}/",
        "/machine-filings/",
        f"/machine-filings/{mined.filing}/",
        f"/machine-filings/{mined.offered}/",
        "/centres/",
        f"/centres/{world.assessment.centre.reference}/",
        f"/centres/{world.assessment.centre.reference}/compare/",
        "/pools/",
        f"/pools/{world.pool.number}/",
        "/quota/",
        *(f"/quota/{row.reference}/" for row in QuotaAssessment.objects.filter(finding=None)),
        "/sale-reports/",
        *(f"/sale-reports/{row.reference}/" for row in own_sales(world)),
        *(f"/sale-reports/{kind}/miner/" for kind in ("new", "files")),
        *(f"/sale-reports/{row.reference}/correct/{way}" for row in own_sales(world) for way in ("", "file/")),
        "/pool-reports/",
        f"/pool-reports/{mined.pool}/",
        "/miner-reports/",
        f"/miner-reports/{mined.said}/",
        f"/differences/{mined.identifier}/2026-08/",
        "/jobs-reports/",
        f"/jobs-reports/{mined.realised}/",
        "/jobs-reports/new/",
    ]


def own_sales(world: World) -> list[SaleReport]:
    """Reports on sales of the miner for whom the applicant acts too."""
    return list(SaleReport.objects.current().filter(source="miner").order_by("id"))


def pooled(applicant: User) -> Licence:
    """An accredited pool for which the applicant acts too."""
    pool = make.make_pool(at=timezone.now())
    make.make_membership(applicant, pool.organisation)
    return pool


def sold_elsewhere(exchange: ListedExchange, applicant: User) -> QuotaFinding:
    """A miner, for whom the applicant acts too, reports sales of the quarter of the repeal, the exchange others of his;
    an officer assesses them, and the quarter before, in which nothing was sold."""
    miner, now = make.make_miner(), timezone.now()
    make.make_membership(applicant, miner.organisation)
    make.make_assessment(miner, period=(date(2025, 10, 1), date(2025, 12, 31)), at=now)
    number = miner.organisation.identifier
    lines = [make.sale_line("2026-01-10", "75", exchange=exchange.code), make.sale_line("2026-01-11", "100")]
    make.make_sale_report(miner, *lines, at=now)
    make.make_sale_report(exchange, make.sale_line("2026-01-10", "70", miner=number, deal="7"), at=now)
    return make.make_assessment(miner, at=now).finding


def clerk_of(case: Application, officer: User) -> User:
    """Somebody of the body whose opinion is asked in the case, with a document."""
    clerk = make.make_user("officer", authority=make.make_authority("energy"))
    given: dict[str, Any] = {"body": clerk.authority, "documents": case.documents()[:1], "text": "Is there power?"}
    services.request_opinion(case, **given, actor=officer, at=timezone.now())
    return clerk


def objected(event: Event, trader: User, agent: User) -> Objection:
    """An objection to another act than this one, by somebody who acts for the trader too; and a mail that came back."""
    make.make_membership(agent, trader.organisations().get())
    EmailMessage("A letter", "Its text.", to=["reader@example.org"], headers={"Message-ID": "<1@test>"}).send()
    row = make.make_objection(actor=trader, at=event.at)
    mails = Notification.objects.filter(channel=Notification.MAIL, event__reference=row.reference)
    said = {"error": "returned", "server_status": "5.1.1", "server_words": "User unknown"}
    mails.update(**said, sent_at=None, bounced_at=event.at)
    return row


def signed_by_somebody(case: Application, document: Document | None) -> None:
    """A signature that does not hold, with every line that a page can show of one."""
    somebody = make_holder(make_holder(CN="Somebody's issuer"), CN="ASANOV ASAN", OU="BIN990140012345")
    for content in (b"other content", b"one more"):
        file = Upload("own.p7s", BytesIO(detached(somebody, content, **signed_at(timezone.now()))))
        services.sign_filing(case, file, document=document, actor=case.created_by, at=timezone.now())


def cited_in(case: Application, clarification: Clarification, officer: User) -> Clarification:
    now = timezone.now()
    services.rely_on_clarification(
        case, number=clarification.number, relied_on=timezone.localdate(now), note="Our run.", actor=officer, at=now
    )
    return clarification


def public_pages(world: World) -> list[str]:
    return [
        *plans.public_pages(),
        "/",
        "/register/",
        "/register/?q=nothing-like-it",
        f"/register/{world.licence.number}/",
        "/register/?type=refusal&authority=maidd",
        "/register/files/",
        "/register/centres/",
        "/register/centres/?q=nothing-like-it",
        f"/register/centres/{world.assessment.centre.reference}/",
        f"/register/{world.pool.number}/",
        "/warnings/",
        "/warnings/?q=nothing-like-it",
        f"/warnings/{world.warned.reference}/",
        "/compliance/",
        "/tips/",
        f"/tips/{world.code}/",
        "/verify/",
        "/clarifications/",
        "/clarifications/?q=nothing-like-it",
        f"/clarifications/{world.clarification.number}/",
        f"/verify/{world.licence.code}/",
        "/verify/AAAA-BBBB-CCCC/",
        "/law/",
        "/law/permit.decision/",
        "/perimeter/",
        "/perimeter/?activity=store&venue=national&on=2026-06-01",
        "/perimeter/?activity=store&on=1999-01-01",
        "/perimeter/?activity=exchange_fiat&venue=national_bank&asset=fixed_value&who=sole_trader&on=2026-06-01",
        "/perimeter/?activity=deal_own&venue=national&asset=unsecured&who=legal_entity&on=2025-10-01",
        "/thresholds/",
        "/thresholds/?ask=operation&provider=nbk-exchanger&asset=unsecured&amount=5000000&on=2026-06-01",
        "/thresholds/?ask=operation&provider=dfa-issuer&asset=dfa_kind_2&amount=1&on=2026-06-01",
        "/thresholds/?ask=month&bought=400&further=700&on=2026-06-01",
        "/thresholds/?ask=month&bought=much&on=",
        "/kinds/",
        "/kinds/mining-licence-1/?on=2026-06-01",
        "/retention/",
        "/automated-acts/",
        "/law/?before=2026-01-17&after=2026-01-18",
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
        "/no-such-page/",
    ]


def account_pages(world: World) -> list[str]:
    organisation = world.licence.organisation_id
    hook = Webhook.objects.get().pk
    letter = world.filed.letters.get().pk  # not printed yet: one that is goes out as a PDF
    return [
        *plans.account_pages(),
        "/account/",
        "/account/organisations/",
        "/account/organisations/claim/",
        f"/account/organisations/{organisation}/",
        f"/account/organisations/{organisation}/people/",
        "/account/keys/",
        "/account/webhooks/",
        f"/account/webhooks/{hook}/",
        f"/account/webhooks/{hook}/remove/",
        "/account/profile/",
        f"/archives/{world.filed.reference}/",
        "/account/record/",
        "/account/notes/",
        "/account/notes/?activity=mine&asset=unsecured&venue=national&who=person&on=2026-06-01",
        f"/account/notes/{world.note.reference}/",
        f"/account/notes/{world.note.reference}/take-off/",
        "/account/desk/",
        "/account/desk/calendar/",
        "/account/desk/conflict-checks/",
        f"/account/desk/conflict-checks/{world.matter.check_made.reference}/",
        f"/account/desk/matters/{world.matter.reference}/",
        f"/account/desk/matters/{world.matter.reference}/party/",
        f"/account/organisations/{world.licence.organisation.pk}/describe/",
        "/account/clarifications/",
        f"/account/clarifications/{world.clarification.reference}/",
        "/account/objections/",
        f"/account/objections/{world.objection.reference}/",
        f"/account/objections/new/{world.automated.pk}/",
        "/inbox/",
        f"/inbox/letters/{letter}/",
        f"/account/licences/{world.licence.number}/",
        f"/account/hearings/{world.heard.pk}/",
        f"/account/cases/{world.draft.reference}/signatures/",
        f"/account/cases/{world.reviewed.reference}/signatures/",
        f"/account/hearings/{Hearing.objects.of(world.measure).get().pk}/",
        "/accounts/2fa/",
        "/accounts/password/change/",
        "/accounts/email/",
        *mining_pages(world),
        f"/row-files/{world.mined.faulty}/",
        f"/row-files/{world.mined.right}/",
        "/pool-reports/new/",
        "/miner-reports/new/",
    ]


def office_pages(world: World) -> list[str]:
    case = f"/cases/{world.reviewed.reference}/"
    centre, assessment = (
        f"/centres/{world.assessment.centre.reference}/",
        f"/assessments/{world.assessment.reference}/",
    )
    tabs = ("application", "checks", "documents", "letters", "people", "questions", "notes", "tasks", "timeline")
    return [
        "/work/",
        "/queue/",
        "/queue/?state=submitted",
        "/queue/?filed_from=2026-01-01&filed_to=2026-01-02&undated=1",
        *(f"{case}?tab={tab}" for tab in tabs),
        *(f"{case}{act}/" for act in ("ask", "request-opinion", "note", "assign", "recommend", "task", "watch")),
        f"{case}judge/?code=equipment",
        f"/cases/{world.filed.reference}/",
        f"/cases/{world.filed.reference}/accept/",
        f"/cases/{world.filed.reference}/refuse-consideration/",
        f"/cases/{world.recommended.reference}/countersign/",
        f"/cases/{world.recommended.reference}/edit-letter/",
        f"/cases/{world.heard.reference}/?tab=questions",
        f"/cases/{world.heard.reference}/record-hearing/",
        f"/archives/{world.reviewed.reference}/",
        f"/archives/{world.reviewed.reference}/{world.archive.pk}/",
        "/clarification-requests/",
        "/clarification-requests/?show=signed",
        "/clarification-requests/new/",
        f"/clarification-requests/{world.clarification.reference}/",
        f"/clarification-requests/{world.drafted.reference}/",
        f"/clarification-requests/{world.drafted.reference}/draft/",
        "/licences/",
        f"/licences/{world.licence.number}/",
        f"/licences/{world.licence.number}/breach/",
        "/breaches/",
        "/breaches/new/",
        f"/breaches/{world.breach.reference}/",
        f"/breaches/{world.breach.reference}/refer/",
        "/measures/",
        f"/measures/{world.measure.reference}/",
        f"/measures/{world.measure.reference}/drop/",
        f"/measures/{world.measure.reference}/minutes/",
        f"/search/?q={world.licence.number}",
        "/account/claims/",
        "/work/absences/",
        "/work/teams/",
        "/work/rules/",
        "/work/mails/",
        "/objections/",
        "/objections/?show=answered",
        f"/objections/{world.objection.reference}/",
        f"/objections/{world.objection.reference}/reject/",
        f"{case}?tab=fees",
        *(f"{case}{act}/" for act in ("enter-payment", "confirm-fee")),
        f"/licences/{world.pool.number}/",
        "/quota/?show=all",
        f"/quota/{world.finding.reference}/",
        f"/miners/{world.finding.assessment.licence.number}/",
        *(f"/miners/{world.finding.assessment.licence.number}/{page}/" for page in ("trade", "other-activity")),
        *(f"/sale-reports/{row.reference}/" for row in SaleReport.objects.filter(source="exchange")),
        *(f"/sale-reports/{kind}/exchange/" for kind in ("new", "files")),
        "/asset-classes/",
        f"/asset-classes/{world.looked_at.reference}/",
        *(f"/asset-classes/{world.looked_at.reference}/{act}/" for act in ("answer", "drop")),
        "/screening/",
        "/screening/trial-1/",
        "/screening/matches/",
        "/screening/matches/?show=cleared",
        *match_pages(),
        f"/firm-people/{ScreeningMatch.objects.get().person_id}/",
        "/market-warnings/",
        "/market-warnings/new/",
        f"/market-warnings/{world.warned.reference}/",
        f"/market-warnings/{world.proposed.reference}/",
        f"/market-warnings/{world.proposed.reference}/drop/",
        f"/market-warnings/new/?tip={world.tip.reference}",
        "/market-tips/",
        f"/market-tips/{world.tip.reference}/",
        *(f"/market-tips/{world.tip.reference}/{act}/" for act in ("hand_over", "breach", "repeat", "close")),
        "/requests/?show=sent",
        "/requests/new/",
        f"/requests/new/tip/{world.tip.reference}/",
        f"/requests/{Referral.objects.get().reference}/",
        *(f"/requests/{Referral.objects.get().reference}/{act}/" for act in ("answer", "withdraw")),
        "/exchanges/",
        f"/exchanges/{world.exchange.code}/end/",
        "/appeals/",
        f"/appeals/{world.appeal.reference}/",
        f"/appeals/{world.appeal.reference}/forward/",
        "/payments/",
        "/payments/?show=all",
        f"/payments/{world.payment.pk}/",
        "/payments/files/",
        f"/payments/files/{world.bank_file.pk}/",
        f"/payments/files/{world.payment.bank_file_id}/",
        "/centres/?q=nothing-like-it",
        "/power/",
        "/power/?if=granted",
        "/power/months/?place=KZ-39",
        "/power/months/?place=west",
        "/power/hash-rate/",
        "/power/jobs/",
        f"/centres/new/?from={world.reviewed.reference}",
        *(f"{centre}{act}/" for act in ("let", "end-letting", "change", "close")),
        assessment,
        *(f"{assessment}{act}/" for act in ("answer", "propose", "drop")),
        *mining_pages(world),
        f"/machine-filings/{world.mined.filing}/grant/",
        f"/machine-filings/{world.mined.filing}/refuse/",
        f"/machine-filings/{world.mined.offered}/record-consent/",
        "/differences/?period=2026-08-01",
        "/indicators/",
        "/differences/?period=2023-05-01",
        *plans.office_pages(),
        *subjects.office_pages(),
        *onsite.office_pages(),
        *inspected.office_pages(),
        *risk.office_pages(),
    ]


def match_pages() -> list[str]:
    address = f"/screening/matches/{ScreeningMatch.objects.get().reference}/"
    return [address, *(f"{address}{act}/" for act in ("clear", "confirm"))]


def body_pages(world: World) -> list[str]:
    """Of a body that only answers."""
    asked = ["/requests/", f"/requests/{Referral.objects.get().reference}/"]
    return ["/work/", *asked, "/opinions/", "/opinions/?show=answered", f"/opinions/{Opinion.objects.get().pk}/"]


def head_pages(world: World) -> list[str]:
    return [
        f"/register/{world.licence.number}/publication/",
        "/screening/new/",
        "/work/",
        "/work/absences/",
        "/work/teams/",
        f"/work/teams/{world.team.pk}/",
        f"/work/caseload/?from={world.officer.pk}",
        f"/work/caseload/{world.move.key}/",
        "/work/rules/",
        f"/work/rules/{world.rule.pk}/",
        "/overview/",
        "/power/",
        "/power/limits/new/",
        "/power/hash-rate/",
        "/power/hash-rate/new/",
        f"/power/hash-rate/{WorldHashRate.objects.standing().get().pk}/correct/",
        *(f"/reports/{code}/?{year(timezone.localdate())}" for code in REPORTS),
        f"/cases/{world.ready.reference}/grant/",
        f"/cases/{world.ready.reference}/return/",
        f"/quota/{world.finding.reference}/uphold/",
        f"/clarification-requests/{world.drafted.reference}/sign/",
        f"/clarification-requests/{world.clarification.reference}/withdraw/",
        *plans.head_pages(),
        *subjects.head_pages(),
        *onsite.head_pages(),
        *inspected.head_pages(),
        *risk.head_pages(),
    ]


def year(today: date) -> str:
    """This month and the eleven before it, as a report asks for them."""
    first = today.replace(year=today.year - 1, day=1) + timedelta(days=31)
    return urlencode({"from_on": first.replace(day=1), "to_on": today})


def house_pages(world: World) -> list[str]:
    hold = LegalHold.objects.get()
    return [
        "/house/",
        "/house/erasures/",
        f"/house/erasures/{ErasureRun.objects.get().pk}/",
        "/house/holds/",
        "/house/breaches/",
        f"/house/breaches/{DataBreach.objects.get().pk}/",
        "/house/openings/",
        f"/house/holds/{hold.pk}/lift/",
        "/house/outbox/",
        *(f"/house/outbox/{mail.name}/" for mail in stored_mails("", 1)[0]),
    ]


VISITS: dict[str, list[Callable[[World], tuple[User | None, list[str]]]]] = {
    "officer": [lambda world: (world.officer, office_pages(world))],
    "others": [
        lambda world: (None, public_pages(world)),
        lambda world: (world.applicant, account_pages(world)),
        lambda world: (world.head, head_pages(world)),
        lambda world: (world.clerk, body_pages(world)),
        lambda world: (subjects.party(), subjects.own_pages()),
        lambda world: (subjects.party("refusal"), subjects.early_pages()),
        lambda world: (onsite.leader(), onsite.own_pages()),
        lambda world: (world.administrator, house_pages(world)),
    ],
}


@pytest.mark.parametrize("visitors", VISITS)
def test_axe_finds_nothing(open_browser: Opener, visitors: str, settings: Any) -> None:
    settings.EMAIL_BACKEND, settings.DEMO = "core.mail.OutboxBackend", True  # the outbox has pages
    world = build()
    found = walked(open_browser, [visit(world) for visit in VISITS[visitors]], missing=True)
    assert not found, "\n".join(found)
