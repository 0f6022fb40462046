"""The acts on an assessment of a data centre."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _

from core.models import User
from licensing.forms import WhyForm
from licensing.views.acts import Act, Table
from mining import services
from mining.forms.centres import AnswersForm, SignForm
from mining.models import Assessment


def find(user: User, reference: str) -> Assessment:
    people = ("centre__owner", "centre__authority", "prepared_by", "signed_by", "previous")
    rows = Assessment.objects.visible_to(user).select_related(*people).prefetch_related("items")
    return get_object_or_404(rows, reference=reference)


def in_preparation(assessment: Assessment, actor: User) -> bool:
    return assessment.state == "draft"


def incomplete(assessment: Assessment, actor: User) -> bool:
    return any(not item.answer for item in assessment.items.all())


def heading(assessment: Assessment) -> str:
    return str(assessment.centre)


ACTS = Table(
    find=find,
    page="assessment",
    index=("centres", _("Data centres")),
    nav="centres",
    permission="mining.prepare_assessment",
    heading=heading,
    acts=(
        Act(
            "answer",
            _("The answers are kept."),
            services.answer_assessment,
            AnswersForm,
            label=_("Answer the checklist"),
            consequence=_("You may keep a part and go on later; you will not be able to sign it off."),
            when=in_preparation,
            leads=incomplete,
        ),
        Act("propose", _("The result waits for a head."), services.propose_assessment, step="propose"),
        Act(
            "sign-off",
            _("The assessment is signed off."),
            services.sign_assessment,
            SignForm,
            step="sign_off",
            supplied=frozenset({"duties-unconfirmed"}),
        ),
        Act("send-back", _("The assessment is sent back."), services.send_back_assessment, WhyForm, step="send_back"),
        Act("drop", _("The assessment is dropped."), services.drop_assessment, WhyForm, step="drop"),
    ),
)
