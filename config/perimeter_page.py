"""docs/perimeter.md: what `law.exchanges.perimeter()` answers, as tables that a lawyer can compare with the law."""

from collections.abc import Iterator
from datetime import timedelta

from law.definitions import edition
from law.exchanges import ACTIVITIES, ASSETS, AUTHORITIES, KIND_TITLES, KINDS, VENUES, VERDICTS, WHO, Answer, perimeter
from law.exchanges.rules import EDITIONS, RULES, Edition
from law.mining import LEGAL_ENTITY

HEAD = """# The perimeter

{notice}

What `law.exchanges.perimeter()` answers: activity × class of asset × venue × who × day. The page “Do I need a licence?”
(`/perimeter/`) and the API (`/api/v1/perimeter/`) give the same answers. Not legal advice.

A cell reads *verdict* kinds · articles of Law 193-VII · how it is known, and the numbers of its remarks below. What is
*source* or *assumed* is shown as unconfirmed; *unclear* is never an allowance. The tables answer for a legal entity of
Kazakhstan; accounts in money (`settle`) are answered for a bank, and for the National Postal Operator where the law
names it, whoever asks.
"""


def perimeter_page(notice: str) -> Iterator[str]:
    """The page, line by line."""
    remarks: dict[str, int] = {}
    yield from HEAD.format(notice=notice).split("\n")
    yield from codes()
    yield from ("## Rules", "", "| rule | what it says |", "|---|---|")
    yield from (f"| `{code}` | {text} |" for code, text in RULES.items())
    yield ""
    for number, one in enumerate(EDITIONS):
        last = EDITIONS[number + 1].since - timedelta(days=1) if number + 1 < len(EDITIONS) else None
        yield from table(one, f"{one.since} to {last}" if last else f"from {one.since}", remarks)
    yield from by_who(remarks)
    yield from ("## Remarks", "")
    yield from (f"{number}. {text}" for text, number in remarks.items())


def codes() -> Iterator[str]:
    """What the codes mean."""
    yield from ("## Codes", "", "| code | meaning |", "|---|---|")
    for group in (VERDICTS, ACTIVITIES, ASSETS, VENUES, WHO):
        yield from (f"| `{code}` | {text} |" for code, text in group.items())
    yield from (f"| `{code}` | {KIND_TITLES[code]} ({AUTHORITIES[body]}) |" for code, body in KINDS.items())
    yield ""


def table(one: Edition, days: str, remarks: dict[str, int]) -> Iterator[str]:
    """One edition: a row for each activity and class of asset, a column for each venue."""
    yield from (f"## {days.capitalize()}", "")
    law = edition(one.since)
    if law is not None:
        yield from (f"{law.act}: {law.title}. How the first day is known: {law.day_confidence}.", "")
    yield f"| activity | asset | {' | '.join(VENUES)} |"
    yield "|---|---|" + "---|" * len(VENUES)
    for activity in ACTIVITIES:
        for asset in ASSETS:
            cells = [cell(perimeter(activity, asset, venue, one.since), remarks) for venue in VENUES]
            yield f"| {activity} | {asset} | {' | '.join(cells)} |"
    yield ""


def cell(answer: Answer, remarks: dict[str, int]) -> str:
    """An answer in one cell; its remarks get numbers as they come."""
    kinds = " or ".join(f"`{kind}`" for kind, _authority in answer.permits)
    numbers = [remarks.setdefault(str(text), len(remarks) + 1) for text in (*answer.conditions, *answer.notes)]
    parts = (
        f"**{answer.verdict}** {kinds}".rstrip(),
        answer.articles,
        answer.confidence,
        "remarks " + ", ".join(str(number) for number in numbers) if numbers else "",
    )
    return " · ".join(part for part in parts if part)


def by_who(remarks: dict[str, int]) -> Iterator[str]:
    """Where somebody else gets another verdict than a legal entity, or the same under another limit."""
    yield from ("## Who asks", "", "Only what differs from the tables: in the verdict, or in what limits it.", "")
    yield from ("| who | from | activity | asset | venue | answer |", "|---|---|---|---|---|---|")
    for who in WHO:
        if who == LEGAL_ENTITY:
            continue
        for one in EDITIONS:
            for activity in ACTIVITIES:
                for asset in ASSETS:
                    yield from differing(who, one, activity, asset, remarks)
    yield ""


def differing(who: str, one: Edition, activity: str, asset: str, remarks: dict[str, int]) -> Iterator[str]:
    """One line for the venues at which the answer is another, those with the same answer together."""
    found: dict[str, list[str]] = {}
    for venue in VENUES:
        usual, own = (perimeter(activity, asset, venue, one.since, asked) for asked in (LEGAL_ENTITY, who))
        if (usual.verdict, usual.conditions) != (own.verdict, own.conditions):
            found.setdefault(cell(own, remarks), []).append(venue)
    for text, venues in found.items():
        yield f"| {who} | {one.since} | {activity} | {asset} | {', '.join(venues)} | {text} |"
