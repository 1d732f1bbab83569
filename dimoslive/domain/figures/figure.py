"""A figure: lines and columns of numbers. Chart, table and file are all made of these."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from dimoslive.domain.figures.asked import Per

Number = int | Decimal
Head = date | str | Mapping[str, str]
"""What a line is about: the first day of a day, week or month; a word of the catalogue; or a name by language."""


class Unit(StrEnum):
    """What a number counts."""

    COUNT = "count"
    PERCENT = "percent"
    DAYS = "days"
    MINUTES = "minutes"
    DAYS_TO_NEXT = "days_to_next"
    """Of services, not of persons."""


class Chart(StrEnum):
    """How a figure is drawn."""

    BARS = "bars"
    """Side by side, a group for each line."""
    STACKED = "stacked"
    """Shares of each line, one on top of the other, up to 100 %."""
    LINES = "lines"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Column:
    """A number for each line; None where there is none, or where it would be of too few."""

    name: str
    unit: Unit
    cells: tuple[Number | None, ...]
    total: Number | None = None
    is_drawn: bool = True
    """In the chart; those that are not stand in table and file alone."""


@dataclass(frozen=True, slots=True)
class Summed:
    """A number of the whole period, and the same of as many days before."""

    name: str
    unit: Unit
    value: Number | None
    before: Number | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """``size`` is of how many bookings it speaks: of none there is nothing to show."""

    heads: tuple[Head, ...]
    columns: tuple[Column, ...]
    sums: tuple[Summed, ...]
    size: int
    per: Per | None = None
    """How days are put together in its lines; None where the lines are something else."""
    is_incomplete: bool = False
    """Too many bookings of days past have no outcome."""
