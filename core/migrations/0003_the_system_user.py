"""Timed steps are taken by one user, who cannot sign in."""

from typing import Any

from django.db import migrations


def make_system_user(apps: Any, schema_editor: Any) -> None:
    apps.get_model("core", "User").objects.get_or_create(
        email="system@tizilim.invalid", defaults={"role": "system", "full_name": "", "password": "!", "language": "kk"}
    )


class Migration(migrations.Migration):
    dependencies = [("core", "0002_events_are_append_only")]
    operations = [migrations.RunPython(make_system_user, migrations.RunPython.noop)]
