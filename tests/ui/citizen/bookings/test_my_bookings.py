"""The pages of one's bookings, also those left open until the meeting begins."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine

from dimoslive.db.engine import transaction
from dimoslive.db.queries.frame_origins import replace_origins
from dimoslive.domain.booking.booking import Booking
from dimoslive.ui.citizen.bookings.state import BookingPageState, MyBookingsState
from dimoslive.ui.shared import call
from tests.support.database import sqlite_db, sqlite_files
from tests.support.meeting import link_token, session_token
from tests.support.world import Town, a_town, on_the_day
from tests.ui.opened import a_page, press

__all__ = ["sqlite_db", "sqlite_files"]

HALF_AN_HOUR = 30 * 60


@pytest.fixture
def town(sqlite_db: Engine) -> Iterator[Town]:
    town = a_town(sqlite_db)
    call.configure(town.context)
    yield town
    call._configured.clear()


def a_meeting_to_come(town: Town) -> Booking:
    """It opens in half an hour."""
    booking = town.a_booking("09:10")
    town.clock.set(on_the_day("08:30"))
    return booking


async def left_open(town: Town, path: str, load: str = "load", *, token: str = "") -> Any:
    page = a_page(BookingPageState, town, path, token=token)
    await press(page, load)
    return page


async def test_a_page_left_open_offers_the_meeting_once_it_is_open(town: Town) -> None:
    booking = a_meeting_to_come(town)
    token, link = session_token(town), link_token(town, booking)
    own = await left_open(town, f"/booking/confirmation?reference={booking.reference}", token=token)
    linked = await left_open(town, f"/b/{link}", "load_linked")
    listed = a_page(MyBookingsState, town, "/my-bookings", token=token)
    await press(listed, "load")
    assert own.booking.opens_in == linked.booking.opens_in == listed.opens_in == HALF_AN_HOUR

    town.clock.advance(seconds=HALF_AN_HOUR)
    for page in (own, linked, listed):
        await press(page, "look_again")
        assert page.problem == ""

    views = (own.booking, linked.booking, listed.upcoming[0])
    assert [(view.can_join, view.opens, view.opens_in) for view in views] == [(True, "", 0)] * 3
    assert (listed.can_join, listed.opens_in) == (True, 0)
    assert linked.booking.join_href == f"/meeting?link={link}"
    assert (own.is_new, linked.booking.person) == (True, "")


async def test_a_look_that_comes_too_early_is_told_how_long_it_still_takes(town: Town) -> None:
    booking = a_meeting_to_come(town)
    page = await left_open(town, f"/my-bookings/{booking.reference}", token=session_token(town))
    looks = page.looks

    await press(page, "look_again")

    assert (page.booking.can_join, page.booking.opens_in, page.looks) == (False, HALF_AN_HOUR, looks + 1)


async def test_who_cancels_by_the_mail_s_link_sees_as_much_after_it_as_before(town: Town) -> None:
    for wall, token, person in (("09:10", session_token(town), town.eleni.full_name), ("10:10", "", "")):
        # The first one's time is not offered again at once.
        booking = town.a_booking(wall)
        page = await left_open(town, f"/b/{link_token(town, booking)}", "load_linked", token=token)
        before = page.booking.person, page.booking.subject
        assert before[0] == person

        await press(page, "cancel", {"reason": ""})

        assert page.was_cancelled
        assert (page.booking.person, page.booking.subject) == before


async def test_who_came_from_a_listed_site_is_led_back_to_it_once_it_is_booked(town: Town) -> None:
    booking, token, place = town.a_booking("09:10"), session_token(town), town.municipality.id
    with transaction(town.context.db) as tx:
        replace_origins(tx, place, ["https://*.kavala.gr"])
    where = f"/booking/confirmation?reference={booking.reference}"

    async def way_back(said: str) -> str:
        page = a_page(BookingPageState, town, where, token=token, back=said)
        await press(page, "load")
        return f"{page.back} {page.back_words}".strip()

    assert await way_back("https://www.kavala.gr") == "https://www.kavala.gr Επιστροφή στο www.kavala.gr"
    for said in (
        "",
        "https://www.evil.gr",
        "https://www.kavala.gr/page",
        "https://www.kavala.gr@www.evil.gr",
        "http://www.kavala.gr",
        "javascript:alert(1)//www.kavala.gr",
    ):
        assert await way_back(said) == "", said
