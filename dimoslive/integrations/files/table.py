"""A table to be written as a file: headings, and rows of typed cells."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

Cell = str | int | Decimal | date | time | None
"""A date is a local one, a time one of a 24-hour clock; None is an empty cell."""


@dataclass(frozen=True, slots=True)
class Table:
    """``language`` decides how a text file writes dates and numbers, and what separates its cells."""

    title: str
    language: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]] = field(repr=False)
