from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MiningConfig(AppConfig):
    name = "mining"
    verbose_name = _("Mining")

    def ready(self) -> None:
        from core.rows import register_rows
        from core.services import register_announced, register_duty
        from licensing.permits import register
        from licensing.views.panels import ACCOUNT, OFFICE, REGISTER, register_licence_panel, register_panel
        from licensing.wording import register_words
        from mining import permissions  # noqa: F401  (registers itself)
        from mining.permits import KINDS
        from mining.services import assessments, distribution_rows, machine_rows, machine_terms, machines, pools
        from mining.views.panels import CENTRE_PANEL, hosting_card, machines_card
        from mining.wording import INTERNAL_VERBS, VERBS, WORKFLOWS

        for kind in KINDS:
            register(kind)
        register_words(VERBS, WORKFLOWS)
        register_announced({verb: label for verb, label in VERBS.items() if verb not in INTERNAL_VERBS})
        register_panel(CENTRE_PANEL)
        register_licence_panel(hosting_card, OFFICE, ACCOUNT)
        register_licence_panel(machines_card, REGISTER)
        register_rows(machine_rows.MACHINE_ROWS, machine_rows.CHANGE_ROWS)
        register_rows(distribution_rows.DISTRIBUTION_ROWS, distribution_rows.OUTPUT_ROWS)
        for code, label in assessments.DUTIES.items():
            register_duty(code, label, told=assessments.told)
        for code, label in machine_terms.DUTIES.items():
            register_duty(code, label, told=machines.told_due)
        for code, label in pools.DUTIES.items():
            register_duty(code, label, told=pools.told)
