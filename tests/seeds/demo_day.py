"""The demo's day, made at an hour, and what tests say of it."""

import fcntl
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import Engine, make_url, select
from sqlmodel import SQLModel, col

from dimoslive.context import AppContext
from dimoslive.db.engine import make_engine, reading
from dimoslive.db.queries.officials import official_by_afm, rights_of
from dimoslive.db.queries.scopes import bookings_within
from dimoslive.db.tables.booking import BookingRow, ClaimRow
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.domain.booking.statuses import CANCELLED, OCCUPYING, BookingStatus
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import ATHENS, day_period, local_day
from dimoslive.integrations.identity.persons import (
    Person,
)
from dimoslive.seeds.seed import Wish, seed
from tests.support.builders import at
from tests.support.clock import FrozenClock
from tests.support.database import SqliteFiles, context_for
from tests.support.world import rows

S = BookingStatus
TEN = "2026-11-24 10:00"
HOURS = {TEN: 16, "2026-11-24 23:50": 10, "2026-11-24 00:10": 7, "2026-03-29 03:30": 16, "2026-10-25 03:30": 16}
"""And how many of Kavala's sixteen lines lie wholly on the day."""
_NO_BLANKS = str.maketrans(" :", "--")


@dataclass
class Made:
    """A database in which the demo was made at an hour."""

    context: AppContext
    hour: str
    clock: FrozenClock

    @property
    def db(self) -> Engine:
        return self.context.db

    def of_today(self) -> list[BookingRow]:
        """In the order of their starts."""
        today = day_period(local_day(self.clock.now(), ATHENS), ATHENS)
        query = select(BookingRow).where(
            col(BookingRow.starts_at) >= today.starts_at, col(BookingRow.starts_at) < today.ends_at
        )
        with reading(self.db) as tx:
            return list(tx.scalars(query.order_by(col(BookingRow.starts_at), col(BookingRow.id))))

    def named(self, name: str) -> BookingRow:
        [row] = [row for row in self.of_today() if row.person_name == name]
        return row

    def official(self, person: Person) -> Official:
        with reading(self.db) as tx:
            row = official_by_afm(tx, self.context.seal.afm_hash(person.afm))
            assert row is not None
            return Official(
                row.id or 0, row.first_name, row.last_name, rights_of(tx, row.id or 0), row.is_platform_admin
            )

    def seen_by(self, person: Person) -> list[BookingRow]:
        """Of today, without those that were cancelled."""
        scope = bookings_within(self.official(person), Permission.VIEW_DESK)
        with reading(self.db) as tx:
            ids = set(tx.scalars(select(col(BookingRow.id)).where(scope)))
        return [row for row in self.of_today() if row.id in ids and row.status not in CANCELLED]


def make(url: str, hour: str) -> Made:
    made = opened(url, hour)
    seed(made.context, Wish.DAY, is_production=False)
    return made


def opened(url: str, hour: str) -> Made:
    """A database in which it was made before."""
    clock = FrozenClock(at(hour))
    return Made(context_for(make_engine(url), clock), hour, clock)


@pytest.fixture(scope="session")
def made_at(
    tmp_path_factory: pytest.TempPathFactory, sqlite_files: SqliteFiles, worker_id: str
) -> Iterator[Callable[[str], Made]]:
    """Made at an hour once for all tests that only look at it, whichever worker they run in: it takes seconds."""
    folder = tmp_path_factory.getbasetemp()
    folder = folder if worker_id == "master" else folder.parent
    opened_here: dict[str, Made] = {}

    def made_at(hour: str) -> Made:
        if hour not in opened_here:
            file = folder / f"demo-{hour.translate(_NO_BLANKS)}.db"
            with file.with_suffix(".lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                if not file.exists():
                    url = sqlite_files.migrated()
                    make(url, hour).db.dispose()
                    shutil.move(make_url(sqlite_files.copied(url)).database or "", file)
                    sqlite_files.drop(url)
            opened_here[hour] = opened(f"sqlite:///{file}", hour)
        return opened_here[hour]

    yield made_at
    for made in opened_here.values():
        made.db.dispose()


@pytest.fixture(scope="session", params=list(HOURS))
def made(request: pytest.FixtureRequest, made_at: Callable[[str], Made]) -> Made:
    """At each of the hours."""
    return made_at(request.param)


@pytest.fixture(scope="session")
def at_ten(made_at: Callable[[str], Made]) -> Made:
    """At ten in the morning; nobody writes to it."""
    return made_at(TEN)


@pytest.fixture
def fresh(at_ten: Made, sqlite_files: SqliteFiles) -> Iterator[Made]:
    """One that a test may change."""
    url = sqlite_files.copied(at_ten.db.url.render_as_string())
    made = opened(url, TEN)
    yield made
    made.db.dispose()
    sqlite_files.drop(url)


def everything(db: Engine) -> dict[str, list[str]]:
    """All rows of all tables."""
    with reading(db) as tx:
        return {
            name: sorted(repr(tuple(row)) for row in tx.execute(select(table)))
            for name, table in SQLModel.metadata.tables.items()
        }


def assert_claims_are_right(made: Made) -> None:
    """Every row that keeps its desk has its claims, and there are no others; those of days long past a job forgets."""
    kept_from = made.clock.now() - timedelta(days=2)
    first = int(kept_from.timestamp()) // 300
    wanted = [
        (row.desk_id, tick, row.id)
        for row in rows(made.db, BookingRow)
        if row.status in OCCUPYING and row.first_tick >= first
        for tick in range(row.first_tick, row.end_tick)
    ]
    claims = [(claim.desk_id, claim.tick, claim.booking_id) for claim in rows(made.db, ClaimRow) if claim.tick >= first]
    assert sorted(wanted) == sorted(claims)
    assert len({place[:2] for place in wanted}) == len(wanted)


def counts(made: Made, municipality_id: int, *services: str) -> Counter[str]:
    with reading(made.db) as tx:
        slugs = {row.id: row.slug for row in tx.scalars(select(ServiceRow))}
    of_today = [row for row in made.of_today() if row.municipality_id == municipality_id]
    found = Counter(row.status for row in of_today if not services or slugs[row.service_id] in services)
    return Counter({status: found[status] for status in (*ORDER, "cancelled_by_citizen") if found[status]})


ORDER = ("served", "no_show", "not_served", "in_service", "waiting", "booked")


def counted(*numbers: int) -> Counter[str]:
    named = zip((*ORDER, "cancelled_by_citizen"), numbers, strict=True)
    return Counter({status: number for status, number in named if number})
