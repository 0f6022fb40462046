"""Invented people, and their names written in other ways by rules: what screening is tried and measured with.

No name is of anybody: families, given names and fathers' names are combined by number.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


def several(words: str) -> tuple[str, ...]:
    return tuple(words.split())


FAMILIES = several(
    "Қасымов Ғабдуллин Ұзақбаев Өтегенов Әбілов Жұмағұлов Шәріпов Төлегенов Үмбетов Іңкәров Хасенов Щербаков Цой "
    "Ёлкин Қоңырбаев Еспаев Бөкейханов Сүлейменов Мұқанов Ахметжанов Юсупов Яковлев Ермеков Чернышёв Жолдасбеков "
    "Әуезов Тәжібаев Қайыпов Ғұмаров Досмұхамедов Нұрпейісов Байтұрсынов Рысқұлов Тоқтаров Молдағалиев Ысқақов"
)
GIVEN = several(
    "Ғалымжан Қайрат Ұлықбек Өмірзақ Әділхан Жандос Шыңғыс Төлеген Үміт Ілияс Хамит Ерлан Нұрлан Серік Қуаныш "
    "Мұхтар Айгүл Әлия Гүлнәр Жұлдыз Қарлығаш Шолпан Мәдина Зәуре Тимур Алексей Юрий Яна Дмитрий Наталья Бақытжан "
    "Мейіржан Дәурен Санжар Еркебұлан Асқар Қанат Рүстем Жәнібек Ғалия Сәуле Ботагөз Фарида Виктория"
)
FATHERS = several(
    "Ахмет Серік Қасым Нұрлан Ғабит Өмірбек Әбдірахман Жұмабек Мұрат Төлеу Хасен Үсен Болат Ержан Шәкен Темір Ұзақ "
    "Айдар Қайыр Дәулет Сәкен Жақсылық Бекзат Мейрам"
)

RUSSIAN = str.maketrans("ӘҒҚҢӨҰҮҺІәғқңөұүһі", "АГКНОУУХИагкноуухи")
_SMALL = "абвгдежзийклмнопрстуфхцчшщъыьэюяёәғқңөұүһі"


def table(letters: str) -> dict[str, str]:
    """One spelling a letter of the alphabet, in its order; _ for none."""
    return dict(zip(_SMALL, letters.split(), strict=True))


#: The Kazakh alphabet in Latin letters of 2021; what it lacks as papers write it.
KAZAKH_LATIN = table("a b v g d e j z i i k l m n o p r s t u f h ts ch ş şş _ y _ e iu ia io ä ğ q ñ ö ū ü h ı")
#: As passports have it.
PASSPORT = table("a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya yo a g k n o u u h i")
#: As English papers have it.
ENGLISH = table("a b v g d e j z i i k l m n o p r s t u f h ts ch sh shch _ i _ e iu ia e a gh q ng o u u h y")


@dataclass(frozen=True, slots=True)
class Person:
    family: str
    given: str
    father: str
    woman: bool = False

    @property
    def written(self) -> str:
        return f"{self.family} {self.given} {self.patronymic}"

    @property
    def patronymic(self) -> str:
        return self.father + ("қызы" if self.woman else "ұлы")

    @property
    def russian_patronymic(self) -> str:
        root = self.father.translate(RUSSIAN)
        ending = ("евна" if self.woman else "евич") if root[-1] in "еийь" else ("овна" if self.woman else "ович")
        return root.rstrip("ийь") + ending


def person(number: int) -> Person:
    """The n-th invented person; the first 38,000 differ in family, given or father's name."""
    family, rest = FAMILIES[number % len(FAMILIES)], number // len(FAMILIES)
    given, rest = GIVEN[rest % len(GIVEN)], rest // len(GIVEN)
    return Person(family, given, FATHERS[rest % len(FATHERS)], number % 3 == 0)


def lettered(text: str, table: dict[str, str]) -> str:
    put = "".join(table.get(letter.lower(), letter).replace("_", "") for letter in text)
    return " ".join(word[:1].upper() + word[1:] for word in put.split())


def doubled(text: str) -> str:
    """English papers double an s between vowels: Kassymov."""
    vowels = "aeiouy"
    pairs = zip(" " + text[:-1], text, text[1:] + " ", strict=True)
    return "".join(c * 2 if c == "s" and a in vowels and b in vowels else c for a, c, b in pairs)


def spellings(one: Person) -> Iterator[tuple[str, str]]:
    """(rule, the name by it) of every rule."""
    whole, short = one.written, f"{one.family} {one.given}"
    russian = f"{short} {one.russian_patronymic}".translate(RUSSIAN)
    letters: dict[str, Callable[[], str]] = {
        "russian": lambda: russian,
        "russian-letters": lambda: whole.translate(RUSSIAN),
        "kazakh-latin": lambda: lettered(whole, KAZAKH_LATIN),
        "passport": lambda: lettered(whole, PASSPORT),
        "passport-of-russian": lambda: lettered(russian, PASSPORT),
        "english": lambda: doubled(lettered(whole, ENGLISH)),
    }
    for rule, make in letters.items():
        name = make()
        family, given, patronymic = name.split()
        yield rule, name
        yield f"{rule}, given name first", f"{given} {patronymic} {family}"
        yield f"{rule}, no patronymic", f"{given} {family}"
        yield f"{rule}, capitals and comma", f"{family.upper()}, {given.upper()}"
        yield f"{rule}, initials", f"{family} {given[0]}.{patronymic[0]}."
    yield "ending apart", f"{short} {one.father} {one.patronymic[len(one.father) :]}"
    yield "ending by hyphen", f"{short} {one.father}-{one.patronymic[len(one.father) :]}".translate(RUSSIAN)
    yield "given name by hyphen", f"{one.family} {one.given[:3]}-{one.given[3:].capitalize()}"
