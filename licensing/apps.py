from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LicensingConfig(AppConfig):
    name = "licensing"
    verbose_name = _("Licensing")

    def ready(self) -> None:
        from core.services import register_duty
        from licensing import permissions  # noqa: F401  (declares the permissions)
        from licensing.services.terms import DUTIES

        for code, label, on_overdue in DUTIES:
            register_duty(code, label, on_overdue)
