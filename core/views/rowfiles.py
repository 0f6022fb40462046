"""A file of rows in the browser: how far it is, what is wrong with it, and the button that has it taken."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core import services
from core.days import told
from core.models import RowFault, RowFile
from core.rows import Column
from core.services import allowed
from core.sheets import csv_lines
from core.views import reader
from core.workflow import TransitionRefused

SHOWN = 200  # faults on the page; the file of faults has all that are kept


@require_http_methods(["GET", "POST"])
def row_file(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is: the page loads itself again without JavaScript, HTMX swaps its part alone. POST has it taken."""
    file = get_object_or_404(RowFile.objects.visible_to(request.user).select_related("asked_by"), pk=pk)
    problems: Any = ()
    if request.method == "POST":
        try:
            services.take_row_file(file, actor=reader(request), at=timezone.now())
        except TransitionRefused as refused:
            problems = refused.problems
        else:
            return redirect("row-file", pk=pk)
    part = request.headers.get("HX-Target") == "row-file"
    template = "core/row_file_part.html" if part else "core/row_file.html"
    return render(request, template, facts(request, file) | {"problems": problems}, status=409 if problems else 200)


def facts(request: HttpRequest, file: RowFile) -> dict[str, Any]:
    kind = file.declared
    made = reverse(kind.page, args=[file.made]) if kind.page and file.made else ""
    return {
        "file": file,
        "title": _(kind.title),
        "found": [fault_row(one) for one in file.found.all()[:SHOWN]],
        "kept": file.found.count(),
        "may_take": file.standing == "right" and allowed(request.user, kind.permission, file),
        "made": made,
        "back": reverse(kind.back),
    }


def fault_row(fault: RowFault) -> dict[str, Any]:
    return {
        "row": fault.row,
        "letter": fault.letter,
        "column": column_label(fault),
        "text": fault.told(told),
        "severity": fault.severity,
    }


def column_label(fault: RowFault) -> str:
    column = fault.file.declared.column(fault.column)
    return _(column.label) if column else ""


@require_GET
def row_file_faults(request: HttpRequest, pk: int) -> HttpResponseBase:
    """All faults that are kept, as CSV."""
    file = get_object_or_404(RowFile.objects.visible_to(request.user), pk=pk)
    head = [_("Row"), _("Column"), _("Name of the column"), _("What is wrong"), _("Severity")]
    response = StreamingHttpResponse(csv_lines(head, fault_lines(file)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="faults-{file.pk}.csv"'
    return response


def fault_lines(file: RowFile) -> Iterator[list[Any]]:
    for fault in file.found.select_related("file").iterator(chunk_size=500):
        row = fault_row(fault)
        yield [row["row"] or "", row["letter"], row["column"], row["text"], fault.get_severity_display()]


def sent(request: HttpRequest, file: RowFile) -> HttpResponseRedirect:
    """Where a sender goes on from the form: to the page of his file."""
    if not RowFile.objects.visible_to(request.user).filter(pk=file.pk).exists():
        raise PermissionDenied
    return HttpResponseRedirect(reverse("row-file", args=[file.pk]))


def column_rows(columns: tuple[Column, ...]) -> list[dict[str, Any]]:
    """The columns as a form explains them."""
    return [
        {"name": one.name, "label": _(one.label), "others": ", ".join(one.titles), "required": one.required}
        for one in columns
    ]
