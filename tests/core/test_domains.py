"""Domains in one form, and letters that pass for others."""

import pytest

from core.domains import look_of, normal_domain, readable, skeleton

CYRILLIC_APPLE = "\u0430\u0440\u0440\u04cf\u0435"  # five Cyrillic letters that look like "apple"


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("example.com", "example.com"),
        (" HTTPS://Example.COM:8443/a?b=c#d ", "example.com"),
        ("www.example.com", "example.com"),
        ("www.kz", "www.kz"),
        ("example.com.", "example.com"),
        ("https://user:secret@example.kz/", "example.kz"),
        ("пример.рф", "xn--e1afmkfd.xn--p1ai"),
        ("XN--E1AFMKFD.xn--p1ai", "xn--e1afmkfd.xn--p1ai"),
        ("ｅｘａｍｐｌｅ。com", "example.com"),
    ],
)
def test_a_domain_has_one_form(text: str, domain: str) -> None:
    assert normal_domain(text) == domain
    assert normal_domain(readable(domain)) == domain


@pytest.mark.parametrize(
    "text",
    ["", "localhost", "two words.com", "1.2.3.4", "http://", "<b>.com", "exa_mple.com", "-a.com", "a..com",
     "x" * 64 + ".com", ".".join(["abcdefgh"] * 40) + ".com", "a\u202eb.com", "xn--a.com", "mailto:", "a.com b.com"],
)  # fmt: skip
def test_what_is_no_domain_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no domain"):
        normal_domain(text)


@pytest.mark.parametrize(
    ("text", "scripts", "resembles"),
    [
        ("apple.com", (), ""),
        (f"{CYRILLIC_APPLE}.com", (), "apple.com"),
        ("p\u0430ypal.com", ("CYRILLIC", "LATIN"), "paypal.com"),
        ("сайт.kz", (), ""),  # letters that no Latin name has
        ("пример.рф", (), ""),
        ("caf\u00e9.kz", (), "cafe.kz"),
        ("日本かな.jp", (), ""),  # East Asian scripts belong together
        ("g\u03bfld.com", ("GREEK", "LATIN"), "gold.com"),
    ],
)
def test_letters_that_pass_for_others_are_told(text: str, scripts: tuple[str, ...], resembles: str) -> None:
    look = look_of(normal_domain(text))
    assert (look.scripts, look.resembles, look.is_doubtful) == (scripts, resembles, bool(scripts or resembles))


def test_what_looks_alike_has_one_skeleton() -> None:
    assert skeleton("g00gle.com") == skeleton("google.com")
    assert skeleton("rnoney.kz") == skeleton("money.kz")
    assert skeleton(f"{CYRILLIC_APPLE}.com") == "apple.com"
    assert skeleton("apple.com") != skeleton("apples.com")
