"""Who appears in the demo: public bodies under their real names, invented officials, and the log-ins printed."""

from dataclasses import dataclass
from datetime import UTC, datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from config.demo.names import person
from core.models import Authority, User
from core.services import record
from core.workflow import ADMINISTRATOR, APPLICANT, AUDITOR, HEAD, INSPECTOR, OFFICER

PASSWORD = "tizilim-demo-2026"  # noqa: S105  (printed for everybody; the demo is loaded where DEMO is set only)
START = datetime(2023, 3, 1, 4, 0, tzinfo=UTC)

# code, decides, Kazakh, Russian, English
AUTHORITIES = (
    (
        "maidd",
        True,
        "Қазақстан Республикасының Жасанды интеллект және цифрлық даму министрлігі",
        "Министерство искусственного интеллекта и цифрового развития Республики Казахстан",
        "Ministry of Artificial Intelligence and Digital Development of the Republic of Kazakhstan",
    ),
    (
        "nbk",
        True,
        "Қазақстан Республикасының Ұлттық Банкі",
        "Национальный Банк Республики Казахстан",
        "National Bank of the Republic of Kazakhstan",
    ),
    (
        "afsa",
        True,
        "«Астана» халықаралық қаржы орталығының Қаржылық қызметтерді реттеу комитеті",
        "Комитет МФЦА по регулированию финансовых услуг",
        "Astana Financial Services Authority",
    ),
    (
        "energy",
        False,
        "Қазақстан Республикасының Энергетика министрлігі",
        "Министерство энергетики Республики Казахстан",
        "Ministry of Energy of the Republic of Kazakhstan",
    ),
    (
        "revenue",
        False,
        "Қазақстан Республикасы Қаржы министрлігінің Мемлекеттік кірістер комитеті",
        "Комитет государственных доходов Министерства финансов Республики Казахстан",
        "State Revenue Committee of the Ministry of Finance of the Republic of Kazakhstan",
    ),
    (
        "prosecutor",
        False,
        "Қазақстан Республикасының Бас прокуратурасы",
        "Генеральная прокуратура Республики Казахстан",
        "Prosecutor General's Office of the Republic of Kazakhstan",
    ),
    (
        "police",
        False,
        "Қазақстан Республикасының Ішкі істер министрлігі",
        "Министерство внутренних дел Республики Казахстан",
        "Ministry of Internal Affairs of the Republic of Kazakhstan",
    ),
    (
        "legal_statistics",
        False,
        "Бас прокуратураның Құқықтық статистика және арнайы есепке алу комитеті",
        "Комитет по правовой статистике и специальным учетам Генеральной прокуратуры",
        "Committee on Legal Statistics and Special Records of the Prosecutor General's Office",
    ),
    (
        "fmr",
        False,
        "Қазақстан Республикасының Қаржы нарығын реттеу және дамыту агенттігі",
        "Агентство Республики Казахстан по регулированию и развитию финансового рынка",
        "Agency of the Republic of Kazakhstan for Regulation and Development of the Financial Market",
    ),
    (
        "afm",
        False,
        "Қазақстан Республикасының Қаржылық мониторинг агенттігі",
        "Агентство Республики Казахстан по финансовому мониторингу",
        "Agency of the Republic of Kazakhstan for Financial Monitoring",
    ),
)


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody who can log in to the demo: e-mail, role, code of the authority, language of his pages."""

    email: str
    role: str
    authority: str | None
    language: str
    what: str  # printed beside the log-in


LOGINS = (
    Login("head@maidd.example", HEAD, "maidd", "kk", "head, decides"),
    Login("head2@maidd.example", HEAD, "maidd", "ru", "second head"),
    Login("officer@maidd.example", OFFICER, "maidd", "en", "officer, reviews"),
    Login("officer2@maidd.example", OFFICER, "maidd", "kk", "second officer, countersigns"),
    Login("inspector@maidd.example", INSPECTOR, "maidd", "kk", "inspector"),
    Login("auditor@maidd.example", AUDITOR, "maidd", "ru", "auditor, reads only"),
    Login("admin@maidd.example", ADMINISTRATOR, "maidd", "en", "administrator (/admin/)"),
    Login("officer@nbk.example", OFFICER, "nbk", "ru", "officer of the National Bank"),
    Login("officer@afsa.example", OFFICER, "afsa", "en", "officer of the AIFC's regulator"),
    Login("officer@energy.example", OFFICER, "energy", "ru", "officer of a body that is asked for opinions"),
    Login("lawyer@firm.example", APPLICANT, None, "ru", "lawyer, acts for clients"),
    Login("applicant@miner.example", APPLICANT, None, "kk", "applicant and licence holder"),
)
MORE_OFFICIALS = (
    Login("officer3@maidd.example", OFFICER, "maidd", "ru", ""),
    Login("officer4@maidd.example", OFFICER, "maidd", "kk", ""),
    Login("officer2@nbk.example", OFFICER, "nbk", "kk", ""),
    Login("officer2@afsa.example", OFFICER, "afsa", "en", ""),
    Login("head@nbk.example", HEAD, "nbk", "kk", ""),
    Login("head@afsa.example", HEAD, "afsa", "en", ""),
)


def make_authorities() -> dict[str, Authority]:
    """All bodies by code; those that are there stay as they are."""
    return {
        code: Authority.objects.get_or_create(
            code=code, defaults={"decides": decides, "name_kk": kk, "name_ru": ru, "name_en": en}
        )[0]
        for code, decides, kk, ru, en in AUTHORITIES
    }


def make_people(authorities: dict[str, Authority]) -> dict[str, User]:
    """Officials and the two applicants that log in, by e-mail."""
    secret = make_password(PASSWORD)
    people = {}
    for number, login in enumerate((*LOGINS, *MORE_OFFICIALS)):
        authority = authorities[login.authority] if login.authority else None
        people[login.email] = make_person(
            login.email,
            person(number * 5 + 1).kk if login.language == "kk" else person(number * 5 + 1).ru,
            role=login.role,
            authority=authority,
            language=login.language,
            secret=secret if login in LOGINS else "",
        )
    return people


def make_person(
    email: str,
    full_name: str,
    *,
    role: str = APPLICANT,
    authority: Authority | None = None,
    language: str = "kk",
    secret: str = "",
    joined: datetime = START,
) -> User:
    """Somebody with a confirmed e-mail; without a secret (a hashed password) he cannot log in."""
    user = User(email=email, full_name=full_name, role=role, authority=authority, language=language, date_joined=joined)
    if secret:
        user.password = secret
    else:
        user.set_unusable_password()
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    record(user, "user.enter", actor=User.objects.system(), at=joined, audience="internal", data={"role": role})
    return user
