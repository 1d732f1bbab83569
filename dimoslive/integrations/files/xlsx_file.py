"""Tables as XLSX: texts stay texts whatever they begin with, dates are dates, and there are no formulas or links."""

from datetime import date, time
from decimal import Decimal
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dimoslive.integrations.files.table import Cell, Table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_TITLE_LENGTH = 31
_MIN_WIDTH, _MAX_WIDTH = 8, 40
_MAX_TEXT = 32_767
"""More a cell cannot hold."""
_REFUSED_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def write_xlsx(table: Table) -> bytes:
    """One sheet with its heading frozen."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet(table.title.translate(_REFUSED_IN_TITLES)[:MAX_TITLE_LENGTH])
        head = book.add_format({"bold": True, "bottom": 1})
        day, clock = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "hh:mm"})
        for column, text in enumerate(table.heads):
            sheet.write_string(0, column, text, head)
            sheet.set_column(column, column, _width(table, column))
        for number, row in enumerate(table.rows, start=1):
            for column, cell in enumerate(row):
                _write(sheet, number, column, cell, day, clock)
        sheet.freeze_panes(1, 0)
    return content.getvalue()


def _write(sheet: Worksheet, row: int, column: int, cell: Cell, day: Format, clock: Format) -> None:
    match cell:
        case None:
            return
        case str():
            sheet.write_string(row, column, cell[:_MAX_TEXT])
        case date():
            sheet.write_datetime(row, column, cell, day)
        case time():
            sheet.write_datetime(row, column, cell, clock)
        case Decimal() | int():
            sheet.write_number(row, column, float(cell))


def _width(table: Table, column: int) -> int:
    """As wide as the longest of the first rows, within reason."""
    texts = [table.heads[column], *(str(row[column] or "") for row in table.rows[:100])]
    return max(_MIN_WIDTH, min(_MAX_WIDTH, max(map(len, texts)) + 2))
