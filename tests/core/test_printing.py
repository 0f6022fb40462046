"""Printed documents: readable in three languages, safe with any text, the same bytes for the same data."""

import json
import re
import unicodedata
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, cast

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from core import printing
from core.printing import clean, fingerprint, render, render_many

AT = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
KAZAKH = "ә ғ қ ң ө ұ ү һ і Ә Ғ Қ Ң Ө Ұ Ү Һ І"
LONG = {"long": "Ұ" * 10_000, "long words": "өндірістік-шаруашылық " * 450}
SHORT = {
    "markup": '#panic("x") [*b*] _i_ $x$ `raw` @ref <label> \\ // /* = #{1+1} #import "/x" "',
    "right to left": "ТОО \u202eкерi\u202c \u200f\u2066x\u2069 שלום مرحبا",
    "controls": "a\x00b\x07c\x1bd\u0085e\u2028f\r\ng\th",
    "emoji": "Шахта 👩🏽\u200d💻🇰🇿 ⛏️",
    "surrogates": "x\ud800y\udfff",
    "combining": "и\u0306" + "a" + "\u0301" * 200,
    "private use": "\ue000\uf8ff\U0010ffff\ufffe",
    "spaces": "\u3000\u00a0\u2009 \u00ad\ufeff",
    "empty": "",
}
#: Each by itself in the two forms that all others are made of, all in one text in every template.
TOGETHER = {
    "all short": " ".join(SHORT.values()),
    "rather long": "Ұ" * 500 + " өндірістік-шаруашылық" * 20,
    "empty": "",
}
NASTY = LONG | SHORT | TOGETHER


def three(kk: str, ru: str, en: str) -> dict[str, str]:
    return {"kk": kk, "ru": ru, "en": en}


def licence(**changes: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "number": "KZ26-M1-000123",
        "kind_names": three("Цифрлық майнинг, I кіші түр", "Цифровой майнинг, подвид I", "Digital mining, subtype I"),
        "holder": {
            "names": three("«Жаңаөңір Есептеу» ЖШС", "ТОО «Жанаонир Есептеу»", "Zhanaonir Esepteu LLP"),
            "identifier": "240140012345",
            "form": "legal_entity",
            "address": three("Екібастұз қаласы", "город Экибастуз", "Ekibastuz"),
        },
        "authority": {"names": three("Цифрлық даму министрлігі", "Министерство", "Ministry")},
        "granted_on": date(2026, 11, 23),
        "valid_from": date(2026, 11, 23),
        "valid_to": date(2029, 11, 22),
        "particulars": [
            {"label": three("Қуаты", "Мощность", "Capacity"), "value": Decimal("38.50")},
            {"label": three("Инвестиция", "Инвестиции", "Investment"), "value": "4 250 000 ₸"},
        ],
        "conditions": [three("Пул арқылы", "Через пул", "Through a pool")],
        "grounds": [
            {"code": "mining-licence.validity", "act": "193-VII", "article": "9(3)", "confidence": "text"},
            {"code": "permit.decision", "act": "202-V", "article": "30(1)", "confidence": "assumed"},
        ],
        "decided_by": {"name": "Ә. Өтегенұлы", "position": three("Басшы", "Руководитель", "Head")},
        "edition": three("193-VII Заңы", "Закон № 193-VII", "Law No. 193-VII"),
        "verify_url": "https://tizilim.example/verify/7KQ4-XM2P-9TDA/",
        "verify_code": "7KQ4-XM2P-9TDA",
    }
    return data | changes


def letter(**changes: Any) -> dict[str, Any]:
    base = licence()
    data: dict[str, Any] = {key: base[key] for key in ("authority", "conditions", "grounds", "edition", "verify_url")}
    data |= {
        "reference": "APP-2026-000123",
        "number": "OUT-2026-000457",
        "on": date(2026, 11, 23),
        "to": base["holder"],
        "subject": three("Өтініш туралы", "О заявлении", "About the application"),
        "text": KAZAKH + " №7 ₸",
        "facts": [{"label": three("Күні", "Дата", "Date"), "value": date(2026, 11, 23)}],
        "reasons": [
            {"code": "x.y", "text": three("Шарт жоқ", "Нет договора", "No contract"), "article": "25(1)"},
            {"text": three("Дәлел жоқ", "Нет доказательств", "No proof"), "article": "1", "confidence": "source"},
        ],
        "terms": [
            {"label": three("Шешім", "Решение", "Decision"), "due_on": date(2026, 12, 15), "arithmetic": ["23 + 15"]},
            {"label": three("Жауап", "Ответ", "Answer"), "due_on": None},
        ],
        "signed_by": {"name": "Ә. Өтегенұлы", "position": three("Басшы", "Руководитель", "Head")},
        "clock": "runs",
        "title": "licence",
    }
    return data | changes


def sample(template: str) -> dict[str, Any]:
    return licence() if template == "licence.typ" else letter()


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """The text as a reader copies it, on one line; break hints are taken out."""
    text = "\n".join(page.extract_text() for page in read(pdf).pages)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).replace("\u200b", ""))


def fill(value: Any, text: str) -> Any:
    """The same shape with `text` in the place of every text."""
    if isinstance(value, Mapping):
        return {key: fill(each, text) for key, each in value.items()}
    if isinstance(value, list):
        return [fill(each, text) for each in value]
    return text if isinstance(value, str) else value


@pytest.mark.parametrize("template", sorted(printing.templates()))
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_template_prints_in_each_language(template: str, language: str) -> None:
    text = text_of(render(template, sample(template), at=AT, language=language))
    names = sample(template)["authority"]["names"]
    assert names["kk"] in text, "the state language is always there"
    assert names[language] in text


@pytest.mark.parametrize(
    ("template", "name"),
    [(one, name) for one in sorted(printing.templates()) for name in TOGETHER]
    + [(one, name) for one in ("licence.typ", "letter.typ") for name in LONG | SHORT if name != "empty"],
)
def test_any_text_is_only_text(template: str, name: str) -> None:
    nasty = NASTY[name]
    pdf = render(template, fill(sample(template), nasty) | {"languages": ["kk"]}, at=AT)
    assert len(read(pdf).pages) >= 1
    if name not in LONG:  # copying half a million letters out again would take a minute
        text = text_of(pdf)
        assert not set("\x00\u202e\u200f\u2066") & set(text)
        assert "#panic" not in nasty or '#panic("x") [*b*] _i_ $x$' in text


@pytest.mark.parametrize("template", sorted(printing.templates()))
def test_an_empty_document_prints(template: str) -> None:
    assert render(template, {}, at=AT).startswith(b"%PDF")


@pytest.mark.parametrize("template", ["licence.typ", "grant.typ"])
@pytest.mark.parametrize("odd", ["text", ["a list"], 7, True])
def test_a_field_of_the_wrong_shape_does_not_stop_the_press(template: str, odd: Any) -> None:
    for key in [
        "number",
        "edition",
        "holder",
        "to",
        "decided_by",
        "signed_by",
        "kind_names",
        "subject",
        "text",
        "title",
    ]:
        render(template, sample(template) | {key: odd}, at=AT)


def test_kazakh_letters_and_the_tenge_sign_can_be_copied_out() -> None:
    text = text_of(render("letter.typ", letter(), at=AT, language="ru"))
    assert KAZAKH in text
    assert "№7 ₸" in text
    assert "4 250 000 ₸" in text_of(render("licence.typ", licence(), at=AT))


def test_it_says_that_it_is_pdf_a_and_accessible() -> None:
    metadata = render("licence.typ", licence(), at=AT)
    assert re.search(rb"<pdfaid:part>2</pdfaid:part>", metadata)
    assert re.search(rb"<pdfaid:conformance>B</pdfaid:conformance>", metadata)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata


@pytest.mark.parametrize("template", sorted(printing.templates()))
def test_only_our_font_is_embedded(template: str) -> None:
    fonts = set()
    for page in read(render(template, sample(template), at=AT)).pages:
        held = cast(DictionaryObject, cast(DictionaryObject, page["/Resources"])["/Font"])
        fonts |= {str(cast(DictionaryObject, font.get_object())["/BaseFont"]) for font in held.values()}
    assert fonts
    assert all(re.fullmatch(r"/[A-Z]{6}\+Inter-(Regular|Bold).*", font) for font in fonts), fonts


@pytest.mark.parametrize("template", sorted(printing.templates()))
def test_the_same_data_gives_the_same_bytes(template: str) -> None:
    first = render(template, sample(template), at=AT)
    with ThreadPoolExecutor(2) as pool:
        others = list(pool.map(lambda _: render(template, sample(template), at=AT), range(4)))
    assert set(others) == {first}
    assert render(template, sample(template), at=AT.replace(minute=31)) != first


def test_the_date_of_the_document_is_the_moment_given() -> None:
    information = read(render("receipt.typ", letter(), at=AT)).metadata
    assert information is not None
    assert information.creation_date == AT


def test_a_batch_is_the_same_documents_one_by_one() -> None:
    rows = [licence(number=f"KZ26-M1-{number:06}") for number in range(3)]
    assert list(render_many("licence.typ", rows, at=AT)) == [render("licence.typ", row, at=AT) for row in rows]


def test_a_licence_holds_its_facts_and_doubts() -> None:
    text = text_of(render("licence.typ", licence(), at=AT))
    for expected in (
        "№ KZ26-M1-000123",
        "БСН 240140012345",
        "БИН 240140012345",
        "BIN 240140012345",
        "2029 жылғы 22 қараша",
        "22 ноября 2029 года",
        "22 November 2029",
        "38.50",
        "7KQ4-XM2P-9TDA",
        "Law No. 193-VII",
        "1 / 2",
        "2 / 2",
        fingerprint("licence.typ", licence())[:16],
    ):
        assert expected in text, expected
    assert text.count("расталмаған · не подтверждено · unconfirmed") == 1


def test_a_sole_trader_has_an_individual_number() -> None:
    holder = licence()["holder"] | {"form": "sole_trader"}
    text = text_of(render("licence.typ", licence(holder=holder), at=AT))
    assert "ЖСН 240140012345" in text
    assert "БСН" not in text


def test_a_permit_without_end_says_so() -> None:
    text = text_of(render("licence.typ", licence(valid_to=None), at=AT))
    assert "без ограничения срока" in text


@pytest.mark.parametrize("template", sorted(printing.templates()))
def test_a_preview_carries_neither_number_nor_date(template: str) -> None:
    data = sample(template) | {"preview": True, "facts": [], "languages": ["kk", "en"]}
    pdf = render(template, data, at=AT)
    text = text_of(pdf)
    assert "preview, number and date to come" in text
    assert str(data["number"]) not in text
    assert "23 November 2026" not in text
    assert "PREVIEW" in text


def test_languages_stand_in_the_order_asked_for() -> None:
    def authorities(**arguments: Any) -> list[str]:
        pages = read(render("refusal.typ", letter(**arguments.pop("data", {})), at=AT, **arguments)).pages
        names = letter()["authority"]["names"]
        return [next(each for each, name in names.items() if name in page.extract_text()) for page in pages]

    assert authorities(language="en") == ["kk", "en"]
    assert authorities(language="kk") == ["kk"]
    assert authorities() == ["kk", "ru"]
    assert authorities(data={"languages": ["ru", "en", "kk"]}) == ["ru", "en", "kk"]


def test_a_question_says_what_becomes_of_the_term() -> None:
    data = letter(languages=["en"])
    assert "does not stop the term" in text_of(render("question.typ", data, at=AT))
    assert "is paused until the answer" in text_of(render("question.typ", data | {"clock": "paused"}, at=AT))
    assert "until the answer" not in text_of(render("question.typ", data | {"clock": None}, at=AT))


def test_long_content_takes_several_numbered_pages() -> None:
    reasons = [{"text": f"Reason {number}. " + "word " * 80, "article": "32(1)"} for number in range(40)]
    pdf = render("refusal.typ", letter(reasons=reasons, languages=["en"]), at=AT)
    pages = read(pdf).pages
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert f"{number} / {len(pages)}" in page.extract_text()


def test_an_address_that_is_no_web_address_gets_no_code_and_no_link() -> None:
    for url in ("javascript:alert(1)", "https://x/" + "a" * 4000, "https://x/қ"):
        page = read(render("receipt.typ", letter(verify_url=url, languages=["en"]), at=AT)).pages[0]
        assert "/Annots" not in page


def test_what_cannot_be_printed_is_named() -> None:
    with pytest.raises(ValueError, match="no such template"):
        render("../core/models.typ", {}, at=AT)
    with pytest.raises(ValueError, match="time zone"):
        render("licence.typ", {}, at=AT.replace(tzinfo=None))
    with pytest.raises(ValueError, match="languages"):
        render("receipt.typ", {}, at=AT, language="xx")


def test_clean_keeps_text_and_drops_what_hides_it() -> None:
    assert clean("a\x00b\u202ec\u200dd") == "abcd"
    assert clean("и\u0306") == "й"
    assert clean("ﬁ Ａ") == "fi A"
    assert clean("⛏") == "□"
    assert clean("x\ud800y") == "x□y"
    assert clean("1\r\n2\r3\u20284") == "1\n2\n3\n4"
    assert clean("лицензиаттардың") == "лицензиаттардың"
    assert "\u200b" in clean("щ" * 40)
    assert clean("щ" * 40).replace("\u200b", "") == "щ" * 40


def test_the_font_draws_all_it_says() -> None:
    covered = "".join(map(chr, sorted(printing._table().covered)))
    for weight in ("text", "subject"):
        render("letter.typ", letter(languages=["en"], **{weight: " ".join(covered)}), at=AT)
    render("letter.typ", letter(languages=["en"], heading=" ".join(covered)), at=AT)


def test_every_label_has_three_languages() -> None:
    labels = json.loads((printing.DOCUMENTS / "labels.json").read_text(encoding="utf-8"))

    def leaves(value: dict[str, Any], path: str) -> list[tuple[str, dict[str, Any]]]:
        if set(value) & {"kk", "ru", "en"}:
            return [(path, value)]
        return [leaf for key, each in value.items() for leaf in leaves(each, f"{path}.{key}")]

    for path, texts in leaves(labels, "labels"):
        assert set(texts) == {"kk", "ru", "en"}, path
        assert all(texts.values()), path
