"""The floor: the least that a booking back end can do, as a yardstick measured in the same run.

One table with a unique key, one range query, a set difference, JSON; booking is an insert. No page, mail, sign-in,
rules, desks or audit. What the product takes is quoted as a multiple of this.
"""

import json
import random
from datetime import date, datetime, time, timedelta
from functools import partial

from sqlalchemy import (
    Column,
    DateTime,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    create_engine,
    event,
    insert,
    select,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import ConnectionPoolEntry

FIRST_DAY = date(2026, 11, 23)
DAYS = 30
IN_MONTH = 200
"""Bookings inside the month; the others lie before it."""

_metadata = MetaData()
_booking = Table(
    "booking",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("resource_id", Integer, nullable=False),
    Column("start", DateTime, nullable=False),
    Column("name", String(80)),
    UniqueConstraint("resource_id", "start"),
)


class Floor:
    """A database with one table, `slots` and `book`; what is durable is on the disk before it is answered."""

    def __init__(self, url: str, bookings: int, *, is_durable: bool = False) -> None:
        is_sqlite = url.startswith("sqlite")
        options = {"connect_args": {"timeout": 30}} if is_sqlite else {}
        self.engine = create_engine(url, pool_size=20, max_overflow=20, **options)
        if is_sqlite:
            event.listen(self.engine, "connect", partial(_prepare_sqlite, "full" if is_durable else "normal"))
        elif not is_durable:
            event.listen(self.engine, "connect", _wait_for_no_disk)
        _metadata.create_all(self.engine)
        rows = [{"resource_id": 1, "start": start, "name": "x"} for start in _taken(bookings)]
        if rows:
            with self.engine.begin() as connection:
                connection.execute(insert(_booking), rows)

    def slots(self) -> str:
        """The free times of the month, as JSON."""
        begin = datetime.combine(FIRST_DAY, time())
        query = select(_booking.c.start).where(
            _booking.c.resource_id == 1, _booking.c.start >= begin, _booking.c.start < begin + timedelta(days=DAYS)
        )
        with self.engine.connect() as connection:
            busy = {row[0] for row in connection.execute(query)}
        return json.dumps([start.isoformat() for start in month_starts() if start not in busy])

    def book(self, start: datetime) -> bool:
        """Take a time; false if it is taken."""
        try:
            with self.engine.begin() as connection:
                connection.execute(insert(_booking).values(resource_id=1, start=start, name="x"))
        except IntegrityError:
            return False
        return True


def month_starts() -> list[datetime]:
    """Every time of the month: half hours, Monday to Friday, 9 to 17."""
    return [start for offset in range(DAYS) for start in _day_starts(FIRST_DAY + timedelta(days=offset))]


def _day_starts(day: date) -> list[datetime]:
    if day.isoweekday() > 5:
        return []
    return [datetime.combine(day, time(9 + half // 2, 30 * (half % 2))) for half in range(16)]


def _taken(bookings: int) -> list[datetime]:
    taken = random.Random(1).sample(month_starts(), min(IN_MONTH, bookings))
    day = FIRST_DAY - timedelta(days=1)
    while len(taken) < bookings:
        taken += _day_starts(day)
        day -= timedelta(days=1)
    return taken[:bookings]


def _prepare_sqlite(synchronous: str, connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=wal", f"synchronous={synchronous}", "busy_timeout=30000"):
        cursor.execute(f"pragma {pragma}")
    cursor.close()


def _wait_for_no_disk(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("SET synchronous_commit = off")
    cursor.close()
    connection.commit()
