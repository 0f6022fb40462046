"""Supervisory visits of the demo: one of a provider of the National Bank that ended, and two that are to come."""

from datetime import date, timedelta

from config.demo.agenda import Life
from config.demo.stage import Stage
from config.demo.trade import at_noon, holder_of
from inspections import services

FIRST = date(2026, 8, 3)
PURPOSE = "Клиенттердің қаражаты қалай сақталады / Как хранятся деньги клиентов"
REPORT = (
    "Клиенттердің қаражаты бөлек сақталады. Инциденттер журналы толық емес: екі жазба жоқ. / Деньги клиентов хранятся"
    " отдельно. Журнал инцидентов неполон: нет двух записей."
)
REPLY = "Журнал толықтырылды, көшірмесі жіберілді. / Журнал дополнен, копия направлена."
CONCLUSION = "Ескерту жойылды. / Замечание устранено."
NEXT = "Ақпараттық жүйелердің қорғалуы / Защита информационных систем"


def visits(stage: Stage) -> Life:
    """One that ended, and two that are to come."""
    officer, head = stage.people["officer@nbk.example"], stage.people["head@nbk.example"]
    moment = at_noon(FIRST)
    yield moment
    if (found := holder_of("nbk-exchanger", moment)) is not None:
        licence, person = found
        day = FIRST + timedelta(days=9)
        row = services.announce_visit(licence, planned_on=day, purpose=PURPOSE, actor=officer, at=moment)
        moment = at_noon(day)
        yield moment
        row = services.carry_out_visit(row, carried_on=day, actor=officer, at=moment)
        row = services.write_report(row, report=REPORT, actor=officer, at=moment + timedelta(minutes=20))
        moment = at_noon(day + timedelta(days=2))
        yield moment
        row = services.issue_report(row, actor=head, at=moment)
        moment = at_noon(day + timedelta(days=6))
        yield moment
        row = services.answer_report(row, reply=REPLY, actor=person, at=moment)
        moment = at_noon(day + timedelta(days=9))
        yield moment
        services.close_visit(row, conclusion=CONCLUSION, actor=head, at=moment)
    last = stage.now - timedelta(days=1)
    yield last
    for kind, name in (("nbk-dfa-platform", "officer2@nbk.example"), ("aifc-exchange", "officer@afsa.example")):
        if (found := holder_of(kind, last)) is not None:
            planned = stage.today + timedelta(days=12)
            services.announce_visit(found[0], planned_on=planned, purpose=NEXT, actor=stage.people[name], at=last)
