"""What the program does without a person in inspections; core.automated says what an act states."""

from core.automated import AutomatedAct
from law.problems import _

ACTS: tuple[AutomatedAct, ...] = (
    AutomatedAct(
        "plans-formed",
        _("Forms the plan of a period from the last risk run, some days before the law's day, and owes its days."),
        "EK-MODE-RAMS",
        tasks=("inspections.plan",),
        notes=("controlplan.form",),
        adverse=True,
        person=_("A head may drop it before it is published; an inspection is appointed by a head."),
    ),
    AutomatedAct(
        "planned-drafts",
        _("Opens the draft of a planned inspection before its notice is due, with its days and who leads it."),
        tasks=("inspections.plan",),
        notes=("inspection.open",),
    ),
    AutomatedAct(
        "subjects-of-control",
        _("Brings subjects and objects of control to what licences and data centres say."),
        "control.scope_entrepreneurial_code",
        tasks=("inspections.sync_subjects",),
        notes=("subject.sync",),
    ),
    AutomatedAct(
        "risk-run",
        _("Reckons the risk of every subject of control by the criteria in force, and keeps each row of it."),
        "RISK-NORM",
        tasks=("inspections.risk_snapshots", "inspections.finish_risk_run", "inspections.risk_left_over"),
        notes=("riskrun.finish",),
        adverse=True,
        person=_(
            "The degree of a natural person is only proposed: a head confirms it. An inspection is appointed by a head."
        ),
    ),
    AutomatedAct(
        "plans-published",
        _("Publishes the plan that the automated risk system formed, by its day, and replaces the version before."),
        "EK-MODE-RAMS",
        tasks=("inspections.plan",),
        steps=("inspections.controlplan.publish", "inspections.controlplan.replace"),
        adverse=True,
        person=_("Heads confirm criteria and degrees of risk of persons before; an inspection is appointed by a head."),
    ),
    AutomatedAct(
        "inspection-terms-passed",
        _("Tells team and heads that a term of an inspection has passed: notice, registration or result act."),
        tasks=("core.sweep",),
        duties=(
            "inspection-notice",
            "inspection-registration",
            "inspection-extension-registration",
            "inspection-result",
        ),
    ),
    AutomatedAct(
        "cure-not-reported",
        _("Counts that the cure of an order was not reported, or a request about it not answered, by its day."),
        "EK-GROUND-2",
        tasks=("core.sweep",),
        duties=("inspection-cure", "inspection-cure-answer"),
        adverse=True,
        person=_("An official asks the subject; a head alone finds an order uncured and signs the act of a check."),
    ),
    AutomatedAct(
        "annulment-silent",
        _("Notes that an application to annul an inspection was not decided in its term: in favour of the subject."),
        "EK-INVAL-SILENCE",
        tasks=("core.sweep",),
        duties=("annulment-decision",),
        steps=("inspections.annulment.lapse",),
        person=_("A head without a hand in the inspection confirms the effect the same working day."),
    ),
)
