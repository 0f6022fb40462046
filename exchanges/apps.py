from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangesConfig(AppConfig):
    name = "exchanges"
    verbose_name = _("Exchanges")

    def ready(self) -> None:
        from exchanges import permissions  # noqa: F401  (registers itself)

        declare_permits()
        declare_duties()
        declare_words()
        declare_cards()
        declare_triage()
        declare_trade()
        declare_erasures()


def declare_permits() -> None:
    """The kinds of permits, what their holders owe, and what of the market the register shows beside them."""
    from core.services import register_duty
    from exchanges.permits import KINDS
    from exchanges.wording import WARNING_ENTRY
    from licensing.permits import register
    from licensing.register_types import register_type
    from licensing.services.terms import told

    for kind in KINDS:
        register(kind)
        for duty in kind.duties:
            register_duty(duty.code, duty.label, told=told)
    register_type(WARNING_ENTRY)


def declare_duties() -> None:
    """What is owed about complaints, incidents and records of providers."""
    from core.services import register_duty
    from exchanges.services import complaints, incidents, records

    for part in (complaints, incidents, records):
        for code, label in part.DUTIES.items():
            register_duty(code, label, told=part.told_of_term)


def declare_words() -> None:
    """How events and states are called."""
    from exchanges.wording import VERBS, WORKFLOWS
    from licensing.wording import register_words

    register_words(VERBS, WORKFLOWS)


def declare_cards() -> None:
    """Cards on the pages of a licence: records of the provider, and who serves it."""
    from exchanges.views.panels import public_rails_card, rails_card, records_card
    from licensing.views.panels import ACCOUNT, OFFICE, REGISTER, register_licence_panel

    register_licence_panel(records_card, OFFICE, ACCOUNT)
    register_licence_panel(rails_card, OFFICE, ACCOUNT)
    register_licence_panel(public_rails_card, REGISTER)


def declare_triage() -> None:
    """Tips: work that waits for an official, and what a request to another authority may be about."""
    from exchanges.models import MarketTip
    from exchanges.views.tips import TO_TRIAGE
    from licensing.services.referrals import register_about
    from licensing.views.work import register_waiting

    register_about("tip", MarketTip)
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


def declare_erasures() -> None:
    """What is erased when its time is over."""
    from core.services.erasing import erase_files
    from core.services.retention import register_erasure
    from exchanges.services.keeping import old_complaints, old_notes, old_tips, tip_papers

    register_erasure("notes", "exchanges.PerimeterNote", old_notes)
    register_erasure("tellers", "exchanges.MarketTip", old_tips)
    register_erasure("tips", "exchanges.MarketTip", old_tips)
    register_erasure("tips", "core.Document", tip_papers, erase_files)
    register_erasure("complaints", "exchanges.Complaint", old_complaints)
