"""Tables as CSV, in the form in which the spreadsheets of Greek and English computers open a file by a double click."""

import csv
from datetime import date, time
from decimal import Decimal
from io import StringIO

from dimoslive.domain.imports.formulas import guarded
from dimoslive.integrations.files.table import Cell, Table

MEDIA_TYPE = "text/csv; charset=utf-8"
_MARK = "\ufeff"


def write_csv(table: Table) -> bytes:
    """UTF-8 with its mark, CRLF, every cell quoted."""
    is_greek = table.language == "el"
    text = StringIO()
    writer = csv.writer(text, delimiter=";" if is_greek else ",", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([guarded(head) for head in table.heads])
    writer.writerows([_text(cell, is_greek=is_greek) for cell in row] for row in table.rows)
    return (_MARK + text.getvalue()).encode()


def _text(cell: Cell, *, is_greek: bool) -> str:
    match cell:
        case None:
            return ""
        case str():
            return guarded(cell)
        case date():
            return f"{cell:%d/%m/%Y}" if is_greek else cell.isoformat()
        case time():
            return f"{cell:%H:%M}"
        case Decimal():
            return str(cell).replace(".", ",") if is_greek else str(cell)
    return str(cell)
