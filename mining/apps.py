from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MiningConfig(AppConfig):
    name = "mining"
    verbose_name = _("Mining")

    def ready(self) -> None:
        from licensing.permits import register
        from mining import permissions  # noqa: F401  (registers itself)
        from mining.permits import KINDS

        for kind in KINDS:
            register(kind)
