"""What providers of services owe, in the world of the page walk: a row of each kind, and the people around them."""

from dataclasses import dataclass

from core.models import User
from exchanges.models import Complaint, HeldTransfer, Incident, ProviderRecord, RailLink
from tests import factories as make


@dataclass
class World:
    officer: User
    holder: User
    bank: User
    rail: RailLink
    complaint: Complaint
    closed: Complaint
    incident: Incident
    record: ProviderRecord
    transfer: HeldTransfer


def build() -> World:
    rail = make.make_rail(regions=["KZ-71", "KZ-75"])
    bank = make.make_applicant(rail.servicer.organisation)
    make.rate_rail(rail, bank, risk="high", measures="Every transfer is looked at.")
    officer = make.make_user("officer", authority=rail.authority)
    return World(
        officer,
        make.party_of(rail.licence.application),
        bank,
        rail,
        make.make_complaint(rail.licence, state="forwarded", shared=True),
        make.make_complaint(rail.licence, state="closed"),
        make.make_incident(rail.licence, kind="personal_data", persons=4),
        make.make_record(rail.licence),
        make.make_transfer(rail.licence),
    )
