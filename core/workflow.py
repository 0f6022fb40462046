"""Workflows as plain tables. Nothing here knows Django, the database or the clock.

A table is read in a minute; it draws its diagram, the buttons, the API's `available_transitions`, the documents and the
test matrix. `core.services.advance()` is the only function that takes a transition.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from law.problems import Problem

#: A guard looks at the object as it would be after the change, on a day, and lists what stands against it.
Guard = Callable[[Any, date], list[Problem]]

APPLICANT, REPRESENTATIVE = "applicant", "representative"
OFFICER, HEAD, INSPECTOR = "officer", "head", "inspector"
ADMINISTRATOR, AUDITOR, SYSTEM = "administrator", "auditor", "system"
ROLES = (APPLICANT, REPRESENTATIVE, OFFICER, HEAD, INSPECTOR, ADMINISTRATOR, AUDITOR, SYSTEM)
PARTY = (APPLICANT, REPRESENTATIVE)


@dataclass(frozen=True, slots=True)
class State:
    """One state: its label for officers and, where other words are plainer, for applicants (English msgids)."""

    name: str
    label: str
    applicant_label: str
    tone: str = "neutral"  # neutral | active | waiting | good | bad: the one palette of states
    final: bool = False


@dataclass(frozen=True, slots=True)
class Transition:
    """One arrow: from any of `sources` to `target`, by who holds `permission`, if no guard objects.

    `roles` says in words who that is; the test matrix holds the permission to it.
    `consequence` tells the actor what the act does, `adverse` that it goes against the applicant. `reopens`: it follows
    from an act of another case (an appeal, a judgment) and may leave a final state.
    """

    name: str
    sources: tuple[str, ...]
    target: str
    permission: str
    label: str
    roles: tuple[str, ...]
    guards: tuple[Guard, ...] = ()
    consequence: str = ""
    adverse: bool = False
    reopens: bool = False


class TransitionRefused(Exception):
    """A lawful 'no' with all its reasons; at the edge an answer 409, never an error page."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.code for problem in self.problems))


class StaleVersion(Exception):
    """Somebody saved before: the version sent is not the version held."""

    def __init__(self, current: int, sent: int) -> None:
        self.current, self.sent = current, sent
        super().__init__(f"version {sent} sent, {current} held")


@dataclass(frozen=True, slots=True)
class Workflow:
    """A kind of case: its states in their usual order and its transitions."""

    name: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    _by_name: dict[str, Transition] = field(init=False, repr=False, compare=False)
    _states: dict[str, State] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {step.name: step for step in self.transitions})
        object.__setattr__(self, "_states", {state.name: state for state in self.states})

    def __getitem__(self, name: str) -> Transition:
        return self._by_name[name]

    @property
    def initial(self) -> str:
        return self.states[0].name

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(state.name, state.label) for state in self.states]

    @property
    def open_states(self) -> tuple[str, ...]:
        return tuple(state.name for state in self.states if not state.final)

    def state(self, name: str) -> State:
        return self._states[name]

    def leaving(self, state: str) -> tuple[Transition, ...]:
        """Transitions that start from a state, in the table's order."""
        return tuple(step for step in self.transitions if state in step.sources)

    def faults(self) -> list[str]:
        """What is wrong with the table itself: unknown or unreachable states, dead ends, names used twice."""
        names = set(self._states)
        faults = [
            f"{self.name}: transition {step.name} stands twice"
            for step in self.transitions
            if sum(other.name == step.name for other in self.transitions) > 1
        ]
        for step in self.transitions:
            faults += [
                f"{self.name}.{step.name}: unknown state {name}"
                for name in (*step.sources, step.target)
                if name not in names
            ]
        reached, frontier = {self.initial}, [self.initial]
        while frontier:
            frontier = [step.target for name in frontier for step in self.leaving(name) if step.target not in reached]
            reached.update(frontier)
        faults += [f"{self.name}: state {name} cannot be reached" for name in sorted(names - reached)]
        for state in self.states:
            if state.final != all(step.reopens for step in self.leaving(state.name)):
                faults.append(
                    f"{self.name}: state {state.name} must be final exactly when nothing but a reopening leaves"
                )
        return faults
