"""The waiting list on a booking's page: entering with wishes, and the answer to an offer."""

from datetime import time
from typing import Any

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.db.tables.waiting_list import WaitingEntryRow, WaitingOfferRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.upkeep.offer_freed_times import offer_freed_times
from dimoslive.ui.citizen.bookings.state import MyBookingsState
from dimoslive.ui.citizen.bookings.waiting_state import WaitingState
from tests.support.builders import at
from tests.support.meeting import link_token, session_token
from tests.support.world import Town, on_the_day, rows
from tests.ui.opened import a_page, press

GREEK = "(ώρα Ελλάδας, UTC+02:00)"
WISHES = {"weekday_0": "on", "weekday_3": "on", "from_clock": "9", "until_clock": "12.30", "not_before": "25/11/2026"}


@pytest.fixture
def town(open_town: Town) -> Town:
    return open_town


@pytest.fixture
def booking(town: Town) -> Booking:
    return town.a_booking("2026-12-01 09:30")


def linked(town: Town, booking: Booking, query: str = "") -> Any:
    return a_page(WaitingState, town, f"/b/{link_token(town, booking)}{query}")


async def load(page: Any) -> None:
    """The page behind the mail's link is opened; these presses are a part of it."""
    await press(page.parent_state, "load_linked")


async def offered(town: Town) -> None:
    """An earlier time is cancelled, and the list is asked."""
    nikos = town.citizen()
    gone = town.a_booking("2026-11-26 11:00", by=nikos)
    town.clock.set(on_the_day("10:00"))
    cancel_booking(town.context, nikos, gone.reference)
    offer_freed_times(town.context)


async def test_entering_says_so_keeps_the_wishes_and_leaving_ends_it(town: Town, booking: Booking) -> None:
    page = linked(town, booking)
    await load(page)
    assert (page.waiting.can_wait, page.waiting.is_waiting) == (True, False)

    await press(page, "wait", WISHES)

    assert page.waiting_said == "Μπήκατε στη λίστα αναμονής."
    wishes = "Δευτέρα, Πέμπτη, από τις 9:00 πμ, ως τις 12:30 μμ, όχι πριν από Τετάρτη 25 Νοεμβρίου"
    assert page.waiting.wishes == f"Όπως ζητήσατε: {wishes}."
    await press(page, "leave_waiting")
    assert (page.waiting.is_waiting, page.waiting.can_wait) == (False, True)


async def test_what_is_wrong_is_told_at_its_field_and_nobody_enters(town: Town, booking: Booking) -> None:
    page = linked(town, booking)
    await load(page)
    await press(page, "wait", {"from_clock": "25:00", "until_clock": "12", "not_before": "31/11/2026"})
    assert {name for name, text in page.errors.items() if text} == {"from_clock", "not_before"}
    assert page.focus_target == "from_clock"
    assert rows(town.context.db, WaitingEntryRow) == []


async def test_wishes_are_changed_in_place_and_impossible_ones_told_at_their_field(
    town: Town, booking: Booking
) -> None:
    page = linked(town, booking)
    await load(page)
    await press(page, "wait", WISHES)
    [before] = rows(town.context.db, WaitingEntryRow)
    town.clock.advance(minutes=5)
    shown = page.waiting
    assert (shown.weekdays, shown.from_clock, shown.until_clock, shown.not_before) == (
        [0, 3],
        "9:00",
        "12:30",
        "25/11/2026",
    )

    await press(page, "wait", {"from_clock": "9", "until_clock": "2"})
    assert {name for name, text in page.errors.items() if text} == {"until_clock"}
    await press(page, "wait", {"not_before": "1/12/2026"})
    assert (page.errors["not_before"], page.focus_target) == (
        "Γράψτε ημερομηνία πριν από την ημέρα του ραντεβού σας.", "not_before",
    )  # fmt: skip
    await press(page, "wait", {"from_clock": "10"})

    [after] = rows(town.context.db, WaitingEntryRow)
    assert page.waiting_said == "Άλλαξαν οι επιθυμίες σας. Μένετε στη θέση σας στη λίστα."
    assert (after.entered_at, after.weekdays, after.from_clock) == (before.entered_at, "", time(10))


async def test_opening_an_offer_shows_it_and_pressing_takes_it(town: Town, booking: Booking) -> None:
    page = linked(town, booking, "?do=take")
    await load(page)
    await press(page, "wait", {})
    await offered(town)
    await load(page)
    assert (page.waiting.offered, page.booking.when) == (
        f"Πέμπτη 26 Νοεμβρίου 2026, 11:00 πμ {GREEK}", f"Τρίτη 1 Δεκεμβρίου 2026, 9:30 πμ {GREEK}",
    )  # fmt: skip
    assert page.waiting.until == "Την κρατάμε για εσάς ως τις 10:30 πμ."
    assert town.row(booking).starts_at == at("2026-12-01 09:30"), "opening changes nothing"

    await press(page, "take_earlier")

    assert page.booking.when == f"Πέμπτη 26 Νοεμβρίου 2026, 11:00 πμ {GREEK}"
    assert page.waiting_said.startswith("Το ραντεβού σας μεταφέρθηκε")
    assert town.row(booking).starts_at == at("2026-11-26 11:00")
    await load(page)
    assert page.parent_state.problem == "", "the link again is no late press"


async def test_a_late_press_says_that_the_booking_stands(town: Town, booking: Booking) -> None:
    page = linked(town, booking, "?do=keep")
    await load(page)
    await press(page, "wait", {})
    await offered(town)
    await load(page)
    town.clock.set(on_the_day("10:30"))
    await press(page, "take_earlier")
    gone = "Η ώρα δόθηκε αλλού· το ραντεβού σας ισχύει."
    assert (page.parent_state.problem, page.waiting.offered) == (gone, "")
    await load(page)
    assert page.parent_state.problem == gone, "the mail's link too"


async def test_the_own_time_is_kept_by_a_press_and_the_list_stays(town: Town, booking: Booking) -> None:
    page = linked(town, booking)
    await load(page)
    await press(page, "wait", {})
    await offered(town)
    await load(page)
    await press(page, "keep_own")
    assert page.waiting_said == "Κρατάτε την ώρα σας. Μένετε στη λίστα αναμονής."
    assert (page.waiting.offered, page.waiting.is_waiting) == ("", True)
    assert [offer.state for offer in rows(town.context.db, WaitingOfferRow)] == ["kept"]


async def test_who_is_told_no_more_is_not_said_to_wait(town: Town, booking: Booking) -> None:
    page = linked(town, booking)
    await load(page)
    await press(page, "wait", {})
    with transaction(town.context.db) as tx:
        tx.get_one(WaitingEntryRow, booking.id).notices = 2
    await offered(town)
    await load(page)
    await press(page, "keep_own")
    assert page.waiting_said == "Κρατάτε την ώρα σας. Δεν θα λάβετε άλλη ειδοποίηση για νωρίτερη ώρα."
    assert (page.waiting.is_waiting, page.waiting.can_wait) == (False, False)
    mine = a_page(MyBookingsState, town, "/my-bookings", token=session_token(town))
    await press(mine, "load")
    assert [one.is_waiting for one in mine.upcoming] == [False]


async def test_the_list_of_bookings_says_which_one_waits(town: Town, booking: Booking) -> None:
    page = linked(town, booking)
    await load(page)
    await press(page, "wait", {})
    mine = a_page(MyBookingsState, town, "/my-bookings", token=session_token(town))
    await press(mine, "load")
    assert [one.is_waiting for one in mine.upcoming] == [True]


async def test_where_there_is_no_list_nothing_is_offered(town: Town, booking: Booking) -> None:
    with transaction(town.context.db) as tx:
        tx.get_one(ServiceRow, town.service.id).has_waiting_list = False
    page = linked(town, booking)
    await load(page)
    assert (page.waiting.can_wait, page.waiting.is_waiting) == (False, False)
