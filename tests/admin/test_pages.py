"""Every page of the administration opens for those who may read it, and for nobody else; no page edits a state."""

from datetime import date, timedelta
from typing import Any, cast
from uuid import uuid4

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask
from knox.models import AuthToken

from core.admin.base import HouseAdmin
from core.models import (
    Absence,
    Access,
    Authority,
    Checkpoint,
    DataBreach,
    Document,
    DocumentSignature,
    ErasureRun,
    Event,
    LegalHold,
    Membership,
    Notification,
    Obligation,
    Organisation,
    RowFile,
    Team,
    User,
    Webhook,
    WebhookDelivery,
)
from core.services import administration, breaches, make_key, make_webhook, place_hold, seal_events
from exchanges import services as exchange_services
from exchanges.models import (
    AifcParticulars,
    AssetAssessment,
    Complaint,
    HeldTransfer,
    Incident,
    ListedExchange,
    MarketTip,
    MarketWarning,
    OperatorParticulars,
    PerimeterNote,
    ProviderRecord,
    RailLink,
    RailRating,
    RegimeParticulars,
    SaleReport,
    SecuredParticulars,
    Servicer,
)
from inspections import services as inspection_services
from inspections.models import (
    Annulment,
    ControlPlan,
    Criterion,
    Filing,
    Inspection,
    Inspector,
    JointAct,
    Requirement,
    RiskRun,
    SiteBatch,
    SiteEntry,
    Subject,
    SupervisoryVisit,
)
from licensing import services
from licensing.models import (
    Appeal,
    Application,
    Archive,
    AssignmentRule,
    BankFile,
    Breach,
    CaseloadMove,
    CaseTask,
    Clarification,
    ClarificationReliance,
    Condition,
    ConditionVersion,
    Decision,
    Edition,
    FirmPerson,
    Letter,
    Licence,
    LicenceChange,
    Measure,
    Objection,
    Payment,
    PeopleDeclaration,
    Recommendation,
    Referral,
    RegisterEntry,
    ScreeningList,
    ScreeningMatch,
    Visit,
)
from mining.models import (
    Assessment,
    DataCentre,
    Hosting,
    Machine,
    MachineFiling,
    MinerReport,
    MiningParticulars,
    PoolParticulars,
    PoolReport,
    PowerLimit,
    QuotaAssessment,
    RealisedReport,
    SecurityProtocol,
    WorldHashRate,
)
from tests import factories as make
from tests.admin.pages import client_of, list_of, page_of
from tests.inspections import answers
from tests.inspections import world as inspected
from tests.inspections.acts_world import announced, confirmed_checklist, confirmed_criteria
from tests.licensing import lists
from tests.mining import centres
from tests.mining import world as machines

pytestmark = pytest.mark.django_db
OF_TRADE = (AifcParticulars, OperatorParticulars, RegimeParticulars, SecuredParticulars)
READERS = ["administrator", "officer", "head", "auditor"]
ENTERED = {Condition, ConditionVersion}  # by their services, from a form of the administration
PART = {"HX-Request": "true"}  # a refusal comes without the frame of the page, which nobody reads here
OVERSEEN = {DataBreach, ErasureRun, LegalHold}  # for administrators and auditors only


def rely(application: Application) -> ClarificationReliance:
    return ClarificationReliance.objects.create(
        application=application,
        clarification=make.make_signed(),
        relied_on=make.AT.date(),
        by=application.created_by,
        at=make.AT,
    )


def mined() -> dict[type, Any]:
    """Machines in the register, and what a pool and a miner report."""
    machine = machines.registered(make.make_applicant(), 1)[0]
    miner = machines.miner()
    pool = PoolReport.objects.get(reference=machines.distributed(machines.pool(), [machines.line(miner)]).made)
    said = machines.obtained(miner.application.created_by, {"BTC": "1"}).made
    return {
        Machine: machine,
        MachineFiling: machine.filing,
        RowFile: pool.file,
        PoolReport: pool,
        MinerReport: MinerReport.objects.get(reference=said),
    }


def own(reader: User, rows: dict[Any, Any]) -> dict[Any, Any]:
    """What no other reader sees, or what tells of him."""
    key, _secret = make_key(reader, actor=reader, at=make.AT)
    said = {"key": f"test-{reader.pk}", "recipient": reader, "channel": "inbox", "template": "licence"}
    return {
        AuthToken: key,
        Access: administration.note_access(rows[Membership].organisation, actor=reader, at=make.AT),
        Notification: Notification.objects.create(**said, event=rows[Event], created_at=make.AT),
    }


def furnished(roles: list[str]) -> list[tuple[User, dict[Any, Any]]]:
    """A reader of each role with one row for every page, in one house: building it takes longer than asking for its
    pages, and most rows are the same."""
    readers = [make.make_user(role) for role in roles]
    rows = furnish(readers[0])
    return [(reader, rows | own(reader, rows)) for reader in readers]


def furnish(reader: User) -> dict[Any, Any]:
    """One row for every page, such as this reader sees it; without his `own`."""
    licence = make.make_licence()
    application = licence.application
    later = make.AT + timedelta(days=3)
    request = make.grant_request(
        make.make_request(licence, "correction", at=later, **make.correction(licence)), at=later
    )
    services.print_left_over(at=make.AT)
    seal_events(at=make.AT)
    other = make.make_organisation(form="sole_trader")
    every, _made = IntervalSchedule.objects.get_or_create(every=10, period="minutes")
    event = Event.objects.of(application).get(verb="application.submit")  # what came before is its own side's
    bank_file = make.make_bank_file("A;2026-06-10;5;{payer};", payer=application)
    services.import_bank_file(bank_file, actor=make.make_user("officer"), at=make.AT)
    breach = make.make_breach(licence)
    member, url = application.created_by, "https://hooks.example.org/"
    hook, _told = make_webhook(organisation=application.organisation, url=url, actor=member, at=make.AT)
    return {
        User: make.make_user("officer"),
        Authority: make.make_authority(),
        Organisation: application.organisation,
        Membership: make.make_membership(make.make_user(), other),
        Event: event,
        Checkpoint: Checkpoint.objects.get(),
        Obligation: Obligation.objects.of(application).first(),
        Webhook: hook,
        WebhookDelivery: WebhookDelivery.objects.create(
            webhook=hook, event=event, created_at=make.AT, next_try_at=make.AT
        ),
        Document: application.documents().first(),
        DocumentSignature: DocumentSignature.objects.first(),
        Absence: make.make_absence(make.make_user("officer")),
        Team: make.make_team(reader.authority),
        CaseTask: make.make_task(make.make_submitted()),
        CaseloadMove: make.make_caseload_move(reader),
        AssignmentRule: make.make_rule(reader.authority),
        PeriodicTask: PeriodicTask.objects.create(name="sweep", task="core.sweep", interval=every),
        IntervalSchedule: every,
        CrontabSchedule: CrontabSchedule.objects.create(minute="0"),
        Application: application,
        Recommendation: application.recommendations.get(),
        Decision: application.decision,
        Letter: Letter.objects.filter(application=application).first(),
        Condition: (version := make.make_condition(reader.authority)).condition,
        ConditionVersion: version,
        Clarification: make.make_published(),
        ClarificationReliance: rely(application),
        Objection: make.make_objection(),
        Licence: licence,
        Archive: services.ask_archive(application, actor=make.make_user("officer"), at=make.AT, language="en"),
        BankFile: bank_file,
        Appeal: make.make_appeal(case=application),
        Breach: breach,
        Measure: make.make_measure(licence, breach=breach),
        Referral: services.refer_breach(
            breach, body=make.make_authority("police"), text="Look.", actor=make.make_user("officer"), at=later
        ),
        Payment: Payment.objects.get(),
        RegisterEntry: licence.register_entry,
        LicenceChange: request.change,
        Edition: request.edition,
        MiningParticulars: application.particulars,
        Assessment: (looked_at := centres.signed()),
        DataCentre: looked_at.centre,
        Visit: Visit.objects.create(
            application=application,
            visited_on=make.AT.date(),
            fits=True,
            text="As filed.",
            made_by=reader,
            made_at=make.AT,
        ),
        PowerLimit: PowerLimit.objects.create(
            authority=cast(Authority, reader.authority),
            region="KZ-39",
            megawatts=10,
            source="Order 7",
            since=make.AT.date(),
            entered_by=reader,
            entered_at=make.AT,
        ),
        WorldHashRate: WorldHashRate.objects.create(
            authority=cast(Authority, reader.authority),
            day=make.AT.date(),
            amount=900,
            source="Survey 7",
            entered_by=reader,
            entered_at=make.AT,
        ),
        RealisedReport: RealisedReport.objects.create(
            reference="JOBS-1-2026-01-1",
            authority=licence.authority,
            organisation=licence.organisation,
            licence=licence,
            period_first=date(2026, 1, 1),
            period_last=date(2026, 3, 31),
            revision=1,
            jobs=30,
            investment=1,
            received_at=make.AT,
            received_on=make.AT.date(),
            entered_by=reader,
        ),
        Hosting: centres.let(looked_at.centre, licence),
        **mined(),
        LegalHold: place_hold(other, reason="Inquiry.", actor=make.make_user("administrator"), at=make.AT),
        DataBreach: breaches.notice_breach(
            summary="A lost disk.", description="Encrypted.", happened_at=None, actor=reader, at=make.AT
        ),
        ErasureRun: ErasureRun.objects.create(as_of=make.AT, created_at=make.AT, proposed_by=reader),
        SecurityProtocol: (protocol := make.make_pool().security_protocols.get()),
        PoolParticulars: protocol.licence.application.particulars,
        ListedExchange: make.make_exchange(),
        AssetAssessment: make.make_class(),
        MarketTip: make.make_tip(),
        MarketWarning: make.make_warning(),
        **listed(reader),
        **joint(reader),
        PerimeterNote: make.make_note(application.organisation, actor=member),
        **{model: model._base_manager.create(application=application) for model in OF_TRADE},
        QuotaAssessment: (assessed := make.make_finding().assessment),
        SaleReport: assessed.organisation.sale_reports.get(),
        **of_providers(reader),
        **screened(reader),
        **answered(reader),
        **on_site(reader),
        **planned(reader),
    }


def planned(reader: User) -> dict[type, Any]:
    """A subject in a plan by a risk run, and an inspector."""
    entry, person = inspected.make_entry(), inspected.make_inspector()
    ControlPlan.objects.update(authority=reader.authority)
    Inspector.objects.update(authority=reader.authority)
    subject = entry.subject
    Subject.objects.update(authority=reader.authority)
    RiskRun.objects.update(authority=reader.authority)
    judged: list[Any] = [subject, subject.objects_of_control.get(), entry.plan.risk_run]
    rows: list[Any] = [entry, entry.plan, person.inspector, *judged]
    return {type(row): row for row in rows}


def of_providers(reader: User) -> dict[type, Any]:
    """What providers of services with digital assets owe, and what they reported."""
    rail = make.make_rail()
    bank = make.make_applicant(rail.servicer.organisation)
    given: dict[str, Any] = {"risk": "high", "rated_on": rail.from_on, "reason": "New.", "measures": "All looked at."}
    rating = exchange_services.rate_rail(rail, **given, actor=bank, at=make.AT)
    complaint, incident = make.make_complaint(rail.licence), make.make_incident(rail.licence)
    kept = make.make_record(rail.licence)
    held = make.make_transfer(rail.licence)
    for model in (RailLink, Complaint, HeldTransfer, Incident, ProviderRecord):
        model.objects.update(authority=reader.authority)  # as if the reader's authority supervised the provider
    return {
        HeldTransfer: held,
        ProviderRecord: kept,
        Complaint: complaint,
        Incident: incident,
        Servicer: rail.servicer,
        RailLink: rail,
        RailRating: rating,
    }


def answered(reader: User) -> dict[type, Any]:
    """A report of the cure with its item, and an application to annul the same inspection."""
    filing = answers.make_filing("cure")
    inspection = filing.inspection
    rows: list[Any] = [filing, filing.items.get(), answers.make_annulment(inspection)]
    rows += [inspection, inspection.team.first(), inspection.items.first()]
    for model in (Filing, Annulment, Inspection):
        model.objects.update(authority=reader.authority)  # as if the reader's authority inspected
    return {type(row): row for row in rows}


def on_site(reader: User) -> dict[type, Any]:
    """A batch that a phone sent, with its entry."""
    row = inspected.make_running()
    entry = inspection_services.Entry("R1", "met")
    given: dict[str, Any] = {"client_id": uuid4(), "device_at": inspected.START, "at": inspected.START}
    batch = inspection_services.take_batch(row, [entry], actor=inspected.leader(row), **given).batch
    return {SiteBatch: batch, SiteEntry: batch.entries.get()}


def screened(reader: User) -> dict[type, Any]:
    """A list of names, a person behind a firm, and the entry that he may be."""
    authority = cast(Authority, reader.authority)
    row = lists.imported(lists.csv_of(lists.ROWS[0]), make.make_user("head", authority=authority))
    person = make.make_firm_person(authority, make.make_organisation())
    services.screen_people(at=make.AT)
    licence = make.make_licence(kind="nbk-exchanger")
    said = {"authority": authority, "organisation": licence.organisation, "licence": licence, "permit": licence.kind}
    declared = PeopleDeclaration.objects.create(**said, day=make.AT.date(), declared_at=make.AT, entered=1, ended=0)
    found = ScreeningMatch.objects.get()
    return {ScreeningList: row, FirmPerson: person, ScreeningMatch: found, PeopleDeclaration: declared}


def joint(reader: User) -> dict[type, Any]:
    """A checklist with its items, criteria of risk, and a supervisory visit, of the reader's authority."""
    checklist = confirmed_checklist(authority=reader.authority, kinds=("pool-accreditation",))
    criteria = confirmed_criteria(authority=reader.authority, kinds=("pool-accreditation",))
    item, criterion = checklist.requirements.first(), criteria.criteria.first()
    visit = announced()
    SupervisoryVisit.objects.update(authority=reader.authority)  # as if the reader's authority supervised the provider
    return {JointAct: checklist, Requirement: item, Criterion: criterion, SupervisoryVisit: visit}


def listed(reader: User) -> dict[type, Any]:
    """An approved asset, an offer, what was seen, and an issue."""
    rows = (make.make_approved(), make.make_offer(), make.make_observed(), make.make_issue())
    for row in rows:
        type(row).objects.update(authority=reader.authority)  # as if the reader's authority kept the list
    return {type(row): row for row in rows}


def test_every_page_opens_for_those_who_read() -> None:
    assert all(isinstance(panel, HouseAdmin) for panel in admin.site._registry.values())
    for reader, rows in furnished(READERS):
        assert set(rows) == set(admin.site._registry)  # the rows above are all pages there are
        client = client_of(reader)
        assert client.get(reverse("admin:index")).status_code == 200
        for model, row in rows.items():
            told, answer = f"{reader.role}, {model.__name__}", client.get(list_of(model))
            if model in OVERSEEN and reader.role in ("officer", "head"):
                assert answer.status_code == 403, told
                continue
            assert answer.status_code == 200, told
            assert answer.context["cl"].result_count >= 1, f"{told}: none is seen"
            page = client.get(page_of(row))
            assert page.status_code == 200, told
            assert "(&#x27;" not in page.content.decode(), f"{told}: shows a bare tuple"


def test_nobody_else_enters() -> None:
    [(_reader, rows)] = furnished(["administrator"])
    addresses = [reverse("admin:index"), *(list_of(model) for model in rows), *(page_of(row) for row in rows.values())]
    for role in ("applicant", "inspector"):
        client = client_of(make.make_user(role))
        for address in addresses:
            assert client.get(address, follow=True, headers=PART).status_code == 403, (role, address)
    doors = {reverse("account_login"), reverse("admin:login")}  # the second leads to the first
    assert Client().get(reverse("admin:login"), follow=True).request["PATH_INFO"] == reverse("account_login")
    for address in addresses:
        answer = Client().get(address)
        assert answer.status_code == 302, address
        assert answer["Location"].split("?")[0] in doors, address


def test_a_superuser_gets_nothing_extra() -> None:
    application = make.make_submitted()
    foreign = make.make_user("administrator", authority=make.make_authority("nbk"), is_superuser=True)
    client = client_of(foreign)
    assert client.get(list_of(Application)).context["cl"].result_count == 0
    assert client.get(page_of(application)).status_code == 302  # not found there; back to the overview
    assert client.get(list_of(RegisterEntry)).status_code == 200


@pytest.mark.parametrize("role", READERS)
def test_a_foreign_authority_sees_no_case_and_nothing_of_one(role: str) -> None:
    make.make_licence()
    reader = make.make_user(role, authority=make.make_authority("nbk"))
    client = client_of(reader)
    for model in (Application, Licence, Letter, Decision, Recommendation, Obligation, Document):
        assert client.get(list_of(model)).context["cl"].result_count == 0, model
    assert client.get(list_of(MiningParticulars)).status_code == 403  # of another authority's trade


def test_no_post_edits_or_deletes_what_is_only_read() -> None:
    for reader, rows in furnished(READERS):
        client = client_of(reader)
        for model, row in rows.items():
            if model in (User, Authority):
                continue
            told, before = f"{reader.role}, {model.__name__}", model.objects.filter(pk=row.pk).values().get()
            edited = {"state": "granted", "published": "", "name_en": "Other", "enabled": ""}
            assert client.post(page_of(row), edited, headers=PART).status_code == 403, told
            assert model.objects.filter(pk=row.pk).values().get() == before, told
            delete = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_delete", args=[row.pk])
            assert client.post(delete, {"post": "yes"}, headers=PART).status_code == 403, told
            add = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
            assert client.get(add, headers=PART).status_code == 403 or model in ENTERED, told
            acts = cast(HouseAdmin, admin.site._registry[model]).acts
            if acts or reader.role == READERS[0]:  # where there are none, no role has any
                chosen = {"action": "delete_selected", "_selected_action": [row.pk], "index": "0", "post": "yes"}
                assert client.post(list_of(model), chosen).status_code < 500, told
            assert model.objects.filter(pk=row.pk).exists(), told


@pytest.mark.parametrize("model", [Application, Event, Obligation, Document, Letter, Organisation, Membership])
def test_lists_ask_as_often_for_many_rows_as_for_few(model: Any) -> None:
    """Ten rows and sixty: the same number of queries (a page holds fifty)."""
    reader = make.make_user("officer")
    client = client_of(reader)

    def ask() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(list_of(model)).status_code == 200
        return len(queries)

    first = make.make_submitted()
    for _number in range(4):
        make.make_submitted()
    Application.objects.update(assigned_to=reader)
    few = ask()
    grow(first, 200)
    assert ask() == few


def grow(first: Application, count: int) -> None:
    """More rows of each kind, by copying in the database: the lists are what is tested, not the filing."""
    fields = {f.attname: getattr(first, f.attname) for f in Application._meta.concrete_fields if f.name != "id"}
    holders = [make.make_applicant().organisations().get() for _number in range(10)]
    copies = Application.objects.bulk_create(
        Application(
            **{
                **fields,
                "reference": f"APP-2025-{number:06d}",
                "organisation_id": holders[number % 10].pk,
            }
        )
        for number in range(count)
    )
    Letter.objects.bulk_create(
        Letter(
            application=copy,
            subject_type="licensing.application",
            subject_id=copy.pk,
            authority=copy.authority,
            organisation=copy.organisation,
            reference=copy.reference,
            kind="receipt",
            made_at=make.AT,
        )
        for copy in copies
    )
    rows: list[Any] = [Obligation.objects.of(first).first(), first.documents().first()]
    for one in rows:
        own = ("id", "subject_id")
        values = {f.attname: getattr(one, f.attname) for f in one._meta.concrete_fields if f.name not in own}
        type(one).objects.bulk_create(type(one)(subject_id=copy.pk, **values) for copy in copies)


def test_the_policy_lets_the_panel_alone_make_functions_of_text() -> None:
    client = client_of(make.make_user("officer"))
    inside = client.get(reverse("admin:index"))["Content-Security-Policy"]
    assert "'unsafe-eval'" in inside
    assert "'unsafe-inline'" not in inside
    outside = client.get("/accounts/email/")["Content-Security-Policy"]
    assert "unsafe" not in outside


def test_the_panel_speaks_three_languages_and_shows_the_switch() -> None:
    client = client_of(make.make_user("officer"))
    for code in ("kk", "ru", "en"):
        client.post(reverse("set_language"), {"language": code, "next": "/admin/"})
        page = client.get(reverse("admin:index"))
        assert page.headers["Content-Language"] == code
        assert page.content.count(b'name="language"') >= 3


@pytest.mark.parametrize(
    "search", ["APP-", "Trial", "ТОО", "2301", "zz", "%", "'", "a" * 3000, "\u202eabc", "%00", "\x00", "-p=9999999"]
)
def test_a_strange_search_is_answered(search: str) -> None:
    make.make_submitted()
    client = client_of(make.make_user("officer"))
    for model in (Application, Licence, RegisterEntry, Organisation, Event, User, Membership):
        assert client.get(list_of(model), {"q": search}).status_code < 500, (model, search)


@pytest.mark.parametrize(
    "query",
    ["state=x", "kind=x", "due=x", "officer=x", "officer=99999999999999999999", "o=99", "p=99999", "subject_id=x"],
)
def test_a_strange_filter_is_answered(query: str) -> None:
    make.make_submitted()
    client = client_of(make.make_user("officer"))
    assert client.get(f"{list_of(Application)}?{query}").status_code < 500
    assert client.get(f"{list_of(Event)}?{query}").status_code < 500


def test_search_finds_by_number_bin_and_name() -> None:
    application = make.make_submitted()
    make.make_submitted()
    client = client_of(make.make_user("officer"))
    holder = application.organisation
    for text in (application.reference, holder.identifier, holder.name_kk, holder.name_en):
        found = client.get(list_of(Application), {"q": text}).context["cl"].result_list
        assert application in list(found), text
        assert len(found) == 1, text


def test_who_opened_a_personal_record_is_noted() -> None:
    person, reader = make.make_user(), make.make_user("administrator")
    client = client_of(reader)
    client.get(page_of(person))
    assert Access.objects.filter(user=reader, subject_type="core.user", subject_id=person.pk).count() == 1
    assert client.get(list_of(Access)).context["cl"].result_count == 1
