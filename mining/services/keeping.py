"""Which authority keeps the registers of mining and receives the reports."""

from core.models import Authority, User

KEEPER = "maidd"  # the authorised body in digital mining: mining.authority


def authority_of(user: User) -> Authority:
    """An official's own; for everybody else the authorised body."""
    return user.authority if user.authority is not None else Authority.objects.get(code=KEEPER)
