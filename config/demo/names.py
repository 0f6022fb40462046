"""Invented names in Kazakh, Russian and English, and numbers with right check digits. Nobody real is meant."""

from dataclasses import dataclass
from datetime import date

from law.identifiers import check_digit


@dataclass(frozen=True, slots=True)
class Names:
    """One name in three languages."""

    kk: str
    ru: str
    en: str

    def as_dict(self) -> dict[str, str]:
        return {"kk": self.kk, "ru": self.ru, "en": self.en}


STEMS = (
    Names("Қарлыбұлақ", "Карлыбулак", "Qarlybulaq"),
    Names("Желтоғай", "Желтогай", "Jeltogai"),
    Names("Сарытөбе", "Сарытобе", "Sarytobe"),
    Names("Көкмерген", "Кокмерген", "Kokmergen"),
    Names("Аққұйын", "Аккуйын", "Aqquiyn"),
    Names("Темірдала", "Темирдала", "Temirdala"),
    Names("Бозінген", "Бозинген", "Bozingen"),
    Names("Ұшқынтас", "Ушкынтас", "Ushqyntas"),
    Names("Қызылқайнар", "Кызылкайнар", "Qyzylqainar"),
    Names("Шұғылатау", "Шугылатау", "Shugylatau"),
    Names("Ақшатыр", "Акшатыр", "Aqshatyr"),
    Names("Жезкиік", "Жезкиик", "Jezkiik"),
    Names("Тасмұрын", "Тасмурын", "Tasmuryn"),
    Names("Алтынсай", "Алтынсай", "Altynsai"),
    Names("Бөріқұм", "Борикум", "Boriqum"),
    Names("Күнсәуле", "Кунсауле", "Kunsaule"),
    Names("Мұзарық", "Музарык", "Muzaryq"),
    Names("Найзакөл", "Найзаколь", "Naizakol"),
    Names("Ойқайың", "Ойкайын", "Oiqaiyn"),
    Names("Сырғатас", "Сыргатас", "Syrgatas"),
    Names("Тұлпарсай", "Тулпарсай", "Tulparsai"),
    Names("Үркерқыр", "Уркеркыр", "Urkerqyr"),
    Names("Шыңдала", "Шындала", "Shyngdala"),
    Names("Ынтымақсай", "Ынтымаксай", "Yntymaqsai"),
    Names("Ертісқыр", "Ертискыр", "Ertisqyr"),
    Names("Жұлдызтау", "Жулдызтау", "Juldyztau"),
    Names("Қаршығатөбе", "Каршыгатобе", "Qarshygatobe"),
    Names("Лашынқыр", "Лашынкыр", "Lashynqyr"),
    Names("Меруертсай", "Меруертсай", "Meruertsai"),
    Names("Нұрлыжота", "Нурлыжота", "Nurlyjota"),
    Names("Әулиебел", "Аулиебель", "Aulybel"),
    Names("Ғажайыпқұм", "Гажайыпкум", "Gajaiypqum"),
    Names("Доланатас", "Доланатас", "Dolanatas"),
    Names("Һауабұлақ", "Хауабулак", "Hauabulaq"),
    Names("Раушанкөл", "Раушанколь", "Raushankol"),
    Names("Өрлеуқыр", "Орлеукыр", "Orleuqyr"),
)
ENDINGS = (
    Names("Хэш", "Хэш", "Hash"),
    Names("Есептеу", "Есептеу", "Compute"),
    Names("Дерек", "Дерек", "Derek"),
    Names("Терахэш", "Терахэш", "Terahash"),
    Names("Қуат", "Куат", "Quat"),
    Names("Блок", "Блок", "Block"),
    Names("Цифр", "Цифр", "Digital"),
    Names("Тізбек", "Тизбек", "Tizbek"),
)
FIRST_NAMES = (
    Names("Айдана", "Айдана", "Aidana"),
    Names("Бекзат", "Бекзат", "Bekzat"),
    Names("Гүлсім", "Гульсим", "Gulsim"),
    Names("Дәурен", "Даурен", "Dauren"),
    Names("Еркежан", "Еркежан", "Erkejan"),
    Names("Жанель", "Жанель", "Janel"),
    Names("Қайсар", "Кайсар", "Qaisar"),
    Names("Меруерт", "Меруерт", "Meruert"),
    Names("Нұржан", "Нуржан", "Nurjan"),
    Names("Салтанат", "Салтанат", "Saltanat"),
    Names("Тимур", "Тимур", "Timur"),
    Names("Әсем", "Асем", "Asem"),
)
LAST_NAMES = (
    Names("Сейтбек", "Сейтбек", "Seitbek"),
    Names("Қожамқұл", "Кожамкул", "Qojamqul"),
    Names("Жанұзақ", "Жанузак", "Januzaq"),
    Names("Тілеулес", "Тлеулес", "Tileules"),
    Names("Оразхан", "Оразхан", "Orazhan"),
    Names("Бектұрған", "Бектурган", "Bekturgan"),
    Names("Мыңбай", "Мынбай", "Myngbai"),
    Names("Әлімқұл", "Алимкул", "Alimqul"),
    Names("Сүйінбай", "Суюнбай", "Suiinbai"),
    Names("Дәулеткелді", "Даулеткельды", "Dauletkeldi"),
    Names("Ырысбек", "Рысбек", "Yrysbek"),
)


def company(number: int) -> Names:
    """The bare name of the n-th invented company; different for each n."""
    stems = len(STEMS)
    stem, ending = STEMS[number % stems], ENDINGS[(number // stems + number) % len(ENDINGS)]
    turn = number // (stems * len(ENDINGS))
    more = f" {turn + 1}" if turn else ""
    return Names(*(f"{getattr(stem, code)} {getattr(ending, code)}{more}" for code in ("kk", "ru", "en")))


def legal_entity(number: int) -> Names:
    bare = company(number)
    return Names(f"«{bare.kk}» ЖШС", f"ТОО «{bare.ru}»", f"{bare.en} LLP")


def person(number: int) -> Names:
    """The n-th invented person, last name first; 132 different ones."""
    first, last = FIRST_NAMES[number % len(FIRST_NAMES)], LAST_NAMES[(number * 7 + 3) % len(LAST_NAMES)]
    return Names(*(f"{getattr(last, code)} {getattr(first, code)}" for code in ("kk", "ru", "en")))


def sole_trader(number: int) -> Names:
    who = person(number)
    return Names(f"ЖК {who.kk}", f"ИП {who.ru}", f"Sole trader {who.en}")


def bin_number(number: int, registered_on: date) -> str:
    """A BIN of a resident legal entity, its head office."""
    return _with_check(f"{registered_on:%y%m}40", 90_000 + number * 11 % 10_000)


def iin_number(number: int, born_on: date) -> str:
    """An IIN of a person born in the twentieth century."""
    return _with_check(f"{born_on:%y%m%d}3", 9_000 + number * 7 % 990)


def _with_check(head: str, serial: int) -> str:
    """The first number from this serial on that can exist."""
    while True:
        eleven = f"{head}{serial:0{11 - len(head)}d}"
        if (digit := check_digit(eleven)) is not None:
            return f"{eleven}{digit}"
        serial += 1
