"""The demo's day after it was made: what people press, what the next day finds, and what is never made."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow, ClaimRow
from dimoslive.db.tables.capacity import CapacityDayRow
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.desk import BookingEventRow, CallTaskRow
from dimoslive.db.tables.official import OfficialRow
from dimoslive.db.tables.search_tally import SearchTallyRow
from dimoslive.domain.booking.statuses import OPEN
from dimoslive.domain.desk.presses import Press
from dimoslive.domain.scheduling.holidays import is_working_day
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.integrations.identity.persons import (
    GEORGIOS,
)
from dimoslive.seeds.day.settle import LEFT_OPEN
from dimoslive.seeds.demo import HERAKLION, KAVALA
from dimoslive.seeds.seed import Wish, seed
from dimoslive.services.desk.press_booking import SeenBooking, press_booking
from dimoslive.services.desk.undo_press import undo_press
from dimoslive.services.upkeep.remember_capacity import remember_capacity
from tests.seeds.demo_day import TEN, Made, S, assert_claims_are_right, counted, counts, everything, make
from tests.support.builders import TUESDAY, at
from tests.support.clock import FrozenClock
from tests.support.database import PostgresqlServer, context_for
from tests.support.world import rows

SUNDAY = date(2026, 11, 29)


def test_a_press_of_the_day_can_be_made_and_undone(fresh: Made) -> None:
    official, row = fresh.official(GEORGIOS), fresh.named("Παύλος Λαζαρίδης")
    pressed = press_booking(fresh.context, official, Press.SERVED, SeenBooking(row.reference, S.IN_SERVICE))
    assert undo_press(fresh.context, official, row.reference, pressed.event_id).status is S.IN_SERVICE
    referred = fresh.named("Μιχαήλ Γεωργιάδης")
    last = [event for event in rows(fresh.db, BookingEventRow) if event.booking_id == referred.id][-1]
    assert undo_press(fresh.context, official, referred.reference, last.id or 0).status is S.IN_SERVICE


def test_the_next_day_is_fresh_and_yesterday_is_settled(fresh: Made) -> None:
    yesterday = [row.id for row in fresh.of_today()]
    fresh.clock.set(at("2026-11-25 11:30"))
    assert "a demo day made" in seed(fresh.context, Wish.DAY, is_production=False)
    assert counts(fresh, KAVALA) == counted(4, 2, 1, 1, 2, 5, 1)
    found = {row.id: row for row in rows(fresh.db, BookingRow)}
    left = [found[id_] for id_ in yesterday if found[id_].status in OPEN]
    assert [row.municipality_id for row in left] == [KAVALA] * LEFT_OPEN
    assert_claims_are_right(fresh)
    waiting = [call for call in rows(fresh.db, CallTaskRow) if call.done_at is None]
    assert Counter(call.municipality_id for call in waiting) == {KAVALA: 1, HERAKLION: 1}
    fresh.clock.set(at("2026-11-30 09:00"))
    seed(fresh.context, Wish.DAY, is_production=False)
    assert not [row for row in rows(fresh.db, BookingRow) if row.id in yesterday and row.status in OPEN]
    assert_claims_are_right(fresh)
    days = {local_day(row.starts_at, ATHENS) for row in rows(fresh.db, BookingRow)}
    assert len([day for day in days if day > local_day(fresh.clock.now(), ATHENS) and is_working_day(day)]) >= 10


def test_days_on_which_nobody_ran_it_are_counted_too(fresh: Made) -> None:
    fresh.clock.set(at("2026-11-30 09:00"))
    seed(fresh.context, Wish.DAY, is_production=False)
    remember_capacity(fresh.context)
    capacity = rows(fresh.db, CapacityDayRow)
    assert max(row.day for row in capacity) == max(row.day for row in rows(fresh.db, SearchTallyRow)) == SUNDAY
    assert [row for row in capacity if row.open_minutes is None] == []
    before = [row for row in capacity if row.day == TUESDAY]
    seed(fresh.context, Wish.ANEW, is_production=False)
    assert [row for row in rows(fresh.db, CapacityDayRow) if row.day == TUESDAY] == before


def test_what_a_person_made_stays(fresh: Made) -> None:
    names = a_booking_of_a_person(fresh)
    before = set(everything(fresh.db)["booking_event"])
    fresh.clock.set(at("2026-11-24 14:00"))
    seed(fresh.context, Wish.ANEW, is_production=False)
    assert [row.person_name for row in rows(fresh.db, BookingRow) if row.reference in names] == ["Κάποιος Άλλος"]
    assert_claims_are_right(fresh)
    assert before != set(everything(fresh.db)["booking_event"])
    assert fresh.named("Παύλος Λαζαρίδης").started_at == at("2026-11-24 13:48")


def a_booking_of_a_person(made: Made) -> set[str]:
    """At a time that the demo would take, made again at two o'clock: the one in service."""
    row = made.named("Παύλος Λαζαρίδης")
    starts_at = at("2026-11-24 14:30")
    columns = row.model_dump(exclude={"id"}) | {
        "reference": "AAAA0001",
        "status": "booked",
        "person_name": "Κάποιος Άλλος",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=10),
        "first_tick": int(starts_at.timestamp()) // 300,
        "end_tick": int(starts_at.timestamp()) // 300 + 2,
    }
    with transaction(made.db) as tx:
        mine = BookingRow(**columns)
        tx.add(mine)
        tx.flush()
        tx.add_all(
            ClaimRow(desk_id=mine.desk_id, tick=tick, booking_id=mine.id or 0)
            for tick in range(mine.first_tick, mine.end_tick)
        )
    return {"AAAA0001"}


def test_an_empty_town_has_officials_and_no_booking(sqlite_db: Engine) -> None:
    clock = FrozenClock(at(TEN))
    seed(context_for(sqlite_db, clock), Wish.TOWN, is_production=False)
    assert not rows(sqlite_db, BookingRow)
    assert len(rows(sqlite_db, OfficialRow)) == 12


@pytest.mark.parametrize("wish", list(Wish))
def test_production_gets_the_municipalities_alone(sqlite_db: Engine, wish: Wish) -> None:
    seed(context_for(sqlite_db, FrozenClock(at(TEN))), wish, is_production=True)
    filled = {name for name, found in everything(sqlite_db).items() if found}
    assert filled == {"municipality"}
    assert not any(row.joined_at for row in rows(sqlite_db, MunicipalityRow))


@pytest.mark.slow
def test_it_is_the_same_on_postgresql(postgresql_server: PostgresqlServer) -> None:
    url = postgresql_server.migrated()
    made = make(url, TEN)
    try:
        assert counts(made, KAVALA) == counted(4, 2, 1, 1, 2, 5, 1)
        assert_claims_are_right(made)
        made.clock.set(at("2026-11-25 11:30"))
        seed(made.context, Wish.ANEW, is_production=False)
        assert counts(made, KAVALA) == counted(4, 2, 1, 1, 2, 5, 1)
        assert_claims_are_right(made)
    finally:
        made.db.dispose()
        postgresql_server.drop(url)
