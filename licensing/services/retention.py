"""Which papers and notes of cases are due to be erased, and what a case still needs. Registered by licensing.apps."""

from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from core.models import Document, DocumentSignature, Event, Membership, Obligation, Pause
from core.services.erasing import erase_files
from core.services.holds import register_holdable
from core.services.retention import Rows, held, needs, register_erasure, register_need
from core.services.signatures import OWN
from law.problems import _
from licensing.models import (
    Application,
    CaseTask,
    CheckJudgement,
    ConflictCheck,
    Decision,
    FirmPerson,
    FitnessCheck,
    Letter,
    Licence,
    LicenceChange,
    Matter,
    MatterParty,
    Note,
    Opinion,
    Question,
    ScreeningMatch,
)
from licensing.permits import kinds

LABEL = Application._meta.label_lower
Cases = QuerySet[Application]


def old_parties(moment: datetime, day: date) -> Rows:
    """Parties of matters that were closed before the moment."""
    return MatterParty.objects.filter(matter__closed_on__lt=timezone.localdate(moment))


def old_matters(moment: datetime, day: date) -> Rows:
    return Matter.objects.filter(closed_on__lt=timezone.localdate(moment))


def old_checks(moment: datetime, day: date) -> Rows:
    """Checks made before the moment that no matter rests on which is open or was closed later."""
    later = Q(closed_on__isnull=True) | Q(closed_on__gte=timezone.localdate(moment))
    needed = Matter.objects.filter(later, check_made=OuterRef("pk"))
    return ConflictCheck.objects.filter(~Exists(needed), made_at__lt=moment)


def in_force(day: date | None = None) -> "QuerySet[Licence]":
    """Licences that have not ended; with a day, those that had not ended before it."""
    rows = Licence.objects.filter(ended_on__isnull=True)
    return rows if day is None else Licence.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day))


def unheld(rows: Cases) -> Cases:
    """Cases under no hold: neither themselves, nor the applicant, nor a licence that came of them."""
    licences = Licence.objects.filter(pk__in=held("licensing.Licence"))
    return (
        rows.exclude(pk__in=held("licensing.Application"))
        .exclude(organisation__in=held("core.Organisation"))
        .filter(~Exists(licences.filter(application=OuterRef("pk"))))
    )


def ended_cases(moment: datetime, day: date) -> Cases:
    """Filed cases that ended before the moment, as did their licences; nothing is owed, appealed or begun anew."""
    before = timezone.localdate(moment)
    owed = Obligation.objects.open().filter(subject_type=LABEL, subject_id=OuterRef("pk"))
    later = Application.objects.filter(started_from=OuterRef("pk"), closed_at__isnull=True)
    rows = unheld(Application.objects.filter(closed_at__lt=moment, submitted_at__isnull=False)).filter(
        ~Exists(in_force(before).filter(application=OuterRef("pk"))),
        ~Exists(in_force(before).filter(pk=OuterRef("concerning"))),
        ~Exists(owed),
        ~Exists(later),
    )
    for need in needs("licensing.Application"):
        rows = rows.exclude(pk__in=need.needed(day))
    return rows


def forgotten_drafts(moment: datetime, day: date) -> Cases:
    """Never filed, and nothing done to them since the moment."""
    acted = Event.objects.filter(subject_type=LABEL, subject_id=OuterRef("pk"), at__gte=moment)
    return unheld(Application.objects.filter(~Exists(acted), created_at__lt=moment, submitted_at__isnull=True))


def papers_of(cases: Any, moment: datetime, day: date) -> Rows:
    """Documents that parties brought; what the authority sent is kept with the decision."""
    return Document.objects.filter(
        subject_type=LABEL, subject_id__in=cases(moment, day).values("pk"), erased_at__isnull=True
    ).exclude(pk__in=Letter.objects.filter(document__isnull=False).values("document"))


def signatures_of(cases: Any, moment: datetime, day: date) -> Rows:
    """What parties signed these papers and filings with."""
    ids = cases(moment, day).values("pk")
    return DocumentSignature.objects.filter(subject_type=LABEL, subject_id__in=ids).exclude(verifier=OWN)


def rows_of(model: Any, cases: Any, moment: datetime, day: date) -> Rows:
    rows: Rows = model._base_manager.filter(application__in=cases(moment, day))
    return rows


def pauses(moment: datetime, day: date) -> Rows:
    ids = ended_cases(moment, day).values("pk")
    return Pause.objects.filter(obligation__subject_type=LABEL, obligation__subject_id__in=ids)


def people_gone(moment: datetime, day: date) -> "QuerySet[FirmPerson]":
    """Whom an ended case named, once nothing of the firm is open or in force before the authority."""
    same = {"organisation": OuterRef("organisation"), "authority": OuterRef("authority")}
    return FirmPerson.objects.filter(
        ~Exists(Application.objects.open().filter(**same)),
        ~Exists(in_force().filter(**same)),
        Q(source__in=ended_cases(moment, day)) | Q(declaration__licence__application__in=ended_cases(moment, day)),
    )


def matches_gone(moment: datetime, day: date) -> Rows:
    return ScreeningMatch.objects.filter(person__in=people_gone(moment, day))


def checks_gone(moment: datetime, day: date) -> Rows:
    return FitnessCheck.objects.filter(person__in=people_gone(moment, day))


def filers(day: date) -> Rows:
    return Application.objects.open().values("created_by")


def handlers(day: date) -> Rows:
    return Application.objects.open().filter(assigned_to__isnull=False).values("assigned_to")


def deciders(day: date) -> Rows:
    return Decision.objects.filter(Exists(in_force().filter(application=OuterRef("application")))).values("made_by")


def filing_holders(day: date) -> Rows:
    return Application.objects.filter(submitted_at__isnull=False).values("organisation")


def mandates_in_use(day: date) -> Rows:
    """Of organisations with an open case or a licence in force: who acted for them is asked as long."""
    open_cases = Application.objects.open().filter(organisation=OuterRef("organisation"))
    return Membership.objects.filter(
        Exists(open_cases) | Exists(in_force().filter(organisation=OuterRef("organisation")))
    ).values("pk")


def register() -> None:
    """What licensing declares; called by its AppConfig, after the kinds are registered."""
    for rule, cases in (("drafts", forgotten_drafts), ("case-papers", ended_cases)):
        register_erasure(rule, "core.Document", partial(papers_of, cases), erase_files)
        register_erasure(rule, "core.DocumentSignature", partial(signatures_of, cases))
        for kind in kinds().values():
            model = kind.particulars
            register_erasure(rule, model._meta.label, partial(rows_of, model, cases))
        register_erasure(rule, LicenceChange._meta.label, partial(rows_of, LicenceChange, cases))
    register_erasure("drafts", "licensing.Application", forgotten_drafts)
    for model in (Note, CaseTask, Question, Opinion, CheckJudgement):
        register_erasure("case-papers", model._meta.label, partial(rows_of, model, ended_cases))
    register_erasure("case-papers", "core.Pause", pauses)
    register_erasure("case-papers", "licensing.ScreeningMatch", matches_gone)
    register_erasure("case-papers", "licensing.FitnessCheck", checks_gone)
    register_erasure("case-papers", "licensing.FirmPerson", people_gone)
    register_erasure("matters", "licensing.MatterParty", old_parties)
    register_erasure("matters", "licensing.Matter", old_matters)
    register_erasure("matters", "licensing.ConflictCheck", old_checks)
    case, people = "retention.case-papers", "retention.people"
    register_need("core.User", "filed", _("The account filed a case that is open."), filers, provision=case)
    register_need("core.User", "handles", _("The account handles a case that is open."), handlers, provision=case)
    register_need("core.User", "decided", _("The account decided on a licence in force."), deciders, provision=people)
    register_need("core.Organisation", "filed", _("The organisation has filed a case."), filing_holders, provision=case)
    register_need(
        "core.Membership", "in-use", _("The organisation has an open case or a licence in force."), mandates_in_use,
        provision=case,
    )  # fmt: skip
    register_holdable("licensing.application", _("A case"), "reference")
    register_holdable("licensing.licence", _("A licence"), "number")


__all__ = ["ended_cases", "forgotten_drafts", "register"]
