"""The figure of the waiting list: what was entered, told and taken, of the day on which a booking now stands."""

import asyncio
from datetime import date
from typing import Any

from sqlalchemy import Engine

from dimoslive.db.tables.waiting_list import WaitingOfferRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.waiting_list import Answer, Wishes
from dimoslive.domain.figures.asked import Asked, Per, Span
from dimoslive.domain.figures.figure import Figure
from dimoslive.domain.figures.percentiles import MIN_FOR_MEDIAN
from dimoslive.domain.people.principals import LinkHolder
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.figures.show_figure import show_figure
from dimoslive.services.outbox.deliver_events import deliver_events
from dimoslive.services.outbox.deliver_mail import MAIL
from dimoslive.services.upkeep.offer_freed_times import offer_freed_times
from dimoslive.services.waiting.answer_offer import answer_offer
from dimoslive.services.waiting.enter_list import enter_list
from tests.support.builders import at
from tests.support.lists import place_of
from tests.support.meeting import enter_official
from tests.support.world import Town, a_town, rows

WEEK = Asked(Span(date(2026, 11, 26), date(2026, 12, 1)), Per.DAY)


def waits(town: Town, wall: str) -> Booking:
    citizen = town.citizen()
    booking = town.a_booking(wall, by=citizen)
    enter_list(town.context, citizen, booking.reference, Wishes())
    return booking


def takes_what_is_freed(town: Town, booking: Booking, wall: str) -> None:
    freed = town.a_booking(wall)
    cancel_booking(town.context, LinkHolder(freed.id), freed.reference)
    offer_freed_times(town.context)
    asyncio.run(deliver_events(town.context, MAIL))
    offer_freed_times(town.context)
    [offer] = [one for one in rows(town.context.db, WaitingOfferRow) if one.booking_id == booking.id]
    answer_offer(town.context, LinkHolder(booking.id), booking.reference, offer.id or 0, Answer.TAKE)


def counted(town: Town) -> Figure:
    town.clock.set(at("2026-12-02 08:00"))
    official = enter_official(town)
    return show_figure(town.context, official, place_of(town, official), "waiting_list", WEEK)


def cells(found: Figure) -> dict[str, Any]:
    return {one.name: one.cells for one in found.columns}


def test_who_takes_an_earlier_time_counts_on_its_day_with_the_days_won(db: Engine) -> None:
    town = a_town(db, duration_minutes=20, step_minutes=10, has_waiting_list=True)
    town.clock.set(at("2026-11-24 10:00"))
    for number in range(MIN_FOR_MEDIAN):
        takes_what_is_freed(town, waits(town, f"2026-12-01 {9 + number:02}:30"), f"2026-11-26 {9 + number:02}:00")
    waits(town, "2026-11-30 14:00")
    found = counted(town)
    assert cells(found) == {
        "entries": (5, 0, 0, 0, 1, 0),
        "notices": (5, 0, 0, 0, 0, 0),
        "accepted": (5, 0, 0, 0, 0, 0),
        "days_won": (5, None, None, None, None, None),
    }
    assert {one.name: one.value for one in found.sums} == {"entries": 6, "notices": 5, "accepted": 5, "days_won": 5}


def test_of_few_no_days_won_are_told(db: Engine) -> None:
    town = a_town(db, duration_minutes=20, step_minutes=10, has_waiting_list=True)
    town.clock.set(at("2026-11-24 10:00"))
    takes_what_is_freed(town, waits(town, "2026-12-01 09:30"), "2026-11-26 11:00")
    found = cells(counted(town))
    assert (found["accepted"][0], found["days_won"][0]) == (1, None)
