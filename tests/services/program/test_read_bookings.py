"""Programs read bookings: their municipality's alone, persons by scope, and what changed without a gap."""

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from time import monotonic
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine

from dimoslive.db import engine
from dimoslive.db.engine import transaction
from dimoslive.db.queries.people import lock_citizen
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.domain.errors import NotFound
from dimoslive.domain.keys.program_booking import HELD_BACK, BookingWish, ProgramBooking, SortPlace, place_of
from dimoslive.domain.people.principals import ApiKey, Citizen, Scope
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n.declarations import declaration_of
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.program.read_bookings import list_program_bookings, show_program_booking
from tests.support.programs import a_program, book_as_program
from tests.support.rivals import PATIENCE
from tests.support.world import NOW, Town, a_municipality, a_town, rows

SINCE = BookingWish(changed_since=NOW - timedelta(days=1))


@pytest.fixture
def here(sqlite_db: Engine) -> Town:
    """For rules that no database makes."""
    return a_town(sqlite_db)


def all_of(town: Town, key: ApiKey, wish: BookingWish, limit: int = 2) -> list[ProgramBooking]:
    """All pages of a list, one after the other."""
    found: list[ProgramBooking] = []
    after: SortPlace | None = None
    while page := list_program_bookings(town.context, key, wish, after=after, limit=limit):
        found, after = [*found, *page], place_of(page[-1], wish)
    return found


def references(bookings: list[ProgramBooking]) -> list[str]:
    return [booking.reference for booking in bookings]


def test_all_pages_together_are_the_list_and_filters_narrow_it(town: Town) -> None:
    key = a_program(town)
    made = [book_as_program(town, key, wall) for wall in ("10:00", "09:00", "2026-11-25 09:00", "11:00")]
    in_person = book_as_program(
        town, key, "12:00", mode=Mode.IN_PERSON, declaration_version=declaration_of(Mode.IN_PERSON, "el").version
    )
    cancelled = town.a_booking("13:00")
    cancel_booking(town.context, town.eleni, cancelled.reference)
    everything = all_of(town, key, BookingWish())
    by_start = [made[1], made[0], made[3], in_person, cancelled.reference, made[2]]
    assert references(everything) == by_start
    assert everything == list_program_bookings(town.context, key, BookingWish(), after=None, limit=200)
    day = everything[0].starts_at.date()
    desk = everything[0].desk_id
    for wish, expected in (
        (BookingWish(first=day, last=day), by_start[:5]),
        (BookingWish(first=day + timedelta(days=1)), by_start[5:]),
        (BookingWish(mode=Mode.IN_PERSON), [in_person]),
        (BookingWish(statuses=(everything[4].status,)), [cancelled.reference]),
        (BookingWish(service=town.service.slug, desk_id=desk), by_start),
        (BookingWish(service="other"), []),
        (BookingWish(desk_id=desk + 1), []),
    ):
        assert references(all_of(town, key, wish)) == expected, wish


def test_a_hold_and_another_municipality_are_not_in_it(here: Town) -> None:
    here.hold("09:00")
    booking = here.a_booking("10:00", by=here.citizen())
    with transaction(here.context.db) as tx:
        drama = a_municipality(tx, "Δράμας", slug="drama")
    assert references(all_of(here, a_program(here), BookingWish())) == [booking.reference]
    stranger = a_program(here, municipality_id=drama.id)
    assert all_of(here, stranger, BookingWish()) == []
    with pytest.raises(NotFound):
        show_program_booking(here.context, stranger, booking.reference)


def test_persons_are_for_keys_that_may_read_them_and_each_reading_is_written_down(here: Town) -> None:
    booking = here.a_booking("10:00")
    blind = a_program(here, Scope.READ_BOOKINGS)
    assert show_program_booking(here.context, blind, booking.reference).person is None
    assert [one.person for one in all_of(here, blind, BookingWish())] == [None]
    assert rows(here.context.db, AuditEventRow) == []
    key = a_program(here, Scope.READ_BOOKINGS, Scope.READ_PERSONS)
    [listed] = list_program_bookings(here.context, key, BookingWish(), after=None, limit=9)
    assert listed.person is not None
    assert (listed.person.email, listed.person.confirmed) == ("eleni@example.com", "taxisnet")
    assert show_program_booking(here.context, key, booking.reference.lower()).person == listed.person
    lines = rows(here.context.db, AuditEventRow)
    assert [(line.action, line.actor, line.subject_id) for line in lines] == [("key.read_persons", "key", key.id)] * 2
    assert json.loads(lines[0].after) == {"count": 1, "references": [booking.reference]}


def test_of_a_sensitive_service_only_the_single_read_has_a_person(here: Town) -> None:
    booking = here.a_booking("10:00")
    with transaction(here.context.db) as tx:
        tx.merge(here.service).is_sensitive = True
    key = a_program(here)
    assert [one.person for one in all_of(here, key, BookingWish())] == [None]
    assert show_program_booking(here.context, key, booking.reference).person is not None


def test_who_was_erased_is_nobody_and_says_since_when(here: Town) -> None:
    booking = here.a_booking("10:00")
    with transaction(here.context.db) as tx:
        tx.get_one(BookingRow, booking.id).erased_at = NOW
    shown = show_program_booking(here.context, a_program(here), booking.reference)
    assert (shown.person, shown.erased_at) == (None, NOW)


def test_what_changed_just_now_is_told_when_nothing_can_come_before_it_any_more(here: Town) -> None:
    key = a_program(here)
    reference = book_as_program(here, key, "10:00")
    assert all_of(here, key, SINCE) == []
    here.clock.advance(seconds=HELD_BACK.total_seconds())
    assert references(all_of(here, key, SINCE)) == [reference]


@pytest.mark.slow
def test_a_change_that_waited_for_a_lock_is_not_behind_what_was_told_meanwhile(
    postgresql_db: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What counts is when it is written at last, and not when somebody pressed."""
    town = a_town(postgresql_db)
    monkeypatch.setitem(engine._clocks, postgresql_db, town.clock.now)
    key, waiting, begun = a_program(town), town.a_booking("10:00"), threading.Event()
    town.clock.advance(minutes=1)

    def cancel() -> None:
        begun.set()
        cancel_booking(town.context, town.eleni, waiting.reference)

    press = threading.Thread(target=cancel)
    with transaction(town.context.db) as tx:
        lock_citizen(tx, town.eleni.id)
        press.start()
        begun.wait()
        _until(lambda: _is_blocked(town))
        town.clock.advance(minutes=1)
        quick = book_as_program(town, key, "11:00")
        town.clock.advance(seconds=HELD_BACK.total_seconds())
        told = list_program_bookings(town.context, key, SINCE, after=None, limit=9)
    press.join()
    town.clock.advance(seconds=HELD_BACK.total_seconds())
    assert references(told) == [waiting.reference, quick]
    after = place_of(told[-1], SINCE)
    [late] = list_program_bookings(town.context, key, SINCE, after=after, limit=9)
    assert (late.reference, late.status) == (waiting.reference, "cancelled_by_citizen")


@pytest.mark.slow
def test_while_many_write_a_reader_who_goes_on_from_the_last_change_misses_none(
    postgresql_db: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    town, began = a_town(postgresql_db, desks=4), monotonic()
    clock = town.clock
    now_of = lambda: clock.now() + timedelta(seconds=monotonic() - began)  # noqa: E731  # the clock goes on, here
    running = replace(town.context, clock=SimpleNamespace(now=now_of))
    monkeypatch.setitem(engine._clocks, postgresql_db, now_of)
    key, people = a_program(town), [town.citizen(f"Πολίτης {number}") for number in range(4)]
    known: dict[str, int] = {}
    done = threading.Event()

    def write(person: Citizen) -> None:
        writer = replace(town, context=running)
        for wall in ("09:00", "10:00", "11:00", "12:00"):
            cancel_booking(running, person, writer.a_booking(wall, by=person).reference)

    def read() -> None:
        after: SortPlace | None = None
        while True:
            is_last = done.is_set()
            page = list_program_bookings(running, key, SINCE, after=after, limit=3)
            known.update({booking.reference: booking.version for booking in page})
            after = place_of(page[-1], SINCE) if page else after
            if is_last and not page:
                return

    with ThreadPoolExecutor(5) as threads:
        reader = threads.submit(read)
        for writer in [threads.submit(write, person) for person in people]:
            writer.result(PATIENCE)
        clock.advance(seconds=HELD_BACK.total_seconds())
        done.set()
        reader.result(PATIENCE)
    booked = [row for row in rows(postgresql_db, BookingRow) if row.booked_at]
    assert len(booked) == 16
    assert known == {row.reference: row.version for row in booked}


def _until(holds: Callable[[], bool]) -> None:
    while not holds():
        """Somebody else has to get on."""


def _is_blocked(town: Town) -> bool:
    """Whether somebody waits for a lock."""
    with town.context.db.connect() as connection:
        waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = 'test'"
        return bool(connection.exec_driver_sql(waiting).scalar())
