"""The calendar step: months, days and times as the visitor's own clock has them."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine

from dimoslive.domain.booking.draft import Step
from dimoslive.i18n import texts_of
from dimoslive.ui.citizen.booking.calendar.state import CalendarState
from dimoslive.ui.citizen.booking.state import WizardState
from dimoslive.ui.shared import call
from tests.support.builders import at
from tests.support.database import counting, sqlite_db, sqlite_files
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
    call._configured.clear()


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


async def test_to_look_around_asks_for_the_session_alone(town: Town) -> None:
    page = await a_calendar(town, AUCKLAND)
    presses = [
        ("pick_day", "2026-11-25"),
        ("show_month", "2026-12-01"),
        ("show_as_list", True),
        ("more_days",),
        ("switch_zone",),
    ]
    for name, *args in presses:
        with counting(town.context.db) as statements:
            await press(page, str(name), *args)
        assert ["FROM session" in query for query, _ in statements] == [True], name


async def test_what_was_read_too_long_ago_is_read_again(town: Town) -> None:
    page = await a_calendar(town)
    assert page.day.on == "2026-11-20"
    for wall in ("12:00", "12:10"):
        for _ in range(2):
            town.hold(f"2026-11-20 {wall}", by=town.citizen())

    await press(page, "pick_day", "2026-11-20")
    assert "12:00 μμ" in labels(page)

    town.clock.advance(seconds=10)
    await press(page, "pick_day", "2026-11-20")
    assert not {"12:00 μμ", "12:10 μμ"} & set(labels(page))


async def test_a_time_that_is_taken_meanwhile_is_not_held_and_goes(town: Town) -> None:
    page = await a_calendar(town)
    for _ in range(2):
        town.hold("2026-11-20 12:30", by=town.citizen())
    assert "12:30 μμ" in labels(page)

    await press(page, "pick_time", int(at("2026-11-20 12:30").timestamp()))

    assert (page.problem, page.has_chosen) == (texts_of("el")("error.slot_taken"), False)
    assert "12:30 μμ" not in labels(page)
    assert "12:40 μμ" in labels(page)


async def test_the_zone_can_be_switched_without_reading_the_times_again(town: Town) -> None:
    town.clock.set(at("2026-11-20 10:05"))
    page = await a_calendar(town, AUCKLAND)
    again = await a_calendar(town, AUCKLAND)
    for one in (page, again):
        await press(one, "switch_zone")
        town.clock.advance(seconds=10)

    assert again._free.read_at > page._free.read_at
    assert (page.month, page.day, page.zone_note) == (again.month, again.day, again.zone_note)


def labels(page: Any) -> list[str]:
    """The times of the day on view."""
    return [time.label for part in page.day.parts for time in part.times]
