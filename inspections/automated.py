"""What the program does without a person in inspections; core.automated says what an act states."""

from core.automated import AutomatedAct
from law.problems import _

ACTS: tuple[AutomatedAct, ...] = (
    AutomatedAct(
        "plans-published",
        _("Publishes the plan that the automated risk system formed, by its day, and replaces the version before."),
        "EK-MODE-RAMS",
        steps=("inspections.controlplan.publish", "inspections.controlplan.replace"),
        adverse=True,
        person=_("Heads confirm criteria and degrees of risk of persons before; an inspection is appointed by a head."),
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
)
