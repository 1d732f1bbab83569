"""What we write we read back, and whatever else comes is read or refused politely."""

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dimoslive.domain.errors import InvalidDetails, InvalidInput
from dimoslive.domain.imports import officials, services
from dimoslive.domain.imports.encodings import Encoding
from dimoslive.domain.imports.formulas import begins_like_a_formula, guarded, unguarded
from dimoslive.domain.imports.places import KnownDesk, KnownPlaces
from dimoslive.domain.imports.rows import Column, read_rows
from dimoslive.integrations.files.csv_file import write_csv
from dimoslive.integrations.files.table import Table

COLUMNS = (Column("one", ("ένα",), is_required=True), Column("two", ("δύο",)), Column("three", ("τρία",)))
PLACES = KnownPlaces(departments={1: ("Ταμείο", "Treasury")}, desks={2: KnownDesk(1, ("Θέση 1",))})
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")) | st.text("'=+-@\t\r\n ;,\"α\u00a0")
GREEK = st.text("abc ;,\"'\nΆΈΉΊΌΎΏάέήίόύώαβγδΑΒΓΔΩ", min_size=1)
HEADINGS = [
    heading for columns in (officials.COLUMNS, services.COLUMNS) for column in columns for heading in column.headings
]


@given(TEXTS)
@example("'=1")
@example("''=1")
@example(" '=1")
def test_a_guarded_text_is_text_and_comes_back(text: str) -> None:
    assert not begins_like_a_formula(guarded(text))
    assert unguarded(guarded(text)) == text


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=5), st.sampled_from(["el", "en"]))
def test_what_our_writer_writes_our_reader_reads(rows: list[tuple[str, str, str]], language: str) -> None:
    written = write_csv(Table("t", language, ["ένα", "δύο", "τρία"], rows))
    kept = [row for row in rows if any(guarded(cell).strip() for cell in row)]
    if not kept:
        with pytest.raises(InvalidInput, match="file_has_no_rows"):
            read_rows(written, COLUMNS)
        return
    found = read_rows(written, COLUMNS)
    assert found.encoding is Encoding.UTF_8
    assert [tuple(unguarded(cell) for cell in row.cells.values()) for row in found.rows] == kept


@given(GREEK, st.sampled_from(list(Encoding)))
def test_greek_is_read_in_the_encoding_in_which_it_was_saved(text: str, encoding: Encoding) -> None:
    cell = text.replace('"', '""')
    content = f'ένα\n"Άννα {cell}"'.encode(encoding.value)
    found = read_rows(content, COLUMNS)
    assert found.encoding is encoding
    assert found.rows[0].cells["one"] == f"Άννα {text}"


@given(st.binary() | TEXTS.map(lambda text: text.encode()) | TEXTS.map(lambda text: ("ένα;δύο\n" + text).encode()))
@example(b"\xff\xfe\x00\xd8")
@example(b'"')
@example(b";" * 5000)
def test_whatever_the_bytes_are_they_are_read_or_refused(content: bytes) -> None:
    for encoding in (None, *Encoding):
        with suppress(InvalidInput):
            assert read_rows(content, COLUMNS, encoding).rows


@given(st.dictionaries(st.sampled_from(HEADINGS), TEXTS | st.from_regex(r"[0-9:|,-]{1,10}", fullmatch=True)))
def test_whatever_stands_in_a_cell_a_row_is_parsed_or_refused(cells: dict[str, str]) -> None:
    for columns, parse in (
        (officials.COLUMNS, officials.parse_official),
        (services.COLUMNS, services.parse_service),
    ):
        known = {heading: text for heading, text in cells.items() if any(heading in one.headings for one in columns)}
        needed = {one.headings[0]: "Ταμείο" for one in columns if one.is_required} | known
        content = write_csv(Table("t", "el", list(needed), [list(needed.values())]))
        with suppress(InvalidInput):
            for row in read_rows(content, columns).rows:
                with suppress(InvalidDetails):
                    assert parse(row, PLACES).key
