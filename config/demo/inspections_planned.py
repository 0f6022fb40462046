"""Inspections by the schedule of this year: one on site today, one whose start was told, two that ended.

The plan says who, when and by whom; a start is moved within the months that it gives, so that today has something.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from config.demo.agenda import Life, working_days_ago
from config.demo.holders import MINER
from config.demo.inspections_site import answered, at_ten
from config.demo.inspections_subject import holder_of
from config.demo.papers import paper
from config.demo.stage import Stage
from inspections import services
from inspections.models import Inspection, JointAct, PlanEntry
from inspections.services.plan_terms import open_draft
from law.calendar import add_working_days, last_working_day_before, next_working_day, working_day_back
from law.inspections import Kind, latest_notice_date
from licensing.services import print_left_over

CHOSEN = 110  # days before today on which it is said who is told of
MATTER = "Біліктілік және рұқсат беру талаптарының сақталуы / Соблюдение квалификационных и разрешительных требований"
SEEN = "Талап орындалмаған, суретке түсірілді. / Требование не выполнено, снято на фото."
FOUND = "Бір талап орындалмаған, қалғандары сақталған. / Одно требование не выполнено, остальные соблюдены."
CLEAN = "Тексерілген талаптардың бәрі сақталған. / Все проверенные требования соблюдены."
MEND = "Бұзушылықты жойып, дәлелін ұсыну. / Устранить нарушение и представить доказательства."
CURED = "Бұзушылық жойылды, құжаттар тіркелді. / Нарушение устранено, документы приложены."
ACCEPTED = "Жойылғаны құжаттармен расталды. / Устранение подтверждено документами."
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Going:
    """A place in the plan with its days: told on one, from the first to the last on site."""

    entry: PlanEntry
    start: date
    end: date

    @property
    def noticed(self) -> date:
        """A working day on which the notice is still in time."""
        latest = latest_notice_date(Kind.COMPLIANCE, self.start)
        assert latest is not None  # noqa: S101  (a planned inspection has a notice)
        return last_working_day_before(latest)

    @property
    def drafted(self) -> date:
        return last_working_day_before(self.noticed - 3 * _DAY)


def planned(stage: Stage) -> Iterator[Life]:
    """The life of each; who has few days to choose from chooses first."""
    ago, on = working_days_ago, stage.today
    yield life(stage, (ago(on, 3), ago(on, 1)), until=on)
    yield life(stage, (add_working_days(on, 2), add_working_days(on, 7)))
    yield life(stage, (on - 62 * _DAY, on - 40 * _DAY), unmet=2)
    yield life(stage, (on - 36 * _DAY, on - 12 * _DAY), unmet=0)


def life(stage: Stage, within: tuple[date, date], *, until: date | None = None, unmet: int | None = None) -> Life:
    """From the plan to what is known of it today. `until`: it lasts so long; `unmet`: the item not met, of an ended."""
    told = max(stage.today - CHOSEN * _DAY, date(stage.today.year - 1, 12, 14))
    yield at_ten(told)
    going = chosen(stage, within, told, until or date.min)
    if going is None:
        return
    stage.planned[going.entry.subject_id] = going.entry.lead_id or 0
    yield at_ten(going.drafted)
    if not open_draft(going.entry.pk, at=at_ten(going.drafted)):
        return
    yield from prepared(stage, going)
    yield from visited(going, unmet)
    if unmet:
        yield from cured(stage, going)


def chosen(stage: Stage, within: tuple[date, date], told: date, until: date) -> Going | None:
    """A place of the published schedule whose start lies in these days, or may be moved there: of an inspector who has
    none yet, near to what the plan proposes. Not the miner of the log-in, who has one of another kind."""
    lasting = Q(object__licence__valid_to__isnull=True) | Q(object__licence__valid_to__gt=stage.today + 60 * _DAY)
    rows = PlanEntry.objects.filter(
        lasting,
        plan__state="published",
        plan__year=stage.today.year,
        subject__left_on__isnull=True,
        object__licence__state="in_force",
    ).exclude(subject__in=Inspection.objects.values("subject"))
    own = [one.pk for one in stage.people[MINER].organisations()]
    rows = rows.exclude(subject__in=stage.planned).exclude(object__licence__organisation__in=own)
    found = [
        one
        for row in rows.select_related("lead").order_by("place")
        if (one := days_of(row, *within)) and one.end >= until and one.drafted > told
    ]
    taken = set(stage.planned.values())
    return min(found, key=lambda one: (one.entry.lead_id in taken, one.start - one.entry.start_on), default=None)


def days_of(entry: PlanEntry, first: date, last: date) -> Going | None:
    """Its start in these days, not before the one that the plan proposes, and three working days at least."""
    start = next_working_day(max(first, entry.start_on))
    latest = working_day_back(entry.to_on, 1)
    end = min(add_working_days(start, entry.working_days - 1), latest) if entry.working_days > 1 else start
    return Going(entry, start, end) if start <= last and add_working_days(start, 2) <= end else None


def prepared(stage: Stage, going: Going) -> Life:
    """The draft is completed, the notice served in the account, the act signed and registered."""
    officer, row, at = stage.official("officer"), row_of(going), at_ten(going.drafted, 11)
    yield at
    checklist = JointAct.objects.in_force(going.start).filter(
        kind="checklist", kinds_of_permit__contains=[row.kind_of_permit]
    )
    year = going.start.year - 1
    values: dict[str, Any] = {
        "subject_matter": MATTER,
        "checklist": checklist.first(),
        "period_from": date(year, 1, 1),
        "period_to": date(year, 12, 31),
        "start_on": going.start,
        "end_on": going.end,
    }
    services.edit_inspection(row, values=values, actor=officer, at=at)
    at = at_ten(going.noticed)
    yield at
    services.serve_notice(row_of(going), means="account", actor=officer, at=at)
    yield from printed(at)
    at = at_ten(working_day_back(going.start - _DAY, 8))
    yield at
    services.appoint(row_of(going), actor=stage.official("head"), at=at)
    yield from printed(at)
    day = working_day_back(going.start - _DAY, 7)
    yield at_ten(day, 12)
    number = f"{day:%y}-{row.pk:06d}"
    services.register_act(row_of(going), number=number, registered_on=day, actor=officer, at=at_ten(day, 12))


def visited(going: Going, unmet: int | None) -> Life:
    """Act and checklist are handed over; on the next day half of the items, or all and the result on the day after."""
    lead = going.entry.lead
    assert lead is not None  # noqa: S101  (every place has one)
    yield at_ten(going.start)
    row = services.start_inspection(row_of(going), receipt="taken", actor=lead, at=at_ten(going.start))
    at = at_ten(add_working_days(going.start, 1), 12)
    yield at
    if unmet is None:
        answered(row, lead, at, unmet=2, upto=row.items.count() // 2)
        return
    answered(row, lead, at, unmet=unmet)
    at = at_ten(add_working_days(going.start, 2), 15)
    yield at
    given: dict[str, Any] = {"findings": CLEAN}
    if unmet:
        given = {"findings": FOUND, "instructions": MEND, "cure_by": add_working_days(at.date(), 15)}
    services.hand_result(row_of(going), receipt="taken", actor=lead, at=at, **given)
    yield from printed(at)


def cured(stage: Stage, going: Going) -> Life:
    """The subject reports the cure in time with its proof; a head finds it good."""
    at = at_ten(add_working_days(going.start, 10), 11)
    yield at
    row = row_of(going)
    items = {one.code: CURED for one in row.items.filter(answer="not_met")}
    proof = paper("answer", holder=row.organisation.name_en, number="11/26", on=at.date())
    filing = services.report_cure(row, items=items, files=[proof], actor=holder_of(row), at=at)
    yield from printed(at)
    at = at_ten(add_working_days(going.start, 11), 15)
    yield at
    services.note_filing(filing, actor=stage.official("officer"), at=at)
    at = at_ten(add_working_days(going.start, 13), 16)
    yield at
    services.accept_cure(row_of(going), closing=ACCEPTED, actor=stage.official("head2"), at=at)


def printed(at: datetime) -> Life:
    """Letters go out some minutes after the act, as the worker prints them."""
    yield at + timedelta(minutes=4)
    print_left_over(at=at + timedelta(minutes=4))


def row_of(going: Going) -> Inspection:
    """As it is now."""
    return Inspection.objects.get(entry=going.entry)
