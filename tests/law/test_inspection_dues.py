"""By when each step of an inspection and each plan is owed, on days that fall on weekends and holidays."""

from datetime import date

import pytest

from law.calendar import is_working_day
from law.inspections.dues import extension_registration_due, notice_due, registration_due, result_due
from law.inspections.schedules import plan_due
from law.provisions import NotInForce

day = date.fromisoformat


@pytest.mark.parametrize(
    ("plan", "year", "mode", "dues"),
    [
        # 25 December: Thursday, Friday, Saturday, Monday; the last working day strictly before it
        ("schedule", 2026, "automated", [("publish", "2025-12-25", "2025-12-24")]),
        ("schedule", 2027, "automated", [("publish", "2026-12-25", "2026-12-24")]),
        ("schedule", 2028, "paper", [("publish", "2027-12-25", "2027-12-24")]),
        ("schedule", 2029, "automated", [("publish", "2028-12-25", "2028-12-22")]),
        # 25 December 2023 and 10 December 2023, a Monday and a Sunday
        ("list_1", 2024, "automated", [("publish", "2023-12-25", "2023-12-22")]),
        (
            "list_1",
            2024,
            "paper",
            [("send_to_legal_statistics", "2023-12-10", "2023-12-08"), ("publish", "2023-12-25", "2023-12-22")],
        ),
        # 10 May 2024 after 9 May, and 8 May taken for 4 May; 25 May 2024, a Saturday
        (
            "list_2",
            2024,
            "paper",
            [("send_to_legal_statistics", "2024-05-10", "2024-05-06"), ("publish", "2024-05-25", "2024-05-24")],
        ),
        # 10 May 2026, a Sunday after Victory Day; 10 May 2027, a day off for Victory Day; 25 May of both: workdays
        (
            "list_2",
            2026,
            "paper",
            [("send_to_legal_statistics", "2026-05-10", "2026-05-08"), ("publish", "2026-05-25", "2026-05-22")],
        ),
        (
            "list_2",
            2027,
            "paper",
            [("send_to_legal_statistics", "2027-05-10", "2027-05-06"), ("publish", "2027-05-25", "2027-05-24")],
        ),
        # 10 December 2028, a Sunday
        (
            "list_1",
            2029,
            "paper",
            [("send_to_legal_statistics", "2028-12-10", "2028-12-08"), ("publish", "2028-12-25", "2028-12-22")],
        ),
        ("list_2", 2028, "automated", [("publish", "2028-05-25", "2028-05-24")]),
    ],
)
def test_plans_are_due_on_the_last_working_day_before(
    plan: str, year: int, mode: str, dues: list[tuple[str, str, str]]
) -> None:
    found = plan_due(plan, year, mode)
    assert [(one.act, str(one.named_on), str(one.due_on)) for one in found] == dues
    for one in found:
        between = (one.named_on - one.due_on).days
        assert between > 0
        assert not any(is_working_day(date.fromordinal(one.due_on.toordinal() + add)) for add in range(1, between))


@pytest.mark.parametrize(
    ("kind", "start", "ground", "case", "due"),
    [
        ("compliance", "2026-07-20", None, None, "2026-06-19"),  # thirty whole days between
        ("compliance", "2026-03-02", None, None, "2026-01-30"),
        ("visit_control", "2024-06-07", None, None, "2024-05-07"),
        ("unscheduled", "2026-05-12", "5", None, "2026-05-11"),  # the day before, a day off though it is
        ("unscheduled", "2026-05-12", "3", None, None),
        ("unscheduled", "2026-05-12", "5", "144(8)", None),
        ("desk_control", "2024-05-13", None, None, None),
    ],
)
def test_the_notice_is_due_so_long_before(
    kind: str, start: str, ground: str | None, case: str | None, due: str | None
) -> None:
    found = notice_due(kind, day(start), ground, case, day(start))
    assert (str(found.due_on) if found else None) == due
    if found is not None:
        assert found.base_on == found.due_on  # never later than what is due
        early = notice_due(kind, day(start), ground, case, day("2024-01-09"))
        assert early is not None
        assert early.base_on == day("2024-01-09")


@pytest.mark.parametrize(
    ("start", "urgent", "remote", "due"),
    [
        ("2026-03-20", False, False, "2026-03-20"),
        ("2026-03-20", True, False, "2026-03-26"),  # over Nauryz, 21 to 23 March and two days moved from the weekend
        ("2026-03-20", False, True, "2026-04-01"),
        ("2026-03-20", True, True, "2026-04-01"),  # the longer of both
        ("2026-12-31", True, False, "2027-01-05"),  # 1, 2 and 4 January are days off
        ("2024-05-03", True, False, "2024-05-04"),  # a Saturday that was worked
        ("2024-05-03", False, True, "2024-05-14"),
    ],
)
def test_the_act_is_registered_before_the_start_or_so_many_working_days_after(
    start: str, urgent: bool, remote: bool, due: str
) -> None:
    found = registration_due(day(start), urgent=urgent, remote=remote, base_on=day("2024-04-01"))
    assert str(found.due_on) == due
    assert found.arithmetic


def test_result_and_extension_are_due_on_the_last_day() -> None:
    end, start = day("2026-07-31"), day("2026-07-20")
    for found in (result_due(end, start, start), extension_registration_due(end, start, day("2026-08-03"))):
        assert found.due_on == end
        assert found.base_on <= end
    assert result_due(end, start, start).provision.code == "EK-RESULT-DAY"


def test_before_chapter_13_nothing_is_due() -> None:
    with pytest.raises(NotInForce):
        notice_due("compliance", day("2022-12-30"), None, None, day("2022-11-01"))
    with pytest.raises(ValueError, match="unknown plan"):
        plan_due("month", 2027, "automated")
