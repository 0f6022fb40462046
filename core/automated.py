"""What the program does without a person: one registry. People read it (/automated-acts/, docs/automated.md), and
`manage.py check` fails when a scheduled task, a step that the system may take or what follows an unmet term stands
nowhere in it.

Law 94-V lets no machine alone act against a natural person: an act that can be adverse says which person stands
behind it, and whom it concerns may object to it (licensing.services.objections). Apps declare their own acts from
AppConfig.ready().
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from law.problems import _

RULE = "personal_data.automated_decision"


@dataclass(frozen=True, slots=True)
class AutomatedAct:
    """One thing that the program does by itself.

    title, person: English msgids; `person` says who confirmed it before, or confirms it after, it can go against
    anybody. `provision`: the code of the rule it follows; empty for what is the house's own. `tasks`: by which it runs;
    without one it is part of a person's act. `duties`: whose unmet day sets it off. `steps`: transitions it takes, as
    `licensing.licence.expire`. `notes`: other events that it writes.
    """

    code: str
    title: str
    provision: str = ""
    tasks: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    adverse: bool = False
    person: str = ""

    @property
    def verbs(self) -> tuple[str, ...]:
        """Its events."""
        return (*(step.partition(".")[2] for step in self.steps), *self.notes)


_ACTS: dict[str, AutomatedAct] = {}


def register_automated(acts: Iterable[AutomatedAct]) -> None:
    """Declare acts, from an AppConfig.ready()."""
    _ACTS.update({act.code: act for act in acts})


def automated() -> Mapping[str, AutomatedAct]:
    """All acts by code, those that can go against somebody first."""
    return dict(sorted(_ACTS.items(), key=lambda one: not one[1].adverse))


def act_of(verb: str) -> AutomatedAct | None:
    """The act that writes an event of this kind as the system."""
    return next((act for act in _ACTS.values() if verb in act.verbs), None)


def adverse_verbs() -> list[str]:
    """The events of acts that can go against somebody."""
    return [verb for act in _ACTS.values() if act.adverse for verb in act.verbs]


ACTS: tuple[AutomatedAct, ...] = (
    AutomatedAct(
        "overdue",
        _("Finds that the day of a term has passed unmet, and notes it with the case."),
        tasks=("core.sweep",),
        duties=("breach_notice",),
        notes=("obligation.overdue",),
        adverse=True,
        person=_("Nothing follows for the debtor before an official acts on it."),
    ),
    AutomatedAct(
        "erasure",
        _("Erases records whose period is over; by itself only the program's own technical records."),
        "retention.people",
        tasks=("core.erase",),
        steps=("core.erasurerun.begin", "core.erasurerun.finish"),
        adverse=True,
        person=_("A second administrator confirms the list before anything of a person goes."),
    ),
    AutomatedAct("reminders", _("Reminds of a term before its day and, after it, officer, head and administrator."),
        tasks=("core.sweep",)),
    AutomatedAct("mails", _("Sends mails and the day's digests, and tries again what did not go."),
        tasks=("core.deliver", "core.deliver_left_over", "core.make_digests")),
    AutomatedAct("bounces", _("Reads which mails came back; an official decides what becomes of them."),
        tasks=("core.read_bounces",)),
    AutomatedAct("webhooks", _("Calls the servers of organisations, and turns off one that takes nothing for days."),
        tasks=("core.call_webhooks", "core.call_left_over"), notes=("webhook.disable",)),
    AutomatedAct("row-files", _("Looks at files of rows that somebody sent; deletes those that nobody took."),
        tasks=("core.work_on_row_file", "core.row_files_left_over"),
        person=_("Who sent the file has it taken.")),
    AutomatedAct("seals", _("Seals the journal of events."), tasks=("core.seal",)),
)  # fmt: skip
