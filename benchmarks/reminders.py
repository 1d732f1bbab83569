"""Finding who is to be reminded, each minute, among all bookings that ever were."""

from collections.abc import Iterator
from functools import partial

from sqlalchemy import event

from benchmarks.report import Row, Times, milliseconds
from benchmarks.run import Run
from benchmarks.town import Town, a_town
from dimoslive.db.engine import reading
from dimoslive.db.queries.reminders import bookings_to_remind
from dimoslive.domain.booking.reminders import ReminderKind, last_start
from dimoslive.domain.scheduling.local_time import ATHENS
from tests.support.clock import FrozenClock
from tests.support.database import Databases
from tests.support.world import NOW

BOOKINGS, QUICK_BOOKINGS = 200_000, 2_000


def reminders(run: Run) -> Iterator[Row]:
    """On each database: what the job asks before it decides anything."""
    for name, databases in run.databases.items():
        yield _measure(run, name, databases, QUICK_BOOKINGS if run.quick else BOOKINGS)


def _measure(run: Run, name: str, databases: Databases, bookings: int) -> Row:
    run.say(f"{bookings:,} bookings, {name}")
    town = a_town(databases.migrated(), FrozenClock(NOW), bookings=bookings)
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(town.context.db, "before_cursor_execute", note)
    _find(town)
    event.remove(town.context.db, "before_cursor_execute", note)
    times = Times([milliseconds(partial(_find, town)) for _ in range(50)])
    town.context.db.dispose()
    return Row(
        f"Who is to be reminded, among {bookings:,} bookings, {name}",
        f"{times}; {len(asked)} queries",
        "p50 < 50 ms, ≤ 4 queries",
        times.p50 < 50 and len(asked) <= 4,
    )


def _find(town: Town) -> None:
    now = town.context.clock.now()
    for kind in ReminderKind:
        # The job reads once to know whether anybody is, and again under its transaction.
        for limit in (1, 200):
            with reading(town.context.db) as tx:
                bookings_to_remind(tx, kind, now, last_start(kind, now, ATHENS), limit)
