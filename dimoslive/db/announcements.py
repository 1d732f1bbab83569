"""What is told when a transaction is committed: that open days of the desk, or public pages, are to be read again."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple, Protocol

from sqlalchemy import select
from sqlmodel import Session, col

from dimoslive.db.engine import announce
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.scheduling.local_time import ATHENS, local_day


class OfDay(Protocol):
    """A booking or a hold, as a whole row or in part."""

    @property
    def municipality_id(self) -> int:
        """Whose day it is."""

    @property
    def starts_at(self) -> datetime:
        """In which day it lies."""

    @property
    def reference(self) -> str:
        """Which booking it is."""


class DayChange(NamedTuple):
    """What open days hear of: no personal data, and nothing to show; they read the day again."""

    municipality_id: int
    day: date
    kind: str
    reference: str


class CatalogueChange(NamedTuple):
    """What workers hear of: what anybody may see of a municipality is to be read again."""

    municipality_id: int


def announce_catalogue(tx: Session, municipality_id: int) -> None:
    """What a municipality offers, or when, is not what it was."""
    announce(tx, CatalogueChange(municipality_id))


def announce_day(tx: Session, row: OfDay, kind: str) -> None:
    """Something of the booking's day is to be read again, though its history has nothing to tell."""
    announce_day_at(tx, row, row.starts_at, kind)


def announce_day_at(tx: Session, row: OfDay, at: datetime, kind: str) -> None:
    """The same for another day than the booking's own: the one that it was moved from."""
    announce(tx, DayChange(row.municipality_id, local_day(at, ATHENS), kind, row.reference))


def announce_day_of(tx: Session, municipality_id: int, day: date, kind: str) -> None:
    """The same for what is no single booking's."""
    announce(tx, DayChange(municipality_id, day, kind, ""))


def announce_days_of(tx: Session, booking_ids: Iterable[int], kind: str) -> None:
    """The days of several bookings, known by their ids alone."""
    query = select(BookingRow).where(col(BookingRow.id).in_(list(booking_ids)))
    for row in tx.scalars(query):
        announce_day(tx, row, kind)
