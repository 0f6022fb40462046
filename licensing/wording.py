"""Events in words: the row keeps a verb and facts, the sentence is made when it is shown."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from core.days import told
from core.models import Event
from core.services import duty_label
from core.signing.facts import VERDICTS
from core.templatetags.tizilim import money
from core.workflow import Transition, Workflow
from licensing.models import Application, Letter
from licensing.models.applications import Finding
from licensing.permits import ISSUE
from licensing.services.verification import SAID, Paper
from licensing.workflow import APPLICATION, BREACH, LICENCE, MEASURE
from licensing.workflow.appeal import APPEAL
from licensing.workflow.clarification import CLARIFICATION
from licensing.workflow.match import MATCH
from licensing.workflow.objection import OBJECTION
from licensing.workflow.referral import REFERRAL

VERBS: dict[str, str] = {
    "matter.open": _("Matter opened"),
    "matter.edit": _("Matter changed"),
    "matter.add_party": _("Party added to a matter"),
    "matter.close": _("Matter closed"),
    "matter.reopen": _("Matter opened again"),
    "conflictcheck.make": _("Check for conflicts made"),
    "calendarfeed.make": _("Address of a calendar made"),
    "calendarfeed.end": _("Address of a calendar ended"),
    "registerfile.make": _("File of the register made"),
    "screeninglist.import": _("Screening list imported"),
    "screeningmatch.find": _("Match found by screening"),
    "screeningmatch.confirm": _("Match confirmed"),
    "screeningmatch.clear": _("Match cleared"),
    "firmperson.check": _("Person behind the firm looked at"),
    "application.name_people": _("People behind the firm entered"),
    "licence.declare_people": _("Changes among the people behind the firm declared"),
    "application.open": _("Draft opened"),
    "application.edit": _("Draft changed"),
    "application.submit": _("Application submitted"),
    "application.register": _("Application registered"),
    "application.accept": _("Accepted as complete"),
    "application.refuse_consideration": _("Consideration refused"),
    "application.ask": _("Question sent to the applicant"),
    "application.answer": _("Question answered"),
    "application.request_opinion": _("Opinion requested from another body"),
    "application.record_opinion": _("Opinion of another body entered"),
    "application.dissent": _("Dissenting opinion recorded"),
    "application.announce_hearing": _("Draft decision sent, hearing announced"),
    "application.state_position": _("Position on the draft decision stated"),
    "application.waive_hearing": _("Hearing waived"),
    "application.visit": _("Conclusion of the visit entered"),
    "application.record_hearing": _("Minutes of the hearing entered"),
    "application.opinion_silent": _("Another body let its term pass"),
    "application.deem": _("Deemed issued by silence"),
    "application.confirm_silence": _("Permit made by silence confirmed"),
    "application.deny_silence": _("Found that silence has not fallen"),
    "application.judge": _("Check judged"),
    "application.assign": _("Case assigned"),
    "application.task": _("Task given"),
    "application.task_done": _("Task done"),
    "application.no_rule": _("No assignment rule fitted: the case lies open to all"),
    "application.note": _("Note written"),
    "application.recommend": _("Recommendation made"),
    "application.edit_letter": _("Words of the letter changed"),
    "application.countersign": _("Recommendation countersigned"),
    "application.return_to_review": _("Returned to review"),
    "application.grant": _("Licence granted"),
    "application.refuse": _("Licence refused"),
    "application.withdraw": _("Application withdrawn"),
    "application.discontinue": _("Application ended: its kind is abolished"),
    "application.annul": _("Decision annulled"),
    "application.reopen": _("Reviewed again"),
    "application.archive": _("The whole case made into one file"),
    "application.declare_payment": _("Payment declared"),
    "application.confirm_payment": _("Payment confirmed"),
    "application.match_payment": _("Payment taken to this case"),
    "application.lose_payment": _("Payment taken to another case"),
    "application.void_payment": _("Payment struck out"),
    "appeal.file": _("Appeal filed"),
    "appeal.forward": _("Appeal sent to the body that decides"),
    "appeal.satisfy": _("Appeal satisfied by the authority itself"),
    "appeal.not_admit": _("Appeal not admitted"),
    "appeal.hear": _("Party heard on the appeal"),
    "appeal.annul": _("Act annulled on the appeal"),
    "appeal.change": _("Act changed on the appeal"),
    "appeal.uphold": _("Act upheld on the appeal"),
    "appeal.lapse": _("No decision on the appeal in time: refused"),
    "appeal.withdraw": _("Appeal withdrawn"),
    "appeal.go_to_court": _("Claim to the court recorded"),
    "appeal.lose_in_court": _("Act annulled by the court"),
    "appeal.win_in_court": _("Act upheld by the court"),
    "payment.void": _("Payment struck out"),
    "bank_file.import": _("Bank file imported"),
    "application.sign": _("Signature attached"),
    "application.unsign": _("Signature taken away"),
    "application.signature_verified": _("Signature verified"),
    "application.rely": _("Relied on a clarification"),
    "application.rely_no_more": _("Reliance on a clarification taken back"),
    "application.cite": _("Clarification cited"),
    "clarification.ask": _("Clarification asked for"),
    "clarification.open": _("Clarification begun"),
    "clarification.draft": _("Answer drafted"),
    "clarification.send_back": _("Draft sent back"),
    "clarification.sign": _("Clarification signed"),
    "clarification.publish": _("Clarification published"),
    "clarification.withdraw": _("Clarification withdrawn"),
    "clarification.supersede": _("Clarification superseded"),
    "clarification.recall": _("Request taken back"),
    "clarification.print": _("Clarification printed"),
    "clarification.send": _("Clarification sent to who asked"),
    "objection.file": _("Objection to an automated act filed"),
    "objection.uphold": _("Objection upheld"),
    "objection.reject": _("Objection rejected"),
    "objection.take_back": _("Objection taken back"),
    "document.upload": _("Document added"),
    "document.remove": _("Document removed"),
    "licence.note_duty": _("Duty noted as done"),
    "letter.print": _("Letter printed"),
    "letter.hold": _("Letter waits for the authority's signature"),
    "letter.send": _("Letter sent to the applicant"),
    "breach.open": _("Breach opened"),
    "breach.explain": _("Breach explained"),
    "breach.cure": _("Breach cured"),
    "breach.dismiss": _("Breach closed as unfounded"),
    "breach.close": _("Breach closed as acted on"),
    "breach.assign": _("Breach assigned"),
    "breach.refer": _("Referred to another body"),
    "breach.referral_answer": _("Answer of another body entered"),
    "application.refer": _("Another authority asked"),
    "application.referral_answer": _("Answer of another body entered"),
    "licence.refer": _("Another authority asked"),
    "licence.referral_answer": _("Answer of another body entered"),
    "referral.send": _("Request sent"),
    "referral.answer": _("Request answered"),
    "referral.settle": _("Matter settled"),
    "referral.withdraw": _("Request withdrawn"),
    "measure.propose": _("Measure proposed"),
    "measure.countersign": _("Measure countersigned"),
    "measure.announce": _("Draft made known to the holder"),
    "measure.waive_hearing": _("Holder waived the hearing"),
    "measure.record_hearing": _("Minutes of the holder's hearing entered"),
    "measure.answer": _("Holder answered the draft"),
    "measure.approve": _("Approval of the prosecutor noted"),
    "measure.decide": _("Measure put into effect"),
    "measure.file": _("Claim filed"),
    "measure.hear": _("Claim heard"),
    "measure.uphold": _("Judgment carried out"),
    "measure.reject": _("Claim dismissed"),
    "measure.drop": _("Measure dropped"),
    "measure.fall_away": _("Measure ended with the licence"),
    "licence.suspend": _("Licence suspended"),
    "licence.resume": _("Licence in force again"),
    "licence.lapse": _("Suspension over without cure"),
    "licence.revoke": _("Licence revoked"),
    "licence.surrender": _("Licence given up"),
    "licence.end": _("Licence ended"),
    "licence.restore": _("Licence restored: the decision was annulled"),
    "measure.annul": _("Decision annulled"),
    "licence.issue": _("Licence issued"),
    "licence.reissue": _("Licence re-issued"),
    "licence.reissue_split": _("Licence re-issued to the new entity"),
    "licence.duplicate": _("Duplicate of the licence printed"),
    "licence.electronic": _("Paper licence turned into an electronic one"),
    "licence.correction": _("Error in the licence corrected"),
    "licence.expire": _("Licence expired"),
    "licence.paper_back": _("Licence on paper returned"),
    "licence.abolish": _("The kind of the licence is abolished: it ends by a day"),
    "condition.enter": _("Version of a condition entered"),
    "condition.confirm": _("Version of a condition confirmed"),
    "condition.strike": _("Version of a condition taken back"),
    "condition.repeal": _("Version of a condition ended"),
    "obligation.overdue": _("Term passed"),
    "obligation.pause": _("Term paused"),
    "obligation.resume": _("Term running again"),
    "obligation.extend": _("Term lengthened"),
    "obligation.recalculate": _("Term counted again without its extension"),
    "register.publish": _("Published in the register"),
    "register.withhold": _("Withheld from the public register"),
}
#: Acts inside the authority, which no party sees, and those that another act tells better.
UNTOLD = {
    *("judge", "assign", "no_rule", "note", "recommend", "edit_letter", "countersign", "return_to_review"),
    *("archive", "print", "withhold", "find", "confirm", "clear", "name_people", "check"),
}
#: Acts that an applicant's or holder's server can be told of.
TOLD = {
    verb: label
    for verb, label in VERBS.items()
    if verb.split(".")[1] not in UNTOLD and not verb.startswith(("document.", "condition."))
}
OUTCOMES = {"grant": _("to grant"), "refuse": _("to refuse")}
EFFECTS = {"agreed": _("taken as consent"), "none": _("without effect")}
ANSWERS = {"agreed": _("agreed"), "objected": _("objected")}


#: Acts whose fact is a code: its name, and its words.
CODED: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "application.recommend": ("outcome", OUTCOMES),
    "application.record_opinion": ("answer", ANSWERS),
    "application.opinion_silent": ("effect", EFFECTS),
    "application.sign": ("verdict", VERDICTS),
    "application.signature_verified": ("verdict", VERDICTS),
}
WORKFLOWS: dict[str, Workflow] = {
    "licensing.application": APPLICATION,
    "licensing.licence": LICENCE,
    "licensing.breach": BREACH,
    "licensing.measure": MEASURE,
    "licensing.appeal": APPEAL,
    "licensing.clarification": CLARIFICATION,
    "licensing.objection": OBJECTION,
    "licensing.referral": REFERRAL,
    "licensing.screeningmatch": MATCH,
}


def register_words(verbs: Mapping[str, str], workflows: Mapping[str, Workflow]) -> None:
    """What the acts of an app above are called, and the tables of its cases; from its AppConfig.ready()."""
    VERBS.update(verbs)
    WORKFLOWS.update(workflows)


REQUESTED = {"application.grant": _("Request granted"), "application.refuse": _("Request refused")}


def consequence_of(application: Application, step: Transition) -> str:
    """What a step does, as a msgid: granting a request does what the request says."""
    request = application.form.request
    return request.consequence if request is not None and step.name == "grant" else step.consequence


def event_title(event: Event, labels: Mapping[str, str] | None = None) -> str:
    """The sentence of an event in the active language.

    Args:
        labels: names of documents and checks by code, and of people by `user:<id>`, which the event does not hold.
    """
    verbs = VERBS | REQUESTED if event.data.get("act", ISSUE) != ISSUE else VERBS
    said = gettext(verbs[event.verb]) if event.verb in VERBS else event.verb.replace(".", ": ").replace("_", " ")
    more = str(event.data.get("clarification") or "") or _detail(event.verb, event.data, labels or {})
    return f"{said}: {more}" if more else said


def _detail(verb: str, data: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    if verb.startswith("obligation."):
        return _say(duty_label(str(data.get("duty", ""))))
    if verb.startswith("letter."):
        return str(dict(Letter.KINDS).get(str(data.get("kind")), data.get("kind", "")))
    if verb.startswith("document."):
        return str(dict(Letter.KINDS).get(str(data.get("kind"))) or labels.get(str(data.get("kind")), ""))
    if verb.endswith("_payment") or verb.startswith("payment."):
        return money(data.get("amount", ""))
    if verb in CODED:
        name, words = CODED[verb]
        return _say(words.get(str(data.get(name))))
    if verb in ("application.assign", "application.task", "breach.assign"):
        return _assigned(data, labels)
    if verb == "application.judge":
        verdict = gettext("met") if data.get("met") else gettext("not met")
        return f"{labels.get(str(data.get('check')), data.get('check', ''))}: {verdict}"
    return ""


def _assigned(data: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """To whom a case was given, and in whose stead."""
    if not data.get("to"):
        return gettext("to nobody")
    name = labels.get(f"user:{data['to']}", "")
    if data.get("rule"):
        name = gettext("%(name)s, by rule %(order)s") % {"name": name, "order": data.get("order", "")}
    if not data.get("for"):
        return name
    return gettext("%(name)s, standing in for %(absent)s") % {
        "name": name,
        "absent": labels.get(f"user:{data['for']}", ""),
    }


def _say(msgid: str | None) -> str:
    return gettext(msgid) if msgid else ""


def cited_once(grounds: Any) -> list[Any]:
    """Grounds of an act; those that readers cannot tell apart, such as two figures of one article, stand once."""
    seen = ("act", "article", "confidence", "day_confidence")
    return list({tuple(str(one.get(name)) for name in seen): one for one in reversed(grounds)}.values())[::-1]


def timeline_row(event: Event, labels: Mapping[str, str] | None = None) -> dict[str, Any]:
    """An event as the timeline component shows it; actor and organisation must have been read with it."""
    workflow = WORKFLOWS.get(event.subject_type)
    moved = bool(event.to_state) and event.to_state != event.from_state
    before = workflow.state(event.from_state) if workflow and moved and event.from_state else None
    after = workflow.state(event.to_state) if workflow and moved else None
    return {
        "at": event.at,
        "actor": gettext("System") if event.actor.is_system else str(event.actor),
        "title": event_title(event, labels),
        "from_label": gettext(before.label) if before else "",
        "to_label": gettext(after.label) if after else "",
        "tone": after.tone if after else "",
        "reason": event.reason,
        "internal": event.audience == "internal",
        "on_behalf_of": event.on_behalf_of.name if event.on_behalf_of else "",
        "grounds": cited_once(event.grounds),
    }


def paper_facts(paper: Paper) -> dict[str, Any]:
    """What was found of a file, as plain data."""
    signed, letter = paper.signed, paper.letter
    return {
        "verdict": paper.verdict,
        "verdict_label": gettext(SAID[paper.verdict]),
        "genuine": paper.genuine,
        "sha256": paper.sha256,
        "signer": signed.facts.signer if signed else None,
        "signed_at": signed.at if signed else None,
        "intact": signed.intact and signed.whole if signed else None,
        "trusted": signed.trusted if signed else None,
        "authority": letter.authority.code if letter and letter.authority else None,
        "letter": letter.kind if letter else None,
        "reference": letter.reference if letter else None,
        "licence": paper.licence.number if paper.licence else None,
        "verification_code": paper.licence.code if paper.licence else None,
    }


def check_row(finding: Finding) -> dict[str, Any]:
    """One check for components/check.html, with what a person may do about it."""
    judged = finding.judgement
    rows = [problem.text(told) for problem in finding.problems]
    if judged is not None:
        rows.append(judged.note)
    doubt = any(problem.severity == "warning" for problem in finding.problems)
    return {
        "code": finding.code,
        "state": finding.verdict,
        "text": gettext(finding.label),
        "evidence": " · ".join(rows),
        "judged_by": f"{judged.by}, {timezone.localtime(judged.at):%d.%m.%Y}" if judged else "",
        "ground": finding.source.ground() if finding.source else None,
        "can_judge": finding.verdict == "to_judge" or judged is not None or doubt,
    }
