"""What the events of exchanges are called."""

from law.problems import _

VERBS: dict[str, str] = {
    "listedexchange.enter": _("Exchange entered in the list"),
    "listedexchange.end": _("Day entered on which an exchange's licence ended"),
    "salereport.file": _("Report on sales filed"),
    "perimeternote.keep": _("Note of an answer of the law kept"),
    "salereport.correct": _("Report on sales corrected"),
}
