"""What every answered checklist keeps of an item."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from law.checklists import ANSWERS


class ChecklistItem(models.Model):
    """One item of a checklist: what was asked, by which rule as then known, what was answered and seen."""

    place = models.PositiveSmallIntegerField(_("place"))
    code = models.CharField(_("item"), max_length=60)
    text = models.CharField(_("what is asked"), max_length=200)  # a msgid of law/
    ground = models.JSONField(_("rule"), default=dict)
    doubt = models.CharField(_("doubt"), max_length=300, blank=True)  # a msgid
    answer = models.CharField(_("answer"), max_length=20, choices=list(ANSWERS.items()), blank=True)
    evidence = models.TextField(_("what was seen"), blank=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["place"]

    @property
    def is_beyond(self) -> bool:
        """Whether it is asked for by us and not by the law."""
        return False
