"""The day in one line: what waits for an official who is in a call."""

from typing import Any

import pytest

from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.i18n import texts_of
from dimoslive.ui.staff.day.line import DayLineState
from dimoslive.ui.staff.day.state import DayState
from tests.support.meeting import ZOE, a_meeting, enter_foreign_official, enter_official, staff_token, wait
from tests.support.world import Town, on_the_day, rows
from tests.ui.opened import a_page, known, press

EL, EN = texts_of("el"), texts_of("en")
NIKOS = "ΝΙΚΟΣ ΓΕΩΡΓΙΟΥ"


@pytest.fixture
def town(open_town: Town) -> Town:
    """Nikos is an official of it."""
    enter_official(open_town)
    return open_town


async def the_line(town: Town, here: Booking, path: str = "/desk/meeting", staff: str = "") -> Any:
    """As it stands beside the call of a booking."""
    page = a_page(DayLineState, town, f"{path}?reference={here.reference}", staff=staff or staff_token(town))
    await press(page, "load")
    return page


async def test_while_nobody_waits_it_names_who_has_the_next_time(town: Town) -> None:
    town.a_booking("10:10", by=town.citizen())
    here = a_meeting(town)
    wait(town, here)

    line = await the_line(town, here)

    assert (line.waiting, line.next_time, line.next_name) == (EL("day_line.nobody"), "10:10", NIKOS)
    assert line.query == "m=kavala&date=2026-11-24"
    assert line.href == "/desk?m=kavala"


async def test_who_waits_is_counted_and_comes_next_but_not_who_is_in_the_call(town: Town) -> None:
    nikos = town.citizen()
    other, here = town.a_booking("09:30", by=nikos), town.a_booking("09:10")
    town.clock.set(on_the_day("09:20"))
    wait(town, here)
    line = await the_line(town, here, "/en/desk/meeting")
    wait(town, other, by=nikos)

    await press(line, "refresh")

    assert (line.waiting, line.next_name) == (EN.count("day_line.waiting", 1), NIKOS)
    assert line.href == "/en/desk?m=kavala"


async def test_who_has_a_desk_is_told_of_that_one_alone(town: Town) -> None:
    nikos, registry = town.citizen(), town.another_service(name_el="Ληξιαρχείο")
    other = town.a_booking("09:30", by=nikos, service=registry)
    here = town.a_booking("09:10")
    own, others = [
        next(row.desk_id for row in rows(town.context.db, BookingRow) if row.id == one.id) for one in (here, other)
    ]
    town.clock.set(on_the_day("09:20"))
    wait(town, other, by=nikos)
    staff = staff_token(town)
    day = a_page(DayState, town, "/desk?m=kavala&date=2026-11-24", staff=staff)

    await press(day, "choose_desk", {"desk": str(own)})
    line = await the_line(town, here, staff=staff)
    assert (line.waiting, line.next_name) == (EL("day_line.nobody"), "")

    await press(day, "choose_desk", {"desk": str(others)})
    await press(line, "refresh")
    assert (line.waiting, line.next_name) == (EL.count("day_line.waiting", 1), NIKOS)


async def test_a_day_that_has_nobody_more_names_nobody(town: Town) -> None:
    line = await the_line(town, a_meeting(town))
    assert (line.waiting, line.next_time, line.next_name) == (EL("day_line.nobody"), "", "")


async def test_an_official_of_another_town_sees_nothing_of_it(town: Town) -> None:
    town.a_booking("10:10", by=town.citizen())
    here = a_meeting(town)
    enter_foreign_official(town)
    line = await the_line(town, here, staff=staff_token(town, ZOE))
    assert NIKOS not in known(line)
