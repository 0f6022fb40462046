"""The columns of the daily files of the register: what each means, where it comes from, and how it is read.

The data dictionary and both formats are made of this table. A column is never renamed: where one goes or comes, VERSION
grows. `mica`: the column of the interim register of crypto-asset service providers under Regulation (EU) 2023/1114 as
ESMA publishes it, where there is one; `near` where ours is not quite the same thing.
"""

from dataclasses import dataclass

from law.problems import _

VERSION = 1
TEXT, CODE, CODES, DAY, COUNTRY = "text", "code", "codes", "date", "country"
TYPES = {
    TEXT: _("text"),
    CODE: _("code"),
    CODES: _("codes, with | between them"),
    DAY: _("day, YYYY-MM-DD"),
    COUNTRY: _("country, two letters of ISO 3166-1"),
}
ENTRY, HOLDER, PERMIT, AUTHORITY = _("register entry"), _("organisation"), _("permit"), _("authority")

#: Of a sole trader or person the register tells the name alone.
_FIRM = "CASE WHEN o.form = 'legal_entity' THEN o.{0} END"
#: Most permits let their holder do one thing, which is read sooner than the text of a list.
_SERVICES = """CASE WHEN jsonb_array_length(e.services) = 1 THEN e.services ->> 0
    ELSE replace(translate(e.services::text, '[]" ', ''), ',', '|') END"""
_LEI = "nullif(o.lei, '')"


@dataclass(frozen=True, slots=True)
class Column:
    """`meaning` and `source` are msgids; `sql` reads it of e (entry), l (licence), o (holder) and a (authority)."""

    name: str
    type: str
    meaning: str
    source: str
    sql: str
    mica: str = ""
    near: bool = False

    @property
    def type_words(self) -> str:
        return TYPES[self.type]


COLUMNS: tuple[Column, ...] = (
    Column("number", TEXT, _("Number of the permit, of the refused application or of the warning"), ENTRY, "e.number"),
    Column("type", CODE, _("Type of the entry: licence, permit, registration, refusal, warning …"), ENTRY, "e.type"),
    Column("kind", CODE, _("Kind of permit, or of warning"), ENTRY, "e.kind"),
    Column("authority", CODE, _("Authority that decided"), AUTHORITY, "a.code"),
    Column("authority_name", TEXT, _("Its name in English"), AUTHORITY, "a.name_en", "ae_competentAuthority"),
    Column(
        "authority_country", COUNTRY, _("Country of the authority"), AUTHORITY, "'KZ'", "ae_homeMemberState", near=True
    ),
    Column("name_kk", TEXT, _("Name in Kazakh"), ENTRY, "e.name_kk", "ae_lei_name", near=True),
    Column("name_ru", TEXT, _("Name in Russian"), ENTRY, "e.name_ru", "ae_lei_name", near=True),
    Column("name_en", TEXT, _("Name in English"), ENTRY, "e.name_en", "ae_lei_name", near=True),
    Column("identifier", TEXT, _("BIN; empty for sole traders and persons"), ENTRY, "e.identifier"),
    Column("lei", TEXT, _("Legal entity identifier (ISO 17442), where it was stated"), HOLDER, _LEI, "ae_lei"),
    Column(
        "country",
        COUNTRY,
        _("Country in which a legal entity is registered"),
        HOLDER,
        _FIRM.format("registered_in"),
        "ae_lei_cou_code",
        near=True,
    ),
    Column(
        "commercial_name",
        TEXT,
        _("Name by which it trades, as it states it"),
        HOLDER,
        "o.commercial_name",
        "ae_commercial_name",
    ),
    Column("address", TEXT, _("Address of a legal entity"), HOLDER, _FIRM.format("address"), "ae_address"),
    Column("website", TEXT, _("Website, as it states it"), HOLDER, "o.website", "ae_website"),
    Column("region", CODE, _("Region, ISO 3166-2"), ENTRY, "e.region"),
    Column(
        "services",
        CODES,
        _("What the permit lets its holder do"),
        ENTRY,
        _SERVICES,
        "ac_serviceCode",
        near=True,
    ),
    Column(
        "service_countries",
        COUNTRY,
        _("Country in which the permit holds"),
        PERMIT,
        "CASE WHEN l.id IS NOT NULL THEN 'KZ' END",
        "ac_serviceCode_cou",
        near=True,
    ),
    Column(
        "granted_on", DAY, _("Day of the grant"), PERMIT, "l.granted_on", "ac_authorisationNotificationDate", near=True
    ),
    Column("since", DAY, _("First day, or the day of the decision"), ENTRY, "e.since"),
    Column("until", DAY, _("Last day, as far as it is known"), ENTRY, "e.until"),
    Column(
        "ended_on", DAY, _("Day on which the permit ended"), PERMIT, "l.ended_on", "ac_authorisationEndDate", near=True
    ),
    Column(
        "standing",
        CODE,
        _("How it stands on the day of the file"),
        ENTRY,
        "CASE WHEN e.standing = 'in_force' AND e.until < {today} THEN 'expired' ELSE e.standing END",
    ),
    Column("standing_since", DAY, _("First day in this state"), ENTRY, "e.standing_since"),
    Column("standing_until", DAY, _("Last day of a suspension"), ENTRY, "e.standing_until"),
    Column("ground", CODE, _("Provision behind a state other than in force"), ENTRY, "e.ground ->> 'code'"),
    Column(
        "publication_rule",
        CODE,
        _("Provision by which the public reads the entry"),
        ENTRY,
        "e.publication_ground ->> 'code'",
    ),
    Column(
        "last_update",
        DAY,
        _("Day of the last change"),
        ENTRY,
        "(greatest(e.changed_at, o.described_at) AT TIME ZONE {zone})::date",
        "ac_lastupdate",
    ),
)
