"""However many ask at once, the database lets no desk be booked twice, and refuses nobody for whom there is one."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from random import Random

import pytest
from sqlalchemy import Engine

from dimoslive.db.tables.booking import BookingRow, ClaimRow
from dimoslive.db.tables.outbox import OutboxRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.draft import HOLD_LENGTH, Hold
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import (
    ChangedElsewhere,
    DomainError,
    HoldExpired,
    IncompleteDraft,
    SlotTaken,
    TooLate,
    TooManyOpenBookings,
)
from dimoslive.domain.people.principals import Citizen, LinkHolder
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.booking.confirm_booking import confirm_booking
from dimoslive.services.booking.list_bookings import list_bookings
from dimoslive.services.booking.show_booking import show_booking
from dimoslive.services.draft.extend_hold import extend_hold
from dimoslive.services.draft.give_details import give_details
from dimoslive.services.draft.hold_slot import hold_slot
from dimoslive.services.upkeep.expire_holds import expire_holds
from tests.support.clock import FrozenClock
from tests.support.rivals import at_once, in_processes
from tests.support.world import (
    NOW,
    Town,
    a_town,
    assert_nothing_booked_twice,
    confirmation,
    on_the_day,
    rows,
    statuses,
    typed,
)

pytestmark = pytest.mark.slow

TIME = on_the_day("09:10")


@pytest.mark.parametrize("desks", [1, 3])
def test_of_two_hundred_who_want_one_time_each_desk_serves_one(db: Engine, desks: int) -> None:
    town = a_town(db, desks=desks)
    outcomes = at_once(partial(hold_slot, town.context, citizen, TIME) for citizen in town.crowd(200))
    assert kinds(outcomes) == {"Hold": desks, "SlotTaken": 200 - desks}
    assert statuses(db) == {BookingStatus.HELD: desks}
    assert len(rows(db, ClaimRow)) == 2 * desks
    assert_nothing_booked_twice(db)


def test_of_two_hundred_who_press_to_the_end_each_desk_serves_one(db: Engine) -> None:
    town = a_town(db, desks=3)

    def book(citizen: Citizen) -> Booking:
        return confirm_booking(town.context, citizen, confirmation(hold_slot(town.context, citizen, TIME)))

    outcomes = at_once(partial(book, citizen) for citizen in town.crowd(200))
    assert kinds(outcomes) == {"Booking": 3, "SlotTaken": 197}
    assert statuses(db) == {BookingStatus.BOOKED: 3}
    assert len(rows(db, OutboxRow)) == 3
    assert_nothing_booked_twice(db)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_overlapping_times_of_two_services_never_share_a_desk(db: Engine, seed: int) -> None:
    short = a_town(db, desks=2, duration_minutes=15, step_minutes=5, hours="09:00-11:00")
    long = short.another_service(duration_minutes=30, step_minutes=5, hours="09:00-11:00", desks_of=short.service)
    chance = Random(seed)  # noqa: S311  # the same wishes each time
    wishes = [
        (citizen, TIME + timedelta(minutes=5 * chance.randrange(15)))
        for citizen in short.crowd(40) + short.crowd(40, long)
    ]
    outcomes = at_once(partial(hold_slot, short.context, citizen, starts_at) for citizen, starts_at in wishes)
    assert set(kinds(outcomes)) == {"Hold", "SlotTaken"}
    assert_nothing_booked_twice(db)
    taken = Counter(tick for row in rows(db, BookingRow) for tick in range(row.first_tick, row.end_tick))
    assert max(taken.values()) <= 2
    # Nobody was refused while a desk was free for the whole of the wanted time.
    for (citizen, starts_at), outcome in zip(wishes, outcomes, strict=True):
        if isinstance(outcome, SlotTaken):
            with pytest.raises(SlotTaken):
                hold_slot(short.context, citizen, starts_at)


def test_pressing_many_times_at_once_books_once(town: Town) -> None:
    hold = town.hold("09:10")
    give_details(town.context, town.eleni, typed())
    outcomes = at_once([partial(confirm_booking, town.context, town.eleni, confirmation(hold))] * 20)
    assert {outcome.reference for outcome in outcomes if isinstance(outcome, Booking)} == {hold.reference}
    assert kinds(outcomes) == {"Booking": 20}
    assert len(rows(town.context.db, OutboxRow)) == 1
    assert_nothing_booked_twice(town.context.db)


def test_many_windows_of_one_person_hold_one_time(town: Town) -> None:
    town.choose()
    walls = [f"{hour:02}:{minute}0" for hour in (9, 10) for minute in range(6)]
    outcomes = at_once(partial(hold_slot, town.context, town.eleni, on_the_day(wall)) for wall in walls)
    assert kinds(outcomes) == {"Hold": 12}
    assert statuses(town.context.db) == {BookingStatus.HELD: 1, BookingStatus.EXPIRED: 11}
    assert_nothing_booked_twice(town.context.db)


def test_many_windows_of_one_person_never_exceed_the_caps(town: Town) -> None:
    services = [town.service] + [town.another_service() for _ in range(4)]

    booked: set[str] = set()

    def book(number: int) -> None:
        for turn in range(4):
            wall = f"{9 + number // 6:02}:{(number + turn) % 6}0"
            try:
                # Two windows that press the same time hold it together, and book it once.
                booked.add(town.a_booking(wall, service=services[(number + turn) % 5]).reference)
            except (SlotTaken, HoldExpired, ChangedElsewhere, IncompleteDraft, TooManyOpenBookings):
                continue

    at_once(partial(book, number) for number in range(10))
    bookings, _ = list_bookings(town.context, town.eleni)
    assert 1 <= len(bookings) <= 3
    assert max(Counter(booking.service.service_id for booking in bookings).values()) == 1
    assert booked == {booking.reference for booking in bookings}
    assert_nothing_booked_twice(town.context.db)


def test_of_two_who_move_to_one_time_one_wins_and_the_other_keeps_the_old(db: Engine) -> None:
    town = a_town(db)
    for hour in range(9, 15):
        one, other = town.citizen(), town.citizen()
        before = [town.a_booking(f"{hour - 1:02}:{wall}", by=by) for wall, by in (("30", one), ("50", other))]
        jobs = [
            partial(town.move, booking, f"{hour:02}:10", by=by)
            for booking, by in zip(before, (one, other), strict=True)
        ]
        outcomes = at_once(jobs)
        assert kinds(outcomes) == {"Booking": 1, "SlotTaken": 1}
        for by, booking, outcome in zip((one, other), before, outcomes, strict=True):
            kept = booking if isinstance(outcome, DomainError) else outcome
            assert show_booking(town.context, by, booking.reference) == kept
        assert_nothing_booked_twice(db)


def test_a_move_and_a_cancellation_at_once_leave_no_time_taken(db: Engine) -> None:
    town = a_town(db, duration_minutes=30)
    for _ in range(15):
        citizen = town.citizen()
        booking = town.a_booking("09:10", by=citizen)
        hold = town.hold_move(booking, "09:20", by=citizen)
        give_details(town.context, citizen, typed())
        jobs: list[Callable[[], Booking]] = [
            partial(confirm_booking, town.context, citizen, confirmation(hold)),
            partial(cancel_booking, town.context, LinkHolder(booking.id), booking.reference),
        ]
        moved, cancelled = at_once(jobs)
        assert isinstance(moved, Booking | ChangedElsewhere | TooLate)
        assert isinstance(cancelled, Booking)
        row = town.row(booking)
        assert row.status == BookingStatus.CANCELLED_BY_CITIZEN
        assert row.sequence == row.reschedule_count + 1 == (2 if isinstance(moved, Booking) else 1)
        town.wait_for_freed()
        expire_holds(town.context)
        assert rows(db, ClaimRow) == []
    assert statuses(db)[BookingStatus.HELD] == 0


def test_at_the_second_a_hold_ends_either_its_owner_or_the_next_has_the_time(db: Engine) -> None:
    town = a_town(db)
    at_the_end = replace(town.context, clock=FrozenClock(NOW + HOLD_LENGTH))
    just_before = replace(town.context, clock=FrozenClock(NOW + HOLD_LENGTH - timedelta(seconds=1)))
    owners, others = town.crowd(15), town.crowd(15)
    for number, (owner, other) in enumerate(zip(owners, others, strict=True)):
        starts_at = TIME + timedelta(minutes=10 * number)
        hold = hold_slot(town.context, owner, starts_at)
        jobs: list[Callable[[], Booking | Hold]] = [
            partial(confirm_booking, just_before, owner, confirmation(hold)),
            partial(hold_slot, at_the_end, other, starts_at),
        ]
        outcomes = at_once(jobs)
        assert kinds(outcomes) in ({"Booking": 1, "SlotTaken": 1}, {"Hold": 1, "HoldExpired": 1})
        assert_nothing_booked_twice(db)


def test_at_the_second_a_hold_ends_it_is_extended_or_lost(db: Engine) -> None:
    town = a_town(db)
    at_the_end = replace(town.context, clock=FrozenClock(NOW + HOLD_LENGTH))
    just_before = replace(town.context, clock=FrozenClock(NOW + HOLD_LENGTH - timedelta(seconds=1)))
    for number, (owner, other) in enumerate(zip(town.crowd(10), town.crowd(10), strict=True)):
        starts_at = TIME + timedelta(minutes=10 * number)
        hold_slot(town.context, owner, starts_at)
        outcomes = at_once([partial(extend_hold, just_before, owner), partial(hold_slot, at_the_end, other, starts_at)])
        assert kinds(outcomes) in ({"Hold": 1, "SlotTaken": 1}, {"Hold": 1, "HoldExpired": 1})
        assert_nothing_booked_twice(db)


def test_those_who_want_each_others_expired_time_are_served_or_refused(db: Engine) -> None:
    town = a_town(db)
    later = replace(town.context, clock=FrozenClock(NOW + HOLD_LENGTH))
    for hour in range(5):
        first, second = (TIME + timedelta(hours=hour, minutes=minutes) for minutes in (0, 30))
        one, other = town.crowd(2)
        hold_slot(town.context, one, first)
        hold_slot(town.context, other, second)
        outcomes = at_once([partial(hold_slot, later, one, second), partial(hold_slot, later, other, first)])
        assert set(kinds(outcomes)) <= {"Hold", "SlotTaken"}
        assert kinds(outcomes)["Hold"] >= 1
        assert_nothing_booked_twice(db)


def test_processes_too_leave_the_last_word_to_the_database(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db, desks=2)
    times = [TIME + timedelta(minutes=10 * number) for number in range(10)]
    groups = [town.crowd(40), town.crowd(40)]
    outcomes = Counter(outcome for group in in_processes(str(sqlite_db.url), groups, times) for outcome in group)
    assert outcomes == {"held": 20, "slot_taken": 60}
    assert statuses(sqlite_db) == {BookingStatus.HELD: 20}
    assert_nothing_booked_twice(sqlite_db)


def kinds(outcomes: Sequence[Booking | Hold | DomainError | int]) -> Counter[str]:
    """How many came out which way."""
    return Counter(type(outcome).__name__ for outcome in outcomes)
