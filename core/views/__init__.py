"""Pages that know nothing of permits: start, account area, inbox, documents, law, health."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from core.models import User


def reader(request: HttpRequest) -> User:
    """The person signed in. The middleware lets nobody else reach the views that ask."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
