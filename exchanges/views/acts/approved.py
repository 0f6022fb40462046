"""The acts on an entry of the list of approved assets."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _

from core.models import User
from exchanges import services
from exchanges.forms.approved import DropAssetForm, ProposeWithdrawalForm, WithdrawForm
from exchanges.models import ApprovedAsset
from licensing.views.acts import Act, Table


def find(user: User, reference: str) -> ApprovedAsset:
    """One of the official's own authority."""
    rows = ApprovedAsset.objects.visible_to(user).filter(authority=user.authority_id)
    people = ("authority", "proposed_by", "published_by", "ending_by", "ended_by")
    return get_object_or_404(rows.select_related(*people), reference=reference)


def named(asset: ApprovedAsset) -> Any:
    return f"{asset.symbol} · {asset.name}"


ACTS = Table(
    find=find,
    page="approved-asset",
    index=("asset-list", _("Approved assets")),
    nav="asset-list",
    heading=named,
    acts=(
        Act("publish", _("The asset is in the list."), services.publish_asset, step="publish"),
        Act(
            "drop",
            _("The asset is not approved."),
            services.drop_asset,
            DropAssetForm,
            step="drop",
            supplied=frozenset({"asset-reason"}),
        ),
        Act(
            "propose-withdrawal",
            _("The withdrawal is before a head."),
            services.propose_withdrawal,
            ProposeWithdrawalForm,
            step="propose_withdrawal",
            supplied=frozenset({"asset-reason", "asset-ending"}),
        ),
        Act(
            "withdraw",
            _("The asset is withdrawn."),
            services.withdraw_asset,
            WithdrawForm,
            step="withdraw",
            supplied=frozenset({"asset-unconfirmed"}),
        ),
        Act("keep", _("The asset stays in the list."), services.keep_asset, step="keep"),
    ),
)
