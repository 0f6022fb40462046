"""Documents go out through sight alone, named as they came, and every opening is logged."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from core.models import Access
from core.services import Upload, remove_document, store_document
from core.workflow import OFFICER
from licensing.models import Letter
from tests.factories import AT, PDF, make_applicant, make_authority, make_submitted, make_user, party_of

pytestmark = pytest.mark.django_db


def keep(application: Any, name: str = "Шарт «Ә».pdf", content: bytes = PDF) -> Any:
    upload = Upload(name, BytesIO(content))
    return store_document(application, upload, kind="other", actor=party_of(application), at=AT)


def test_parties_and_their_authority_open_it_and_nobody_else(client: Client) -> None:
    application = make_submitted()
    row = keep(application)
    address = f"/documents/{row.pk}/"
    assert client.get(address).status_code == 302
    for stranger in (make_applicant(), make_user(OFFICER, authority=make_authority("nbk"))):
        client.force_login(stranger)
        assert client.get(address).status_code == 404
    assert not Access.objects.filter(subject_id=row.pk).exists()
    for reader in (party_of(application), make_user(OFFICER)):
        client.force_login(reader)
        assert client.get(address).getvalue() == PDF
    assert Access.objects.filter(subject_id=row.pk).count() == 2


def test_headers_keep_the_name_and_take_the_power(client: Client) -> None:
    row = keep(make_submitted())
    client.force_login(make_user(OFFICER))
    answer = client.get(f"/documents/{row.pk}/")
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%D0%A8")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "script-src 'none'" in answer["Content-Security-Policy"]
    answer.getvalue()
    inline = client.get(f"/documents/{row.pk}/?inline=1")
    inline.getvalue()
    assert inline["Content-Disposition"].startswith("inline")


def test_a_picture_is_shown_in_a_sandbox(client: Client) -> None:
    png = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
    row = keep(make_submitted(), "plan.png", png)
    client.force_login(make_user(OFFICER))
    answer = client.get(f"/documents/{row.pk}/?inline=1")
    answer.getvalue()
    assert (answer["Content-Type"], answer["Content-Disposition"][:6]) == ("image/png", "inline")
    assert answer["Content-Security-Policy"].endswith("sandbox")


def test_what_was_taken_off_is_gone(client: Client) -> None:
    application = make_submitted()
    row = keep(application)
    remove_document(row, application, actor=party_of(application), at=AT)
    client.force_login(make_user(OFFICER))
    assert client.get(f"/documents/{row.pk}/").status_code == 404


def test_a_letter_is_being_printed_until_it_is_there(client: Client) -> None:
    application = make_submitted()
    letter = Letter.objects.filter(application=application).first()
    assert letter is not None
    client.force_login(make_applicant())
    assert client.get(f"/inbox/letters/{letter.pk}/").status_code == 404
    client.force_login(party_of(application))
    assert client.get(f"/inbox/letters/{letter.pk}/").status_code == 200
    letter.document = keep(application)
    letter.save()
    assert client.get(f"/inbox/letters/{letter.pk}/")["Location"] == f"/documents/{letter.document_id}/"
