"""The officials' day: how long a full one takes to be read and put into words, and how soon a press is heard of."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert

from benchmarks.report import Row, Times, milliseconds
from benchmarks.run import Run
from benchmarks.town import a_town
from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import DepartmentRow, MunicipalityRow, ServiceRow
from dimoslive.domain.booking.references import make_reference
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.presses import Press
from dimoslive.domain.people.personal_data import Afm
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.slots import ticks
from dimoslive.i18n import texts_of
from dimoslive.integrations.bus.redis import RedisRoomBus
from dimoslive.integrations.clock import SystemClock
from dimoslive.jobs.announce_days import announce_days
from dimoslive.ports import Identity
from dimoslive.services.desk.find_workplace import Workplace, find_workplace
from dimoslive.services.desk.press_booking import SeenBooking, press_booking
from dimoslive.services.desk.show_day import show_day
from dimoslive.services.desk.undo_press import undo_press
from dimoslive.settings import Settings
from dimoslive.ui.staff.day.rows import show_row
from tests.http.meeting.line import Line, serving
from tests.http.site import Site
from tests.integrations.bus.redis_server import running_redis
from tests.support.database import counting
from tests.support.meeting import NIKOS, enter_official, staff_token
from tests.support.world import Town, a_citizen, desk_ids
from tools.redis_server import redis_server_on_path

DESKS, BOOKINGS, HISTORY = 20, 100, 20_000
OPEN_DAYS = 50
MAX_READ_MS, MAX_DELAY_MS = 60.0, 1000.0
GATHERED_MS = 600.0
"""The longest that a page waits for more news before it reads."""


def desk_day(run: Run) -> Iterator[Row]:
    """On each database."""
    for name, databases in run.databases.items():
        run.say(f"a day with {BOOKINGS} bookings, {name}")
        yield from _measured(run, name, *full_day(databases.migrated(), 1000 if run.quick else HISTORY))


def _measured(run: Run, name: str, town: Town, official: Official) -> Iterator[Row]:
    def read() -> None:
        _read(town, official, place, today)

    place = find_workplace(town.context, official, town.municipality.slug)
    today = town.clock.now().date()
    with counting(town.context.db) as statements:
        read()
    reading = Times([milliseconds(read) for _ in range(5 if run.quick else 100)])
    yield Row(
        f"A day with {BOOKINGS} bookings at {DESKS} desks, read and put into words, {name}",
        f"{reading}; {len(statements)} queries",
        f"p95 ≤ {MAX_READ_MS:.0f} ms, ≤ 6 queries",
        reading.p95 <= MAX_READ_MS and len(statements) <= 6,
    )
    delay = Times(asyncio.run(_delays(run, town, official, 10 if run.quick else 100)))
    seen = delay.p95 + GATHERED_MS + reading.p95
    yield Row(
        f"From a press to {OPEN_DAYS} open days over Redis, {name}",
        f"{delay}; with at most {GATHERED_MS:.0f} ms of gathering and the reading {seen:.0f} ms",
        f"p95 < {MAX_DELAY_MS:.0f} ms in all",
        seen < MAX_DELAY_MS,
    )


def _read(town: Town, official: Official, place: Workplace, today: date) -> None:
    day, t = show_day(town.context, official, place, today), texts_of("el")
    rows = [show_row(booking, day, t) for booking in day.bookings]
    assert len(rows) == BOOKINGS


def full_day(url: str, history: int, number: int = 0) -> tuple[Town, Official]:
    """A town of many desks with as many bookings today as are promised, among all of its past.

    Towns of one database have different numbers.
    """
    clock = SystemClock()
    # All other bookings lie in the past.
    first = clock.now().date() - timedelta(days=60)
    measured = a_town(url, clock, desks=DESKS, bookings=history, first=first)
    with transaction(measured.context.db) as tx:
        service = tx.get_one(ServiceRow, measured.service_id)
        department = tx.get_one(DepartmentRow, service.department_id)
        municipality = tx.get_one(MunicipalityRow, department.municipality_id)
        eleni = a_citizen(tx)
        desks = desk_ids(tx, service)
        now = clock.now().replace(hour=9, minute=0, second=0, microsecond=0)
        rows = []
        for one in range(number * BOOKINGS, (number + 1) * BOOKINGS):
            starts_at = now + timedelta(minutes=30 * (one % BOOKINGS // DESKS))
            occupied = ticks(starts_at, starts_at + timedelta(minutes=30))
            row = BookingRow(
                id=10_000_000 + one, reference=make_reference(5_000_000 + one),
                status=BookingStatus.BOOKED.value, municipality_id=municipality.id, service_id=measured.service_id,
                desk_id=desks[one % DESKS], citizen_id=a_citizen(tx, f"Πολίτης {one}").id,
                mode=Mode.IN_PERSON.value, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=30),
                first_tick=occupied.start, end_tick=occupied.stop, subject="Πιστοποιητικό", created_at=starts_at,
            )  # fmt: skip
            rows.append(row.model_dump())
        tx.execute(insert(BookingRow), rows)
    town: Any = Town(measured.context, clock, municipality, service, eleni)  # type: ignore[arg-type]  # a real clock
    return town, enter_official(town, official_of(number))


def official_of(number: int) -> Identity:
    """Who works in the town of this number."""
    return replace(NIKOS, afm=Afm(f"{900_000_000 + number}"))


async def _delays(run: Run, town: Town, official: Official, presses: int) -> list[float]:
    """Each from before the press until the last of the open days has heard of it."""
    program = redis_server_on_path()
    if program is None:
        raise RuntimeError("redis-server is not installed")
    with ExitStack() as exits:
        url = exits.enter_context(running_redis(program))
        buses = [RedisRoomBus(url), RedisRoomBus(url)]
        context = town.context
        town.context = replace(context, room_bus=buses[0])
        settings = Settings(_env_file=None, mailbox_dir=run.folder / "mailbox")
        there = Site(replace(town, context=replace(context, room_bus=buses[1])), settings)
        announcing = asyncio.create_task(announce_days(town.context))
        async with serving(there) as wire:
            wire.address = wire.address.replace("/api/meetings/socket", "/api/desk/live")
            staff = await asyncio.to_thread(staff_token, town, official_of(0))
            asked = {"m": town.municipality.slug, "date": town.clock.now().date().isoformat()}
            days = [await wire.open(asked, staff=staff) for _ in range(OPEN_DAYS)]
            await asyncio.gather(*(day.hear("listening") for day in days))
            found = [await _press(town, official, days, number) for number in range(presses)]
        announcing.cancel()
        for bus in buses:
            await bus._redis.aclose()  # noqa: SLF001  # as the tests do
        return found


async def _press(town: Town, official: Official, days: list[Line], number: int) -> float:
    reference = make_reference(5_000_000 + number % BOOKINGS)
    begun = time.perf_counter()
    done = await asyncio.to_thread(
        press_booking, town.context, official, Press.ARRIVED, SeenBooking(reference, BookingStatus.BOOKED)
    )
    await asyncio.gather(*(day.hear("changed") for day in days))
    took = (time.perf_counter() - begun) * 1000
    await asyncio.to_thread(undo_press, town.context, official, reference, done.event_id)
    await asyncio.gather(*(day.hear("changed") for day in days))
    return took
