"""The municipality that is measured: one service of half an hour, Monday to Friday, 9 to 17, and its history."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from sqlalchemy import insert, select
from sqlmodel import Session, col

from benchmarks.floor import DAYS, FIRST_DAY, IN_MONTH
from dimoslive.context import AppContext
from dimoslive.db.engine import make_engine, transaction
from dimoslive.db.tables.booking import BookingRow, ClaimRow
from dimoslive.db.tables.catalogue import MunicipalityRow, ServiceRow
from dimoslive.domain.booking.references import make_reference
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.people.principals import Citizen
from dimoslive.domain.scheduling.local_time import ATHENS, to_instant
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.slots import ticks
from dimoslive.ports import Clock
from dimoslive.seeds.municipalities import seed_municipalities
from dimoslive.services.draft.choose_service import choose_service
from dimoslive.services.draft.give_details import give_details
from tests.support.database import context_for
from tests.support.world import a_citizen, a_service, desk_ids, typed

LAST_DAY = FIRST_DAY + timedelta(days=DAYS - 1)
HALF_HOUR = timedelta(minutes=30)

_ROWS_AT_ONCE = 10_000


@dataclass(frozen=True)
class Town:
    """A service and what to ask about it."""

    context: AppContext
    service_id: int

    def citizens(self, count: int) -> list[Citizen]:
        """Signed-in citizens, each with service, mode and details chosen: what is left is the time."""
        with transaction(self.context.db) as tx:
            citizens = [a_citizen(tx) for _ in range(count)]
        for citizen in citizens:
            choose_service(self.context, citizen, self.service_id, Mode.VIDEO)
            give_details(self.context, citizen, typed())
        return citizens


def a_town(url: str, clock: Clock, *, desks: int = 5, bookings: int = 0, first: date = FIRST_DAY) -> Town:
    """A town in a migrated database; of its bookings 200 lie in the month from ``first``, the others before."""
    context = context_for(make_engine(url), clock)
    with transaction(context.db) as tx:
        seed_municipalities(tx)
        tx.flush()
        joining = (
            select(MunicipalityRow).where(col(MunicipalityRow.joined_at).is_(None)).order_by(col(MunicipalityRow.id))
        )
        municipality = tx.scalars(joining.limit(1)).one()
        service = a_service(
            tx, municipality, duration_minutes=30, step_minutes=30, desks=desks, modes="PVT", hours="09:00-17:00"
        )
        _add_bookings(tx, municipality.id, service, bookings, first)
    return Town(context, service.id or 0)


def month_instants(first: date = FIRST_DAY) -> list[datetime]:
    """Every time of the month as an instant."""
    return [start for offset in range(DAYS) for start in _day_instants(first + timedelta(days=offset))]


def _add_bookings(tx: Session, municipality_id: int, service: ServiceRow, count: int, first: date) -> None:
    desks = desk_ids(tx, service)
    to_come = [(desk_id, start) for start in month_instants(first) for desk_id in desks]
    taken = random.Random(1).sample(to_come, min(IN_MONTH, count))
    rows = [
        _row(number, municipality_id, service, place)
        for number, place in enumerate([*taken, *islice(_history(desks, first), count - len(taken))], start=1)
    ]
    for begin in range(0, len(rows), _ROWS_AT_ONCE):
        tx.execute(insert(BookingRow), rows[begin : begin + _ROWS_AT_ONCE])
    claims = [
        {"desk_id": desk_id, "tick": tick, "booking_id": number}
        for number, (desk_id, starts_at) in enumerate(taken, start=1)
        for tick in ticks(starts_at, starts_at + HALF_HOUR)
    ]
    if claims:
        tx.execute(insert(ClaimRow), claims)


def _history(desks: list[int], first: date) -> Iterator[tuple[int, datetime]]:
    day = first
    while True:
        day -= timedelta(days=1)
        for start in _day_instants(day):
            yield from ((desk_id, start) for desk_id in desks)


def _day_instants(day: date) -> list[datetime]:
    if day.isoweekday() > 5:
        return []
    opens = to_instant(day, time(9), ATHENS)
    return [opens + n * HALF_HOUR for n in range(16)]


def _row(number: int, municipality_id: int, service: ServiceRow, place: tuple[int, datetime]) -> dict[str, object]:
    desk_id, starts_at = place
    ends_at = starts_at + HALF_HOUR
    occupied = ticks(starts_at, ends_at)
    row = BookingRow(
        id=number,
        reference=make_reference(number),
        status=BookingStatus.BOOKED.value,
        municipality_id=municipality_id,
        service_id=service.id or 0,
        desk_id=desk_id,
        mode=Mode.VIDEO.value,
        starts_at=starts_at,
        ends_at=ends_at,
        first_tick=occupied.start,
        end_tick=occupied.stop,
        created_at=starts_at,
    )
    return row.model_dump()
