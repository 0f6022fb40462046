"""API keys: hashed, expiring, revocable."""

from typing import Any

from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from knox.models import AuthToken
from knox.settings import CONSTANTS
from rest_framework.exceptions import AuthenticationFailed


class KeyAuthentication(TokenAuthentication):  # type: ignore[misc]  # knox ships no types
    """`Authorization: Token <key>`. One query; reading writes nothing (knox would delete expired keys here)."""

    def authenticate_credentials(self, token: bytes) -> tuple[Any, Any]:
        try:
            text = token.decode("ascii")
        except UnicodeDecodeError:
            text = ""
        if not text.isalnum() or len(text) > 256:
            raise AuthenticationFailed(_("The key is not known, or it was revoked."), code="key-unknown")
        found = AuthToken.objects.filter(token_key=text[: CONSTANTS.TOKEN_KEY_LENGTH]).select_related("user")
        digest = hash_token(text)
        for key in found:
            if constant_time_compare(digest, key.digest):
                return self.validated(key)
        raise AuthenticationFailed(_("The key is not known, or it was revoked."), code="key-unknown")

    def validated(self, key: Any) -> tuple[Any, Any]:
        if key.expiry is not None and key.expiry < timezone.now():
            raise AuthenticationFailed(_("The key has expired. Make a new one in your account."), code="key-expired")
        if not key.user.is_active or key.user.is_system:
            raise AuthenticationFailed(_("The account of this key is closed."), code="account-closed")
        return key.user, key


class KeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # drf-spectacular ships no types
    """How the schema names the key."""

    target_class = "core.api.authentication.KeyAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token <key>`; keys are made and revoked in the account area.",
        }
