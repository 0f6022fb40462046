from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InspectionsConfig(AppConfig):
    name = "inspections"
    verbose_name = _("Inspections")

    def ready(self) -> None:
        from core.automated import register_automated
        from core.rows import register_rows
        from core.services import register_duty
        from core.services.erasing import erase_files
        from core.services.retention import register_erasure
        from inspections import automated, permissions  # noqa: F401  (permissions registers itself)
        from inspections.services import act_rows, cures, keeping, plan_terms, terms
        from inspections.views.results import measure_card
        from inspections.wording import VERBS, WORKFLOWS
        from licensing.views.panels import register_measure_panel
        from licensing.wording import register_words

        register_words(VERBS, WORKFLOWS)
        register_automated(automated.ACTS)
        for code, label in plan_terms.DUTIES.items():
            register_duty(code, label, told=plan_terms.told_of_plan)
        register_measure_panel(measure_card)
        register_rows(act_rows.REQUIREMENT_ROWS, act_rows.CRITERIA_ROWS)
        for code, label in cures.DUTIES.items():
            register_duty(code, label, cures.FOLLOWS.get(code), cures.told)
        for code, label in terms.DUTIES.items():
            register_duty(code, label, on_overdue=terms.tell_overdue, told=terms.told)
        register_erasure("risk-trials", "inspections.RiskRow", keeping.old_trials)
        register_erasure("inspections", "inspections.Inspection", keeping.old_inspections)
        register_erasure("inspections", "inspections.TeamMember", keeping.old_members)
        register_erasure("inspections", "inspections.InspectionItem", keeping.old_items)
        register_erasure("inspections", "inspections.SiteEntry", keeping.old_entries)
        register_erasure("inspections", "inspections.Filing", keeping.old_filings)
        register_erasure("inspections", "inspections.FilingItem", keeping.old_filing_items)
        register_erasure("inspections", "inspections.Annulment", keeping.old_annulments)
        register_erasure("inspections", "inspections.SupervisoryVisit", keeping.old_visits)
        register_erasure("inspections", "core.Document", keeping.old_papers, erase_files)
        declare_answers()


def declare_answers() -> None:
    """What subjects file: its letters, its terms, and what of it waits for a head."""
    from core.services import register_duty
    from inspections.services import annulments, answers
    from inspections.views.filed import TO_DECIDE, TO_JUDGE
    from inspections.wording import LETTERS
    from licensing.services.letters import register_letters
    from licensing.views.work import register_waiting

    register_letters(LETTERS)
    register_waiting(TO_DECIDE)
    register_waiting(TO_JUDGE)
    for code, label in answers.DUTIES.items():
        register_duty(code, label, told=answers.told_of_term)
    for code, label in annulments.DUTIES.items():
        register_duty(code, label, annulments.FOLLOWS.get(code), annulments.told_of_term)
