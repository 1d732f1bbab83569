"""Rows that people change as one thing, as plain values by field and back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Generic, TypeVar

from sqlmodel import Session, UTCDateTime

from dimoslive.db.tables.root import Root

R = TypeVar("R", bound=Root)


def _no_children(_tx: Session, _row: Any) -> dict[str, object]:
    return {}


def _writes_none(_tx: Session, _row: Any, _changed: Mapping[str, object]) -> None:
    """Nothing beside the columns."""


@dataclass(frozen=True)
class RootKind(Generic[R]):
    """A kind of thing that has a version: which columns people change, and what of other tables belongs to it.

    ``read`` gives the children as plain values by field; ``write`` gets those fields of them that changed. ``word``
    is its name in the log, and ``key`` the column by which it is known there. Of ``unlogged`` fields the log says only
    that they changed.
    """

    table: type[R]
    word: str
    columns: tuple[str, ...]
    read: Callable[[Session, R], dict[str, object]] = _no_children
    write: Callable[[Session, R, Mapping[str, object]], None] = _writes_none
    unlogged: frozenset[str] = frozenset()
    has_archive: bool = True
    """Whether an inactive one is archived: then it cannot be changed."""
    key: str = "id"
    ends_as: str = "deleted"
    """What the log says of one that is there no more."""


def plain(value: object) -> object:
    """A column's value as JSON knows it."""
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return value.isoformat() if isinstance(value, date) else value


def typed(kind: RootKind[Any], column: str, value: object) -> object:
    """A plain value as the column has it."""
    of_column = kind.table.__table__.columns[column]
    if value is None or (value == "" and of_column.nullable):
        return None
    # An instant's own type does not say what it is in Python.
    python_type = datetime if isinstance(of_column.type, UTCDateTime) else of_column.type.python_type
    if python_type in (time, date, datetime) and isinstance(value, str):
        return python_type.fromisoformat(value)
    return value


def values_of(tx: Session, kind: RootKind[R], row: R) -> dict[str, object]:
    """All fields of a row and of its children."""
    own = {name: plain(getattr(row, name)) for name in kind.columns}
    return own | kind.read(tx, row)


def logged(kind: RootKind[Any], values: Mapping[str, object]) -> dict[str, object]:
    """The fields as the log may have them."""
    return {name: "…" if name in kind.unlogged else value for name, value in values.items()}
