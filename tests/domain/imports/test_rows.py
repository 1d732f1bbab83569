"""A file is read as its writer meant it, or refused in one sentence."""

import pytest

from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.imports.encodings import Encoding, decode
from dimoslive.domain.imports.rows import MAX_BYTES, MAX_ROWS, Column, RowsRead, read_rows

COLUMNS = (
    Column("name", ("όνομα", "name"), is_required=True),
    Column("place", ("θέση", "place")),
    Column("minutes", ("διάρκεια", "minutes")),
)


def read(text: str, encoding: str = "utf-8", chosen: Encoding | None = None) -> RowsRead:
    return read_rows(text.encode(encoding), COLUMNS, chosen)


def cells(text: str) -> list[dict[str, str]]:
    return [dict(row.cells) for row in read(text).rows]


def refusal(content: bytes | str, chosen: Encoding | None = None) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        read_rows(content.encode() if isinstance(content, str) else content, COLUMNS, chosen)
    assert caught.value.field == "file"
    return caught.value


@pytest.mark.parametrize(
    ("text", "written", "found"),
    [
        ("Άννα", "utf-8", Encoding.UTF_8),
        ("Άννα", "utf-8-sig", Encoding.UTF_8),
        ("Άννα", "utf-16", Encoding.UTF_16),
        ("Άννα", "windows-1253", Encoding.WINDOWS_1253),
        ("Άννα", "iso-8859-7", Encoding.ISO_8859_7),
        ("Ελένη", "windows-1253", Encoding.WINDOWS_1253),
        ("«Άννα» – 5 €", "windows-1253", Encoding.WINDOWS_1253),
        ("ΔΆΦΝΗ και Άρης", "iso-8859-7", Encoding.ISO_8859_7),
        ("απ’το σπίτι, Άννα και Άρης", "iso-8859-7", Encoding.ISO_8859_7),
        ("plain", "ascii", Encoding.UTF_8),
    ],
)
def test_an_encoding_is_told_from_the_others(text: str, written: str, found: Encoding) -> None:
    assert decode(text.encode(written)) == (text, found)


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_the_mark_tells_the_order_of_the_bytes(order: str) -> None:
    assert decode("\ufeffΆννα".encode(order)) == ("Άννα", Encoding.UTF_16)


def test_another_encoding_can_be_chosen() -> None:
    content = "όνομα\nΕλένη".encode("iso-8859-7")
    assert read_rows(content, COLUMNS, Encoding.ISO_8859_7).encoding is Encoding.ISO_8859_7
    assert refusal(content, Encoding.UTF_8).code == "not_in_encoding"


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_heading_tells_the_separator(separator: str) -> None:
    found = read(f"όνομα{separator}θέση\nΕλένη{separator}1")
    assert found.separator == separator
    assert dict(found.rows[0].cells) == {"name": "Ελένη", "place": "1"}


def test_a_single_heading_needs_no_separator() -> None:
    assert cells("όνομα\nΕλένη") == [{"name": "Ελένη"}]


def test_headings_stand_in_any_order_language_and_spelling() -> None:
    found = read("Minutes;ΘΕΣΗ;όνομα\n10;2;Ελένη")
    assert found.columns == ("minutes", "place", "name")
    assert dict(found.rows[0].cells) == {"minutes": "10", "place": "2", "name": "Ελένη"}


def test_unknown_doubled_and_missing_headings_are_named() -> None:
    assert refusal("όνομα;ηλικία\nΕλένη;5").params == {"headings": "«ηλικία»"}
    assert refusal("όνομα;name\nΕλένη;5").code == "headings_twice"
    missing = refusal("θέση;διάρκεια\n1;5")
    assert (missing.code, missing.params) == ("missing_headings", {"headings": "«όνομα / name»"})


def test_quoted_cells_have_separators_lines_and_doubled_quotes() -> None:
    assert cells('όνομα;θέση\n"α;β";"πρώτη\nδεύτερη"\n"το ""ένα""";2') == [
        {"name": "α;β", "place": "πρώτη\nδεύτερη"},
        {"name": 'το "ένα"', "place": "2"},
    ]


def test_a_row_has_the_number_that_a_spreadsheet_shows() -> None:
    found = read('όνομα;θέση\n"α";"πρώτη\nδεύτερη"\n\n;\nβ;2')
    assert [row.number for row in found.rows] == [2, 5]


def test_blank_columns_that_spreadsheets_leave_are_no_headings() -> None:
    found = read("όνομα;;\nΕλένη;;\nΆννα;;5")
    assert [row.has_too_many for row in found.rows] == [False, True]


def test_a_short_row_has_empty_cells() -> None:
    assert cells("όνομα;θέση\nΕλένη") == [{"name": "Ελένη"}]


@pytest.mark.parametrize("text", ['όνομα\n"Ελένη', 'όνομα\n"Ελένη" Π'])
def test_wrong_quotes_are_found_where_they_are(text: str) -> None:
    wrong = refusal(text)
    assert (wrong.code, wrong.params) == ("wrong_quotes", {"row": 2})


def test_a_file_has_as_many_rows_as_allowed_and_no_more() -> None:
    assert len(read("όνομα\n" + "α\n" * MAX_ROWS).rows) == MAX_ROWS
    assert refusal("όνομα\n" + "α\n" * (MAX_ROWS + 1)).code == "file_too_many_rows"


def test_a_file_has_as_many_bytes_as_allowed_and_no_more() -> None:
    head = b"name\nx"
    assert read_rows(head + b"\n" * (MAX_BYTES - len(head)), COLUMNS).rows
    assert refusal(head + b"\n" * (MAX_BYTES - len(head) + 1)).code == "file_too_large"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_is_empty"),
        (b"\xef\xbb\xbf \r\n", "file_is_empty"),
        (b"name;\n\n;\n", "file_has_no_rows"),
        (b"name\n\n", "file_has_no_rows"),
        (b"PK\x03\x04rest", "is_a_workbook"),
        (b"n\0a\0m\0e\0", "not_text"),
        (b"\xff\xfea", "not_in_encoding"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, code: str) -> None:
    assert refusal(content).code == code
