"""Which authority keeps the registers of mining and receives the reports."""

from core.models import Authority, User
from law.licensing import MINING_LICENCES, POOL_ACCREDITATION
from licensing.permits import authority_of as named_by


def authority_of(user: User) -> Authority:
    """An official's own; for everybody else the one that the declarations of the kinds of mining name."""
    if user.authority is not None:
        return user.authority
    return Authority.objects.get(code=named_by(*MINING_LICENCES, POOL_ACCREDITATION))
