from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LicensingConfig(AppConfig):
    name = "licensing"
    verbose_name = _("Licensing")

    def ready(self) -> None:
        from core.automated import register_automated
        from core.rows import register_rows
        from core.services import register_announced, register_duty
        from licensing import automated, checks, permissions  # noqa: F401  (each registers itself)
        from licensing.archive_particulars import particulars
        from licensing.services import appeals, archive_index, clarifications, fitness, objections, referrals, retention
        from licensing.services.hearings import note_no_position
        from licensing.services.opinions import note_silent_body
        from licensing.services.screening_rows import SCREENING_ROWS
        from licensing.services.silence import note_silence
        from licensing.services.stops import note_uncured
        from licensing.services.terms import AGREEMENT, CURE, DECISION, DRAFT_NOTICE, DUTIES, POSITION, told
        from licensing.views.panels import ACCOUNT, OFFICE, register_licence_panel, register_panel
        from licensing.views.people import MATCHES_PANEL, PEOPLE_PANEL, licence_people
        from licensing.views.referrals import CASE_CARD, TO_ANSWER, licence_card
        from licensing.views.work import register_waiting
        from licensing.wording import TOLD

        follows = {AGREEMENT: note_silent_body, DECISION: note_silence, CURE: note_uncured}
        follows |= dict.fromkeys((POSITION, DRAFT_NOTICE), note_no_position)
        for code, label in appeals.DUTIES.items():
            register_duty(code, label, appeals.FOLLOWS.get(code), appeals.told)
        for code, label in DUTIES.items():
            register_duty(code, label, follows.get(code), told)
        retention.register()
        register_announced(TOLD)
        archive_index.register_section(particulars, place=1)
        register_rows(SCREENING_ROWS)
        register_panel(MATCHES_PANEL)
        register_panel(PEOPLE_PANEL)
        register_licence_panel(licence_people, OFFICE, ACCOUNT)
        register_automated(automated.ACTS)
        register_panel(CASE_CARD)
        register_waiting(TO_ANSWER)
        register_licence_panel(licence_card, OFFICE)
        for owed in (objections, fitness, clarifications):
            for code, label in owed.DUTIES.items():
                register_duty(code, label, told=owed.told)
        register_duty(referrals.ANSWER, referrals.DUTIES[referrals.ANSWER], told=referrals.told)
