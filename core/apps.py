from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("People and records")

    def ready(self) -> None:
        from core import accounts, automated, checks, permissions  # noqa: F401  (each registers itself)
        from core.services import breaches, erasing

        automated.register_automated(automated.ACTS)
        erasing.register()
        breaches.register()
