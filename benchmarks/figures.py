"""The page of figures: how long all of them take together, of a month and of a year, and that writers do not wait."""

import random
import threading
from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import partial
from time import perf_counter
from typing import Any

from sqlalchemy import insert, text
from sqlmodel import Session

from benchmarks.report import Row, Times, milliseconds
from benchmarks.run import Run
from benchmarks.town import a_town
from dimoslive.db.engine import transaction
from dimoslive.db.queries.outbox import CITIZENS_MAIL
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import DepartmentRow, MunicipalityRow, ServiceRow
from dimoslive.db.tables.desk import BookingEventRow
from dimoslive.db.tables.outbox import DeliveryRow, OutboxRow
from dimoslive.db.tables.reminder import ReminderRow
from dimoslive.domain.booking.references import make_reference
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.events import BookingConfirmed
from dimoslive.domain.figures.asked import Asked, Per, Span
from dimoslive.domain.people.principals import Official, StaffRole
from dimoslive.domain.scheduling.local_time import ATHENS, to_instant
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.slots import ticks
from dimoslive.services.desk.find_workplace import Workplace, find_workplace
from dimoslive.services.figures.kinds import KINDS
from dimoslive.services.figures.list_days import list_days
from dimoslive.services.figures.show_figure import Rows, count_figure, read_rows, show_figure
from tests.support.clock import FrozenClock
from tests.support.lists import within
from tests.support.meeting import enter_official
from tests.support.world import NOW, Town, desk_ids

_S = BookingStatus
DESKS = 40
MONTH, YEAR = (30, 10_000, 500.0), (365, 50_000, 2000.0)
"""Days, bookings in them, and the milliseconds that are promised for all figures."""
_STATUSES = [_S.SERVED] * 15 + [_S.NO_SHOW] * 2 + [_S.NOT_SERVED, _S.CANCELLED_BY_CITIZEN, _S.BOOKED]
_ROWS_AT_ONCE = 5_000


def figures(run: Run) -> Iterator[Row]:
    """On each database."""
    for name, databases in run.databases.items():
        for days, of_all, most in (MONTH, YEAR):
            bookings = of_all // 10 if run.quick else of_all
            run.say(f"{bookings:,} bookings in {days} days, {name}")
            town, official = _a_year(databases.migrated(), days, bookings)
            yield from _measured(run, name, town, official, (days, bookings, most))
            town.context.db.dispose()


def _measured(run: Run, name: str, town: Town, official: Official, promised: tuple[int, int, float]) -> Iterator[Row]:
    days, bookings, most = promised
    today = town.clock.now().date()
    asked = Asked(Span(today - timedelta(days=days), today - timedelta(days=1)), Per.WEEK)
    place = find_workplace(town.context, official, town.municipality.slug)
    read = partial(_all, town, official, place, asked)
    read()
    times = Times([milliseconds(read) for _ in range(3 if run.quick else 10)])
    slowest = max(
        (milliseconds(partial(show_figure, town.context, official, place, kind.name, asked)), kind.name)
        for kind in KINDS
    )
    yield Row(
        f"All {len(KINDS)} figures of {bookings:,} bookings in {days} days and as many before, {name}",
        f"{times}; slowest {slowest[1]}: {slowest[0]:.0f} ms",
        f"p50 < {most:.0f} ms",
        times.p50 < most,
    )
    file = Times([milliseconds(partial(list_days, town.context, official, place, asked)) for _ in range(3)])
    yield Row(f"The file of the same, {name}", str(file))
    waited = _writer_waits(town, read)
    yield Row(f"A writer beside them, {name}", f"waits at most {waited:.0f} ms", "< 100 ms", waited < 100)


def _all(town: Town, official: Official, place: Workplace, asked: Asked) -> None:
    """As the page does: what figures share is read once."""
    rows: dict[Any, Rows] = {}
    for kind in KINDS:
        if kind.read not in rows:
            rows[kind.read] = read_rows(town.context, official, place, kind, asked)
        count_figure(rows[kind.read], kind)


def _writer_waits(town: Town, read: Any) -> float:
    """The longest of small transactions while the figures are read in another thread."""
    reader = threading.Thread(target=read)
    reader.start()
    longest = 0.0
    while reader.is_alive():
        begun = perf_counter()
        with transaction(town.context.db) as tx:
            row = tx.get_one(MunicipalityRow, town.municipality.id)
            row.phone = str(begun)
        longest = max(longest, (perf_counter() - begun) * 1000)
    reader.join()
    return longest


def _a_year(url: str, days: int, bookings: int) -> tuple[Town, Official]:
    """So many bookings in the days before now, and as many in those before them."""
    clock = FrozenClock(NOW)
    measured = a_town(url, clock, desks=DESKS)
    with transaction(measured.context.db) as tx:
        service = tx.get_one(ServiceRow, measured.service_id)
        department = tx.get_one(DepartmentRow, service.department_id)
        municipality = tx.get_one(MunicipalityRow, department.municipality_id)
        first, desks = NOW.date() - timedelta(days=days * 2), desk_ids(tx, service)
        usual = BookingRow(
            reference="", status="", municipality_id=municipality.id, service_id=measured.service_id, desk_id=0,
            mode="", starts_at=NOW, ends_at=NOW, first_tick=0, end_tick=0, created_at=NOW,
        ).model_dump()  # fmt: skip
        chance = random.Random(1)
        rows = [
            usual | _row(number, chance, chance.choice(desks), first + timedelta(days=number % (days * 2)))
            for number in range(bookings * 2)
        ]
        # Rows lie as they do in use: in the order in which they were made.
        rows.sort(key=lambda row: row["booked_at"])
        for number, row in enumerate(rows):
            row["id"] = number + 1
        _add(tx, BookingRow, rows)
        _add_history(tx, rows)
        if tx.connection().dialect.name == "postgresql":
            # As the server does by itself after a while.
            tx.execute(text("ANALYZE"))
    town: Any = Town(measured.context, clock, municipality, service, None)  # type: ignore[arg-type]  # nobody books
    return town, within(town, enter_official(town), role=StaffRole.HEAD)


def _add_history(tx: Session, rows: list[dict[str, Any]]) -> None:
    """Of each booking that it was made, a mail and a reminder, and of every eighth that it was moved."""
    events = [
        {"booking_id": row["id"], "at": NOW, "action": action, "before": "{}", "after": "{}", "reason": ""}
        for row in rows
        for action in ("booked", *(("moved",) if row["first_starts_at"] else ()))
    ]
    _add(tx, BookingEventRow, events)
    told = [
        {
            "id": number + 1, "event": BookingConfirmed.name, "subject_kind": "booking", "subject_id": number + 1,
            "schema_version": 1, "payload": "", "created_at": NOW,
        }
        for number in range(len(rows))
    ]  # fmt: skip
    _add(tx, OutboxRow, told)
    mails = [
        {"event_id": one["id"], "deliverer": CITIZENS_MAIL, "destination": "citizen", "due_at": NOW, "attempts": 1,
         "done_at": NOW, "error": ""}
        for one in told
    ]  # fmt: skip
    _add(tx, DeliveryRow, mails)
    reminders = [
        {"booking_id": row["id"], "kind": "two_days", "starts_at": row["starts_at"], "state": "queued", "reason": "",
         "decided_at": NOW}
        for row in rows
    ]  # fmt: skip
    _add(tx, ReminderRow, reminders)


def _add(tx: Session, table: Any, rows: list[dict[str, Any]]) -> None:
    for begin in range(0, len(rows), _ROWS_AT_ONCE):
        tx.execute(insert(table), rows[begin : begin + _ROWS_AT_ONCE])


def _row(number: int, chance: random.Random, desk_id: int, day: date) -> dict[str, Any]:
    starts_at = to_instant(day, time(8), ATHENS) + timedelta(minutes=10 * chance.randrange(48))
    ends_at = starts_at + timedelta(minutes=10)
    occupied, status = ticks(starts_at, ends_at), chance.choice(_STATUSES)
    came = starts_at + timedelta(seconds=chance.randrange(-1200, 900))
    began = max(came, starts_at) + timedelta(seconds=chance.randrange(1200))
    has_times = status in {_S.SERVED, _S.NOT_SERVED}
    return {
        "reference": make_reference(number + 1), "status": status.value, "desk_id": desk_id,
        "mode": chance.choice(list(Mode)).value, "starts_at": starts_at, "ends_at": ends_at,
        "first_tick": occupied.start, "end_tick": occupied.stop,
        "booked_at": starts_at - timedelta(hours=chance.randrange(1, 600)),
        "arrived_at": came if has_times else None, "started_at": began if has_times else None,
        "ended_at": began + timedelta(seconds=chance.randrange(60, 1800)) if has_times else None,
        "cancelled_at": starts_at - timedelta(hours=30) if "cancelled" in status else None,
        "outcome": status.value if has_times else "",
        "first_starts_at": starts_at if number % 8 == 0 else None,
    }  # fmt: skip
