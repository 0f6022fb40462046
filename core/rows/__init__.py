"""Files of rows: CSV and XLSX of any length, read as a stream, judged row by row, taken whole or not at all.

`declaring` says what a kind of file is, `reading` makes lines of it, core.services.rowfiles does the rest.
"""

from core.rows.declaring import Column, Pass, RowKind, Taken, register_rows, row_kind, row_kinds
from core.rows.faults import ERROR, WARNING, CellFault, Fault, FileFault, letters

__all__ = [
    "ERROR",
    "WARNING",
    "CellFault",
    "Column",
    "Fault",
    "FileFault",
    "Pass",
    "RowKind",
    "Taken",
    "letters",
    "register_rows",
    "row_kind",
    "row_kinds",
]
