"""What statements are made of that are asked with every booking."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, insert, literal_column
from sqlmodel import Session, SQLModel, col


class Insert:
    """Writes rows of one table by their columns: with the session's bookkeeping each takes twice as long.

    Built once: that takes longer than to run it.
    """

    def __init__(self, table: type[SQLModel]) -> None:
        self._statement = insert(table).returning(col(table.id))  # type: ignore[attr-defined]  # each of ours has one
        # What is empty by itself stays so: a statement with fewer values is read and sent sooner.
        self._defaults = {
            name: field.default
            for name, field in table.model_fields.items()
            if not field.is_required() and field.default is not None
        }

    def __call__(self, tx: Session, **values: Any) -> int:
        """Write a row after whatever the session has still to write; its id."""
        tx.flush()
        return int(tx.connection().execute(self._statement, self._defaults | values).scalar_one())


def constants(words: Iterable[StrEnum]) -> list[ColumnElement[str]]:
    """Our own words for ``column.in_(…)``, in the text of the statement: as values each would be sent and read."""
    return [literal_column(f"'{word.value}'") for word in sorted(words)]
