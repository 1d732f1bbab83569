"""A held time that runs out is told at the step where one is, and the server's clock alone decides when."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import reflex as rx
from sqlalchemy import Engine

from dimoslive.domain.booking.draft import HOLD_LENGTH
from dimoslive.i18n import Texts, texts_of
from dimoslive.services.draft.extend_hold import extend_hold
from dimoslive.services.draft.give_details import give_details
from dimoslive.services.draft.open_draft import open_draft
from dimoslive.services.draft.release_hold import release_hold
from dimoslive.ui.citizen.booking.calendar.page import calendar_step
from dimoslive.ui.citizen.booking.calendar.state import CalendarState, to_another_calendar
from dimoslive.ui.citizen.booking.state import WizardState
from dimoslive.ui.citizen.booking.steps.consent import ConsentState, consent_step
from dimoslive.ui.citizen.booking.steps.details import DetailsState, details_step
from dimoslive.ui.shared import call
from tests.support.database import sqlite_db, sqlite_files
from tests.support.meeting import session_token
from tests.support.world import DAY, NOW, Town, a_town, on_the_day, typed
from tests.ui.opened import a_page, press

__all__ = ["sqlite_db", "sqlite_files"]

STEPS = {CalendarState: "calendar", DetailsState: "details", ConsentState: "consent"}
LENGTH = HOLD_LENGTH.total_seconds()
at_each_step = pytest.mark.parametrize("state", STEPS, ids=STEPS.get)


@pytest.fixture
def town(sqlite_db: Engine) -> Iterator[Town]:
    """Eleni holds a time and has filled in the form."""
    town = a_town(sqlite_db)
    call.configure(town.context)
    town.hold("09:10")
    give_details(town.context, town.eleni, typed())
    yield town
    call._configured.clear()


async def a_step(town: Town, state: type[rx.State]) -> tuple[Any, Any]:
    """A step's page as it has loaded, and the frame around it."""
    page = a_page(state, town, f"/booking/{STEPS[state]}", token=session_token(town))
    await press(page, "load")
    return page, await page.get_state(WizardState)


async def run_out(page: Any, wizard: Any) -> Any:
    """The page's countdown stands at nought; the calendar has more to show anew than the other steps."""
    return await press(page if isinstance(page, CalendarState) else wizard, "time_over")


@at_each_step
async def test_when_the_time_runs_out_one_is_told_where_one_is(town: Town, state: type[rx.State]) -> None:
    page, wizard = await a_step(town, state)
    assert (wizard.hold_seconds, wizard.is_over, wizard.summary.time != "") == (LENGTH, False, True)
    town.clock.advance(seconds=LENGTH)
    assert await run_out(page, wizard) is None
    assert (wizard.hold_seconds, wizard.is_over, wizard.summary.time) == (0, True, "")
    assert [(one.focus_version, one.ack_count, one.problem) for one in (page, wizard)] == [(0, 1, ""), (0, 0, "")]
    assert open_draft(town.context, town.eleni).typed == typed()


@at_each_step
async def test_a_page_that_asks_too_early_counts_on_and_asks_again(town: Town, state: type[rx.State]) -> None:
    page, wizard = await a_step(town, state)
    for left, shown in ((0.9, 1), (0.001, 1)):
        town.clock.set(NOW + HOLD_LENGTH - timedelta(seconds=left))
        before = wizard.hold_version
        await run_out(page, wizard)
        assert (wizard.hold_seconds, wizard.is_over, wizard.hold_version != before) == (shown, False, True)
    town.clock.advance(seconds=0.001)
    await run_out(page, wizard)
    assert wizard.is_over


@at_each_step
async def test_more_time_is_more_time_at_each_step_until_it_is_over_too(town: Town, state: type[rx.State]) -> None:
    page, wizard = await a_step(town, state)
    town.clock.advance(seconds=LENGTH - 10)
    await press(wizard, "more_time")
    assert (wizard.hold_seconds, wizard.can_extend, wizard.hold_in_all) == (LENGTH + 10, False, 2 * LENGTH)
    town.clock.advance(seconds=10)
    await run_out(page, wizard)
    assert (wizard.hold_seconds, wizard.is_over) == (LENGTH, False)
    town.clock.advance(seconds=LENGTH)
    await run_out(page, wizard)
    assert wizard.is_over


async def test_more_time_that_comes_too_late_says_the_same_and_says_it_once(town: Town) -> None:
    _, wizard = await a_step(town, DetailsState)
    town.clock.advance(seconds=LENGTH)
    await press(wizard, "more_time")
    assert (wizard.is_over, wizard.problem) == (True, "")


async def test_a_time_that_another_tab_kept_longer_is_not_over(town: Town) -> None:
    _, wizard = await a_step(town, DetailsState)
    extend_hold(town.context, town.eleni)
    town.clock.advance(seconds=LENGTH)
    await press(wizard, "time_over")
    assert (wizard.hold_seconds, wizard.is_over) == (LENGTH, False)


async def test_the_last_press_that_comes_too_late_leads_to_another_time(town: Town) -> None:
    page, wizard = await a_step(town, ConsentState)
    town.clock.advance(seconds=LENGTH)
    assert "/booking/calendar" in str(await press(page, "book", {"declaration": "on"}))
    assert (wizard.is_over, page.problem) == (True, "")


async def test_the_last_press_is_never_without_a_word(town: Town) -> None:
    page, wizard = await a_step(town, ConsentState)
    release_hold(town.context, town.eleni)
    await press(page, "book", {"declaration": "on"})
    assert (wizard.is_over, wizard.problem + page.problem != "") == (False, True)


async def test_the_time_that_ran_out_is_not_the_chosen_one_and_another_can_be(town: Town) -> None:
    page, wizard = await a_step(town, CalendarState)
    assert page.has_chosen
    town.clock.advance(seconds=LENGTH)
    await run_out(page, wizard)
    times = [time for part in page.day.parts for time in part.times]
    assert (page.has_chosen, [time for time in times if time.is_chosen]) == (False, [])
    await press(page, "pick_time", int(on_the_day("09:20").timestamp()))
    assert (page.has_chosen, wizard.is_over, wizard.hold_seconds) == (True, False, LENGTH)


@at_each_step
async def test_a_connection_that_returns_after_that_leads_nobody_away(town: Town, state: type[rx.State]) -> None:
    page, wizard = await a_step(town, state)
    town.clock.advance(seconds=LENGTH)
    assert await press(page, "load") is None
    assert (wizard.is_over, page.is_loaded, page.focus_version) == (True, True, 0)


async def test_a_connection_that_returns_takes_the_day_on_view_away_from_nobody(town: Town) -> None:
    page, _ = await a_step(town, CalendarState)
    town.clock.advance(seconds=LENGTH)
    await press(page, "load")
    assert page.day.on == DAY
    await to_another_calendar(page)
    await press(page, "load")
    assert page.day.on != DAY


async def test_who_returns_after_the_time_ran_out_is_told_at_the_calendar(town: Town) -> None:
    town.clock.advance(seconds=LENGTH)
    page = a_page(DetailsState, town, "/booking/details", token=session_token(town))
    assert "/booking/calendar" in str(await press(page, "load"))
    wizard = await page.get_state(WizardState)
    assert wizard.is_over
    await press(await page.get_state(CalendarState), "load")
    assert wizard.is_over


async def test_a_time_that_one_let_go_of_did_not_run_out(town: Town) -> None:
    page, wizard = await a_step(town, CalendarState)
    town.choose(mode="in_person")
    await run_out(page, wizard)
    assert (wizard.hold_seconds, wizard.is_over) == (0, False)


async def test_another_choice_is_not_greeted_with_what_ran_out_before_it(town: Town) -> None:
    page, wizard = await a_step(town, CalendarState)
    town.clock.advance(seconds=LENGTH)
    await run_out(page, wizard)
    town.choose(mode="in_person")
    await to_another_calendar(page)
    await press(page, "load")
    assert not wizard.is_over


@pytest.mark.parametrize("language", ["el", "en"])
@pytest.mark.parametrize("step", [calendar_step, details_step, consent_step])
def test_each_step_has_the_words_and_the_way_to_another_time(
    step: Callable[[Texts], rx.Component], language: str
) -> None:
    t = texts_of(language)
    built = str(step(t).render()).replace("\\\\", "\\")
    says = [json.dumps(t(key))[1:-1] in built for key in ("error.hold_expired", "hold.another")]
    assert says == [True, step is not calendar_step]
