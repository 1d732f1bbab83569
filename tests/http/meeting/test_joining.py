"""Whose socket is opened at all."""

import httpx2
import pytest

from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.meeting.meeting import Outcome
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.meeting.end_meeting import end_meeting
from tests.http.meeting.line import Wire, assert_refused, hello
from tests.http.site import use_up_attempts
from tests.support.meeting import (
    ANNA,
    ZOE,
    enter_foreign_official,
    enter_official,
    link_token,
    session_token,
    staff_token,
    without_video,
)
from tests.support.world import on_the_day


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:3001", "https://localhost:3000"])
async def test_no_socket_opens_for_pages_of_other_sites(wire: Wire, booking: Booking, origin: str) -> None:
    cookie = f"dimoslive_session={session_token(wire.site.town)}"
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    async with httpx2.AsyncClient() as browser:
        answer = await browser.get(
            f"http://{wire.address}?reference={booking.reference}",
            headers=upgrade | {"Cookie": cookie, "Origin": origin},
        )
    assert answer.status_code == 403


@pytest.mark.parametrize(("wall", "code"), [("08:59", "too_early"), ("10:20", "meeting_over")])
async def test_a_meeting_is_joined_at_its_times(wire: Wire, booking: Booking, wall: str, code: str) -> None:
    wire.site.town.clock.set(on_the_day(wall))
    for line in (await wire.citizen(booking), await wire.official(booking)):
        await assert_refused(line, code)


async def test_nobody_joins_who_is_not_signed_in(wire: Wire, booking: Booking) -> None:
    town = wire.site.town
    for query, cookies in (
        ({"reference": booking.reference}, {}),
        ({"reference": booking.reference}, {"session": "x"}),
        ({"reference": booking.reference}, {"session": staff_token(town)}),
        ({"reference": booking.reference, "as": "official"}, {"staff": session_token(town)}),
        ({"reference": booking.reference, "as": "official"}, {"session": session_token(town)}),
    ):
        await assert_refused(await wire.open(query, **cookies), "not_signed_in")


async def test_nobody_joins_who_has_no_right(wire: Wire, booking: Booking) -> None:
    town = wire.site.town
    enter_foreign_official(town)
    stranger = session_token(town, town.citizen())
    for query, cookies in (
        ({"reference": booking.reference}, {"session": stranger}),
        ({"reference": booking.reference, "as": "official"}, {"staff": staff_token(town, ZOE)}),
        ({"link": "x" * 43}, {}),
        ({"link": "x" * 43, "reference": booking.reference}, {"session": stranger}),
    ):
        await assert_refused(await wire.open(query, **cookies), "not_found")


async def test_a_link_opens_no_other_booking(wire: Wire, booking: Booking) -> None:
    town = wire.site.town
    town.clock.set(on_the_day("2026-11-20 10:00"))
    other = town.a_booking("09:30", by=town.citizen())
    link = link_token(town, other)
    town.clock.set(on_the_day("09:25"))
    by_link = await wire.open({"link": link, "reference": booking.reference})
    await hello(by_link)
    await by_link.hear("waiting")
    assert town.row(other).status == BookingStatus.WAITING
    assert town.row(booking).status == BookingStatus.BOOKED


async def test_nobody_joins_a_cancelled_booking_or_none(wire: Wire, booking: Booking) -> None:
    town = wire.site.town
    cancel_booking(town.context, town.eleni, booking.reference)
    await assert_refused(await wire.citizen(booking), "meeting_cancelled")
    await assert_refused(await wire.official(booking), "meeting_cancelled")
    town.clock.set(on_the_day("2026-11-20 10:00"))
    at_the_counter = without_video(town, "09:30")
    town.clock.set(on_the_day("09:25"))
    await assert_refused(await wire.citizen(at_the_counter), "not_a_meeting")


async def test_nobody_joins_a_meeting_that_ended(wire: Wire, booking: Booking) -> None:
    town = wire.site.town
    end_meeting(town.context, enter_official(town, ANNA), booking.reference, Outcome.TECHNICAL_FAILURE)
    await assert_refused(await wire.citizen(booking), "meeting_over")


async def test_an_address_that_comes_too_often_is_asked_to_try_again_later(wire: Wire, booking: Booking) -> None:
    use_up_attempts(wire.site.town, "127.0.0.1", left=1)
    citizen = await wire.citizen(booking)
    await citizen.hear("waiting")
    refused = await wire.official(booking)
    assert (await refused.closed(), refused.heard) == (1013, [])
    assert await citizen.catch_up() == []
    wire.site.town.clock.advance(minutes=10)
    at_last = await wire.official(booking)
    await at_last.hear("welcome")


async def test_a_meeting_closes_with_those_who_are_in(wire: Wire, booking: Booking) -> None:
    citizen, official = await wire.begun(booking)
    without_hello = await wire.open({"link": link_token(wire.site.town, booking)})
    await without_hello.catch_up()
    wire.site.town.clock.set(on_the_day("10:20"))
    await wire.tick()
    for line in (citizen, official, without_hello):
        assert await line.closed() == 1000
        assert line.heard[-1] == {"type": "ended", "outcome": None}
