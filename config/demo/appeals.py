"""Appeals of the demo, against refusals: one forwarded to the body that decides, one just filed."""

from config.demo.agenda import Life
from config.demo.answers import Desk
from licensing import services
from licensing.models import Decision

TEXTS = (
    "Өтінім құжаттары толық болды: электр қуаты туралы шарт қоса берілген. Бас тартудың күшін жоюды сұраймыз.",
    "Отказ не называет, какого сведения не хватает. Просим отменить его и рассмотреть заявление снова.",
)


def appeals(desk: Desk) -> Life:
    """The two newest refusals of that morning are complained of; the first goes on to the body that decides."""
    at = desk.moment(5, 11)
    yield at
    refused = Decision.objects.filter(outcome="refuse", measure=None, made_at__lt=at, application__isnull=False)
    filed = []
    for decision, text in zip(refused.select_related("application").order_by("-made_at")[:2], TEXTS, strict=False):
        if decision.application is not None:
            party = decision.application.created_by
            filed.append(services.file_appeal(decision, text=text, actor=party, at=at))
    at = desk.moment(3, 12)
    yield at
    for appeal in filed[:1]:
        services.forward_appeal(appeal, body=appeal.body, actor=desk.officer, at=at)
