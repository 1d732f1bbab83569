"""A CSV file as rows under known headings. All that is wrong with the file as such is one refusal."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice

from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.folding import folded
from dimoslive.domain.imports.encodings import Encoding, decode

MAX_BYTES = 1024 * 1024
MAX_ROWS = 2_000
SEPARATORS = (";", ",", "\t")
_MAX_NAMED = 5
_MAX_NAME_LENGTH = 40
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How files of spreadsheet programs begin that were not saved as CSV."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a file may have; its headings are those in which we would write it, in any of our languages."""

    name: str
    headings: tuple[str, ...]
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """``number`` is the one that a spreadsheet shows; ``cells`` are by the columns' names, as they stand there."""

    number: int
    cells: Mapping[str, str] = field(repr=False)
    has_too_many: bool = False
    """More cells than headings: what stands where can only be guessed."""


@dataclass(frozen=True, slots=True)
class RowsRead:
    """The file as it was understood; ``columns`` in the file's own order."""

    encoding: Encoding
    separator: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...] = field(repr=False)


def read_rows(content: bytes, columns: Sequence[Column], encoding: Encoding | None = None) -> RowsRead:
    """The rows that are not blank. Raises `InvalidInput` on ``file`` and nothing else, whatever the bytes are."""
    if len(content) > MAX_BYTES:
        raise InvalidInput("file", "file_too_large", megabytes=MAX_BYTES // 1024 // 1024)
    if content.startswith(_WORKBOOKS):
        raise InvalidInput("file", "is_a_workbook")
    text, found = decode(content, encoding)
    if "\0" in text:
        raise InvalidInput("file", "not_text")
    separator = _separator_of(text, columns)
    records = _records(text, separator)
    names = _columns_of(_head(records), columns)
    rows = tuple(islice((_row(number, record, names) for number, record in records), MAX_ROWS + 1))
    if not rows:
        raise InvalidInput("file", "file_has_no_rows")
    if len(rows) > MAX_ROWS:
        raise InvalidInput("file", "file_too_many_rows", limit=MAX_ROWS)
    return RowsRead(found, separator, tuple(name for name in names if name), rows)


def _separator_of(text: str, columns: Sequence[Column]) -> str:
    """The one by which the heading has most names that we know; of equals, the one that divides it most."""

    def understood(separator: str) -> tuple[int, int]:
        try:
            head = _head(_records(text, separator))
        except InvalidInput:
            return (0, 0)
        return (sum(_named(cell, columns) is not None for cell in head), len(head))

    return max(SEPARATORS, key=understood)


def _head(records: Iterator[tuple[int, list[str]]]) -> list[str]:
    for _, record in records:
        return record
    raise InvalidInput("file", "file_is_empty")


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Those with anything in them, and their numbers."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            # A quotation mark that is not closed, or closed before the cell's end.
            raise InvalidInput("file", "wrong_quotes", row=number + 1) from None
        number += 1
        if any(cell.strip() for cell in record):
            yield number, record


def _columns_of(head: Sequence[str], columns: Sequence[Column]) -> list[str]:
    """The columns' names in the order of the file; empty for a heading without text, which spreadsheets leave."""
    names = [_named(cell, columns) if cell.strip() else "" for cell in head]
    unknown = [cell for cell, name in zip(head, names, strict=True) if name is None]
    if unknown:
        raise InvalidInput("file", "unknown_headings", headings=_listed(unknown))
    known = [name or "" for name in names]
    twice = [cell for place, cell in enumerate(head) if known[place] and known[place] in known[:place]]
    if twice:
        raise InvalidInput("file", "headings_twice", headings=_listed(twice))
    missing = [" / ".join(column.headings) for column in columns if column.is_required and column.name not in known]
    if missing:
        raise InvalidInput("file", "missing_headings", headings=_listed(missing))
    return known


def _named(cell: str, columns: Sequence[Column]) -> str | None:
    key = folded(cell)
    return next((column.name for column in columns if key in map(folded, column.headings)), None)


def _listed(headings: Sequence[str]) -> str:
    shown = ["".join(letter for letter in one if letter.isprintable()).strip() for one in headings[:_MAX_NAMED]]
    return ", ".join(f"«{one[:_MAX_NAME_LENGTH]}»" for one in shown) + (" …" if len(headings) > _MAX_NAMED else "")


def _row(number: int, record: Sequence[str], names: Sequence[str]) -> Row:
    cells = {name: cell for name, cell in zip(names, record, strict=False) if name}
    stray = [cell for place, cell in enumerate(record) if place >= len(names) or not names[place]]
    return Row(number, cells, has_too_many=any(cell.strip() for cell in stray))
