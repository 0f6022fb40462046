from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangesConfig(AppConfig):
    name = "exchanges"
    verbose_name = _("Exchanges")

    def ready(self) -> None:
        from core.rows import register_rows
        from core.services import register_duty
        from core.services.retention import register_erasure
        from exchanges import permissions, wording  # noqa: F401  (permissions registers itself)
        from exchanges.permits import KINDS
        from exchanges.services import sale_rows
        from exchanges.services.keeping import old_notes
        from licensing.permits import register
        from licensing.services.terms import told
        from licensing.wording import register_words

        for kind in KINDS:
            register(kind)
            for duty in kind.duties:
                register_duty(duty.code, duty.label, told=told)
        register_words(wording.VERBS, wording.WORKFLOWS)
        register_rows(sale_rows.EXCHANGE_ROWS, sale_rows.MINER_ROWS)
        register_erasure("notes", "exchanges.PerimeterNote", old_notes)
