"""Another window took the held time away: the step says so, where it leads and why, and never goes without a word."""

from typing import Any

import pytest
import reflex as rx

from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.draft import HOLD_LENGTH
from dimoslive.services.draft.give_details import give_details
from dimoslive.services.draft.open_draft import open_draft
from dimoslive.services.draft.start_again import start_again
from dimoslive.ui.citizen.booking.calendar.state import CalendarState
from dimoslive.ui.citizen.booking.state import WizardState
from dimoslive.ui.citizen.booking.steps.consent import ConsentState
from dimoslive.ui.citizen.booking.steps.details import DetailsState
from dimoslive.ui.citizen.booking.steps.municipality import MunicipalityState
from tests.support.meeting import session_token
from tests.support.world import Town, on_the_day, typed
from tests.ui.opened import a_page, press

GO_ON = {"served_person": "self", "email": "eleni@example.com", "phone": "691 234 5678", "subject": "Άλλο"}
BOOKED, CHANGED = "ολοκληρώθηκε σε άλλο παράθυρο", "άλλαξε σε άλλο παράθυρο"


async def a_step(town: Town, state: type[rx.State], path: str) -> tuple[Any, Any]:
    """A tab at a step behind the held time, and the frame around it."""
    page = a_page(state, town, path, token=session_token(town))
    await press(page, "load")
    return page, await page.get_state(WizardState)


async def follow(page: Any, outcome: object) -> str:
    """The tab goes where the press leads: to the first of the steps that is open. What is told there."""
    towards: type[rx.State]
    if "/booking/consent" in str(outcome):
        towards = ConsentState
    elif "/booking/details" in str(outcome):
        towards = DetailsState
    elif "/booking/calendar" in str(outcome):
        towards = CalendarState
    else:
        assert "/booking/municipality" in str(outcome)
        towards = MunicipalityState
    there = await page.get_state(towards)
    outcome = await press(there, "load")
    if outcome is not None:
        return await follow(page, outcome)
    return str((await page.get_state(WizardState)).problem)


def booked_elsewhere(town: Town) -> Booking:
    """The time that Eleni holds is booked in another window."""
    hold = open_draft(town.context, town.eleni).draft.hold
    assert hold is not None
    return town.confirm(hold)


@pytest.mark.parametrize(
    ("state", "path", "going_on"),
    [
        (CalendarState, "/booking/calendar", ("go_on",)),
        (CalendarState, "/booking/calendar", ("pick_day", "2026-11-24")),
        (CalendarState, "/booking/calendar", ("pick_time", int(on_the_day("11:10").timestamp()))),
        (DetailsState, "/booking/details", ("give", GO_ON)),
    ],
)
async def test_who_goes_on_with_what_another_window_booked_is_told_and_led_to_the_booking(
    open_town: Town, state: type[rx.State], path: str, going_on: tuple[Any, ...]
) -> None:
    open_town.hold("10:10")
    page, wizard = await a_step(open_town, state, path)
    booking = booked_elsewhere(open_town)

    # What the calendar read just now it shows again without asking.
    open_town.clock.advance(seconds=11)
    told = await follow(page, await press(page, *going_on))

    assert BOOKED in told
    assert wizard.problem_link == f"/my-bookings/{booking.reference}"
    assert wizard.hold_seconds == 0
    assert open_draft(open_town.context, open_town.eleni).typed.subject == ""


async def test_a_page_that_is_looked_at_again_stops_its_countdown_and_says_why(open_town: Town) -> None:
    open_town.hold("10:10")
    page, wizard = await a_step(open_town, DetailsState, "/en/booking/details")
    booking = booked_elsewhere(open_town)

    await press(page, "leave", "subject", "Άλλο")
    await press(wizard, "time_over")

    assert open_draft(open_town.context, open_town.eleni).typed.subject == ""
    assert (wizard.hold_seconds, wizard.is_over) == (0, False)
    assert "completed in another window" in wizard.problem
    assert wizard.problem_link == f"/en/my-bookings/{booking.reference}"
    assert "completed in another window" in await follow(page, await press(page, "give", GO_ON))


@pytest.mark.parametrize("seconds", [60, HOLD_LENGTH.total_seconds()])
async def test_more_time_for_what_another_window_booked_is_answered_with_that(open_town: Town, seconds: float) -> None:
    open_town.hold("10:10")
    _, wizard = await a_step(open_town, DetailsState, "/booking/details")
    booked_elsewhere(open_town)
    open_town.clock.advance(seconds=seconds)

    await press(wizard, "more_time")

    assert BOOKED in wizard.problem


async def test_a_move_made_in_another_window_leads_to_the_moved_booking(open_town: Town) -> None:
    booking = open_town.a_booking("09:10")
    hold = open_town.hold_move(booking, "11:10")
    page, wizard = await a_step(open_town, DetailsState, "/booking/details")
    open_town.confirm(hold)

    assert BOOKED in await follow(page, await press(page, "give", GO_ON))
    assert wizard.problem_link == f"/my-bookings/{booking.reference}"


async def test_a_draft_given_up_in_another_window_is_told_without_a_booking(open_town: Town) -> None:
    open_town.hold("10:10")
    page, wizard = await a_step(open_town, DetailsState, "/booking/details")
    start_again(open_town.context, open_town.eleni)

    assert CHANGED in await follow(page, await press(page, "give", GO_ON))
    assert wizard.problem_link == ""


async def test_a_service_chosen_in_another_window_is_told_at_its_calendar_and_the_words_are_kept(
    open_town: Town,
) -> None:
    open_town.hold("10:10")
    page, _ = await a_step(open_town, DetailsState, "/booking/details")
    open_town.choose(service=open_town.another_service())

    outcome = await press(page, "give", GO_ON)

    assert CHANGED in await follow(page, outcome)
    assert open_draft(open_town.context, open_town.eleni).typed.subject == "Άλλο"


async def test_what_was_told_is_gone_at_the_step_after(open_town: Town) -> None:
    open_town.hold("10:10")
    page, wizard = await a_step(open_town, DetailsState, "/booking/details")
    booked_elsewhere(open_town)
    await follow(page, await press(page, "give", GO_ON))
    open_town.hold("11:10", service=open_town.another_service())

    await press(await page.get_state(CalendarState), "load")

    assert (wizard.problem, wizard.problem_link) == ("", "")


async def test_who_opens_a_later_step_by_hand_is_led_back_in_silence(open_town: Town) -> None:
    for begin in (lambda: None, open_town.choose):
        begin()
        page, wizard = await a_step(open_town, CalendarState, "/booking/calendar")
        outcome = await press(await page.get_state(DetailsState), "load")
        assert "/booking/" in str(outcome)
        assert (wizard.problem, wizard.problem_link) == ("", "")


async def test_the_way_back_from_one_s_own_confirmation_is_silent(open_town: Town) -> None:
    hold = open_town.hold("10:10")
    give_details(open_town.context, open_town.eleni, typed())
    page, _ = await a_step(open_town, ConsentState, "/booking/consent")
    assert page.hold_reference == hold.reference
    assert "confirmation" in str(await press(page, "book", {"declaration": "on"}))

    details = await page.get_state(DetailsState)
    assert await follow(page, await press(details, "load")) == ""
