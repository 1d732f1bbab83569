"""Laws of the desk: who waits is served in a fair order, no press comes without its status, nothing claimed is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow, ClaimRow
from dimoslive.db.tables.desk import BookingEventRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import OPEN, BookingStatus
from dimoslive.domain.desk.day import DayBooking, find_waiting
from dimoslive.domain.desk.presses import RULES, NotServedReason, Press, is_allowed, main_press, presses_of
from dimoslive.domain.errors import DomainError
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.services.desk.press_booking import PressWords, SeenBooking, press_booking
from dimoslive.services.desk.undo_press import undo_press
from tests.support.database import sqlite_db, sqlite_files
from tests.support.meeting import enter_official, without_video
from tests.support.world import Town, a_town, on_the_day, rows

__all__ = ["sqlite_db", "sqlite_files"]

NOON = on_the_day("12:00")
minutes = st.integers(-300, 300).map(lambda number: timedelta(minutes=number))


@st.composite
def waiting_people(draw: st.DrawFn) -> list[DayBooking]:
    found = draw(st.lists(st.tuples(minutes, minutes), max_size=12))
    return [
        DayBooking(
            number, str(number), BookingStatus.WAITING, Mode.IN_PERSON,
            Period(NOON + start, NOON + start + timedelta(minutes=10)), 1, 1,
            arrived_at=NOON + min(arrived, timedelta()),
        )
        for number, (start, arrived) in enumerate(found)
    ]  # fmt: skip


@given(waiting_people())
def test_whoever_is_due_goes_before_the_early_and_each_group_by_time_then_by_arrival(people: list[DayBooking]) -> None:
    order = find_waiting(people, NOON)
    assert len(order) == len(people)
    for before, after in pairwise(order):
        assert (before.is_early, before.booking.period.starts_at, before.arrived_at) <= (
            after.is_early,
            after.booking.period.starts_at,
            after.arrived_at,
        )


@given(waiting_people(), st.integers(0, 11))
def test_coming_earlier_never_overtakes_anybody_with_an_earlier_time(people: list[DayBooking], place: int) -> None:
    if not people:
        return
    order = [one.booking.id for one in find_waiting(people, NOON)]
    chosen = people[place % len(people)]
    due = [one for one in people if one.period.starts_at < chosen.period.starts_at]
    assert all(order.index(one.id) < order.index(chosen.id) for one in due)


@given(st.sampled_from(BookingStatus), st.sampled_from(Mode), minutes, st.integers(-2, 2))
def test_a_press_is_offered_only_from_its_status_in_its_mode_on_its_day(
    status: BookingStatus, mode: Mode, away: timedelta, days: int
) -> None:
    now = NOON + timedelta(days=days)
    starts_at = NOON + away
    offered = presses_of(status, mode, starts_at, now)
    for press in Press:
        assert (press in offered) is is_allowed(press, status, mode, starts_at, now)
        if press in offered:
            assert status in RULES[press].before
            assert mode in RULES[press].modes
            # Nothing is settled ahead of its day.
            assert (starts_at - now) < timedelta(days=1)
    assert main_press(offered, status) in {None, *offered}


steps = st.lists(st.tuples(st.sampled_from([*Press, None]), st.integers(0, 1), st.integers(0, 20)), max_size=10)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_no_sequence_of_presses_loses_or_doubles_a_claim(
    desk: "Desk", sequence: list[tuple[Press | None, int, int]]
) -> None:
    """None takes the last press back."""
    with desk.begun():
        for press, which, later in sequence:
            desk.town.clock.advance(minutes=later)
            desk.press(press, which)
            # Of what is open all that is still ahead is claimed, by nobody else; of what is over, nothing.
            desk.check()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(Press), min_size=1, max_size=5))
def test_taking_a_press_back_restores_what_was(desk: "Desk", sequence: list[Press]) -> None:
    with desk.begun():
        for press in sequence[:-1]:
            desk.press(press, 0)
        before = desk.facts(0)
        done = desk.press(sequence[-1], 0)
        if done and desk.facts(0) != before:
            undo_press(desk.town.context, desk.official, desk.bookings[0].reference, done)
            assert desk.facts(0) == before
            desk.check()


class Desk:
    """Two bookings of one desk, one after the other, at 9:00; as it was at the beginning for each sequence."""

    def __init__(self, town: Town) -> None:
        self.town, self.official = town, enter_official(town)
        self.bookings: list[Booking] = [
            without_video(town, "09:10"),
            without_video(town, "09:20", by=town.citizen()),
        ]
        self._rows = {row.reference: row.model_dump() for row in rows(town.context.db, BookingRow)}
        self._claims = [claim.model_dump() for claim in rows(town.context.db, ClaimRow)]

    @contextmanager
    def begun(self) -> Iterator[None]:
        with transaction(self.town.context.db) as tx:
            tx.execute(delete(BookingEventRow))
            tx.execute(delete(ClaimRow))
            for claim in self._claims:
                tx.add(ClaimRow(**claim))
            for booking in self.bookings:
                row = tx.get_one(BookingRow, booking.id)
                for name, value in self._rows[booking.reference].items():
                    setattr(row, name, value)
        self.town.clock.set(on_the_day("09:05"))
        yield

    def press(self, press: Press | None, which: int) -> int:
        """The event of what was done; 0 if it was refused."""
        booking = self.bookings[which]
        row = self.town.row(booking)
        try:
            if press is None:
                last = max((event.id or 0 for event in self.events(booking)), default=0)
                return undo_press(self.town.context, self.official, booking.reference, last).event_id
            seen = SeenBooking(booking.reference, BookingStatus(row.status))
            words = PressWords(NotServedReason.OTHER, "γιατί")
            return press_booking(self.town.context, self.official, press, seen, words).event_id
        except DomainError:
            assert self.town.row(booking) == row
            return 0

    def events(self, booking: Booking) -> list[BookingEventRow]:
        return [event for event in rows(self.town.context.db, BookingEventRow) if event.booking_id == booking.id]

    def facts(self, which: int) -> dict[str, object]:
        row = self.town.row(self.bookings[which])
        return {name: value for name, value in row.model_dump().items() if name not in {"version", "changed_at"}}

    def check(self) -> None:
        now = int(self.town.clock.now().timestamp()) // 300
        claims = rows(self.town.context.db, ClaimRow)
        for booking in self.bookings:
            row = self.town.row(booking)
            own = {claim.tick for claim in claims if claim.booking_id == row.id}
            if row.status in OPEN:
                assert {tick for tick in range(row.first_tick, row.end_tick) if tick > now} <= own
            else:
                assert own == set()
        assert len({(claim.desk_id, claim.tick) for claim in claims}) == len(claims)


@pytest.fixture
def desk(sqlite_db: Engine) -> Desk:
    return Desk(a_town(sqlite_db))
