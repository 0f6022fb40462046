"""What a refusal says of the way to appeal."""

from datetime import date
from typing import Any

from law import appeals as law
from law.problems import _
from licensing.models import Application
from licensing.services.letters import cited, spoken


def route_of_appeal(application: Application, on: date) -> dict[str, Any]:
    """What a refusal says of the way to appeal, for its letter; the rules are marked where they are unconfirmed."""
    rules = [law.file_by(application.kind, on).provision, law.court_by(application.kind, on).provision]
    text = spoken(
        _(
            "To appeal, file a complaint with this authority within %(months)s months after learning of the decision; "
            "it sends the case on or satisfies it. After the decision on the complaint, or silence, a court is open."
        ),
        {"months": rules[0].number},
    )
    return {
        "facts": [{"label": spoken(_("How to appeal")), "value": text}],
        "grounds": [cited(rule) for rule in rules],
        "appeal": [rule.ground() for rule in rules],
    }
