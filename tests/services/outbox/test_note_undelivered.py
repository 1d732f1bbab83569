"""A mail that is given up becomes a call, where somebody still has to hear of it and can be phoned."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.queries.bookings import booking_with_service
from dimoslive.db.rows.booking import to_booking
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.desk import CallTaskRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.calls import CallKind, Saying
from dimoslive.domain.events import BookingCancelled
from dimoslive.ports import DeliveryRefused, Mailer
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.desk.list_calls import list_calls
from dimoslive.services.outbox.deliver_events import Round, deliver_events
from dimoslive.services.outbox.deliver_mail import MAIL
from dimoslive.services.outbox.publish_event import publish_event
from tests.support.lists import change, place_of
from tests.support.meeting import enter_official
from tests.support.world import Town, on_the_day, rows


class RefusingMailer(Mailer):
    """A server that knows the address of nobody."""

    async def send(self, message: object) -> None:  # noqa: ARG002  # the port's
        raise DeliveryRefused("550 no such mailbox")


def deliver(town: Town) -> Round:
    return asyncio.run(deliver_events(replace(town.context, mailer=RefusingMailer()), MAIL))


def calls(town: Town) -> list[CallTaskRow]:
    return list(rows(town.context.db, CallTaskRow))


def test_the_person_is_to_be_phoned_with_what_the_mail_said(town: Town) -> None:
    booking = town.a_booking("09:10")
    assert deliver(town) == Round(refused=1)
    official = enter_official(town)
    [call] = list_calls(town.context, official, place_of(town, official)).to_make
    assert (call.kind, call.saying, call.booking.reference) == (
        CallKind.NOT_DELIVERED,
        Saying.STANDS,
        booking.reference,
    )
    assert call.created_at == town.clock.now()


def test_one_call_is_enough_and_it_says_what_holds_now(town: Town) -> None:
    booking = town.a_booking("09:10")
    deliver(town)
    town.move(booking, "11:00")
    deliver(town)
    assert [row.kind for row in calls(town)] == ["not_delivered"]


def test_of_a_move_it_says_when_it_was_before(town: Town) -> None:
    booking = town.a_booking("09:10")
    asyncio.run(deliver_events(town.context, MAIL))
    town.move(booking, "11:00")
    deliver(town)
    official = enter_official(town)
    [call] = list_calls(town.context, official, place_of(town, official)).to_make
    assert (call.saying, call.facts.starts_at) == (Saying.MOVED, on_the_day("09:10"))


def test_a_call_that_was_made_is_not_the_one_for_the_next_mail(town: Town) -> None:
    booking = town.a_booking("09:10")
    deliver(town)
    with transaction(town.context.db) as tx:
        tx.get_one(CallTaskRow, calls(town)[0].id).done_at = town.clock.now()
    town.move(booking, "11:00")
    deliver(town)
    assert len(calls(town)) == 2


@pytest.mark.parametrize(
    "why",
    [{"phone": ""}, {"email": "other@example.com"}, {"status": BookingStatus.SERVED.value}],
    ids=lambda why: str(*why),
)
def test_nobody_is_phoned_who_cannot_be_or_need_not(town: Town, why: dict[str, Any]) -> None:
    change(town, town.a_booking("09:10"), **why)
    assert deliver(town) == Round(refused=1)
    assert calls(town) == []


def test_what_the_citizen_cancelled_needs_no_call(town: Town) -> None:
    booking = town.a_booking("09:10")
    cancel_booking(town.context, town.eleni, booking.reference)
    assert deliver(town) == Round(refused=2)
    assert calls(town) == []


def test_what_the_municipality_cancelled_does(town: Town) -> None:
    booking = town.a_booking("09:10")
    asyncio.run(deliver_events(town.context, MAIL))
    change(town, booking, status=BookingStatus.CANCELLED_BY_MUNICIPALITY.value)
    with transaction(town.context.db) as tx:
        event = BookingCancelled(to_booking(booking_with_service(tx, booking.id)))
        publish_event(tx, event, town.clock.now())
    assert deliver(town) == Round(refused=1)
    assert [row.booking_id for row in calls(town)] == [booking.id]


def test_what_is_over_needs_no_call(town: Town) -> None:
    town.a_booking("09:10")
    town.clock.set(on_the_day("09:10"))
    deliver(town)
    assert calls(town) == []


def test_the_call_and_the_given_up_mail_are_written_together(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.a_booking("09:10")

    def fail(*_args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("dimoslive.services.outbox.deliver_events.announce_days_of", fail)
    with pytest.raises(RuntimeError):
        deliver(town)
    assert calls(town) == []
    assert len(rows(town.context.db, BookingRow)) == 1
