"""Officials, the citizen and the mail job at the same moment: one of them wins, and nothing is half done."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from sqlalchemy import Engine

from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.desk import BookingEventRow
from dimoslive.db.tables.outbox import OutboxRow
from dimoslive.domain.booking.statuses import CANCELLED
from dimoslive.domain.desk.presses import Press
from dimoslive.domain.errors import AlreadyTold
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.desk.cancel_by_municipality import cancel_by_municipality
from dimoslive.services.desk.press_booking import press_booking
from dimoslive.services.desk.undo_press import undo_press
from dimoslive.services.outbox.deliver_events import deliver_events
from dimoslive.services.outbox.deliver_mail import MAIL
from tests.support.desk import seen
from tests.support.meeting import ANNA, enter_official, without_video
from tests.support.ports import RecordingMailer
from tests.support.rivals import at_once
from tests.support.world import a_town, assert_nothing_booked_twice, on_the_day, rows


def test_of_several_who_end_or_begin_a_booking_at_once_one_does(db: Engine) -> None:
    town = a_town(db)
    booking = without_video(town, "09:10")
    town.clock.set(on_the_day("09:05"))
    nikos, anna, as_seen = enter_official(town), enter_official(town, ANNA), seen(town, booking)
    jobs: list[Callable[[], object]] = [
        partial(cancel_by_municipality, town.context, nikos, as_seen, "Ασθένεια", at_citizens_wish=False),
        partial(cancel_by_municipality, town.context, anna, as_seen, "Απεργία", at_citizens_wish=False),
        partial(press_booking, town.context, anna, Press.START, as_seen),
        partial(cancel_booking, town.context, town.eleni, booking.reference),
    ]
    outcomes = at_once(jobs)
    [row] = rows(db, BookingRow)
    events = [event.action for event in rows(db, BookingEventRow)]
    assert sum(not isinstance(outcome, Exception) for outcome in outcomes) == 1
    assert len(events) == 2, "it was booked, and then one thing more"
    told = [event.event for event in rows(db, OutboxRow)]
    assert told.count("booking.cancelled") == (row.status in CANCELLED)
    assert_nothing_booked_twice(db)


def test_a_mail_that_leaves_and_an_undo_at_once_never_both_happen(db: Engine) -> None:
    town = a_town(db)
    official = enter_official(town)
    booking = without_video(town, "09:10")
    asyncio.run(deliver_events(town.context, MAIL))
    done = cancel_by_municipality(town.context, official, seen(town, booking), "Ασθένεια", at_citizens_wish=False)
    town.clock.advance(minutes=2)
    mailer = RecordingMailer()

    def send() -> None:
        asyncio.run(deliver_events(replace(town.context, mailer=mailer), MAIL))

    undo = partial(undo_press, town.context, official, booking.reference, done.event_id)
    jobs: list[Callable[[], object]] = [send, undo]
    _, undone = at_once(jobs)
    was_told = isinstance(undone, AlreadyTold)
    assert (len(mailer.sent), rows(db, BookingRow)[0].status in CANCELLED) == (was_told, was_told)
    assert_nothing_booked_twice(db)
