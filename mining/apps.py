from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MiningConfig(AppConfig):
    name = "mining"
    verbose_name = _("Mining")

    def ready(self) -> None:
        from core.services import register_announced, register_duty
        from licensing.permits import register
        from licensing.views.panels import register_panel
        from licensing.wording import register_words
        from mining import permissions  # noqa: F401  (registers itself)
        from mining.permits import KINDS
        from mining.services import assessments
        from mining.views.panels import centre_panel
        from mining.wording import INTERNAL_VERBS, VERBS, WORKFLOWS

        for kind in KINDS:
            register(kind)
        register_words(VERBS, WORKFLOWS)
        register_announced({verb: label for verb, label in VERBS.items() if verb not in INTERNAL_VERBS})
        register_panel(centre_panel)
        for code, label in assessments.DUTIES.items():
            register_duty(code, label, told=assessments.told)
