"""State control of digital assets: which law governs it, and how an inspection under Chapter 13 stays lawful.

Public API
----------
- `regime(kind_of_permit, on) -> Regime`; `latest_notice_date(kind, start_on, ground=None) -> date | None`;
  `duration_limit(size, kind, on) -> (working_days, extension_working_days)`;
  `size_class(staff, income_tenge, on, mining_subtype_1=False) -> Size`;
  `may_schedule(risk, last_ended_on, on) -> bool`;
  `violation_score(gross, significant, significant_total, insignificant, insignificant_total, on) -> Decimal`.
- `Plan`, `blockers(plan, on) -> list[Problem]` (B1 … B26), `blockers_at`, `doubts`, `STEPS`; `window(plan, on)`.
- `Kind, Regime, Risk, Size, Severity, Method, Mode`: StrEnums of the codes.

More in the modules: `regimes` (who inspects, which forms), `grounds` (closed lists), `notices`, `durations`,
`frequency`, `schedules` (yearly and half-yearly plans), `risk`, `requirements` (checklists), `acts`, `results`.

The rules stand in Chapter 13 of the Entrepreneurial Code. What the law does not give raises `NotInForce`.
"""

from law.inspections.blockers import STEPS, TITLES, blockers, blockers_at, doubts
from law.inspections.codes import Kind, Method, Mode, Regime, Risk, Severity, Size
from law.inspections.durations import duration_limit
from law.inspections.frequency import may_schedule
from law.inspections.notices import latest_notice_date
from law.inspections.plans import Plan
from law.inspections.regimes import regime
from law.inspections.risk import violation_score
from law.inspections.sizes import size_class
from law.inspections.windows import Window, window

__all__ = [
    "STEPS",
    "TITLES",
    "Kind",
    "Method",
    "Mode",
    "Plan",
    "Regime",
    "Risk",
    "Severity",
    "Size",
    "Window",
    "blockers",
    "blockers_at",
    "doubts",
    "duration_limit",
    "latest_notice_date",
    "may_schedule",
    "regime",
    "size_class",
    "violation_score",
    "window",
]
