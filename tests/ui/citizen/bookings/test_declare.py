"""The page behind a mail's link asks whom an official booked for to declare, and then lets them in."""

from dimoslive.domain.scheduling.mode import Mode
from dimoslive.ui.citizen.bookings.state import BookingPageState
from tests.support.arranging import book_at_desk
from tests.support.meeting import enter_official, link_token
from tests.support.world import Town, on_the_day
from tests.ui.opened import a_page, press


async def test_the_meeting_is_offered_once_the_declaration_is_made(open_town: Town) -> None:
    town = open_town
    booking = book_at_desk(town, enter_official(town), "09:10", mode=Mode.VIDEO)
    town.clock.set(on_the_day("09:05"))
    page = a_page(BookingPageState, town, f"/b/{link_token(town, booking)}")
    await press(page, "load_linked")
    assert "<p" in page.declaration
    assert (page.booking.can_join, page.booking.can_move) == (False, False)

    await press(page, "declare", {})
    assert page.declaration_error == "Σημειώστε το τετράγωνο της δήλωσης."
    assert town.row(booking).consent_at is None

    await press(page, "declare", {"declaration": "on"})
    assert (page.booking.must_declare, page.booking.can_join) == (False, True)
    assert town.row(booking).consent_at == on_the_day("09:05")


async def test_a_citizen_s_own_booking_asks_for_none(open_town: Town) -> None:
    booking = open_town.a_booking("09:10")
    page = a_page(BookingPageState, open_town, f"/b/{link_token(open_town, booking)}")
    await press(page, "load_linked")
    assert not page.booking.must_declare
