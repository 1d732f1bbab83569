"""Files open in a spreadsheet as what they are: texts as texts, whatever they begin with, and dates as dates."""

import csv
from datetime import date, time
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from defusedxml.ElementTree import fromstring

from dimoslive.integrations.files.csv_file import write_csv
from dimoslive.integrations.files.table import Cell, Table
from dimoslive.integrations.files.xlsx_file import write_xlsx

HOSTILE = [
    '=HYPERLINK("https://evil.example";"x")',
    "+30 691 234 5678",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "＝1+1",
    "=cmd|' /C calc'!A0",
]
HARMLESS = ["Ελένη", 'με "εισαγωγικά"', "δύο\nγραμμές", "a;b,c", "1=1", "691 234 5678", "'όπως γράφτηκε", "", "0012"]
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def a_table(*row: Cell, language: str = "el") -> Table:
    return Table("Ραντεβού", language, [f"στήλη {number}" for number in range(len(row))], [row])


def read(content: bytes, delimiter: str = ";") -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def parts(content: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(content)) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


def cells(content: bytes) -> list[tuple[str, str]]:
    """Kind and content of the cells of the second line."""
    files = parts(content)
    shared = ["".join(node.itertext()) for node in fromstring(files["xl/sharedStrings.xml"])]
    sheet = fromstring(files["xl/worksheets/sheet1.xml"])
    row = sheet.findall(f".//{_MAIN}row")[1]
    found = []
    for cell in row:
        kind, value = cell.get("t", "n"), cell.findtext(f"{_MAIN}v") or ""
        found.append((kind, shared[int(value)] if kind == "s" else value))
    return found


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert read(write_csv(a_table(text)))[1] == [f"'{text}"]


@pytest.mark.parametrize("text", HARMLESS)
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert read(write_csv(a_table(text)))[1] == [text]


def test_a_greek_file_is_what_greek_spreadsheets_open() -> None:
    content = write_csv(a_table("Ά", date(2026, 11, 24), time(9, 5), Decimal("12.5"), 10, None))
    head = b'"\xcf\x83\xcf\x84\xce\xae\xce\xbb\xce\xb7 0"'
    assert content.startswith(b"\xef\xbb\xbf" + head + b";")
    assert content.endswith('"Ά";"24/11/2026";"09:05";"12,5";"10";""\r\n'.encode())
    assert content.count(b"\r\n") == 2


def test_an_english_file_has_commas_points_and_iso_dates() -> None:
    content = write_csv(a_table("a", date(2026, 11, 24), time(9, 5), Decimal("12.5"), language="en"))
    assert content.endswith(b'"a","2026-11-24","09:05","12.5"\r\n')


def test_a_sheet_has_texts_as_texts_and_no_formula_or_link() -> None:
    row = [*HOSTILE, *filter(None, HARMLESS), "https://example.com", "1.5"]
    content = write_xlsx(a_table(*row))
    # The form of the file knows one line end.
    assert cells(content) == [("s", text.replace("\r", "_x000D_")) for text in row]
    assert not any("<f>" in text or "hyperlink" in text for text in parts(content).values())


def test_a_sheet_has_dates_and_numbers_as_such_and_a_frozen_heading() -> None:
    content = write_xlsx(a_table(date(2026, 11, 24), time(12, 0), Decimal("12.5"), 10, None))
    assert [(kind, float(value)) for kind, value in cells(content)] == [
        ("n", 46350),
        ("n", 0.5),
        ("n", 12.5),
        ("n", 10),
    ]
    files = parts(content)
    assert 'state="frozen"' in files["xl/worksheets/sheet1.xml"]
    assert 'formatCode="dd/mm/yyyy"' in files["xl/styles.xml"]


def test_a_sheet_can_be_named_by_anybody() -> None:
    table = Table("Δήμος [Καβάλας]: 1/2 *?" * 3, "el", ["α"], [])
    assert write_xlsx(table)[:2] == b"PK"
