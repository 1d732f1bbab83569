"""An open day hears of changes over the bus: of its own municipality and date, while its official may."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from dimoslive.db.announcements import DayChange, announce_day_of
from dimoslive.db.engine import transaction
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.presses import Press
from dimoslive.http.desk import live
from dimoslive.integrations.bus.redis import RedisRoomBus
from dimoslive.jobs.announce_days import announce_days
from dimoslive.services.desk.press_booking import SeenBooking, press_booking
from dimoslive.services.draft.release_hold import release_hold
from dimoslive.services.upkeep.expire_holds import expire_holds
from tests.http.meeting.line import Line, Wire, serving, take_rights
from tests.http.site import Site, development
from tests.integrations.bus.redis_server import redis_url
from tests.support.meeting import enter_foreign_official, enter_official, session_token, staff_token, without_video
from tests.support.world import DAY, Town, on_the_day

__all__ = ["redis_url"]


@pytest.fixture
async def wire(site: Site) -> AsyncIterator[Wire]:
    """The town's site, served, with the job that says on the bus what transactions announce."""
    async with serving(site) as wire, announcing(site):
        yield wire


@asynccontextmanager
async def announcing(site: Site) -> AsyncIterator[None]:
    """The job, while it is needed."""
    job = asyncio.create_task(announce_days(site.context))
    await asyncio.sleep(0)
    try:
        yield
    finally:
        job.cancel()
        await asyncio.gather(job, return_exceptions=True)


async def open_day(wire: Wire, staff: str, day: str = DAY, slug: str = "kavala", session: str = "") -> Line:
    wire.address = wire.address.replace("/api/meetings/socket", "/api/desk/live")
    return await wire.open({"m": slug, "date": day}, staff=staff, session=session)


async def test_a_press_at_one_desk_reaches_another(wire: Wire) -> None:
    town = wire.site.town
    nikos = enter_official(town)
    booking = without_video(town, "09:10")
    town.clock.set(on_the_day("09:05"))
    day = await open_day(wire, staff_token(town))
    await day.hear("listening")

    seen = SeenBooking(booking.reference, BookingStatus.BOOKED)
    await asyncio.to_thread(press_booking, town.context, nikos, Press.ARRIVED, seen)

    assert await day.hear("changed") == {"type": "changed", "what": "arrived"}


async def test_a_time_that_is_held_and_let_go_is_heard_of(wire: Wire) -> None:
    town = wire.site.town
    enter_official(town)
    day = await open_day(wire, staff_token(town))
    await day.hear("listening")

    await asyncio.to_thread(town.hold, "09:10")
    assert (await day.hear("changed"))["what"] == "held"
    await asyncio.to_thread(release_hold, town.context, town.eleni)
    assert (await day.hear("changed"))["what"] == "let_go"
    await asyncio.to_thread(town.hold, "09:20")
    assert (await day.hear("changed"))["what"] == "held"

    # The clock is the socket's, too: a page that is silent for so long is gone.
    town.clock.advance(minutes=11)
    day = await open_day(wire, staff_token(town))
    await day.hear("listening")
    await asyncio.to_thread(expire_holds, town.context)
    assert (await day.hear("changed"))["what"] == "let_go"


async def test_nothing_is_heard_of_another_day_or_municipality(wire: Wire) -> None:
    town = wire.site.town
    enter_official(town)
    day = await open_day(wire, staff_token(town))
    await day.hear("listening")

    with transaction(town.context.db) as tx:
        own = town.municipality.id
        announce_day_of(tx, own, on_the_day("2026-11-25 09:00").date(), "wrong day")
        announce_day_of(tx, own + 1, on_the_day("09:00").date(), "wrong municipality")
        announce_day_of(tx, own, on_the_day("09:00").date(), "right")

    assert (await day.hear("changed"))["what"] == "right"


async def test_a_page_of_many_days_hears_of_all_and_of_its_own_municipality_alone(wire: Wire) -> None:
    town = wire.site.town
    enter_official(town)
    week = await open_day(wire, staff_token(town), "all")
    await week.hear("listening")

    with transaction(town.context.db) as tx:
        own = town.municipality.id
        announce_day_of(tx, own + 1, on_the_day("09:00").date(), "wrong municipality")
        announce_day_of(tx, own, on_the_day("2026-11-25 09:00").date(), "first")
        announce_day_of(tx, own, on_the_day("09:00").date(), "second")

    assert [(await week.hear("changed"))["what"] for _ in range(2)] == ["first", "second"]


@pytest.mark.parametrize(
    ("slug", "day"),
    [
        ("drama", DAY),
        ("nowhere", DAY),
        ("kavala", "yesterday"),
        ("kavala", ""),
        ("drama", "all"),
        ("", DAY),
        ("x" * 999, DAY),
    ],
)
async def test_what_is_not_the_officials_is_refused(wire: Wire, slug: str, day: str) -> None:
    enter_official(wire.site.town)
    enter_foreign_official(wire.site.town)
    line = await open_day(wire, staff_token(wire.site.town), day, slug)

    assert (await line.closed(), line.heard) == (4001, [])


async def test_only_officials_hear_of_a_day(wire: Wire) -> None:
    town = wire.site.town
    for staff, session in (("", ""), ("", session_token(town)), (session_token(town), ""), ("x", "")):
        line = await open_day(wire, staff, session=session)
        assert (await line.closed(), line.heard) == (4001, [])


async def test_whose_right_is_taken_away_hears_nothing_more(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "LOOK_EVERY", 0.02)
    enter_official(wire.site.town)
    line = await open_day(wire, staff_token(wire.site.town))
    await line.hear("alive")

    take_rights(wire.site.town)

    assert await line.closed() == 4001


async def test_a_page_that_says_too_much_is_closed(wire: Wire) -> None:
    enter_official(wire.site.town)
    line = await open_day(wire, staff_token(wire.site.town))
    await line.hear("listening")

    for _ in range(400):
        await line.send("x")

    assert await line.closed() == 1008


@pytest.mark.slow
async def test_a_change_in_one_process_reaches_a_day_in_another(town: Town, tmp_path: Path, redis_url: str) -> None:
    nikos = enter_official(town)
    booking = without_video(town, "09:10")
    town.clock.set(on_the_day("09:05"))
    buses = [RedisRoomBus(redis_url), RedisRoomBus(redis_url)]
    here, there = (
        Site(replace(town, context=replace(town.context, room_bus=bus)), development(tmp_path)) for bus in buses
    )
    async with serving(there) as wire, announcing(here):
        day = await open_day(wire, staff_token(town))
        await day.hear("listening")

        seen = SeenBooking(booking.reference, BookingStatus.BOOKED)
        await asyncio.to_thread(press_booking, here.context, nikos, Press.ARRIVED, seen)

        assert (await day.hear("changed"))["what"] == "arrived"
    await buses[0]._redis.flushdb()
    for bus in buses:
        await bus._redis.aclose()


def test_what_is_announced_names_nobody() -> None:
    assert DayChange._fields == ("municipality_id", "day", "kind", "reference")
