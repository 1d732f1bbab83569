"""Words that stand in the text of a statement: as values each would be sent and read with every one."""

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import ColumnElement, literal_column


def constants(words: Iterable[StrEnum]) -> list[ColumnElement[str]]:
    """For ``column.in_(…)``; of our own words alone."""
    return [literal_column(f"'{word.value}'") for word in sorted(words)]
