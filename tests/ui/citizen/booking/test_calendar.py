"""The calendar step: months, days and times as the visitor's own clock has them."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine

from dimoslive.domain.booking.draft import Step
from dimoslive.ui.citizen.booking.calendar.state import CalendarState
from dimoslive.ui.citizen.booking.state import WizardState
from dimoslive.ui.shared import call
from tests.support.builders import at
from tests.support.database import sqlite_db, sqlite_files
from tests.support.meeting import session_token
from tests.support.world import Town, a_town
from tests.ui.opened import a_page, press

__all__ = ["sqlite_db", "sqlite_files"]

AUCKLAND, HONOLULU = "Pacific/Auckland", "Pacific/Honolulu"


@pytest.fixture
def town(sqlite_db: Engine) -> Iterator[Town]:
    """Open on weekdays until Monday 30 November; Eleni has chosen the service."""
    town = a_town(sqlite_db, horizon_days=10, desks=2)
    call.configure(town.context)
    town.choose()
    yield town
    call._installed.clear()


async def a_calendar(town: Town, zone: str = "Europe/Athens", path: str = "/booking/calendar") -> Any:
    page = a_page(CalendarState, town, path, token=session_token(town), zone=zone)
    await press(page, "load")
    return page


async def test_the_month_of_the_last_times_is_the_visitors(town: Town) -> None:
    page = await a_calendar(town, AUCKLAND)
    assert page.month.next == "2026-12-01"

    await press(page, "show_month", page.month.next)

    [day] = [day for week in page.month.weeks for day in week if day.is_free]
    assert (day.on, page.day.on) == ("2026-12-01", "2026-12-01")
    assert page.day.parts[0].times[0].label == "12:00 πμ"
    assert (await a_calendar(town)).month.next == ""


async def test_the_month_of_the_first_times_is_the_visitors(town: Town) -> None:
    town.clock.set(at("2026-12-01 00:30"))
    page = await a_calendar(town, HONOLULU)

    assert (page.month.title, page.day.on) == ("Νοέμβριος 2026", "2026-11-30")
    assert (await a_calendar(town)).month.title == "Δεκέμβριος 2026"


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("2027-11-01", "2026-12-01"), ("9999-12-01", "2026-12-01"), ("2025-11-01", "2026-11-01"), ("x", "2026-11-01")],
)
async def test_a_month_out_of_reach_leads_to_the_nearest_within(town: Town, asked: str, shown: str) -> None:
    page = await a_calendar(town, AUCKLAND)

    await press(page, "show_month", asked)

    assert (page.month.first, page.problem) == (shown, "")


async def test_a_day_that_is_taken_meanwhile_gives_way_to_one_of_the_same_month(town: Town) -> None:
    page = await a_calendar(town, AUCKLAND)
    await press(page, "show_month", "2026-12-01")

    await press(page, "pick_day", "2026-12-05")

    assert (page.month.first, page.day.on) == ("2026-12-01", "2026-12-01")


@pytest.mark.parametrize(
    ("step", "shown"),
    [(Step.DETAILS, "2026-11-27"), (Step.CONSENT, "2026-11-27"), (Step.MODE, "2026-11-20"), ("", "2026-11-20")],
)
async def test_who_comes_back_from_the_next_steps_finds_the_day_that_was_on_view(
    town: Town, step: str, shown: str
) -> None:
    page = await a_calendar(town)
    assert page.day.on == "2026-11-20"
    await press(page, "pick_day", "2026-11-27")
    (await page.get_state(WizardState))._step = step

    await press(page, "load")

    assert page.day.on == shown
