"""Answering a checklist: every item with its answer and what was seen, then the whole; and the files that show it."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from law.checklists import ANSWERS
from licensing.forms import ActForm, words


class ChecklistForm(ActForm):
    """The base: a subclass says which answers an item takes."""

    summary = words(_("Conclusion"), required=False, rows=4)

    def takes(self, item: Any) -> list[str]:
        """The answers that an item may have, in order."""
        return list(ANSWERS)

    def prepare(self) -> None:
        self.items = list(self.case.items.all())
        for item in self.items:
            self.fields[f"answer-{item.code}"] = forms.ChoiceField(
                label=gettext(item.text),
                required=False,
                initial=item.answer,
                widget=forms.RadioSelect,
                choices=[(code, gettext(ANSWERS[code])) for code in self.takes(item)],
                help_text=gettext(item.doubt) if item.doubt else "",
            )
            self.fields[f"evidence-{item.code}"] = words(_("What was seen"), required=False, rows=2)
            self.fields[f"evidence-{item.code}"].initial = item.evidence
        self.order_fields([f"{part}-{item.code}" for item in self.items for part in ("answer", "evidence")])

    def start(self) -> dict[str, Any]:
        return {"summary": self.case.summary}

    def clean(self) -> dict[str, Any]:
        """As the service takes it: answers and evidence by item."""
        given, codes = self.cleaned_data, [item.code for item in self.items]
        own = {name: value for name, value in given.items() if not name.startswith(("answer-", "evidence-"))}
        return own | {
            "answers": {code: given.get(f"answer-{code}", "") for code in codes},
            "evidence": {code: given.get(f"evidence-{code}", "") for code in codes},
        }


class EvidenceForm(forms.Form):
    """A file, and the item that it shows."""

    file = forms.FileField(label=_("File"), help_text=_("PDF, PNG, JPEG, XLSX or DOCX."))
    item = forms.ChoiceField(label=_("Item that it shows"), required=False)

    def __init__(self, *args: Any, items: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["item"]).choices = [("", gettext("The whole")), *items]
