"""The cells of one row as values. What is wrong is collected, so that a row tells all its mistakes at once."""

import re
from collections.abc import Callable, Iterable
from datetime import time
from typing import TypeVar

from dimoslive.domain.desk.typed_times import parse_clock
from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.folding import folded
from dimoslive.domain.imports.formulas import begins_like_a_formula, unguarded
from dimoslive.domain.imports.rows import Row
from dimoslive.domain.people.personal_data import clean_line, clean_text

T = TypeVar("T")

LIST_SEPARATOR = "|"
MAX_LISTED = 50
_HTTPS = re.compile(
    r"https://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}(?::[0-9]{1,5})?(?:[/?#]\S*)?", re.IGNORECASE
)


class CellReader:
    """Reads a row's cells; ``problems`` are in the order of reading."""

    def __init__(self, row: Row) -> None:
        self._row = row
        self.problems: list[InvalidInput] = []
        if row.has_too_many:
            self.problems.append(InvalidInput("row", "too_many_cells"))

    def read(self, column: str, parse: Callable[[str], T], *, is_required: bool = False) -> T | None:
        """What ``parse`` makes of the cell; None for an empty one, which says nothing, and for a wrong one."""
        cell = unguarded(self._row.cells.get(column, ""))
        if not cell.strip():
            if is_required:
                self.problems.append(InvalidInput(column, "required"))
            return None
        try:
            return parse(cell)
        except InvalidInput as problem:
            # A shared parser names its own field; here the field is the column.
            self.problems.append(InvalidInput(column, problem.code, **problem.params))
            return None

    def line(self, column: str, *, max_length: int, min_length: int = 1, is_required: bool = False) -> str | None:
        """A text of one line."""

        def parse(cell: str) -> str:
            self._refuse_formula(column)
            line = clean_line(column, cell, max_length=max_length)
            if len(line) < min_length:
                raise InvalidInput(column, "too_short", min_length=min_length)
            return line

        return self.read(column, parse, is_required=is_required)

    def text(self, column: str, *, max_length: int) -> str | None:
        """A text of several lines."""

        def parse(cell: str) -> str:
            self._refuse_formula(column)
            return clean_text(column, cell, max_length=max_length)

        return self.read(column, parse)

    def _refuse_formula(self, column: str) -> None:
        # As it stands in the file: an apostrophe before it says that it is meant as text.
        if begins_like_a_formula(self._row.cells[column]):
            raise InvalidInput(column, "begins_like_a_formula")


def whole_number(least: int, most: int, step: int = 1) -> Callable[[str], int]:
    """A parser of whole numbers within bounds, both included, on the step."""

    def parse(cell: str) -> int:
        typed = cell.strip()
        number = int(typed) if re.fullmatch("[0-9]{1,6}", typed) else least - 1
        if not least <= number <= most or number % step:
            raise InvalidInput("number", "number_out_of_bounds", least=least, most=most, step=step)
        return number

    return parse


def clock(cell: str) -> time:
    """A time on five minutes; 24:00 is midnight, 08:30:00 is what some spreadsheets write."""
    typed = re.sub(r"(?<=\d:\d\d):00$", "", cell.strip())
    wall = time() if typed in ("24:00", "24") else parse_clock(typed)
    if wall.minute % 5:
        raise InvalidInput("clock", "not_on_five_minutes")
    return wall


def https_address(cell: str) -> str:
    """An address that begins with https://, without a name or password in it."""
    address = clean_line("online_url", cell, max_length=500)
    if not _HTTPS.fullmatch(address):
        raise InvalidInput("online_url", "not_https")
    return address


def listed(cell: str) -> tuple[str, ...]:
    """The names of a list, each once, in their order."""
    names = {folded(name): " ".join(name.split()) for name in cell.split(LIST_SEPARATOR) if name.strip()}
    if len(names) > MAX_LISTED:
        raise InvalidInput("list", "too_many_listed", limit=MAX_LISTED)
    return tuple(names.values())


def one_of(words: dict[str, T]) -> Callable[[str], T]:
    """A parser of a few words, whatever their case and accents; the words are folded."""

    def parse(cell: str) -> T:
        try:
            return words[folded(cell)]
        except KeyError:
            raise InvalidInput("word", "unknown_word", word=_short(cell)) from None

    return parse


def found_by_name(name: str, things: Iterable[tuple[int, Iterable[str]]]) -> int:
    """The id of the one thing with this name in any language; raises `InvalidInput` for none or several."""
    ids = {id_ for id_, names in things if folded(name) in map(folded, names)}
    if len(ids) != 1:
        raise InvalidInput("name", "name_of_several" if ids else "unknown_name", name=_short(name))
    return ids.pop()


def _short(cell: str) -> str:
    return " ".join(cell.split())[:60]
