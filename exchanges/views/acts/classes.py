"""The acts on the class of an asset."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _

from core.models import User
from exchanges import services
from exchanges.forms.classes import ClassAnswersForm
from exchanges.models import AssetAssessment
from licensing.forms import WhyForm
from licensing.views.acts import Act, Table


def find(user: User, reference: str) -> AssetAssessment:
    rows = AssetAssessment.objects.visible_to(user).select_related("authority", "prepared_by", "signed_by")
    return get_object_or_404(rows.prefetch_related("items"), reference=reference)


def in_preparation(assessment: AssetAssessment, actor: User) -> bool:
    return assessment.state == "draft"


def incomplete(assessment: AssetAssessment, actor: User) -> bool:
    return any(not item.answer for item in assessment.items.all())


def heading(assessment: AssetAssessment) -> str:
    return assessment.asset


ACTS = Table(
    find=find,
    page="asset-class",
    index=("asset-classes", _("Classes of assets")),
    nav="asset-classes",
    permission="exchanges.prepare_class",
    heading=heading,
    acts=(
        Act(
            "answer",
            _("The answers are kept."),
            services.answer_class,
            ClassAnswersForm,
            label=_("Answer the checklist"),
            consequence=_("You may keep a part and go on later; you will not be able to sign it off."),
            when=in_preparation,
            leads=incomplete,
        ),
        Act("propose", _("The class waits for a head."), services.propose_class, step="propose"),
        Act("sign-off", _("The class is signed off."), services.sign_class, step="sign_off"),
        Act("send-back", _("It is sent back."), services.send_back_class, WhyForm, step="send_back"),
        Act("drop", _("It is dropped."), services.drop_class, WhyForm, step="drop"),
    ),
)
