"""The account area as a person walks through it: from sign-up to a key, and what he never reaches."""

import email
import email.policy
import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from knox.models import AuthToken

from core.accounts import ATTEMPTS, attempts
from core.models import Access, Event, LoginAttempt, Membership, Notification, Organisation, User
from core.services import Upload, grant_power_of_attorney, message
from core.services.erasing import mandate_papers
from core.views import claims
from core.workflow import ADMINISTRATOR, HEAD, INSPECTOR, OFFICER
from tests.factories import (
    PASSWORD,
    PDF,
    make_applicant,
    make_authority,
    make_bin,
    make_membership,
    make_organisation,
    make_power_of_attorney,
    make_submitted,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def outbox(settings: Any) -> Path:
    settings.EMAIL_BACKEND = "core.mail.OutboxBackend"
    return Path(settings.OUTBOX_DIR)


def letters(outbox: Path) -> list[str]:
    """The text of every letter in the folder."""
    messages = [email.message_from_bytes(one.read_bytes(), policy=email.policy.default) for one in outbox.glob("*.eml")]
    return [one.get_body().get_content() for one in messages]  # type: ignore[union-attr]


def sign_in(client: Client, address: str, password: str = PASSWORD) -> int:
    return client.post("/accounts/login/", {"login": address, "password": password}).status_code


def claim_of(number: str, **fields: str) -> dict[str, str]:
    given = {"registered_in": "kz", "identifier": number, "form": "legal_entity", "name_ru": "ТОО «Новая»"}
    return {**given, **fields}


def test_from_sign_up_to_a_key(client: Client, outbox: Path) -> None:
    secret = "a-long-invented-password-7"
    answer = client.post(
        "/accounts/signup/",
        {"email": "new@person.example", "full_name": "Айгүл Сынақ", "password1": secret, "password2": secret},
        headers={"accept-language": "ru"},
    )
    assert answer.status_code == 302, answer.content.decode()
    person = User.objects.get(email="new@person.example")
    assert (person.full_name, person.language, person.role) == ("Айгүл Сынақ", "ru", "applicant")

    assert client.get("/account/").status_code == 302  # not before the address is confirmed
    (letter,) = letters(outbox)
    found = re.search(r"https?://[^/]+(/accounts/confirm-email/\S+)", letter)
    assert found
    assert client.get(found[1]).status_code == 200
    assert client.post(found[1]).status_code == 302
    assert sign_in(client, "new@person.example", secret) == 302
    assert client.get("/start/", follow=True).redirect_chain[-1][0] == "/account/"

    number = make_bin()
    spaced = f"{number[:4]} {number[4:8]} {number[8:]}"
    assert client.post("/account/organisations/claim/", claim_of(spaced)).status_code == 302
    claim = Membership.objects.get(user=person)
    assert (claim.organisation.identifier, claim.organisation.registered_in) == (number, "KZ")
    assert client.get(f"/account/organisations/{claim.organisation_id}/").status_code == 404  # still only a claim

    officer = Client()
    officer.force_login(make_user(OFFICER))
    assert number[:4] in officer.get("/account/claims/").content.decode()
    assert officer.post(f"/account/organisations/{claim.organisation_id}/checked/").status_code == 302
    assert officer.post(f"/account/claims/{claim.pk}/", {"answer": "confirm"}).status_code == 302
    assert Organisation.objects.get(pk=claim.organisation_id).registration_checked_at

    assert client.get(f"/account/organisations/{claim.organisation_id}/").status_code == 200
    assert "is confirmed" in client.get("/inbox/", headers={"accept-language": "en"}).content.decode()
    shown = client.post("/account/keys/", {"days": "90"}).content.decode()
    key = AuthToken.objects.get(user=person)
    secret_key = re.search(r'id="secret">(\w+)<', shown)
    assert secret_key
    header = {"authorization": f"Token {secret_key[1]}"}
    assert Client().get("/api/v1/me/", headers=header).status_code == 200
    assert secret_key[1] not in client.get("/account/keys/").content.decode()  # shown once
    assert client.post(f"/account/keys/{key.token_key}/end/").status_code == 302
    assert Client().get("/api/v1/me/", headers=header).status_code == 401
    verbs = list(Event.objects.filter(verb__startswith="key.").values_list("verb", flat=True))
    assert verbs == ["key.make", "key.revoke"]


def test_eight_failures_close_the_log_in_for_this_address_only(client: Client) -> None:
    make_user(email="one@person.example")
    other = make_user(email="two@person.example")
    for _time in range(ATTEMPTS):
        assert sign_in(client, "one@person.example", "wrong") == 200
    refused = client.post(
        "/accounts/login/", {"login": "ONE@person.example", "password": PASSWORD}, headers={"accept-language": "en"}
    )
    assert "Too many failed log-ins" in refused.content.decode()
    assert "_auth_user_id" not in client.session
    sign_in(client, other.email)
    assert attempts("one@person.example") == ATTEMPTS
    LoginAttempt.objects.update(at=timezone.now() - timedelta(minutes=16))
    later = Client()
    sign_in(later, "one@person.example")
    assert not LoginAttempt.objects.filter(at__gt=timezone.now() - timedelta(minutes=15)).exists()


@pytest.mark.parametrize(
    ("number", "fields", "said"),
    [
        ("230140000010", {}, "check digit"),
        ("2301400000", {}, "twelve digits"),
        ("HRB 12", {"registered_in": "KZ"}, "twelve digits"),
        ("HRB 12", {"registered_in": "1!"}, "two Latin letters"),
        ("", {}, "This field is required"),
    ],
)
def test_a_wrong_number_is_named(client: Client, number: str, fields: dict[str, str], said: str) -> None:
    from law.identifiers import is_valid_bin

    assert not is_valid_bin(number)
    client.force_login(make_user())
    page = client.post("/account/organisations/claim/", claim_of(number, **fields), headers={"accept-language": "en"})
    assert said in page.content.decode()
    assert not Membership.objects.exists()


def test_a_foreign_number_is_taken_as_it_is(client: Client) -> None:
    client.force_login(make_user())
    assert client.post("/account/organisations/claim/", claim_of("HRB 4711", registered_in="de")).status_code == 302
    assert Organisation.objects.get().identifier == "HRB4711"


def test_the_same_claim_twice_is_refused_in_the_form(client: Client) -> None:
    client.force_login(make_user())
    number = make_bin()
    client.post("/account/organisations/claim/", claim_of(number))
    again = client.post("/account/organisations/claim/", claim_of(number), headers={"accept-language": "en"})
    assert (again.status_code, "already claimed" in again.content.decode()) == (409, True)


def test_officials_claim_nothing(client: Client) -> None:
    client.force_login(make_user(OFFICER))
    assert client.post("/account/organisations/claim/", claim_of(make_bin())).status_code == 403
    assert not Membership.objects.exists()


def test_a_refused_claim_needs_a_reason_and_tells_it(client: Client) -> None:
    person, organisation = make_user(language="en"), make_organisation()
    row = Membership.objects.create(
        organisation=organisation,
        user=person,
        valid_from=timezone.localdate(),
        claimed_by=person,
        claimed_at=timezone.now(),
    )
    client.force_login(make_user(OFFICER))
    assert client.post(f"/account/claims/{row.pk}/", {"answer": "refuse"}).status_code == 409
    assert (
        client.post(f"/account/claims/{row.pk}/", {"answer": "refuse", "reason": "Not in the record"}).status_code
        == 302
    )
    told = Notification.objects.get(recipient=person, channel=Notification.INBOX)
    assert "Not in the record" in message(told)[1]
    assert client.post(f"/account/claims/{row.pk}/", {"answer": "confirm"}).status_code == 409  # answered already
    assert not person.organisations().exists()


def test_claims_have_further_pages_and_an_answer_leads_back_to_its_own(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims, "PAGE", 2)
    organisations = [make_organisation(name_en=f"Claimed {number}") for number in range(5)]
    rows = [
        make_membership(make_user(), organisation, confirmed_at=None, confirmed_by=None)
        for organisation in organisations
    ]
    client.force_login(make_user(OFFICER, language="en"))
    seen: list[str] = []
    address = "/account/claims/"
    counts = []
    while address:
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address, headers={"accept-language": "en"}).content.decode()
        counts.append(len(asked))
        seen += re.findall(r"<h2 id=\"claim-\d+\">(Claimed \d)</h2>", page)
        found = re.search(r'rel="next" href="(\?cursor=\d+)"', page)
        address = f"/account/claims/{found[1]}" if found else ""
    assert seen == [f"Claimed {number}" for number in range(5)]
    assert max(counts) - min(counts) <= 1
    cursor = f"?cursor={rows[1].pk}"
    answer = client.post(f"/account/claims/{rows[2].pk}/{cursor}", {"answer": "confirm"})
    assert answer["Location"] == f"/account/claims/{cursor}"
    wrong = client.post(f"/account/claims/{rows[3].pk}/{cursor}", {"answer": "refuse"})
    assert (wrong.status_code, b"Claimed 0" in wrong.content) == (409, False)
    assert client.get("/account/claims/?cursor=nonsense").status_code == 200


@pytest.mark.parametrize("role", [INSPECTOR, "applicant"])
def test_only_registrars_answer_claims(client: Client, role: str) -> None:
    client.force_login(make_user(role))
    assert client.get("/account/claims/").status_code == 403


@pytest.mark.parametrize("role", [OFFICER, HEAD, ADMINISTRATOR])
def test_registrars_see_claims(client: Client, role: str) -> None:
    client.force_login(make_user(role))
    assert client.get("/account/claims/").status_code == 200


def grant(client: Client, organisation: Organisation, firm: Organisation, **fields: Any) -> Any:
    today = timezone.localdate()
    days = {"valid_from": today.isoformat(), "valid_to": (today + timedelta(days=30)).isoformat()}
    return client.post(f"/account/organisations/{organisation.pk}/", {"firm": firm.identifier, **days, **fields})


def test_a_power_of_attorney_from_its_first_to_its_last_day(client: Client) -> None:
    organisation, firm = make_organisation(), make_organisation()
    member, lawyer = make_applicant(organisation), make_applicant(firm)
    client.force_login(member)
    assert grant(client, organisation, firm).status_code == 302
    today = timezone.localdate()
    assert lawyer.organisations(today + timedelta(days=30)).filter(pk=organisation.pk).exists()
    assert not lawyer.organisations(today + timedelta(days=31)).filter(pk=organisation.pk).exists()
    desk = Client()
    desk.force_login(lawyer)
    assert organisation.name in desk.get("/account/organisations/").content.decode()
    assert grant(client, organisation, firm).status_code == 409  # overlaps
    assert grant(client, organisation, firm, valid_to=(today - timedelta(days=1)).isoformat()).status_code == 409
    assert grant(client, organisation, organisation).status_code == 409
    row = Membership.objects.get(firm=firm)
    assert client.get(f"/account/memberships/{row.pk}/end/").status_code == 200
    assert client.post(f"/account/memberships/{row.pk}/end/").status_code == 302
    assert not lawyer.organisations().filter(pk=organisation.pk).exists()


def test_the_paper_of_a_power_of_attorney_is_read_by_both_sides_and_by_officials_of_its_cases(client: Client) -> None:
    organisation, firm = make_organisation(), make_organisation()
    member, lawyer = make_applicant(organisation), make_applicant(firm)
    case = make_submitted(actor=member)
    client.force_login(member)
    refused = grant(client, organisation, firm, file=SimpleUploadedFile("power.exe", b"MZ"))
    assert refused.status_code == 409
    assert not Membership.objects.filter(firm=firm).exists()
    assert grant(client, organisation, firm, file=SimpleUploadedFile("power.pdf", PDF)).status_code == 302
    row = Membership.objects.get(firm=firm)
    assert row.document is not None
    own = f"/documents/{row.document.pk}/"
    assert own in client.get(f"/account/organisations/{organisation.pk}/").content.decode()
    office = f"/cases/{case.reference}/powers/{row.pk}/"
    officer, foreign = make_user(OFFICER), make_user(OFFICER, authority=make_authority("nbk"))
    for reader, address, status in (
        (member, own, 200),
        (lawyer, own, 200),
        (make_applicant(), own, 404),
        (officer, own, 404),
        (officer, office, 200),
        (foreign, office, 404),
        (officer, f"/cases/{make_submitted().reference}/powers/{row.pk}/", 404),
    ):
        client.force_login(reader)
        answer = client.get(address)
        assert answer.status_code == status, (reader, address)
        if status == 200:
            assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]  # it is a file
    client.force_login(officer)
    assert office in client.get(f"/cases/{case.reference}/?tab=people").content.decode()


def test_the_paper_goes_with_its_power_of_attorney() -> None:
    organisation, firm = make_organisation(), make_organisation()
    member, today = make_applicant(organisation), timezone.localdate()
    long_ago = timezone.now() - timedelta(days=365 * 12)
    paper = Upload("power.pdf", BytesIO(PDF))
    row = grant_power_of_attorney(
        organisation=organisation,
        firm=firm,
        valid_from=long_ago.date(),
        valid_to=long_ago.date(),
        document=paper,
        actor=member,
        at=timezone.now(),
    )
    due = mandate_papers(timezone.now() - timedelta(days=365 * 10), today)
    assert list(due) == [row.document]
    assert not mandate_papers(long_ago - timedelta(days=30), today).exists()


def test_a_firm_passes_no_mandate_on_and_removes_no_member_of_its_client(client: Client) -> None:
    organisation, firm, third = make_organisation(), make_organisation(), make_organisation()
    member, lawyer = make_applicant(organisation), make_applicant(firm)
    make_applicant(third)
    power = make_power_of_attorney(firm, organisation, by=member)
    client.force_login(lawyer)
    assert client.get(f"/account/organisations/{organisation.pk}/").status_code == 200
    assert grant(client, organisation, third).status_code == 403
    theirs = Membership.objects.get(user=member)
    assert client.post(f"/account/memberships/{theirs.pk}/end/").status_code == 403
    assert client.post(f"/account/memberships/{power.pk}/end/").status_code == 302  # its own it may lay down


def test_a_stranger_finds_nothing(client: Client) -> None:
    organisation = make_organisation()
    member = make_applicant(organisation)
    row = Membership.objects.get(user=member)
    key, _secret = AuthToken.objects.create(member)
    client.force_login(make_applicant())
    assert client.get(f"/account/organisations/{organisation.pk}/").status_code == 404
    assert client.post(f"/account/memberships/{row.pk}/end/").status_code == 404
    assert client.post(f"/account/keys/{key.token_key}/end/").status_code == 404


def test_name_and_language_of_letters(client: Client) -> None:
    person = make_user(language="en")
    client.force_login(person)
    given = {"full_name": "Жаңа Есім", "language": "kk", "mail": "each"}
    assert client.post("/account/profile/", given).status_code == 302
    person.refresh_from_db()
    assert (person.full_name, person.language) == ("Жаңа Есім", "kk")
    event = Event.objects.get(verb="user.edit")
    assert event.data == {"fields": ["full_name", "language"]}  # no name in what cannot be erased
    assert client.post("/account/profile/", {**given, "mail": "daily"}).status_code == 302
    person.refresh_from_db()
    assert person.mail == "daily"
    assert client.post("/account/profile/", {**given, "mail": "hourly"}).status_code == 200


def test_many_organisations_cost_the_same_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    person = make_applicant()
    client.force_login(person)
    counts = []
    for size in (3, 30):
        for _each in range(size):
            make_membership(person, make_organisation(checked=False))
        with django_assert_max_num_queries(25) as asked:
            client.get("/account/organisations/")
            client.get("/account/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_pages_of_the_sign_in_and_second_factor_open(client: Client) -> None:
    for address in ("login", "signup", "password/reset", "password/reset/done", "confirm-email", "inactive"):
        assert client.get(f"/accounts/{address}/").status_code == 200, address
    sign = make_user(email="x@person.example")
    sign_in_verified(client, sign)
    for address in ("2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/", "email/", "password/change/"):
        answer = client.get(f"/accounts/{address}", follow=True)
        assert answer.status_code == 200, address
        assert b"tizilim.css" in answer.content, address
    assert Access.objects.count() == 0


def sign_in_verified(client: Client, user: User) -> None:
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    assert sign_in(client, user.email) == 302


def test_a_power_ends_what_it_began(client: Client) -> None:
    organisation, firm = make_organisation(), make_organisation()
    member = make_applicant(organisation)
    make_applicant(firm)
    today = timezone.localdate()
    row = grant_power_of_attorney(
        organisation=organisation, firm=firm, valid_from=today, valid_to=today, actor=member, at=timezone.now()
    )
    client.force_login(member)
    page = client.get(f"/account/organisations/{organisation.pk}/", headers={"accept-language": "en"}).content.decode()
    assert f"/account/memberships/{row.pk}/end/" in page


def test_officials_enrol_a_second_factor_first_where_it_is_asked(client: Client, settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = True
    client.force_login(make_user(OFFICER))
    for address in ("/account/claims/", "/inbox/", "/register/", "/admin/"):
        assert client.get(address)["Location"] == "/accounts/2fa/", address
    assert client.get("/accounts/2fa/").status_code == 200
    client.force_login(make_applicant())
    assert client.get("/account/").status_code == 200
