"""An official cancels with a reason that the citizen reads, and can take it back until the citizen is told."""

import asyncio
import json

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.rows.events import to_event
from dimoslive.db.tables.booking import ClaimRow
from dimoslive.db.tables.desk import BookingEventRow, CallTaskRow
from dimoslive.db.tables.draft import DraftRow
from dimoslive.db.tables.outbox import DeliveryRow, OutboxRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.presses import Press
from dimoslive.domain.errors import (
    AlreadyTold,
    ChangedByOther,
    InvalidInput,
    NotFound,
    NotPossibleNow,
    SlotTaken,
)
from dimoslive.domain.events import BookingEvent
from dimoslive.domain.people.principals import Official
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.desk.cancel_by_municipality import cancel_by_municipality
from dimoslive.services.desk.press_booking import Pressed, SeenBooking
from dimoslive.services.desk.undo_press import undo_press
from dimoslive.services.outbox.deliver_events import deliver_events
from dimoslive.services.outbox.deliver_mail import MAIL
from tests.support.desk import pressed, seen, without_account
from tests.support.meeting import enter_foreign_official, enter_official, without_video
from tests.support.world import Town, assert_nothing_booked_twice, on_the_day, rows

REASON = "Ο υπάλληλος ασθενεί."


@pytest.fixture
def official(town: Town) -> Official:
    return enter_official(town)


def cancel(town: Town, official: Official, booking: Booking, *, wish: bool = False) -> Pressed:
    return cancel_by_municipality(town.context, official, seen(town, booking), REASON, at_citizens_wish=wish)


def test_the_time_is_free_and_the_event_carries_the_reason(town: Town, official: Official) -> None:
    booking = town.a_booking("09:10")
    done = cancel(town, official, booking)
    row = town.row(booking)
    assert (done.status, row.status) == (BookingStatus.CANCELLED_BY_MUNICIPALITY, done.status)
    assert (row.cancelled_by, row.cancel_reason, row.cancelled_at) == (official.id, REASON, town.clock.now())
    assert town.claims_of(booking) == 0
    event = to_event(rows(town.context.db, OutboxRow)[-1])
    assert isinstance(event, BookingEvent)
    assert (event.name, event.booking.cancel_reason) == ("booking.cancelled", REASON)
    assert [row.action for row in rows(town.context.db, BookingEventRow)] == ["booked", "cancelled_by_staff"]


def test_at_the_citizens_wish_it_counts_as_the_citizens(town: Town, official: Official) -> None:
    booking = town.a_booking("09:10")
    assert cancel(town, official, booking, wish=True).status is BookingStatus.CANCELLED_BY_CITIZEN


def test_the_mail_waits_two_minutes_and_the_undo_takes_it_away(town: Town, official: Official) -> None:
    booking = town.a_booking("09:10")
    asyncio.run(deliver_events(town.context, MAIL))
    done = cancel(town, official, booking)
    town.clock.advance(seconds=119)
    assert asyncio.run(deliver_events(town.context, MAIL)).sent == 0

    undone = undo_press(town.context, official, booking.reference, done.event_id)

    row = town.row(booking)
    assert (undone.status, row.cancelled_by, row.cancel_reason) == (BookingStatus.BOOKED, None, "")
    assert [row.event for row in rows(town.context.db, OutboxRow)] == ["booking.confirmed"]
    town.clock.advance(minutes=5)
    assert asyncio.run(deliver_events(town.context, MAIL)).sent == 0
    assert_nothing_booked_twice(town.context.db)


def test_once_the_mail_is_taken_for_sending_there_is_no_undo(town: Town, official: Official) -> None:
    booking = town.a_booking("09:10")
    done = cancel(town, official, booking)
    town.clock.advance(seconds=120)
    asyncio.run(deliver_events(town.context, MAIL))
    with pytest.raises(AlreadyTold):
        undo_press(town.context, official, booking.reference, done.event_id)
    assert town.row(booking).status == BookingStatus.CANCELLED_BY_MUNICIPALITY


def test_what_somebody_else_booked_meanwhile_is_not_taken_back(town: Town, official: Official) -> None:
    booking = town.a_booking("09:10")
    done = cancel(town, official, booking)
    town.wait_for_freed()
    town.a_booking("09:10", by=town.citizen())
    with pytest.raises(SlotTaken):
        undo_press(town.context, official, booking.reference, done.event_id)
    assert town.row(booking).status == BookingStatus.CANCELLED_BY_MUNICIPALITY
    assert [row.event for row in rows(town.context.db, OutboxRow)].count("booking.cancelled") == 1
    assert_nothing_booked_twice(town.context.db)


def test_who_has_no_address_is_phoned_until_then_it_can_be_undone(town: Town, official: Official) -> None:
    booking = without_video(town, "09:10")
    without_account(town, booking, email="")
    done = cancel(town, official, booking)
    [call] = rows(town.context.db, CallTaskRow)
    assert (call.kind, call.booking_id) == ("cancelled", booking.id)
    assert json.loads(call.facts) == {
        "starts_at": booking.period.starts_at.isoformat(), "mode": "in_person", "reason": REASON,
    }  # fmt: skip
    assert len(rows(town.context.db, DeliveryRow)) == 1, "of the confirmation alone"

    undo_press(town.context, official, booking.reference, done.event_id)
    assert rows(town.context.db, CallTaskRow) == []

    done = cancel(town, official, booking)
    with transaction(town.context.db) as tx:
        tx.get_one(CallTaskRow, rows(town.context.db, CallTaskRow)[0].id).attempts = 1
    with pytest.raises(AlreadyTold):
        undo_press(town.context, official, booking.reference, done.event_id)


def test_who_wished_it_is_not_phoned(town: Town, official: Official) -> None:
    booking = without_video(town, "09:10")
    without_account(town, booking, email="")
    cancel(town, official, booking, wish=True)
    assert rows(town.context.db, CallTaskRow) == []


def test_a_move_under_way_ends_with_it(town: Town, official: Official) -> None:
    booking = town.a_booking("09:10")
    town.hold_move(booking, "10:00")
    cancel(town, official, booking)
    claimed, row = {claim.tick for claim in rows(town.context.db, ClaimRow)}, town.row(booking)
    assert claimed == set(range(row.first_tick, row.end_tick)), "only the time that was given back"
    assert [draft.moving_id for draft in rows(town.context.db, DraftRow)] == [None]


@pytest.mark.parametrize("reason", ["", "  ", "ab", "α" * 501])
def test_the_reason_is_needed_and_bounded(town: Town, official: Official, reason: str) -> None:
    booking = town.a_booking("09:10")
    with pytest.raises(InvalidInput) as refused:
        cancel_by_municipality(town.context, official, seen(town, booking), reason, at_citizens_wish=False)
    assert refused.value.field == "cancel_reason"
    assert town.row(booking).status == BookingStatus.BOOKED


def test_what_the_citizen_cancelled_first_stays_so(town: Town, official: Official) -> None:
    booking = town.a_booking("09:10")
    as_seen = seen(town, booking)
    cancel_booking(town.context, town.eleni, booking.reference)
    with pytest.raises(ChangedByOther):
        cancel_by_municipality(town.context, official, as_seen, REASON, at_citizens_wish=False)
    assert town.row(booking).status == BookingStatus.CANCELLED_BY_CITIZEN


def test_what_is_under_way_or_of_a_past_day_is_settled_and_not_cancelled(town: Town, official: Official) -> None:
    booking, left = without_video(town, "09:10"), without_video(town, "09:20", by=town.citizen())
    town.clock.set(on_the_day("09:10"))
    pressed(town, official, booking, Press.START)
    with pytest.raises(NotPossibleNow):
        cancel(town, official, booking)
    town.clock.set(on_the_day("2026-11-25 08:00"))
    with pytest.raises(NotPossibleNow):
        cancel(town, official, left)


def test_a_foreign_official_finds_nothing(town: Town) -> None:
    booking = town.a_booking("09:10")
    with pytest.raises(NotFound):
        cancel(town, enter_foreign_official(town), booking)
    with pytest.raises(NotFound):
        cancel_by_municipality(
            town.context,
            enter_official(town),
            SeenBooking("ZZZZZZZZ", BookingStatus.BOOKED),
            REASON,
            at_citizens_wish=False,
        )


def test_what_a_citizen_did_is_not_an_officials_to_undo(town: Town, official: Official) -> None:
    booking = town.a_booking("09:10")
    cancel_booking(town.context, town.eleni, booking.reference)
    event = rows(town.context.db, BookingEventRow)[-1]
    with pytest.raises(NotPossibleNow):
        undo_press(town.context, official, booking.reference, event.id or 0)
