"""A kind of permit that is abolished: from which day, until when its permits hold, what becomes of open filings.

Public API
----------
- `abolition(code) -> Abolition`: the declared provision of a kind's end; its first day is the day of the end, its value
  the calendar days for which permits then still hold. LookupError where no such provision is written down.
- `filings_rule(on) -> Provision`: filings that are open on that day end without a decision (*assumed*).
- `ended_ground(kind, on) -> Ground`: the item of the closed list of ends that the end of the kind is (202-V 35(1)(6)).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from law.grounds import Ground
from law.licensing import Due
from law.life import closing_grounds
from law.problems import Line, _
from law.provisions import Provision, history, provision

__all__ = ["ENDED_BY_LAW", "Abolition", "abolition", "ended_ground", "filings_rule"]

ENDED_BY_LAW: Final = "permit.ending.6"


@dataclass(frozen=True, slots=True)
class Abolition:
    """The end of a kind by its provision."""

    provision: Provision

    @property
    def on(self) -> date:
        """The first day on which the kind is no more."""
        return self.provision.in_force

    @property
    def holds_until(self) -> date:
        """The day by which each permit of the kind ends."""
        return self.on + timedelta(days=self.provision.number)

    def due(self, kind: str) -> Due:
        """The end of a permit as a term: counted from the end of the kind, never moved to a working day."""
        rule, until = self.provision, self.holds_until
        told = _("Permits in force end %(number)s calendar days later: %(until)s")
        lines = [
            Line(_("The kind ends on %(day)s (%(act)s)"), day=self.on, act=rule.source.act),
            Line(told, number=rule.number, until=until),
        ]
        if not rule.is_confirmed:
            lines.append(Line(_("The rule or its first day is unconfirmed.")))
        return Due(kind, "abolition", self.on, until, tuple(lines), rule)


def abolition(code: str) -> Abolition:
    """The end of a kind by the code of its provision; LookupError where there is none, or more than one."""
    rows = history(code)
    if len(rows) != 1:
        raise LookupError(f"no single provision ends a kind: {code!r}")
    return Abolition(rows[0])


def filings_rule(on: date) -> Provision:
    """What becomes of filings open on the day of the end, which picks the version. NotInForce."""
    return provision("permit.abolition-filings", on)


def ended_ground(kind: str, on: date) -> Ground:
    """Why a permit ends with its kind; on = the day of the end."""
    return next(one for one in closing_grounds(kind, on) if one.code == ENDED_BY_LAW)
