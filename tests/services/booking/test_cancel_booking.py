"""A citizen cancels until the start, and the time comes back."""

import pytest
from sqlalchemy import Engine

from dimoslive.db.engine import transaction
from dimoslive.db.rows.events import to_event
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.outbox import OutboxRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import InvalidInput, NotFound, TooLate
from dimoslive.domain.events import BookingCancelled
from dimoslive.services.booking.cancel_booking import cancel_booking
from tests.support.world import Town, a_town, assert_nothing_booked_twice, on_the_day, rows


def test_a_cancelled_time_is_free_after_a_while(town: Town) -> None:
    booking = town.a_booking("09:10")
    cancelled = cancel_booking(town.context, town.eleni, booking.reference, "Δεν μπορώ")
    assert (cancelled.status, cancelled.sequence) == (BookingStatus.CANCELLED_BY_CITIZEN, 1)
    assert town.claims_of(booking) == 0
    row = town.row(booking)
    assert (row.cancel_reason, row.cancelled_at) == ("Δεν μπορώ", town.clock.now())
    town.wait_for_freed()
    town.a_booking("09:10", by=town.citizen())
    assert_nothing_booked_twice(town.context.db)


def test_cancelling_twice_is_cancelling_once(town: Town) -> None:
    booking = town.a_booking("09:10")
    first = cancel_booking(town.context, town.eleni, booking.reference, "Πρώτη")
    town.clock.advance(minutes=1)
    assert cancel_booking(town.context, town.eleni, booking.reference, "Δεύτερη") == first
    assert town.row(booking).cancel_reason == "Πρώτη"
    assert [row.event for row in rows(town.context.db, OutboxRow)] == ["booking.confirmed", "booking.cancelled"]


def test_the_event_holds_the_cancelled_booking(town: Town) -> None:
    booking = town.a_booking("09:10")
    cancelled = cancel_booking(town.context, town.eleni, booking.reference)
    assert to_event(rows(town.context.db, OutboxRow)[-1]) == BookingCancelled(cancelled)


def test_a_booking_is_cancelled_until_its_start(town: Town) -> None:
    booking, late = town.a_booking("09:10"), town.a_booking("09:20", by=(nikos := town.citizen()))
    town.clock.set(on_the_day("09:09"))
    cancel_booking(town.context, town.eleni, booking.reference)
    town.clock.set(on_the_day("09:20"))
    with pytest.raises(TooLate):
        cancel_booking(town.context, nikos, late.reference)
    assert town.row(late).status == BookingStatus.BOOKED


@pytest.mark.parametrize(
    ("status", "may_cancel"),
    [
        (BookingStatus.BOOKED, True),
        (BookingStatus.WAITING, True),
        (BookingStatus.IN_SERVICE, False),
        (BookingStatus.SERVED, False),
        (BookingStatus.NO_SHOW, False),
        (BookingStatus.CANCELLED_BY_MUNICIPALITY, False),
    ],
)
def test_what_is_over_or_under_way_cannot_be_cancelled(
    sqlite_db: Engine, status: BookingStatus, *, may_cancel: bool
) -> None:
    town = a_town(sqlite_db)
    booking = town.a_booking("09:10")
    with transaction(sqlite_db) as tx:
        tx.get_one(BookingRow, booking.id).status = status
    if may_cancel:
        assert cancel_booking(town.context, town.eleni, booking.reference)
    else:
        with pytest.raises(TooLate):
            cancel_booking(town.context, town.eleni, booking.reference)


def test_somebody_elses_booking_cannot_be_cancelled(town: Town) -> None:
    booking = town.a_booking("09:10")
    with pytest.raises(NotFound):
        cancel_booking(town.context, town.citizen(), booking.reference)
    assert town.row(booking).status == BookingStatus.BOOKED


def test_a_hold_cannot_be_cancelled(town: Town) -> None:
    with pytest.raises(NotFound):
        cancel_booking(town.context, town.eleni, town.hold("09:10").reference)


def test_a_reason_that_is_too_long_is_refused_and_nothing_cancelled(town: Town) -> None:
    booking = town.a_booking("09:10")
    with pytest.raises(InvalidInput) as refused:
        cancel_booking(town.context, town.eleni, booking.reference, "α" * 501)
    assert (refused.value.field, refused.value.code) == ("reason", "too_long")
    assert town.row(booking).status == BookingStatus.BOOKED
