"""The facts of one inspection, as plain values: what `blockers` judges."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

__all__ = ["Plan"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One inspection, planned, running or done. Every field is optional; None is a fact that is not known (yet).

    Days are `date`; the two moments are `datetime` with a time zone; codes are text or the StrEnums of this package.
    In brackets: the B-numbers that read the field. A missing fact blocks only where “missing blocks” is said.

    What is inspected, by whom, under which law
    - kind: compliance | unscheduled | visit_control | desk_control | test_purchase | investigation [all; without it
      only those that hold for every kind]
    - kind_of_permit: kind of permit of the subject, or `mining-data-centre` [regime for all; B7, B26; a subtype-I miner
      is never small: B9, B11, B22]. Missing: Chapter 13 is taken to govern
    - authority: code of the inspecting authority [B7]
    - before_permit: control of an applicant before its permit is issued [outside Chapter 13 but for B24]
    - outside_competence: an issue lies outside the competence of the body [B7]
    - allowed_by_law: a law allows this test purchase or investigation [B23; missing blocks]
    - size: micro | small | medium | large [B9 (missing: the longest length), B11, B22]
    - risk: high | medium | low [B5, B12]
    - firm_registered_on: day of the state registration of the firm [B11]
    - successor: the firm was made by reorganisation, or succeeds another [B11]
    - moratorium: a moratorium of the Government holds for the subject on the start [B22]
    - moratorium_excepted: the act on the moratorium lets this inspection through [B22]

    Ground and plan
    - listed: the subject stands in a published schedule (compliance) or list (visit_control) [B1; missing blocks]
    - ground: item of Art. 144(5) of an unscheduled inspection, as text: "2-1", "3" … [B1, missing blocks; B3, B4, B18]
    - ground_papers: the papers that prove the ground are there [B1; missing blocks]
    - failures: how often the subject failed to report the cure or to cure, for ground "2" [B1]
    - case: "144(8)" | "144(9)" | "144(10)" of an unscheduled inspection [B3, B8]
    - urgent: an urgent case of Art. 146(3) or 129(15) [B8]
    - anonymous: the complaint is anonymous [B14]
    - complaint_from, complaint_to: first and last day that the complaint of ground "3" speaks of [B18]
    - last_ended_on: day on which the last compliance inspection of the subject ended [B5]
    - visits_this_year: visits of preventive control in the calendar year of the start, without this one [B5]
    - desk_control_on: day on which the last desk control of the subject ended [B10; missing blocks]
    - automated_system: the sphere has an automated risk system [B13; missing counts as none]
    - sphere_subjects, sphere_chosen: subjects of the sphere, and of these chosen for the period, this one
      included [B13; judged where both are known]
    - schedule_from, schedule_to, list_from, list_to: the period of this subject in the schedule, in the list [B21]
    - modes: ways in which the plan of the period was formed: automated, paper [B21]

    Notice, act, registration
    - noticed_on, noticed_at: day and moment on which the notice was delivered [B3; both missing blocks; where both
      moments are known the 24 hours are counted, else days]
    - notice_wrong: the notice does not say what it must, or was not served as it must be [B3]
    - act_fields: codes of `ACT_FIELDS` that the act of appointment has; None: there is no act [B2; missing blocks]
    - act_subjects: number of subjects that the act names [B15]
    - act_handed: the act was handed to the subject, with the checklist [B6; False blocks, None: not asked yet]
    - registered: the act is registered with legal statistics [B8; False blocks, None: not asked yet]
    - registered_on: day of the registration [B8]
    - distance_km: kilometres from the place of registration to the object [B8]
    - officials_named, officials_working: officials whom the act (or its change) names, who work [B16]
    - joined_on: day on which the last new official begins [B16]
    - joined_told_subject_on, joined_told_statistics_on: days on which subject and legal statistics were told
      [B16; missing blocks where joined_on is known]

    Course
    - start_on, start_at: planned or actual start, day and moment: when act and checklist are handed over [B3, B5, B8 to
      B11, B22; the day picks the version of the law; where missing, `on` does]
    - end_on: last day by the act of appointment, without extension [B9, B17, B19]
    - working_days: length by the act in working days, where no end is named yet [B9]
    - extensions: number of extensions [B17]
    - extended_to: last day by the act of extension [B9, B17, B19]
    - extension_reason: foreign | locating | laboratory [B17; missing blocks where it is extended]
    - extension_registered, extension_registered_on: the act of extension is registered, on that day [B17; False blocks]
    - extension_act_on, extension_noticed_on: days of the act of extension and of its notice [B17]
    - period_from, period_to: first and last day of the checked period [B4, B18]
    - checked_before: (first, last) days of periods in which the same issue was checked before [B4]
    - items_asked, checklist_items: codes of items that are asked, and that the checklist in force has [B4; judged where
      both are known]
    - forbidden_acts: codes of `FORBIDDEN` acts that were done [B4]
    - originals_taken: original papers were taken [B25]; criminal_or_offence_case: under criminal procedure or that on
      administrative offences [B25]

    Result
    - result_handed_on: day on which the result act was handed over [B19, B20]
    - orders: number of orders to cure for the act [B20]
    - order_handed_on: day on which the order was handed over; the result act's day where missing [B20]
    - cure_by: last day to cure by the order [B20]
    - prompt_response: a prompt-response measure is taken [B24]; prompt_response_lawful: a law sets its procedure [B24;
      missing blocks where a measure is taken]
    - restrictive_measure: a suspension, revocation, refusal or ban is laid on the subject [B24]
    - registered_investor: the subject stands in the register of investors [B24]
    - prosecutor_approved: the prosecutor approved the measure beforehand [B24; missing blocks where it is needed]
    """

    kind: str | None = None
    kind_of_permit: str | None = None
    authority: str | None = None
    before_permit: bool | None = None
    outside_competence: bool | None = None
    allowed_by_law: bool | None = None
    size: str | None = None
    risk: str | None = None
    firm_registered_on: date | None = None
    successor: bool | None = None
    moratorium: bool | None = None
    moratorium_excepted: bool | None = None

    listed: bool | None = None
    ground: str | None = None
    ground_papers: bool | None = None
    failures: int | None = None
    case: str | None = None
    urgent: bool | None = None
    anonymous: bool | None = None
    complaint_from: date | None = None
    complaint_to: date | None = None
    last_ended_on: date | None = None
    visits_this_year: int | None = None
    desk_control_on: date | None = None
    automated_system: bool | None = None
    sphere_subjects: int | None = None
    sphere_chosen: int | None = None
    schedule_from: date | None = None
    schedule_to: date | None = None
    list_from: date | None = None
    list_to: date | None = None
    modes: Collection[str] | None = None

    noticed_on: date | None = None
    noticed_at: datetime | None = None
    notice_wrong: bool | None = None
    act_fields: Collection[str] | None = None
    act_subjects: int | None = None
    act_handed: bool | None = None
    registered: bool | None = None
    registered_on: date | None = None
    distance_km: int | None = None
    officials_named: Collection[str] | None = None
    officials_working: Collection[str] | None = None
    joined_on: date | None = None
    joined_told_subject_on: date | None = None
    joined_told_statistics_on: date | None = None

    start_on: date | None = None
    start_at: datetime | None = None
    end_on: date | None = None
    working_days: int | None = None
    extensions: int | None = None
    extended_to: date | None = None
    extension_reason: str | None = None
    extension_registered: bool | None = None
    extension_registered_on: date | None = None
    extension_act_on: date | None = None
    extension_noticed_on: date | None = None
    period_from: date | None = None
    period_to: date | None = None
    checked_before: Collection[tuple[date, date]] | None = None
    items_asked: Collection[str] | None = None
    checklist_items: Collection[str] | None = None
    forbidden_acts: Collection[str] | None = None
    originals_taken: bool | None = None
    criminal_or_offence_case: bool | None = None

    result_handed_on: date | None = None
    orders: int | None = None
    order_handed_on: date | None = None
    cure_by: date | None = None
    prompt_response: bool | None = None
    prompt_response_lawful: bool | None = None
    restrictive_measure: bool | None = None
    registered_investor: bool | None = None
    prosecutor_approved: bool | None = None
