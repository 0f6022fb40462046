"""For whom somebody may report sales, and to whom."""

from core.models import Authority, Organisation, User
from core.models.people import OrganisationQuerySet
from exchanges.models import ListedExchange
from exchanges.models.listing import ListedExchangeQuerySet
from law.licensing import MINING_LICENCES
from licensing.models import Licence
from licensing.permits import authority_of


def keeper() -> Authority:
    """The authority of the mining licences keeps these reports."""
    return Authority.objects.get(code=authority_of(*MINING_LICENCES))


def miners_of(user: User) -> OrganisationQuerySet:
    """Organisations that ever held a mining licence: those he acts for; of officials any."""
    held = Licence.objects.filter(kind__in=MINING_LICENCES).values("organisation")
    return Organisation.objects.visible_to(user).filter(pk__in=held)


def exchanges_of(user: User) -> ListedExchangeQuerySet:
    """Exchanges of the list: those of organisations he acts for; of officials any."""
    rows = ListedExchange.objects.visible_to(user)
    return rows if user.is_official else rows.filter(organisation__in=user.organisations())
