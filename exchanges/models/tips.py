"""What somebody tells an authority of the unlicensed market. Who sent it is for that authority alone, if he says it."""

from typing import ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.domains import Look, look_of, normal_domain, readable, skeleton
from core.models import Sight, Stateful, User
from core.models.sight import OfficialQuerySet
from core.names import probes, read_name, stored
from exchanges.models.warnings import MarketWarning
from exchanges.workflow import TIP
from law.market import KINDS
from licensing.models import Breach, Referral

#: Why nothing is done about a tip.
REASONS = {
    "nothing_to_go_on": _("Too little to go on"),
    "licensed": _("What it tells of is licensed or needs no permit"),
    "not_here": _("Nothing of it concerns this country"),
    "not_found": _("Nothing was found"),
    "other": _("Another reason"),
}


class MarketTipQuerySet(OfficialQuerySet["MarketTip"]):
    """Officials of the authority that handles it; nobody else, and who sent it by his code alone."""

    def waiting(self) -> Self:
        return self.filter(state="received")

    def found_by(self, text: str) -> Self:
        """By its number, by a domain as it looks, or by a name as it sounds."""
        words = text.strip()
        if words.upper().startswith("TIP-"):
            return self.filter(reference=words.upper())
        try:
            return self.sharing(domain_keys([normal_domain(words)]))
        except ValueError:
            return self.sharing([f"n:{key}" for key in probes(read_name(words))])

    def sharing(self, keys: list[str]) -> Self:
        """Those that have a domain of the same look, or a name that may be the same."""
        return self.filter(alike__has_any_keys=keys) if keys else self.none()


class MarketTip(Stateful):
    """One tip. `alike` holds what duplicates are found by: how its domains look, and the keys of its names."""

    WORKFLOW = TIP
    FOLDER = "market-tips"

    reference = models.CharField(_("number"), max_length=20, unique=True)
    digest = models.CharField(_("digest of the code"), max_length=64, unique=True)
    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+", verbose_name=_("authority"))
    rule = models.JSONField(_("why this authority"))  # the rule as then known
    kind = models.CharField(_("kind"), max_length=30, choices=list(KINDS.items()))
    names = models.JSONField(_("names it uses"), default=list, blank=True)
    domains = models.JSONField(_("domains"), default=list, blank=True)  # normal form, as core.domains writes it
    places = models.TextField(_("addresses, accounts, wallets"), blank=True)
    region = models.CharField(_("region"), max_length=6, blank=True)
    text = models.TextField(_("what is told"))
    contact = models.CharField(_("how to reach who sent it"), max_length=300, blank=True)
    alike = models.JSONField(_("keys"), default=list, blank=True)
    taken_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken by")
    )
    duplicate_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="duplicates", verbose_name=_("duplicate of")
    )
    referral = models.ForeignKey(
        Referral, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("referral")
    )
    breach = models.ForeignKey(
        Breach, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("breach")
    )
    warning = models.ForeignKey(
        MarketWarning, models.PROTECT, null=True, blank=True, related_name="tips", verbose_name=_("warning")
    )
    outcome = models.CharField(_("why nothing is done"), max_length=20, choices=list(REASONS.items()), blank=True)
    outcome_text = models.TextField(_("in words"), blank=True)
    closed_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = MarketTipQuerySet.as_manager()

    class Meta:
        verbose_name = _("tip of the unlicensed market")
        verbose_name_plural = _("tips of the unlicensed market")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="tip_state_known", condition=Q(state__in=[one.name for one in TIP.states])),
            models.CheckConstraint(
                name="tip_ended_with_its_moment",
                condition=Q(state__in=TIP.open_states, closed_at__isnull=True)
                | ~Q(state__in=TIP.open_states) & Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="tip_taken_by_someone", condition=Q(state="received") | Q(taken_by__isnull=False)
            ),
            *(
                models.CheckConstraint(
                    name=f"tip_{state}_by_its_row",
                    condition=Q(**{"state": state, f"{field}__isnull": False})
                    | ~Q(state=state) & Q(**{f"{field}__isnull": True}),
                )
                for state, field in (
                    ("duplicate", "duplicate_of"),
                    ("referred", "referral"),
                    ("breach_opened", "breach"),
                    ("warned", "warning"),
                )
            ),
            models.CheckConstraint(
                name="tip_closed_with_reason",
                condition=Q(state="closed") & ~Q(outcome="") | ~Q(state="closed") & Q(outcome=""),
            ),
            models.CheckConstraint(
                name="tip_not_of_itself", condition=Q(duplicate_of__isnull=True) | ~Q(duplicate_of=models.F("id"))
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority", "-id"], name="tip_by_authority"),
            models.Index(fields=["authority", "state", "-id"], name="tip_by_state"),
            GinIndex(fields=["alike"], name="tip_alike"),
        ]

    def __str__(self) -> str:
        return self.reference

    def sight(self) -> Sight:
        return Sight(self.authority_id, None, self.reference, "market-tip")

    @property
    def looks(self) -> list[Look]:
        """Each domain as a browser shows it, and what it passes for."""
        return [look_of(domain) for domain in self.domains]

    @property
    def title(self) -> str:
        """What it is called in a list: its first name, or its first domain."""
        return next(iter([*self.names, *self.domains]), "")

    def kept_keys(self) -> list[str]:
        """What others find it by."""
        names = [f"n:{key}" for name in self.names for key in stored(read_name(name))]
        return sorted({*domain_keys(self.domains), *names})

    def asked_keys(self) -> list[str]:
        """What it finds others by: a name is looked for by other keys than it is kept under."""
        names = [f"n:{key}" for name in self.names for key in probes(read_name(name))]
        return sorted({*domain_keys(self.domains), *names})


def domain_keys(domains: list[str]) -> list[str]:
    """How each domain looks in plain Latin letters: two that look alike have one key."""
    return [f"d:{skeleton(readable(domain))}" for domain in domains]
