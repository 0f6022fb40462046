"""The procedure's tables: filings, what was said about them, what was decided, and what came of it."""

from licensing.models.appeals import Appeal
from licensing.models.applications import Application, CheckJudgement
from licensing.models.archives import Archive
from licensing.models.caseload import CaseloadMove
from licensing.models.clarifications import Clarification, ClarificationReliance
from licensing.models.conditions import Condition, ConditionVersion
from licensing.models.decisions import Decision, Dissent, Letter, Recommendation
from licensing.models.desk import CaseTask
from licensing.models.fitness import FitnessCheck
from licensing.models.hearings import Hearing
from licensing.models.licences import Licence, NumberCounter, RegisterEntry
from licensing.models.life import Breach, Measure
from licensing.models.matches import ScreeningMatch
from licensing.models.matters import CalendarFeed, ConflictCheck, Matter, MatterParty
from licensing.models.objections import Objection
from licensing.models.payments import BankFile, Payment
from licensing.models.people import FirmPerson, PeopleDeclaration
from licensing.models.questions import Note, Opinion, Question
from licensing.models.referrals import Referral
from licensing.models.register_files import RegisterFile
from licensing.models.requests import Edition, LicenceChange
from licensing.models.rules import AssignmentRule
from licensing.models.screening import ScreeningEntry, ScreeningList, ScreeningName
from licensing.models.visits import Visit
from licensing.models.watching import Watch

__all__ = [
    "Appeal",
    "Application",
    "Archive",
    "AssignmentRule",
    "BankFile",
    "Breach",
    "CalendarFeed",
    "CaseTask",
    "CaseloadMove",
    "CheckJudgement",
    "Clarification",
    "ClarificationReliance",
    "Condition",
    "ConditionVersion",
    "ConflictCheck",
    "Decision",
    "Dissent",
    "Edition",
    "FirmPerson",
    "FitnessCheck",
    "Hearing",
    "Letter",
    "Licence",
    "LicenceChange",
    "Matter",
    "MatterParty",
    "Measure",
    "Note",
    "NumberCounter",
    "Objection",
    "Opinion",
    "Payment",
    "PeopleDeclaration",
    "Question",
    "Recommendation",
    "Referral",
    "RegisterEntry",
    "RegisterFile",
    "ScreeningEntry",
    "ScreeningList",
    "ScreeningMatch",
    "ScreeningName",
    "Visit",
    "Watch",
]
