"""Rows of joint acts as files: the requirements of a checklist, the criteria of risk. They replace those of a draft.

The declared facts are the act and the version of it that was seen; what was changed since is not overwritten.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from core.models import RowFile
from core.rows import CellFault, Column, Fault, Pass, RowKind, Taken
from core.rows.values import Style, choice, number, plain_text, shown, text
from core.services.acts import locked, touch
from inspections.models import Criterion, JointAct, Requirement
from inspections.models.acts import CHECKLIST, CRITERIA, GROUPS, INDICATOR, INDICATORS, OBJECTIVE
from law.inspections.codes import RISKS, SEVERITIES
from law.inspections.requirements import ITEM_TESTS
from law.problems import Problem, _

ACT_REQUIREMENTS, ACT_CRITERIA = "joint-act-requirements", "joint-act-criteria"
ROW_KINDS = {CHECKLIST: ACT_REQUIREMENTS, CRITERIA: ACT_CRITERIA}
YES = frozenset({"yes", "true", "1", "да", "иә", "+", "x", "х"})
NO = frozenset({"no", "false", "0", "нет", "жоқ", "-"})


def yes_or_no(value: Any, style: Style) -> str:
    """Whether a test is met, as people write it."""
    if isinstance(value, bool):
        return "t" if value else "f"
    found = plain_text(value, 20).lower()
    if found not in YES | NO:
        raise CellFault("cell-yes-no", _("“%(value)s” is neither yes nor no."), value=shown(found))
    return "t" if found in YES else "f"


REQUIREMENT_COLUMNS = (
    Column("code", _("Item"), ("Пункт", "Тармақ", "Номер"), text(30)),
    Column("text_kk", _("Requirement in Kazakh"), ("Требование на казахском", "Талап қазақша"), text(4_000)),
    Column("text_ru", _("Requirement in Russian"), ("Требование на русском", "Талап орысша"), text(4_000)),
    Column("text_en", _("Requirement in English"), ("Требование на английском", "Талап ағылшынша"), text(4_000),
           required=False),
    Column("severity", _("Severity"), ("Степень нарушения", "Бұзушылық дәрежесі"), choice(*SEVERITIES)),
    Column("article", _("Article"), ("Статья", "Бап"), text(200)),
    Column("method", _("How it is checked"), ("Способ проверки", "Тексеру тәсілі"), text(200)),
    *(Column(code, label, (), yes_or_no, "boolean", required=False) for code, label in ITEM_TESTS.items()),
)  # fmt: skip
CRITERION_COLUMNS = (
    Column("kind", _("Kind of criterion"), ("Вид критерия", "Критерий түрі"), choice(OBJECTIVE, INDICATOR)),
    Column("code", _("Criterion"), ("Критерий", "Өлшемшарт"), choice(*GROUPS, *INDICATORS)),
    Column("least", _("From so many"), ("От", "Бастап"), number(12, 3), "numeric", required=False),
    Column("degree", _("Degree of risk"), ("Степень риска", "Тәуекел дәрежесі"), choice(*RISKS), required=False),
    Column("weight", _("Weight"), ("Вес", "Салмағы"), number(8, 3), "numeric", required=False),
    Column("greatest", _("Points at most"), ("Не более баллов", "Ең көп балл"), number(8, 3), "numeric",
           required=False),
)  # fmt: skip

TWICE = Pass("act-row-twice", _("The same item stands in row %(first)s."), "code", """
    SELECT row, jsonb_build_object('first', first) FROM (
        SELECT row, min(row) OVER (PARTITION BY code) AS first FROM staged WHERE code IS NOT NULL) AS numbered
    WHERE row > first""")  # fmt: skip
CRITERION_TWICE = Pass("act-row-twice", _("The same criterion stands in row %(first)s."), "code", """
    SELECT row, jsonb_build_object('first', first) FROM (
        SELECT row, min(row) OVER (PARTITION BY kind, code, least) AS first FROM staged
        WHERE code IS NOT NULL AND kind IS NOT NULL) AS numbered
    WHERE row > first""")  # fmt: skip


def look_at_criterion(row: Mapping[str, str | None]) -> Iterable[Fault]:
    """An objective criterion gives a degree to subjects of a kind; an indicator gives points to what it counts."""
    kind, code = row["kind"], row["code"]
    if kind is None:
        return
    known, needed, others = (
        (GROUPS, "degree", ("weight", "greatest")) if kind == OBJECTIVE else (tuple(INDICATORS), "weight", ("degree",))
    )
    if code is not None and code not in known:
        message = _("“%(code)s” is none of: %(known)s.")
        yield Fault(0, None, "code", "criterion-code", message, {"code": code, "known": ", ".join(known)})
    if row[needed] is None:
        message = _("An objective criterion names a degree, an indicator its weight.")
        yield Fault(0, None, needed, "criterion-whole", message)
    for other in others:
        if row[other] is not None:
            message = _("An objective criterion has no points, an indicator no degree.")
            yield Fault(0, None, other, "criterion-either", message)


def act_of(file: RowFile) -> JointAct | None:
    """The act that the file declares, of its authority."""
    named = str(file.options.get("act") or "")
    return JointAct.objects.filter(authority=file.authority_id, reference=named).first()


def against(file: RowFile, at: datetime) -> list[Problem]:
    """The act is a draft of this kind, and stands as it was seen."""
    act = act_of(file)
    if act is None or ROW_KINDS[act.kind] != file.kind:
        return [Problem("joint-act-unknown", _("There is no such act with rows of this kind."), field="act")]
    if act.state != "draft":
        return [not_a_draft()]
    if act.version != file.options.get("version"):
        message = _("The act was changed since you saw it: look at it again.")
        return [Problem("joint-act-changed", message, field="version")]
    return []


def not_a_draft() -> Problem:
    return Problem("joint-act-not-draft", _("Only a draft can be changed: enter a new version of the act."))


def hold(file: RowFile) -> None:
    """Two that send rows of one act wait for each other: the second finds the version of the first."""
    if (act := act_of(file)) is not None:
        locked(act)


REQUIREMENTS = f"""
INSERT INTO {Requirement._meta.db_table} (act_id, place, code, text_kk, text_ru, text_en, severity, article, method,
    tests)
SELECT %s, row_number() OVER (ORDER BY row), code, text_kk, text_ru, coalesce(text_en, ''), severity, article, method,
    array_remove(ARRAY[{", ".join(f"CASE WHEN {code} THEN '{code}' END" for code in ITEM_TESTS)}], NULL)
FROM staged ORDER BY row"""  # noqa: S608  (constants)
CRITERION_ROWS = f"""
INSERT INTO {Criterion._meta.db_table} (act_id, place, kind, code, least, degree, weight, greatest)
SELECT %s, row_number() OVER (ORDER BY row), kind, code, least, coalesce(degree, ''), weight, greatest
FROM staged ORDER BY row"""  # noqa: S608  (constants)


def take(file: RowFile, facts: Mapping[str, Any], at: datetime) -> Taken:
    """The rows in place of those that the draft had."""
    act = act_of(file)
    if act is None:
        raise LookupError(f"row file {file.pk} has no act")
    rows, statement = (act.requirements, REQUIREMENTS) if act.kind == CHECKLIST else (act.criteria, CRITERION_ROWS)
    rows.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(statement, [act.pk])
    touch(act)
    return Taken(act, act.reference, {"act_rows": file.rows})


REQUIREMENT_ROWS = RowKind(
    ACT_REQUIREMENTS,
    _("Requirements of a checklist"),
    REQUIREMENT_COLUMNS,
    "inspections.enter_joint_act",
    "jointact.edit",
    take,
    passes=lambda file: (TWICE,),
    against=against,
    hold=hold,
    page="joint-act",
    back="joint-acts",
)
CRITERIA_ROWS = RowKind(
    ACT_CRITERIA,
    _("Criteria of risk"),
    CRITERION_COLUMNS,
    "inspections.enter_joint_act",
    "jointact.edit",
    take,
    look=look_at_criterion,
    passes=lambda file: (CRITERION_TWICE,),
    against=against,
    hold=hold,
    page="joint-act",
    back="joint-acts",
)
