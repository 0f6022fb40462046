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
)
