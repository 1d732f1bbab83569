"""What an import would do: each row's verdict, before anything is changed."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from dimoslive.domain.errors import InvalidDetails, InvalidInput
from dimoslive.domain.imports.rows import Row


class Verdict(StrEnum):
    """Of one row."""

    NEW = "new"
    CHANGE = "change"
    SAME = "same"
    WRONG = "wrong"


class Line(Protocol):
    """A row that was parsed."""

    @property
    def keys(self) -> tuple[str, ...]:
        """By any of these two lines are seen to be of the same thing."""


L = TypeVar("L", bound=Line)


@dataclass(frozen=True, slots=True)
class Stands(Generic[L]):
    """What there is already of a line's thing; ``values`` in the line's own fields and kinds."""

    id: int
    values: L


@dataclass(frozen=True, slots=True)
class Judged(Generic[L]):
    """A row with its verdict. A wrong one has problems, every other a line; ``changes`` are the fields that differ."""

    row: Row
    verdict: Verdict
    line: L | None = field(default=None, repr=False)
    stands: Stands[L] | None = field(default=None, repr=False)
    changes: tuple[str, ...] = ()
    problems: tuple[InvalidInput, ...] = ()


def judge_rows(
    rows: Iterable[Row],
    parse: Callable[[Row], L],
    look_up: Callable[[list[L]], None],
    find: Callable[[L], Stands[L] | None],
    fields: Iterable[str],
) -> tuple[Judged[L], ...]:
    """The verdicts, in the rows' order. ``parse`` and ``find`` refuse with `InvalidDetails` or `InvalidInput`.

    ``look_up`` hears of all lines before the first is found: it reads at once what they are about.
    Of two rows about one thing the second is wrong: which of them is meant, only its writer knows.
    """
    names = tuple(fields)
    seen: dict[Hashable, int] = {}
    judged: list[Judged[L]] = []
    parsed = [(row, _parsed(row, parse)) for row in rows]
    look_up([line for _, line in parsed if not isinstance(line, InvalidDetails | InvalidInput)])
    for row, line in parsed:
        try:
            if isinstance(line, InvalidDetails | InvalidInput):
                raise line
            stands = find(line)
            _refuse_second(row, line, stands, seen)
        except InvalidDetails as wrong:
            judged.append(Judged(row, Verdict.WRONG, problems=wrong.problems))
        except InvalidInput as problem:
            judged.append(Judged(row, Verdict.WRONG, problems=(problem,)))
        else:
            judged.append(_compared(row, line, stands, names))
    return tuple(judged)


def count_verdicts(judged: Iterable[Judged[L]]) -> Mapping[Verdict, int]:
    """How many rows have each verdict; all four are there."""
    counts = dict.fromkeys(Verdict, 0)
    for one in judged:
        counts[one.verdict] += 1
    return counts


def _parsed(row: Row, parse: Callable[[Row], L]) -> L | InvalidDetails | InvalidInput:
    try:
        return parse(row)
    except (InvalidDetails, InvalidInput) as wrong:
        return wrong


def _refuse_second(row: Row, line: L, stands: Stands[L] | None, seen: dict[Hashable, int]) -> None:
    keys: list[Hashable] = [*line.keys, *([stands.id] if stands else [])]
    first = min((seen[key] for key in keys if key in seen), default=None)
    if first is not None:
        raise InvalidInput("row", "twice_in_file", row=first)
    seen.update(dict.fromkeys(keys, row.number))


def _compared(row: Row, line: L, stands: Stands[L] | None, names: Iterable[str]) -> Judged[L]:
    if stands is None:
        return Judged(row, Verdict.NEW, line)
    changes = tuple(
        name
        for name in names
        # An empty cell says nothing about what is there.
        if (wished := getattr(line, name)) is not None and wished != getattr(stands.values, name)
    )
    return Judged(row, Verdict.CHANGE if changes else Verdict.SAME, line, stands, changes)
