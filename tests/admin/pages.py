"""Addresses of the administration, and how a test clicks there."""

from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.test import Client
from django.urls import reverse

from core.models import User


def list_of(model: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def page_of(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def choose(client: Client, act: str, *rows: Any) -> Any:
    """The page that confirms, as the list asks for it."""
    pks = [str(row.pk) for row in rows]
    return client.post(list_of(type(rows[0])), {"action": act, "index": "0", ACTION_CHECKBOX_NAME: pks})


def confirm(client: Client, act: str, *rows: Any, page: Any = None, **given: Any) -> Any:
    """Choose, confirm and read what came of it."""
    page = page or choose(client, act, *rows)
    assert page.status_code == 200, page.content.decode()
    data = {
        "action": act,
        "confirmed": str(page.context["token"]),
        ACTION_CHECKBOX_NAME: [str(row.pk) for row in rows],
        **{f"version-{row.pk}": str(row.version) for row in rows if hasattr(row, "version")},
        **given,
    }
    return client.post(list_of(type(rows[0])), data, follow=True)
