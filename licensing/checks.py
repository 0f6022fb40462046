"""`manage.py check --deploy`: every authority that grants something can sign what it prints."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Warning, register
from django.utils import timezone

from licensing.permits import kinds

SOON = 30  # days


@register("security", deploy=True)
def check_signing_keys(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Without a key nothing is printed: letters wait and say so. A key that lies on another machine is no fault."""
    return [fault for code in sorted({one.authority for one in kinds().values()}) for fault in signing_faults(code)]


def signing_faults(authority: str) -> list[CheckMessage]:
    from core.signing.keys import address_of, key_fault, load_signer, path_of

    now, address = timezone.now(), address_of(authority)
    if address is None:
        hint = "Set SIGNING_KEYS or put the key into SIGNING_FOLDER (docs/deployment.md). Until then letters wait."
        return [Error(f"{authority}: no signing key, so nothing it grants is printed.", hint=hint, id="tizilim.E020")]
    if not path_of(address).exists():
        return [Info(f"{authority}: its signing key is not on this machine ({path_of(address)}).", id="tizilim.I020")]
    if fault := key_fault(authority, at=now):
        return [Error(f"{authority}: cannot sign: {fault}", id="tizilim.E021")]
    certificate = load_signer(authority, at=now).signing_cert
    left = (certificate.not_valid_after - now).days if certificate else 0
    if left < SOON:
        return [Warning(f"{authority}: its signing certificate ends in {left} days.", id="tizilim.W020")]
    if not settings.SIGNING_TEST_KEYS and not settings.SIGNING_ROOTS.exists():
        return [Warning(f"{settings.SIGNING_ROOTS} is not there: no signature is trusted.", id="tizilim.W021")]
    return []
