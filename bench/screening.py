"""SCR: people screened against an imported list, against a plain trigram query for them on the same names."""

import random
from datetime import date
from io import BytesIO
from typing import Any

from django.db import connection
from django.utils import timezone

from bench.measure import Figure, alternate, timed
from bench.spellings import Person, several, spellings
from core.models import Authority, RowFile, User
from core.services import Upload, take_row_file, work_on_row_file
from core.services.publishing import publishing_held
from licensing.services.screening import screen
from licensing.services.screening_rows import send_screening_list

ONSETS = several("Қ Ғ Б Д Ж М Н С Т Ш Ерм Ал Аб Өт Тұр Нұр Сәр Бек Дос Жол")
MIDDLES = several("ам ұл ең ыс әр ой іл ан үр ек")
ENDS = several("бек хан жан ғали мұрат тай гелді сар лан мет дос қын ман рат кен")
GOAL = 1.0  # of what the plain query takes
PLAIN = """
SELECT count(*) FROM unnest(%s::text[]) AS s (name)
JOIN plain_names n ON n.name %% s.name
"""


def root(chance: random.Random) -> str:
    """One of some thousands of invented roots: one part of a name."""
    return (chance.choice(ONSETS) + chance.choice(MIDDLES) + chance.choice(ENDS)).capitalize()


def people(count: int, seed: int) -> list[Person]:
    chance = random.Random(seed)
    return [
        Person(root(chance) + "ов", root(chance), root(chance), woman=chance.random() < 0.3) for _number in range(count)
    ]


def screening(subjects: int, names: int, rounds: int) -> list[Figure]:
    """Half of the subjects stand in the list under another spelling, made by a rule; the other half do not.

    Both sides answer for all subjects in a statement over the same names; the plain one finds by trigrams of the names
    as they are written, in small letters, and is measured with a hundredth of the subjects: it takes as long for each.
    """
    head = User.objects.create_user("bench-head@example.org", None, role="head", authority=Authority.objects.get(pk=1))
    held = people(names, 1)
    with publishing_held():
        imported(held, head)
    chance, asked = random.Random(2), dict[int, str]()
    for number, one in enumerate([*chance.sample(held, subjects // 2), *people(subjects - subjects // 2, 3)]):
        asked[number] = chance.choice(list(spellings(one)))[1]
    part = max(subjects // 100, 10)
    plain = [asked[number].lower() for number in chance.sample(sorted(asked), part)]
    prepare([one.written.lower() for one in held])
    hits: dict[int, Any] = {}

    def ours(number: int) -> float:
        return timed(lambda: hits.update(screen(asked, Authority.objects.get(pk=1))))

    def theirs(number: int) -> float:
        return timed(lambda: plain_query(plain)) * subjects / part

    times = alternate({"screen": ours, "plain": theirs}, rounds, warm=0)
    found = sum(number in hits for number in range(subjects // 2)) / (subjects // 2)
    others = sum(number in hits for number in range(subjects // 2, subjects))
    told = (
        f"{times['screen']:.2f} / {times['plain']:.2f} s; {others} of {subjects - subjects // 2} others met something"
    )
    what = f"{subjects:,} people against {names:,} names"
    return [
        Figure("SCR", f"{what} / plain trigram query", times["screen"] / times["plain"], GOAL, told),
        Figure("SCR", "people found under another spelling", found, 0.95, above=True),
    ]


def imported(held: list[Person], head: User) -> None:
    content = "\n".join(["name;reference", *(f"{one.written};{number}" for number, one in enumerate(held))]).encode()
    given: dict[str, Any] = {"code": "bench", "title": "Bench", "source": "bench", "day": date(2026, 1, 5)}
    authority = Authority.objects.get(pk=1)
    file = send_screening_list(
        Upload("list.csv", BytesIO(content)),
        authority,
        **given,
        actor=head,
        at=timezone.now(),
    )
    work_on_row_file(file.pk, at=timezone.now())
    take_row_file(file, actor=head, at=timezone.now())
    work_on_row_file(file.pk, at=timezone.now())
    assert RowFile.objects.get(pk=file.pk).standing == "taken"


def prepare(names: list[str]) -> None:
    """The names as they are written, with the index that a plain query would have."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE plain_names (name text)")
        with cursor.cursor.copy("COPY plain_names FROM STDIN") as copy:
            for name in names:
                copy.write_row((name,))
        cursor.execute("CREATE INDEX ON plain_names USING gin (name gin_trgm_ops)")
        cursor.execute("ANALYZE plain_names")
        cursor.execute("ANALYZE licensing_screeningname")


def plain_query(names: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(PLAIN, [names])
