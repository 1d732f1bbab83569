"""Whoever reaches at the desk for what is not theirs finds a missing page, and leaves one line for the operator."""

from typing import Any

import pytest
import reflex as rx

from dimoslive.ui.staff.booking.dialog_state import BookingDialogState
from dimoslive.ui.staff.booking.state import DeskBookingState
from dimoslive.ui.staff.calls.state import CallsState
from dimoslive.ui.staff.day.state import DayState
from dimoslive.ui.staff.search.state import SearchState
from tests.support.log import said_of_security
from tests.support.meeting import ZOE, enter_foreign_official, enter_official, staff_token
from tests.support.world import Town
from tests.ui.opened import a_page, press

OUT_OF_REACH: list[tuple[type[rx.State], str, str, tuple[Any, ...]]] = [
    (DeskBookingState, "/desk/booking/{reference}?m=drama", "load", ()),
    (DeskBookingState, "/desk/booking/{reference}?m=kavala", "load", ()),
    (DeskBookingState, "/desk/booking/ZZZZZZZZ?m=drama", "load", ()),
    (BookingDialogState, "/desk/booking/{reference}?m=drama", "open", ("note",)),
    (DayState, "/desk?m=kavala", "load", ()),
    (DayState, "/desk?m=drama", "choose_desk", ({"desk": "1"},)),
    (CallsState, "/desk/calls?m=drama", "press", (1, "told")),
    (SearchState, "/desk/search?m=drama", "open", ("{reference}",)),
]


@pytest.mark.parametrize(("state", "path", "handler", "args"), OUT_OF_REACH)
async def test_one_line_says_that_somebody_reached_too_far_and_names_nobody(
    open_town: Town,
    caplog: pytest.LogCaptureFixture,
    state: type[rx.State],
    path: str,
    handler: str,
    args: tuple[Any, ...],
) -> None:
    reference = open_town.a_booking("09:00").reference
    enter_foreign_official(open_town)
    page = a_page(state, open_town, path.format(reference=reference), staff=staff_token(open_town, ZOE))
    await press(page, handler, *[one.format(reference=reference) if isinstance(one, str) else one for one in args])
    [line] = said_of_security(caplog)
    assert line.startswith("out of reach: ")
    assert reference not in line
    assert "ΖΩΗ" not in line


async def test_what_is_one_s_own_leaves_none(open_town: Town, caplog: pytest.LogCaptureFixture) -> None:
    reference = open_town.a_booking("09:00").reference
    enter_official(open_town)
    page = a_page(DeskBookingState, open_town, f"/desk/booking/{reference}?m=kavala", staff=staff_token(open_town))
    await press(page, "load")
    await press(page, "press", "arrived")
    assert (page.booking.reference, said_of_security(caplog)) == (reference, [])


async def test_an_address_that_names_no_municipality_leaves_none(
    open_town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    enter_official(open_town)
    page = a_page(DayState, open_town, "/desk", staff=staff_token(open_town))
    await press(page, "load")
    assert (page.is_loaded, said_of_security(caplog)) == (False, [])
