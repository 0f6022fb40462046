"""Payments and bank files, to read: what is done with them is done on their pages."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter

from core.admin.base import HouseAdmin, display
from core.days import dateshort, datetimeshort
from core.templatetags.tizilim import money
from licensing.models import BankFile, Payment


@admin.register(Payment)
class PaymentAdmin(HouseAdmin):
    group = "cases"
    icon = "payments"
    list_display = ("reference", "payer", "shown_amount", "shown_paid", "source", "application", "shown_counts")
    list_display_links = ("reference",)
    list_filter = (
        ("source", ChoicesDropdownFilter),
        ("paid_on", RangeDateFilter),
        ("application", admin.EmptyFieldListFilter),
    )
    list_select_related = ("application",)
    search_fields = ("=reference", "=payer", "=application__reference")
    search_help_text = _("Payment reference, BIN or number of the application")
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("reference", "paid_on", "amount"),
        ("payer", "organisation"),
        ("application", "authority"),
        ("source", "bank_file", "row"),
        "note",
        ("created_by", "created_at"),
        ("confirmed_by", "confirmed_at"),
        ("voided_by", "voided_at"),
        "void_reason",
    )

    @display(description=_("amount"))
    def shown_amount(self, row: Payment) -> str:
        return money(row.amount, row.currency)

    @display(description=_("paid on"))
    def shown_paid(self, row: Payment) -> str:
        return dateshort(row.paid_on)

    @display(description=_("counts"), boolean=True)
    def shown_counts(self, row: Payment) -> bool:
        return row.confirmed_at is not None and row.voided_at is None


@admin.register(BankFile)
class BankFileAdmin(HouseAdmin):
    group = "cases"
    icon = "account_balance"
    list_display = ("name", "shown_uploaded", "uploaded_by", "shown_imported", "taken", "left_out")
    list_display_links = ("name",)
    list_filter = (("imported_at", admin.EmptyFieldListFilter),)
    list_select_related = ("uploaded_by",)
    ordering = ("-id",)
    sortable_by = ()
    fields = (
        ("name", "authority"),
        "sha256",
        ("uploaded_by", "uploaded_at"),
        ("imported_by", "imported_at"),
        ("taken", "left_out"),
        "digest",
    )

    @display(description=_("uploaded"))
    def shown_uploaded(self, row: BankFile) -> str:
        return datetimeshort(row.uploaded_at)

    @display(description=_("imported"), boolean=True)
    def shown_imported(self, row: BankFile) -> bool:
        return row.imported_at is not None
