from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangesConfig(AppConfig):
    name = "exchanges"
    verbose_name = _("Exchanges")

    def ready(self) -> None:
        from core.services import register_duty
        from core.services.erasing import erase_files
        from core.services.retention import register_erasure
        from exchanges import permissions, wording  # noqa: F401  (permissions registers itself)
        from exchanges.models import MarketTip
        from exchanges.permits import KINDS
        from exchanges.services import complaints, incidents, records
        from exchanges.services.keeping import old_complaints, old_notes, old_tips, tip_papers
        from exchanges.views.panels import public_rails_card, rails_card, records_card
        from exchanges.views.tips import TO_TRIAGE
        from licensing.permits import register
        from licensing.register_types import register_type
        from licensing.services.referrals import register_about
        from licensing.services.terms import told
        from licensing.views.panels import ACCOUNT, OFFICE, REGISTER, register_licence_panel
        from licensing.views.work import register_waiting
        from licensing.wording import register_words

        declare_trade()
        for kind in KINDS:
            register(kind)
            for duty in kind.duties:
                register_duty(duty.code, duty.label, told=told)
        for part in (complaints, incidents, records):
            for code, label in part.DUTIES.items():
                register_duty(code, label, told=part.told_of_term)
        register_type(wording.WARNING_ENTRY)
        register_words(wording.VERBS, wording.WORKFLOWS)
        register_licence_panel(records_card, OFFICE, ACCOUNT)
        register_licence_panel(rails_card, OFFICE, ACCOUNT)
        register_licence_panel(public_rails_card, REGISTER)
        register_erasure("notes", "exchanges.PerimeterNote", old_notes)
        register_erasure("tellers", "exchanges.MarketTip", old_tips)
        register_erasure("tips", "exchanges.MarketTip", old_tips)
        register_erasure("tips", "core.Document", tip_papers, erase_files)
        register_about("tip", MarketTip)
        register_erasure("complaints", "exchanges.Complaint", old_complaints)
        register_waiting(TO_TRIAGE)


def declare_trade() -> None:
    """Files of sales, the end of an offer that is owed, and what the program does about offers by itself."""
    from core.automated import register_automated
    from core.rows import register_rows
    from exchanges import automated
    from exchanges.services import offers, sale_rows

    register_rows(sale_rows.EXCHANGE_ROWS, sale_rows.MINER_ROWS)
    offers.register()
    register_automated(automated.ACTS)
