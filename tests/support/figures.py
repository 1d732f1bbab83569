"""Bookings as figures find them: rows that stand as told, of whatever day."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.references import make_reference
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.slots import ticks
from tests.support.world import Town, desk_ids, on_the_day

_numbers = count(700_000)
_S = BookingStatus
BOOKED_AT = on_the_day("2026-11-20 10:00")


def a_row(town: Town, start: str, status: BookingStatus = _S.BOOKED, **columns: Any) -> BookingRow:
    """A booking of 20 minutes that stands as told; instants are walls of its day, or have a date."""
    starts_at = on_the_day(start)
    ends_at = starts_at + timedelta(minutes=columns.pop("minutes", 20))
    occupied = ticks(starts_at, ends_at)
    for name in ("arrived_at", "started_at", "ended_at", "cancelled_at", "booked_at", "first_starts_at"):
        if isinstance(columns.get(name), str):
            columns[name] = _on_its_day(columns[name], start)
    usual: dict[str, Any] = {
        "reference": make_reference(next(_numbers)),
        "status": status.value,
        "municipality_id": town.municipality.id,
        "service_id": town.service.id,
        "mode": Mode.IN_PERSON.value,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "first_tick": occupied.start,
        "end_tick": occupied.stop,
        "created_at": BOOKED_AT,
        "booked_at": BOOKED_AT,
    }
    if "desk_id" not in columns:
        with transaction(town.context.db) as tx:
            columns["desk_id"] = desk_ids(tx, town.service)[0]
    return BookingRow(**(usual | columns))


def add_rows(town: Town, rows: Iterable[BookingRow]) -> list[BookingRow]:
    """They are there."""
    with transaction(town.context.db) as tx:
        found = list(rows)
        tx.add_all(found)
    return found


def the_worked_day(town: Town) -> list[BookingRow]:
    """Tuesday 24 November 2026: seven made, six due, of which one was left without an outcome."""
    done = {"outcome": "served"}
    missing = {"outcome": "documents_missing"}
    return add_rows(
        town,
        [
            a_row(town, "09:00", _S.SERVED, arrived_at="08:52", started_at="09:03", ended_at="09:15", **done),
            a_row(town, "09:30", _S.NO_SHOW, outcome="no_show"),
            a_row(town, "10:00", _S.SERVED, arrived_at="10:04", started_at="10:06", ended_at="10:14", **done),
            a_row(town, "10:30", _S.CANCELLED_BY_CITIZEN, cancelled_at="2026-11-23 12:00"),
            a_row(town, "11:00", _S.SERVED, arrived_at="10:40", started_at="10:55", ended_at="11:10", **done),
            a_row(town, "11:30", _S.NOT_SERVED, arrived_at="11:31", started_at="11:40", ended_at="11:45", **missing),
            a_row(town, "12:00"),
        ],
    )


def _on_its_day(wall: str, start: str) -> datetime:
    day, _, _ = start.rpartition(" ")
    return on_the_day(wall if "-" in wall or not day else f"{day} {wall}")
