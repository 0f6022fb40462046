"""What opening, preparing and beginning an inspection asks for. The services judge."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.days import dateshort
from core.forms import FilesField, regions_lazy
from core.models import User
from core.services import Upload
from core.templatetags.tizilim import line_text
from inspections.models import ControlObject, Inspection, Inspector, JointAct
from inspections.models.acts import CHECKLIST
from inspections.models.inspections import MEANS, RECEIPTS
from inspections.services import Named
from inspections.services.drafts import FACTS, TEXTS
from inspections.workflow import INSPECTION
from law.inspections.codes import KINDS, METHODS, VISITS, Kind
from law.inspections.durations import EXTENSION_REASONS
from law.inspections.grounds import CASES, unscheduled_grounds
from law.inspections.windows import latest_extension
from licensing.forms import ActForm, day, words

FOUNDING = ("ground", "ground_text", "case", "urgent", "urgent_reason", "anonymous")
COMPLAINT = ("complaint_from", "complaint_to", "failures", "follows")


def said(choices: Any, empty: str = "") -> list[tuple[str, str]]:
    """Codes with their words; the first line is none of them where it is named."""
    named = [(str(code), gettext(text)) for code, text in choices.items()]
    return [("", gettext(empty)), *named] if empty else named


def lines(choices: Any, empty: str = "") -> Any:
    return lazy(lambda: said(choices, empty), list)


def states() -> list[tuple[str, str]]:
    return [("", gettext("Any state")), *((one.name, gettext(one.label)) for one in INSPECTION.states)]


def grounds() -> list[tuple[str, str]]:
    """Items of Art. 144(5) for digital assets, as of today."""
    found = [one for one in unscheduled_grounds(timezone.localdate()) if one.digital_assets]
    return [("", "—"), *((one.item, f"144(5)({one.item}) {gettext(one.ground.text)}") for one in found)]


def inspectors_in(authority_id: int | None) -> "QuerySet[User]":
    """Who goes on inspections of an authority, by name."""
    return User.objects.filter(inspector__authority=authority_id, is_active=True).order_by("full_name", "id")


class InspectionsForm(forms.Form):
    """What narrows the list. A value that is not offered narrows nothing."""

    q = forms.CharField(required=False, max_length=200, label=_("Number, name or BIN"))
    state = forms.ChoiceField(required=False, choices=lazy(states, list), label=_("State"))
    kind = forms.ChoiceField(
        required=False, choices=lines({one: KINDS[one] for one in sorted(VISITS)}, "Any kind"), label=_("Kind")
    )
    region = forms.ChoiceField(required=False, choices=regions_lazy, label=_("Region"))
    inspector = forms.ModelChoiceField(
        User.objects.none(), required=False, label=_("Inspector"), empty_label=_("Anybody")
    )

    def __init__(self, *args: Any, authority_id: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[User]", self.fields["inspector"]).queryset = inspectors_in(authority_id)


class ThingField(forms.CharField):
    """An object of control by the number of its licence or centre, or by the BIN of a subject that has one alone."""

    def object_of(self, text: str, authority_id: int | None) -> ControlObject:
        number = " ".join(text.split()).upper()
        rows = ControlObject.objects.standing().filter(subject__authority=authority_id)
        looks = ("licence__number", "centre__reference", "subject__organisation__identifier")
        found = [one for look in looks for one in rows.filter(**{look: number})[:2]]
        if not found:
            raise forms.ValidationError(_("No object of control has this number."))
        if len(found) > 1:
            raise forms.ValidationError(_("This subject has several objects: give the number of one of them."))
        return found[0]


class FoundingForm(forms.Form):
    """The ground of an unscheduled inspection."""

    ground = forms.ChoiceField(label=_("Ground of Art. 144(5)"), choices=lazy(grounds, list), required=False)
    ground_text = words(_("What founds it"), required=False, rows=3)
    anonymous = forms.BooleanField(
        label=_("The complaint is anonymous"),
        required=False,
        help_text=_("An anonymous complaint never founds an inspection."),
    )
    complaint_from = day(_("The complaint speaks of, from"), required=False)
    complaint_to = day(_("The complaint speaks of, to"), required=False)
    failures = forms.IntegerField(label=_("Failures to report or to cure"), required=False, min_value=0, max_value=99)
    follows = forms.CharField(label=_("Checks the order of inspection"), required=False, max_length=20)
    case = forms.ChoiceField(label=_("Case of Art. 144"), choices=lines(CASES, "—"), required=False)
    urgent = forms.BooleanField(label=_("Urgent case of Art. 146(3)"), required=False)
    urgent_reason = words(_("Why it is urgent"), required=False, rows=2)

    def clean_follows(self) -> Inspection | None:
        number = self.cleaned_data["follows"].strip().upper()
        if not number:
            return None
        found = Inspection.objects.filter(reference=number).exclude(order_number="").first()
        if found is None:
            raise forms.ValidationError(_("No inspection with an order to cure has this number."))
        return found


class UnscheduledForm(FoundingForm):
    """An unscheduled inspection, opened."""

    thing = ThingField(
        label=_("Object of control"),
        max_length=40,
        help_text=_("The number of the licence or data centre, or the BIN of a subject with one object."),
    )
    start_on = day(_("Start"), required=False)
    papers = FilesField(label=_("Papers that prove the ground"), required=False)
    field_order = ("thing", "start_on")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_thing(self) -> ControlObject:
        field = cast("ThingField", self.fields["thing"])
        return field.object_of(self.cleaned_data["thing"], self.user.authority_id)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*FOUNDING, *COMPLAINT, "start_on")}

    def uploads(self) -> list[Upload]:
        return list(self.cleaned_data["papers"])


class EditForm(FoundingForm, ActForm):
    """The draft. The ground stands there of an unscheduled one alone."""

    start_on = day(_("Start"), required=False)
    end_on = day(_("Last day"), required=False)
    subject_matter = words(_("Subject matter"), required=False, rows=3)
    checklist = forms.ModelChoiceField(JointAct.objects.none(), label=_("Checklist"), required=False)
    period_from = day(_("Checked period from"), required=False)
    period_to = day(_("Checked period to"), required=False)
    method = forms.ChoiceField(label=_("How it is done"), choices=lines(METHODS))
    experts = words(_("Specialists and experts invited"), required=False, rows=2)
    field_order = ("start_on", "end_on", "subject_matter", "checklist", "period_from", "period_to", "method", "experts")

    @property
    def row(self) -> Inspection:
        """The inspection: `case` is also the name of a field here."""
        return cast("Inspection", self.case)

    def start(self) -> dict[str, Any]:
        row = self.row
        given = {name: getattr(row, name) for name in (*TEXTS, *FACTS)}
        return given | {"follows": row.follows.reference if row.follows else ""}

    def prepare(self) -> None:
        row = self.row
        acts = JointAct.objects.in_force(row.start_on or timezone.localdate())
        acts = acts.filter(authority=row.authority_id, kind=CHECKLIST)
        self.pick("checklist", acts.filter(kinds_of_permit__contains=[row.kind_of_permit]))
        if row.kind != Kind.UNSCHEDULED:
            for name in (*FOUNDING, *COMPLAINT):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        names = [name for name in (*TEXTS, *FACTS) if name in self.cleaned_data]
        return {
            "version": self.cleaned_data.get("version"),
            "values": {name: self.cleaned_data[name] for name in names},
        }


def named(people: Any, leads: User | None) -> list[Named]:
    """Officials with the posts that their authority keeps."""
    posts = dict(Inspector.objects.filter(person__in=people).values_list("person_id", "post"))
    return [Named(one, posts.get(one.pk, ""), leads=one == leads) for one in people]


class TeamForm(ActForm):
    people = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Officials who go"), widget=forms.CheckboxSelectMultiple
    )
    leads = forms.ModelChoiceField(User.objects.none(), label=_("Leads the team"))

    def start(self) -> dict[str, Any]:
        team = list(self.case.team.standing())
        leads = [one.person_id for one in team if one.leads]
        return {"people": [one.person_id for one in team], "leads": leads[0] if leads else None}

    def prepare(self) -> None:
        for name in ("people", "leads"):
            self.pick(name, inspectors_in(self.case.authority_id))

    def clean(self) -> dict[str, Any]:
        people, leads = self.cleaned_data.get("people"), self.cleaned_data.get("leads")
        team = named(people, leads) if people is not None else []
        return {"version": self.cleaned_data.get("version"), "team": team}


class GroundForm(ActForm):
    papers = FilesField(label=_("Papers that prove the ground"))


class NoticeForm(ActForm):
    means = forms.ChoiceField(label=_("How it was served"), choices=lines(MEANS))
    noticed_at = forms.DateTimeField(
        label=_("When it was delivered"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("In the account of the subject it is delivered now."),
    )
    proof = FilesField(label=_("Proof of the delivery"), required=False)


class RegistrationForm(ActForm):
    number = forms.CharField(label=_("Number of the registration"), max_length=60)
    registered_on = day(_("Day of the registration"), today=True)


class StartForm(ActForm):
    receipt = forms.ChoiceField(label=_("Receipt of the act"), choices=lines(RECEIPTS), widget=forms.RadioSelect)


class ExtendForm(ActForm):
    reason = forms.ChoiceField(label=_("Reason of the extension"), choices=lines(EXTENSION_REASONS))
    extended_to = day(_("Extended to"))
    noticed_on = day(
        _("The subject was told on"), required=False, help_text=_("Empty: it is told here, in its account, today.")
    )

    def prepare(self) -> None:
        today = timezone.localdate()
        plan = self.case.plan(today)
        if (latest := latest_extension(plan, today)) is not None:
            day, rule = latest
            told = gettext("By %(day)s at the latest: %(count)s working days more (%(article)s).")
            facts = {"day": dateshort(day), "count": rule.number, "article": line_text(rule.source.cite())}
            self.fields["extended_to"].help_text = told % facts


class ChangeTeamForm(ActForm):
    joins = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Who joins"), required=False, widget=forms.CheckboxSelectMultiple
    )
    leaves = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Who leaves"), required=False, widget=forms.CheckboxSelectMultiple
    )
    leads = forms.ModelChoiceField(
        User.objects.none(), label=_("Leads the team, of those who join"), required=False, empty_label="—"
    )
    joined_on = day(_("Joins on"), today=True)
    told_statistics_on = day(_("Legal statistics told on"), today=True)
    reason = words(_("Why the team is changed"), rows=3)

    def prepare(self) -> None:
        standing = self.case.team.standing().values("person")
        others = inspectors_in(self.case.authority_id).exclude(pk__in=standing)
        self.pick("joins", others)
        self.pick("leads", others)
        self.pick("leaves", User.objects.filter(pk__in=standing).order_by("full_name", "id"))

    def clean(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if name != "leads"}
        if "joins" in given:
            given["joins"] = named(given["joins"], self.cleaned_data.get("leads"))
        return given
