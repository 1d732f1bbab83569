"""A day that is open at several desks: what they read together, and what of it each of them gets."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.official import OfficialDepartmentRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.presses import Press
from dimoslive.services.desk.press_booking import SeenBooking, press_booking
from dimoslive.ui.staff.day.state import DayState
from tests.support.database import counting
from tests.support.meeting import ANNA, enter_official, staff_token, without_video
from tests.support.settings import a_department
from tests.support.world import Town, on_the_day, rows
from tests.ui.opened import a_page, press


@pytest.fixture
def town(open_town: Town) -> Town:
    """Nikos is an official of it."""
    enter_official(open_town)
    return open_town


def the_day(town: Town, staff: str = "") -> Any:
    return a_page(DayState, town, "/desk?m=kavala&date=2026-11-24", staff=staff or staff_token(town))


def in_person(town: Town) -> Booking:
    booking = without_video(town, "09:10")
    town.clock.set(on_the_day("09:05"))
    return booking


def arrived(booking: Booking) -> dict[str, str]:
    return {"reference": booking.reference, "press": "arrived", "status": "booked", "reason": "", "note": ""}


async def test_pages_that_hear_of_the_same_news_read_the_day_once_and_each_has_its_own_desk(town: Town) -> None:
    booking = in_person(town)
    anna = enter_official(town, ANNA)
    own, other = the_day(town), the_day(town, staff=staff_token(town, ANNA))
    await press(own, "choose_desk", {"desk": str(rows(town.context.db, BookingRow)[0].desk_id)})
    await press(other, "load")
    await asyncio.to_thread(
        press_booking, town.context, anna, Press.ARRIVED, SeenBooking(booking.reference, BookingStatus.BOOKED)
    )
    town.clock.advance(seconds=1)
    with counting(town.context.db) as statements:
        await press(own, "refresh")
        await press(other, "refresh")

    assert sum("booking.served_person" in statement for statement, _ in statements) == 1
    assert [page.rows[0].status for page in (own, other)] == ["waiting", "waiting"]
    assert [page.strips[0].is_next for page in (own, other)] == [True, False]
    assert (own.my_desk_name != "", other.my_desk_name) == (True, "")


async def test_of_a_day_that_is_on_the_page_only_the_rows_that_changed_are_sent(town: Town) -> None:
    walls = ("09:10", "09:20", "09:30")
    first, *_ = [without_video(town, wall, by=town.citizen(f"Νίκος {wall}")) for wall in walls]
    town.clock.set(on_the_day("09:05"))
    page = the_day(town)
    await press(page, "load")
    page._clean()

    await press(page, "press", arrived(first))
    assert [row.reference for row in page.changed_rows] == [first.reference]
    assert ("changed_rows" in page.dirty_vars, "first_rows" in page.dirty_vars) == (True, False)
    assert [row.status for row in page.rows] == ["waiting", "booked", "booked"]

    await press(page, "undo")
    assert (page.changed_rows, [row.status for row in page.rows]) == ([], ["booked"] * 3)

    page._clean()
    with transaction(town.context.db) as tx:
        tx.execute(update(BookingRow).where(col(BookingRow.id) == first.id).values(status="expired"))
    await press(page, "load")
    assert ("first_rows" in page.dirty_vars, len(page.rows), page.changed_rows) == (True, 2, [])


async def test_whoever_has_other_rights_never_sees_what_was_read_for_somebody_else(town: Town) -> None:
    in_person(town)
    anna, elsewhere = enter_official(town, ANNA), a_department(town)
    with transaction(town.context.db) as tx:
        tx.add(OfficialDepartmentRow(official_id=anna.id, department_id=elsewhere.id or 0))
    own, other = the_day(town), the_day(town, staff=staff_token(town, ANNA))

    await press(own, "refresh")
    await press(other, "refresh")

    assert (len(own.rows), len(other.rows)) == (1, 0)


async def test_who_presses_sees_what_it_did_though_others_have_just_read_the_day(town: Town) -> None:
    booking = in_person(town)
    page, other = the_day(town), the_day(town)
    await press(page, "load")
    await press(other, "refresh")
    await press(page, "press", arrived(booking))
    assert page.rows[0].status == "waiting"
