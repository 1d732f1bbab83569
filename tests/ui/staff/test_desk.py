"""The officials' pages: who may see the day, who waits, and the press that admits."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine

from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.i18n import texts_of
from dimoslive.ui.shared import call
from dimoslive.ui.staff.day.page import desk
from dimoslive.ui.staff.day.state import DeskState
from tests.support.database import sqlite_db, sqlite_files
from tests.support.meeting import (
    ZOE,
    a_meeting,
    enter_foreign_official,
    enter_official,
    session_token,
    staff_token,
    wait,
)
from tests.support.world import Town, a_town, on_the_day
from tests.ui.opened import a_page, press

__all__ = ["sqlite_db", "sqlite_files"]


@pytest.fixture
def town(sqlite_db: Engine) -> Iterator[Town]:
    """Nikos is an official of it."""
    town = a_town(sqlite_db)
    enter_official(town)
    call.configure(town.context)
    yield town
    call._configured.clear()


def the_desk(town: Town, path: str = "/desk") -> Any:
    return a_page(DeskState, town, path, staff=staff_token(town))


@pytest.mark.parametrize("handler", ["load", "refresh", "admit"])
async def test_nobody_but_an_official_sees_the_day(town: Town, handler: str) -> None:
    booking = a_meeting(town)
    wait(town, booking)
    citizen = session_token(town)
    for cookies in ({}, {"token": citizen}, {"staff": citizen}, {"token": staff_token(town)}, {"staff": "x"}):
        page = a_page(DeskState, town, "/en/desk", **cookies)

        outcome = await press(page, handler, *([booking.reference] if handler == "admit" else []))

        assert "/en/desk/sign-in?next=%2Fen%2Fdesk" in str(outcome)
        assert (page.waiting, page.others, page.official_name, page.is_loaded) == ([], [], "", False)
    assert town.row(booking).status == BookingStatus.WAITING


async def test_the_day_is_shown_those_who_wait_apart(town: Town) -> None:
    nikos = town.citizen()
    first, second = town.a_booking("09:00", by=nikos), town.a_booking("09:10")
    town.clock.set(on_the_day("09:05"))
    wait(town, second)
    page = the_desk(town)

    await press(page, "load")

    assert [line.reference for line in page.waiting] == [second.reference]
    assert [line.reference for line in page.others] == [first.reference]
    assert (page.official_name, page.is_loaded) == ("ΝΙΚΟΣ ΔΗΜΟΥ", True)


async def test_the_page_keeps_up_with_the_waiting_room_by_itself_and_keeps_its_messages(town: Town) -> None:
    booking, page = a_meeting(town), the_desk(town)
    await press(page, "load")
    await press(page, "admit", booking.reference)
    assert (page.problem, page.ack_count) == ("Ο πολίτης δεν βρίσκεται στην αίθουσα αναμονής.", 2)
    wait(town, booking)

    await press(page, "refresh")

    assert [line.waiting for line in page.waiting] == ["Μόλις συνδέθηκε"]
    assert (page.problem, page.ack_count) == ("Ο πολίτης δεν βρίσκεται στην αίθουσα αναμονής.", 2)


async def test_a_meeting_can_be_entered_before_its_citizen_has_come(town: Town) -> None:
    booking, page = a_meeting(town), the_desk(town)

    await press(page, "load")

    assert [line.href for line in page.others] == [f"/desk/meeting?reference={booking.reference}"]


def test_both_lists_show_the_way_into_the_meeting() -> None:
    shown = str(desk(texts_of("en")))

    assert shown.count(texts_of("en")("desk.go_in")) == 2


@pytest.mark.parametrize(("page_path", "there"), [("/desk", "/desk/meeting"), ("/en/desk", "/en/desk/meeting")])
async def test_one_press_admits_and_leads_into_the_meeting(town: Town, page_path: str, there: str) -> None:
    booking, page = a_meeting(town), the_desk(town, page_path)
    wait(town, booking)

    outcome = await press(page, "admit", booking.reference)

    assert f'"{there}?reference={booking.reference}&now=1"' in str(outcome)
    assert town.row(booking).status == BookingStatus.IN_SERVICE
    await press(page, "load")
    assert (page.waiting, [line.kind for line in page.others]) == ([], ["open"])


async def test_a_second_press_says_that_the_citizen_is_in_already(town: Town) -> None:
    booking, page = a_meeting(town), the_desk(town)
    wait(town, booking)
    await press(page, "admit", booking.reference)

    assert await press(page, "admit", booking.reference) is None
    assert page.problem


@pytest.mark.parametrize("sent", ["", "x", "K7PM3XQ9", "'" * 500])
async def test_what_no_button_sends_admits_nobody(town: Town, sent: str) -> None:
    wait(town, booking := a_meeting(town))
    page = the_desk(town)

    assert await press(page, "admit", sent) is None
    assert page.problem.startswith("Το ραντεβού δεν βρέθηκε")
    assert town.row(booking).status == BookingStatus.WAITING


async def test_the_citizens_of_another_municipality_are_not_this_officials(town: Town) -> None:
    booking = a_meeting(town)
    wait(town, booking)
    enter_foreign_official(town)
    page = a_page(DeskState, town, "/desk", staff=staff_token(town, ZOE))

    await press(page, "load")
    await press(page, "admit", booking.reference)

    assert (page.waiting, page.others) == ([], [])
    assert page.problem.startswith("Το ραντεβού δεν βρέθηκε")
    assert town.row(booking).status == BookingStatus.WAITING
