"""What no key of the database can keep, a lock does: reserve, caps and limits hold when many press at once."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Engine

from dimoslive.db.engine import transaction
from dimoslive.db.queries.holds import hold_of
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import ServiceDeskRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.draft import HOLD_LENGTH
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import DomainError
from dimoslive.services.access.limit_attempts import RateLimit, limit_attempts
from dimoslive.services.booking.confirm_booking import confirm_booking
from dimoslive.services.booking.list_bookings import list_bookings
from dimoslive.services.booking.show_booking import show_booking
from dimoslive.services.draft.extend_hold import extend_hold
from dimoslive.services.draft.give_details import give_details
from dimoslive.services.draft.hold_slot import hold_slot
from dimoslive.services.draft.start_move import start_move
from dimoslive.services.outbox.deliver_events import deliver_events
from dimoslive.services.outbox.deliver_mail import MAIL
from dimoslive.services.upkeep.expire_holds import expire_holds
from tests.support.clock import FrozenClock
from tests.support.ports import RecordingMailer
from tests.support.rivals import at_once
from tests.support.world import (
    NOW,
    a_town,
    assert_nothing_booked_twice,
    confirmation,
    desk_ids,
    on_the_day,
    rows,
    statuses,
    typed,
)

pytestmark = pytest.mark.slow

TIME = on_the_day("09:10")
OFTEN = 8
"""Rivals meet in the gap between check and act by chance only: each race is run so often, at another time each."""


@pytest.mark.parametrize(("desks", "reserve"), [(2, 1), (3, 1), (4, 2)])
def test_places_kept_for_staff_stay_free_when_many_hold_at_once(db: Engine, desks: int, reserve: int) -> None:
    town = a_town(db, desks=desks, staff_reserve=reserve)
    for number in range(OFTEN):
        starts_at = TIME + timedelta(minutes=10 * number)
        outcomes = at_once(partial(hold_slot, town.context, citizen, starts_at) for citizen in town.crowd(desks + 2))
        assert kinds(outcomes) == {"Hold": desks - reserve, "SlotTaken": reserve + 2}
    assert_nothing_booked_twice(db)


def test_places_kept_for_staff_stay_free_when_times_overlap(db: Engine) -> None:
    town = a_town(db, desks=2, staff_reserve=1, duration_minutes=20, step_minutes=10)
    for number in range(OFTEN):
        starts = [TIME + timedelta(minutes=30 * number + later) for later in (0, 10)]
        at_once(partial(hold_slot, town.context, citizen, starts[i % 2]) for i, citizen in enumerate(town.crowd(4)))
    assert most_at_once(db) == 1


def test_services_that_share_desks_keep_the_reserve_together(db: Engine) -> None:
    town = a_town(db, desks=2, staff_reserve=1)
    other = town.another_service(desks_of=town.service, staff_reserve=1)
    for number in range(OFTEN):
        starts_at = TIME + timedelta(minutes=10 * number)
        crowd = town.crowd(2) + town.crowd(2, other)
        outcomes = at_once(partial(hold_slot, town.context, citizen, starts_at) for citizen in crowd)
        assert kinds(outcomes) == {"Hold": 1, "SlotTaken": 3}
    assert most_at_once(db) == 1


def test_services_that_share_some_desks_never_wait_for_each_other_in_a_circle(db: Engine) -> None:
    town = a_town(db, desks=2, staff_reserve=1)
    other, third = (town.another_service(desks=1, staff_reserve=1) for _ in range(2))
    with transaction(db) as tx:
        first, second = desk_ids(tx, town.service)
        tx.add_all(
            [
                ServiceDeskRow(service_id=other.id or 0, desk_id=second),
                ServiceDeskRow(service_id=third.id or 0, desk_id=first),
            ]
        )
        [own] = {*desk_ids(tx, other)} - {second}
        tx.add(ServiceDeskRow(service_id=third.id or 0, desk_id=own))
    for number in range(OFTEN):
        starts_at = TIME + timedelta(minutes=10 * number)
        crowd = town.crowd(3) + town.crowd(3, other) + town.crowd(3, third)
        outcomes = at_once(partial(hold_slot, town.context, citizen, starts_at) for citizen in crowd)
        assert set(kinds(outcomes)) == {"Hold", "SlotTaken"}
        assert kinds(outcomes)["Hold"] <= 3
    assert_nothing_booked_twice(db)


@pytest.mark.parametrize("last_press", ["confirm", "extend"])
def test_a_hold_saved_in_its_last_second_counts_against_the_reserve(db: Engine, last_press: str) -> None:
    town = a_town(db, desks=2, staff_reserve=1)
    at_the_end = replace(town.context, clock=FrozenClock(NOW + HOLD_LENGTH))
    just_before = replace(town.context, clock=FrozenClock(NOW + HOLD_LENGTH - timedelta(seconds=1)))
    for number, (owner, other) in enumerate(zip(town.crowd(OFTEN), town.crowd(OFTEN), strict=True)):
        starts_at = TIME + timedelta(minutes=10 * number)
        hold = hold_slot(town.context, owner, starts_at)
        save: Callable[[], object] = partial(extend_hold, just_before, owner)
        if last_press == "confirm":
            save = partial(confirm_booking, just_before, owner, confirmation(hold))
        take: Callable[[], object] = partial(hold_slot, at_the_end, other, starts_at)
        at_once([save, take])
    assert most_at_once(db) == 1


def test_clearing_expired_holds_away_waits_for_nobody_who_is_at_one(postgresql_db: Engine) -> None:
    town = a_town(postgresql_db)
    one, other = town.crowd(2)
    hold_slot(town.context, one, TIME)
    hold_slot(town.context, other, TIME + timedelta(minutes=10))
    town.clock.advance(minutes=10)
    with ThreadPoolExecutor(1) as pool, transaction(postgresql_db) as tx:
        # Who holds one row and waits for the next while the other does the opposite would wait for ever.
        hold_of(tx, one.id, for_change=True)
        assert pool.submit(expire_holds, town.context).result(20) == 1
    assert expire_holds(town.context) == 1


def test_where_nothing_is_reserved_nobody_waits_for_a_desk(postgresql_db: Engine) -> None:
    town = a_town(postgresql_db, desks=2)
    one, other = town.crowd(2)
    with transaction(postgresql_db) as tx:
        # Somebody with a reserve elsewhere has the desks locked.
        tx.connection().exec_driver_sql("SELECT id FROM desk FOR NO KEY UPDATE")
        assert kinds(at_once([partial(hold_slot, town.context, one, TIME)])) == {"Hold": 1}
    hold_slot(town.context, other, TIME)


def test_one_person_with_many_windows_has_one_open_booking_of_a_service(db: Engine) -> None:
    town = a_town(db)
    town.choose()
    give_details(town.context, town.eleni, typed())

    def book(number: int) -> Booking:
        hold = hold_slot(town.context, town.eleni, TIME + timedelta(minutes=10 * number))
        return confirm_booking(town.context, town.eleni, confirmation(hold))

    at_once(partial(book, number) for number in range(12))
    assert len(list_bookings(town.context, town.eleni)[0]) == 1


def test_one_person_with_many_windows_has_three_open_bookings_of_a_municipality(db: Engine) -> None:
    town = a_town(db)
    services = [town.another_service() for _ in range(6)]

    def book(number: int) -> None:
        for _ in range(6):
            try:
                town.a_booking(f"{9 + number // 6:02}:{number % 6}0", service=services[number % 6])
            except DomainError:
                continue
            return

    at_once(partial(book, number) for number in range(12))
    assert 1 <= len(list_bookings(town.context, town.eleni)[0]) <= 3


def test_one_person_with_many_windows_holds_one_time_whatever_the_service(db: Engine) -> None:
    town = a_town(db)
    services = [town.service, *(town.another_service() for _ in range(3))]

    def hold(number: int) -> object:
        town.choose(service=services[number % 4])
        return hold_slot(town.context, town.eleni, TIME + timedelta(minutes=10 * number))

    at_once(partial(hold, number) for number in range(12))
    assert statuses(db)[BookingStatus.HELD] <= 1
    assert_nothing_booked_twice(db)


def test_a_booking_is_moved_three_times_however_many_windows_move_it(db: Engine) -> None:
    town = a_town(db)
    booking = town.a_booking("09:10")

    def move(number: int) -> None:
        for _ in range(4):
            try:
                start_move(town.context, town.eleni, booking.reference)
                hold = hold_slot(town.context, town.eleni, TIME + timedelta(minutes=10 * (number + 1)))
                give_details(town.context, town.eleni, typed())
                confirm_booking(town.context, town.eleni, confirmation(hold))
            except DomainError:
                continue

    at_once(partial(move, number) for number in range(8))
    moved = show_booking(town.context, town.eleni, booking.reference)
    assert moved.reschedule_count == moved.sequence <= 3
    assert_nothing_booked_twice(db)


def test_of_many_attempts_at_once_as_many_pass_as_the_limit_says(db: Engine) -> None:
    town = a_town(db)
    limit = RateLimit.BOOK.value.attempts
    outcomes = at_once([partial(limit_attempts, town.context, RateLimit.BOOK, "citizen-1")] * (limit + 10))
    assert kinds(outcomes) == {"NoneType": limit, "TooManyAttempts": 10}


def test_of_many_senders_at_once_each_mail_has_one(db: Engine) -> None:
    town = a_town(db)
    for number, citizen in enumerate(town.crowd(20)):
        hold = hold_slot(town.context, citizen, TIME + timedelta(minutes=10 * number))
        give_details(town.context, citizen, typed(email=f"citizen-{number}@example.com"))
        confirm_booking(town.context, citizen, confirmation(hold))
    mailer = RecordingMailer()

    def send() -> None:
        asyncio.run(deliver_events(replace(town.context, mailer=mailer), MAIL, limit=5))

    at_once([send] * 8)
    send()
    assert sorted(Counter(mail["To"] for mail in mailer.sent).values()) == [1] * 20


def most_at_once(db: Engine) -> int:
    """At how many desks the busiest tick is taken."""
    taken = Counter(
        tick
        for row in rows(db, BookingRow)
        if row.status in ("held", "booked")
        for tick in range(row.first_tick, row.end_tick)
    )
    return max(taken.values())


def kinds(outcomes: Sequence[object]) -> Counter[str]:
    """How many came out which way."""
    return Counter(type(outcome).__name__ for outcome in outcomes)
