"""Names that are one meet through alphabets, passports and word order; names of others do not."""

import random
from collections import Counter

import pytest

from bench.spellings import person, spellings
from core.names import compare, fold, read_name

THRESHOLD = 0.85
RECALL = 0.95
#: Of pairs of different people with one word in common at most that is not the patronymic.
FALSE_MATCHES = 0.002
PEOPLE = 120


@pytest.mark.parametrize(
    "spelled",
    [
        "Қасымов Касымов Kassymov Qasymov Kasimov KASYMOV",
        "Ғалымжан Галымжан Galymzhan Ğalymjan Ghalymzhan Galimjan",
        "Жұмабай Жумабай Джумабай Zhumabay Jumabai Dzhumabaj Jūmabai",
        "Нұрсұлтан Нурсултан Nursultan Nūrsūltan",
        "Әлия Алия Aliya Älia Aliia",
        "Тәңірберген Танирберген Tangirbergen Täñırbergen",
        "Щербаков Shcherbakov Scherbakov",
        "Матвеев Matveyev Matveev",
        "Ёлкин Елкин Yolkin Yelkin Elkin",
        "Хамит Khamit Hamit",
        "Кульбеков Kul'bekov Kul’bekov Kulbekov",
        "Юсупов Yusupov Iusupov",
    ],
)
def test_spellings_of_one_word_fold_alike(spelled: str) -> None:
    assert len({fold(word) for word in spelled.split()}) == 1, {word: fold(word) for word in spelled.split()}


def test_recall_on_spellings_made_by_rules() -> None:
    missed: list[str] = []
    by_rule: Counter[str] = Counter()
    tried = 0
    for number in range(PEOPLE):
        one = person(number * 317)
        for rule, spelled in spellings(one):
            tried += 1
            found = compare(read_name(one.written), read_name(spelled)).value
            if found < THRESHOLD:
                by_rule[rule] += 1
                missed.append(f"{found:.2f} {one.written} / {spelled} ({rule})")
    told = "\n".join([f"{len(missed)} of {tried} missed", *map(str, by_rule.most_common()), *missed])
    assert 1 - len(missed) / tried >= RECALL, told


def test_names_of_other_people_do_not_meet() -> None:
    chance = random.Random(26)
    met, tried = [], 0
    while tried < 1_500:
        one, other = person(chance.randrange(38_000)), person(chance.randrange(38_000))
        if one.family == other.family and one.given == other.given:
            continue
        tried += 1
        _rule, spelled = chance.choice([pair for pair in spellings(other) if "initials" not in pair[0]])
        found = compare(read_name(one.written), read_name(spelled)).value
        if found >= THRESHOLD:
            met.append(f"{found:.2f} {one.written} / {spelled}")
    assert len(met) / tried <= FALSE_MATCHES, "\n".join([f"{len(met)} of {tried} met", *met])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Касымов Ахмет Серікұлы", "Касымов Ахмет Иванович"),  # two fathers
        ("Касымов Ахмет", "Касымова Алия"),
        ("Касымов Ахмет Серікұлы", "Касымов Серик Ахметович"),  # the father of the other
        ("ТОО «Алма Тау»", "ТОО «Бай Терек»"),  # the form alone is alike
        ("Касымов К. А.", "Қасымов Ғалымжан Ахметұлы"),
    ],
)
def test_different_people_and_firms_stay_apart(one: str, other: str) -> None:
    assert compare(read_name(one), read_name(other)).value < THRESHOLD


@pytest.mark.parametrize(
    ("one", "other", "form"),
    [
        ("ТОО «Алма Тау»", "Alma Tau LLP", "LLP"),
        (
            "«Алма Тау» жауапкершілігі шектеулі серіктестігі",
            "Товарищество с ограниченной ответственностью Алма Тау",
            "LLP",
        ),
        ("Самұрық АҚ", "JSC Samruk", "JSC"),
        ("ИП Касымов", "Жеке кәсіпкер Қасымов", "IE"),
    ],
)
def test_legal_forms_are_no_part_of_a_name(one: str, other: str, form: str) -> None:
    first, second = read_name(one), read_name(other)
    assert (first.form, second.form) == (form, form)
    assert compare(first, second).value >= THRESHOLD


def test_a_name_that_is_a_form_keeps_its_words() -> None:
    assert read_name("ТОО").key == "to"
    assert read_name("«»").words == ()
    assert compare(read_name("«»"), read_name("ТОО")).value == 0


def test_the_explanation_says_which_words_met_and_which_did_not() -> None:
    told = compare(read_name("Касымов Г. Ахметович"), read_name("Galymzhan Kassymov")).as_dict()
    assert [(pair["one"], pair["other"], pair["how"]) for pair in told["met"]] == [
        ("Касымов", "Kassymov", "same"),
        ("Г", "Galymzhan", "initial"),
    ]
    assert (told["only_one"], told["only_other"]) == (["Ахметович"], [])


def test_the_score_does_not_depend_on_which_name_comes_first() -> None:
    chance = random.Random(7)
    for _ in range(100):
        one, other = person(chance.randrange(38_000)), person(chance.randrange(38_000))
        _rule, spelled = chance.choice(list(spellings(other)))
        a, b = read_name(one.written), read_name(spelled)
        assert compare(a, b).value == pytest.approx(compare(b, a).value), (one.written, spelled)
