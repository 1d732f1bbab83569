"""The jobs are there, and each can run."""

import asyncio
from contextlib import suppress

import pytest
from sqlalchemy import Engine

from dimoslive.db.tables.meeting import PendingClosureRow
from dimoslive.db.tables.search_tally import SearchTallyRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.jobs.runner import JOBS, Job, run_jobs
from dimoslive.services.draft.open_calendar import open_calendar
from dimoslive.services.meeting.admit_citizen import admit_citizen
from tests.support.database import sqlite_db, sqlite_files
from tests.support.meeting import ProviderRooms, a_meeting, enter_official, wait, with_provider
from tests.support.world import Town, a_town, on_the_day, rows

__all__ = ["sqlite_db", "sqlite_files"]


@pytest.fixture
def town(sqlite_db: Engine) -> Town:
    return a_town(sqlite_db)


@pytest.mark.parametrize("job", JOBS, ids=[job.name for job in JOBS])
async def test_a_job_with_nothing_to_do_does_nothing(town: Town, job: Job) -> None:
    assert await job.run(town.context) is not None
    assert job.every.total_seconds() >= 1


async def test_what_was_searched_for_is_not_lost_when_the_process_ends(town: Town) -> None:
    running = asyncio.create_task(run_jobs(town.context))
    # Begun, and none of the jobs has: so none writes but the end.
    await asyncio.sleep(0)
    town.choose()
    open_calendar(town.context, town.eleni)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert [row.searches for row in rows(town.context.db, SearchTallyRow)] == [1]


async def test_the_jobs_end_a_meeting_that_nobody_ended_and_close_its_room(town: Town) -> None:
    booking, rooms = a_meeting(town), with_provider(town, ProviderRooms())
    wait(town, booking)
    await admit_citizen(town.context, enter_official(town), booking.reference)
    town.clock.set(on_the_day("10:20"))
    await asyncio.gather(*(job.run(town.context) for job in JOBS))
    await asyncio.gather(*(job.run(town.context) for job in JOBS))
    assert town.row(booking).status == BookingStatus.SERVED
    assert (rooms.open, rows(town.context.db, PendingClosureRow)) == (set(), [])
