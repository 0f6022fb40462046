"""How long each kind of record is kept: one document. People read it (/retention/), the program obeys it, and
`manage.py check` fails when a field of any model that may hold personal data or free text stands nowhere in it: write
it into a rule, or into PLAIN (core/codes.py) where it holds codes only (docs/how-to/erase-personal-data.md).

A rule names a provision (`retention.…`) that gives its period and source; a part names a model with its fields and what
becomes of them when the period is over. Which rows are due is asked of the app that owns them (`register_erasure`).
Who did something is kept as the number of an account; the account's name goes with the rule "people".
"""

from dataclasses import dataclass

from core.stated import CHANGES, HOLDER, INSPECTION, ISSUE, MINING, NETWORK, OPERATOR, POOL, SIGNATURES
from law.problems import _

ROWS, BLANK, FILES, PEOPLE, HOLDERS, KEEP = "rows", "blank", "files", "people", "holders", "keep"
#: What happens when the period is over, in words.
ACTS = {
    ROWS: _("The rows are deleted."),
    BLANK: _("The texts are blanked; that they existed, when and by whom stays."),
    FILES: _("File names and contents are erased; the hash stays in the journal."),
    PEOPLE: _("Name, address and means of access are erased; the number of the account stays in the journal."),
    HOLDERS: _("Names, number and address are erased."),
    KEEP: _("Nothing is erased."),
}


@dataclass(frozen=True, slots=True)
class Part:
    """Fields of one model that may hold personal data or free text, and what becomes of them."""

    model: str  # app_label.Model
    fields: tuple[str, ...]
    act: str = KEEP

    @property
    def erases(self) -> bool:
        return self.act != KEEP


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of record: what it is, from when its period runs, who must say yes before it goes."""

    code: str
    title: str
    starts: str
    stays: str  # what keeps it longer than its period
    parts: tuple[Part, ...]
    automatic: bool = False  # technical records, erased by the program alone

    @property
    def provision(self) -> str:
        return f"retention.{self.code}"


_NOTHING_LONGER = _("nothing")
_HELD = _("a legal hold")
_CASE = _("an open case, a licence in force, an open duty, a running appeal, a legal hold")

#: What a filing says, whatever its kind.
STATED = (
    Part("mining.MiningParticulars", MINING, BLANK),
    Part("mining.PoolParticulars", POOL, BLANK),
    Part("exchanges.OperatorParticulars", OPERATOR, BLANK),
    Part("exchanges.AifcParticulars", ("website", "individuals", "rules"), BLANK),
    Part("exchanges.SecuredParticulars", ("platform_name", "website", "assets"), BLANK),
    Part("exchanges.RegimeParticulars", ("website", "activity", "aims"), BLANK),
    Part("licensing.LicenceChange", CHANGES, BLANK),
)

#: In the order in which a run takes them: what hangs on others goes first.
RULES: tuple[Rule, ...] = (
    Rule(
        "sign-in-attempts",
        _("Failed log-ins and requests for letters"),
        _("the attempt"),
        _NOTHING_LONGER,
        (Part("core.LoginAttempt", ("key",), ROWS),),
        automatic=True,
    ),
    Rule(
        "request-keys",
        _("Answers kept for repeated requests"),
        _("the request"),
        _NOTHING_LONGER,
        (Part("core.RequestKey", ("key", "digest", "body", "headers", "parties"), ROWS),),
        automatic=True,
    ),
    Rule(
        "risk-trials",
        _("Rows of trials of risk criteria; their counts stay"),
        _("the end of the trial"),
        _NOTHING_LONGER,
        (Part("inspections.RiskRow", ("indicators",), ROWS),),
        automatic=True,
    ),
    Rule(
        "webhook-log",
        _("What was sent to webhooks"),
        _("the call"),
        _NOTHING_LONGER,
        (Part("core.WebhookDelivery", ("answer",), ROWS),),
        automatic=True,
    ),
    Rule(
        "sessions",
        _("Sessions"),
        _("the end of the session"),
        _NOTHING_LONGER,
        (Part("sessions.Session", ("session_key", "session_data"), ROWS),),
        automatic=True,
    ),
    Rule(
        "api-keys",
        _("Expired API keys"),
        _("the end of the key"),
        _NOTHING_LONGER,
        (Part("knox.AuthToken", ("digest", "token_key"), ROWS),),
        automatic=True,
    ),
    Rule(
        "panel-log",
        _("The admin panel's own log"),
        _("the entry"),
        _NOTHING_LONGER,
        (Part("admin.LogEntry", ("object_id", "object_repr", "change_message"), ROWS),),
        automatic=True,
    ),
    Rule(
        "messages",
        _("Messages in the inbox and by e-mail"),
        _("the message"),
        _HELD,
        (Part("core.Notification", ("key", "template", "params", "path", "error", "server_words"), ROWS),),
    ),
    Rule(
        "removed-papers",
        _("Papers taken off a draft"),
        _("the removal"),
        _CASE,
        (Part("core.Document", ("filename",), FILES), Part("core.DocumentSignature", SIGNATURES, BLANK)),
    ),
    Rule(
        "drafts",
        _("Drafts that were never filed"),
        _("the last act on the draft"),
        _HELD,
        (
            Part("core.Document", ("filename",), FILES),
            Part("core.DocumentSignature", SIGNATURES, BLANK),
            *STATED,
            Part("licensing.Application", ("fee_reference", "reason_text"), BLANK),
        ),
    ),
    Rule(
        "case-papers",
        _("Papers, notes and answers of a case"),
        _("the end of the case, or of its licence if later"),
        _CASE,
        (
            Part("core.Document", ("filename",), FILES),
            Part("core.DocumentSignature", SIGNATURES, BLANK),
            *STATED,
            Part("licensing.ScreeningMatch", ("explanation", "evidence"), ROWS),
            Part("licensing.FitnessCheck", ("note",), ROWS),
            Part("licensing.FirmPerson", ("name", "number", "country", "role", "through"), ROWS),
            Part("licensing.Note", ("text",), BLANK),
            Part("licensing.CaseTask", ("what",), BLANK),
            Part("licensing.Question", ("text", "answer"), BLANK),
            Part("licensing.Opinion", ("question", "text"), BLANK),
            Part("licensing.CheckJudgement", ("note",), BLANK),
            Part("core.Pause", ("reason",), BLANK),
        ),
    ),
    Rule(
        "mandates",
        _("Ended or refused memberships and powers of attorney"),
        _("the end or the refusal"),
        _("an open case or a licence in force of the organisation, a legal hold"),
        (Part("core.Document", ("filename",), FILES), Part("core.Membership", (), ROWS)),
    ),
    Rule(
        "private-holders",
        _("Sole traders and persons who never filed"),
        _("the day of entry"),
        _("a member or firm that may act, a filed case, a legal hold"),
        (Part("core.Organisation", HOLDER, HOLDERS),),
    ),
    Rule(
        "notes",
        _("Notes that firms keep of answers of the law"),
        _("the day on which it was kept"),
        _HELD,
        (Part("exchanges.PerimeterNote", ("client_name", "remark"), BLANK),),
    ),
    Rule(
        "tellers",
        _("How to reach who sent a tip of the unlicensed market"),
        _("the end of the tip"),
        _HELD,
        (Part("exchanges.MarketTip", ("contact",), BLANK),),
    ),
    Rule(
        "tips",
        _("Tips of the unlicensed market, with their files"),
        _("the end of the tip"),
        _HELD,
        (
            Part("core.Document", ("filename",), FILES),
            Part("exchanges.MarketTip", ("names", "domains", "places", "text", "alike", "outcome_text"), BLANK),
        ),
    ),
    Rule(
        "complaints",
        _("Complaints of consumers against providers"),
        _("the end of the complaint"),
        _HELD,
        (Part("exchanges.Complaint", ("name", "contact", "text", "answer", "remark", "outcome"), BLANK),),
    ),
    Rule(
        "inspections",
        _("Inspections: what was written, answered and seen"),
        _("the end of the inspection"),
        _("an inspection that follows it, a legal hold"),
        (
            Part("core.Document", ("filename",), FILES),
            Part("inspections.Inspection", INSPECTION, BLANK),
            Part("inspections.TeamMember", ("post", "reason"), BLANK),
            Part("inspections.InspectionItem", ("evidence",), BLANK),
            Part("inspections.SiteEntry", ("evidence",), BLANK),
            Part("inspections.SupervisoryVisit", ("purpose", "report", "reply", "conclusion"), BLANK),
            Part("inspections.Filing", ("text", "answer"), BLANK),
            Part("inspections.FilingItem", ("measures",), BLANK),
            Part("inspections.Annulment", ("text", "answer"), BLANK),
        ),
    ),
    Rule(
        "matters",
        _("Matters of firms and their checks for conflicts"),
        _("the closing of the matter; of a check that no matter followed, the check"),
        _("an open matter, a legal hold"),
        (
            Part("licensing.MatterParty", ("name", "identifier"), ROWS),
            Part("licensing.Matter", ("client_name", "subject", "cases", "clearance"), BLANK),
            Part("licensing.ConflictCheck", ("asked", "found"), BLANK),
        ),
    ),
    Rule(
        "people",
        _("People who left"),
        _("the last act or log-in"),
        _("an organisation he acts for, an office, a hand in an open case or a licence in force, a legal hold"),
        (
            Part("core.User", ("email", "full_name", "password"), PEOPLE),
            Part("account.EmailAddress", ("email",)),
            Part("account.EmailConfirmation", ("key",)),
            Part("mfa.Authenticator", ("data",)),
            Part("core.SavedFilter", ("name", "query")),
        ),
    ),
    Rule(
        "decisions",
        _("Decisions, letters, licences, breaches, payments and the register"),
        _("the decision"),
        _NOTHING_LONGER,
        (
            Part("inspections.JointAct", ("name", "number", "remark")),
            Part("inspections.Requirement", ("text_kk", "text_ru", "text_en", "article", "method")),
            Part("inspections.ControlPlan", ("reason",)),
            Part("inspections.Inspector", ("post",)),
            Part("inspections.Subject", ("lowering_evidence",)),
            Part("licensing.Application", ("reason_text",)),
            Part("licensing.Recommendation", ("text", "conditions")),
            Part("licensing.ConditionVersion", ("text_kk", "text_ru", "text_en")),
            Part("licensing.Decision", ("text", "confirmation", "conditions")),
            Part("licensing.Letter", ("data", "held")),
            Part("core.DocumentSignature", SIGNATURES),
            Part("licensing.Licence", ("particulars", "conditions")),
            Part("licensing.Payment", ("payer", "note", "void_reason")),
            Part("licensing.Breach", ("subject_name", "facts", "explanation", "outcome_text")),
            Part("licensing.Referral", ("about", "text", "answer", "withdrawn_because")),
            Part("licensing.Dissent", ("text",)),
            Part("licensing.Hearing", ("draft", "place", "position", "minutes")),
            Part(
                "licensing.Measure",
                ("text", "position", "approval_reference", "court", "claim_reference", "outcome_text"),
            ),
            Part("licensing.Appeal", ("text", "hearing", "answer", "court_number")),
            Part("licensing.Clarification", ("asked", "question", "answer", "letter", "search")),
            Part("licensing.ClarificationReliance", ("note",)),
            Part("licensing.Objection", ("text", "answer")),
            Part("licensing.Visit", ("text",)),
            Part("mining.Assessment", ("summary", "confirmation")),
            Part("mining.AssessmentItem", ("evidence",)),
            Part(
                "exchanges.ListedExchange", ("name_kk", "name_ru", "name_en", "licence_number", "source", "end_source")
            ),
            Part("exchanges.Servicer", ("source",)),
            Part("exchanges.RailLink", ("source", "end_source")),
            Part("exchanges.HeldTransfer", ("own_number",)),
            Part("exchanges.Incident", ("summary", "source", "description", "measures", "remark", "outcome")),
            Part("exchanges.ProviderRecord", ("name", "number", "place", "note", "check_note")),
            Part("exchanges.RailRating", ("reason", "measures")),
            Part("exchanges.AssetAssessment", ("asset", "issuer", "summary")),
            Part("exchanges.AssetItem", ("evidence",)),
            Part("exchanges.SaleReport", ("reason", "paper")),
            Part("exchanges.ApprovedAsset", ("name", "symbol", *NETWORK, "decision", "ending_reason", "confirmation")),
            Part("exchanges.OfferedAsset", ("name", "symbol", *NETWORK, "key")),
            Part("exchanges.ObservedOffer", ("name", "symbol", *NETWORK, "key", "source")),
            Part("exchanges.OfferDifference", ("key",)),
            Part("exchanges.AssetIssue", ISSUE),
            Part("exchanges.IssueChange", ("before", "after", "reason")),
            Part("exchanges.SaleRow", ("miner", "deal")),
            Part("mining.QuotaFinding", ("text",)),
            Part(
                "exchanges.MarketWarning",
                (
                    *("name", "brands", "domains", "text_kk", "text_ru", "text_en"),
                    *("confirmation", "ending_reason", "search"),
                ),
            ),
            Part("mining.SecurityProtocol", ("number", "laboratory")),
            Part(
                "mining.DataCentre",
                ("name", "address", "grid_connection", "closing_reason", "publication_reason", "search"),
            ),
            Part("mining.Machine", ("manufacturer", "model", "serial", "exclusion_reason")),
            Part("mining.MachineFiling", ("reason", "answer", "consent_paper")),
            Part("mining.Distribution", ("miner_identifier", "miner_name", "licence_number", "wallet")),
            Part("mining.MinerReport", ("explanation",)),
            Part("mining.RealisedReport", ("note", "source")),
            Part("mining.WorldHashRate", ("source", "reason")),
            Part("licensing.RegisterEntry", (*HOLDER[:4], "publication_reason", "search")),
        ),
    ),
    Rule(
        "journal",
        _("The journal of events, its seals, and who opened what"),
        _("the entry"),
        _NOTHING_LONGER,
        (
            Part("core.Event", ("reason", "data")),
            Part("core.Access", ("reference",)),
            Part("licensing.CaseloadMove", ("reason",)),
            Part("core.LegalHold", ("reason", "lifted_reason")),
            Part("core.ErasureRun", ("planned", "erased")),
            Part(
                "core.DataBreach",
                (
                    "summary",
                    "description",
                    "assessment",
                    "notice",
                    "persons_notice",
                    "not_notified_because",
                    "measures",
                ),
            ),
        ),
    ),
    Rule(
        "in-use",
        _("What is in use"),
        _("the end of its use"),
        _NOTHING_LONGER,
        (
            Part("core.Authority", ("name_kk", "name_ru", "name_en", "address")),
            Part("core.Webhook", ("url", "secret", "previous_secret")),
            Part("core.Team", ("name_kk", "name_ru", "name_en")),
            Part("licensing.BankFile", ("name", "content")),
            Part("licensing.ScreeningList", ("title", "source")),
            Part("licensing.ScreeningEntry", ("name", "identifier", "country", "reference")),
            Part("licensing.ScreeningName", ("written", "folded", "keys")),
            Part("core.RowFile", ("name", "options", "passed_over")),
            Part("core.RowFault", ("message", "params")),
            Part("auth.Group", ("name",)),
            Part("django_celery_beat.PeriodicTask", ("name", "args", "kwargs", "headers", "description")),
        ),
    ),
)


def rule(code: str) -> Rule:
    """The rule of a code; StopIteration where there is none (a programmer's mistake)."""
    return next(one for one in RULES if one.code == code)
