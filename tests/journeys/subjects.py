"""What subjects file to their inspections, for the walks of pages: an order to cure, and one filing of each kind."""

from core.models import User
from inspections.models import Annulment, Filing, Inspection
from tests.inspections import answers, world


def build() -> None:
    row = answers.make_curing()
    party = answers.subject_of(row)
    for kind in ("objection", "cure", "prolong"):
        answers.make_filing(kind, row, actor=party)
    answers.make_annulment(row, actor=party)
    answers.make_filing("refusal", world.make_registered(), at=world.START)


def order() -> Inspection:
    return Inspection.objects.get(state="curing")


def party(kind: str = "cure") -> User:
    return Filing.objects.get(kind=kind).filed_by


def files() -> list[str]:
    numbers = Filing.objects.order_by("pk").values_list("reference", flat=True)
    return [*(f"/inspection-filings/{one}/" for one in numbers), f"/annulments/{Annulment.objects.get().reference}/"]


def office_pages() -> list[str]:
    request = Filing.objects.get(kind="objection").reference
    return ["/inspection-filings/", "/annulments/", f"/inspection-filings/{request}/note/", *files()]


def head_pages() -> list[str]:
    request, application = Filing.objects.get(kind="prolong").reference, Annulment.objects.get().reference
    return [
        *(f"/inspection-filings/{request}/grant/", f"/inspection-filings/{request}/refuse/"),
        *(f"/annulments/{application}/grant/", f"/annulments/{application}/refuse/"),
    ]


def own_pages() -> list[str]:
    page = f"/account/inspections/{order().reference}/"
    acts = [f"{page}{name}/" for name in ("cure", "prolong", "object", "annul")]
    return ["/account/inspections/", page, *acts, *files()[:3], files()[-1]]


def early_pages() -> list[str]:
    """Of the subject that refused access."""
    refusal = Filing.objects.get(kind="refusal")
    page = f"/account/inspections/{refusal.inspection.reference}/"
    return [page, f"{page}refuse_access/", f"/inspection-filings/{refusal.reference}/"]
