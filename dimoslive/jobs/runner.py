"""What runs by the clock, in the app's own process: outbox, holds, meetings, retention."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from dimoslive.context import Parts
from dimoslive.services.outbox.send_outbox import send_outbox
from dimoslive.services.upkeep.close_meetings import close_meetings
from dimoslive.services.upkeep.close_rooms import close_rooms
from dimoslive.services.upkeep.erase_old_data import erase_old_data
from dimoslive.services.upkeep.expire_holds import expire_holds

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """Runs again and again; several processes may run it at once without harm."""

    name: str
    every: timedelta
    run: Callable[[Parts], Awaitable[object]]


async def _send(parts: Parts) -> object:
    return await send_outbox(parts)


async def _expire(parts: Parts) -> object:
    return await asyncio.to_thread(expire_holds, parts)


async def _close_meetings(parts: Parts) -> object:
    return await asyncio.to_thread(close_meetings, parts)


async def _close_rooms(parts: Parts) -> object:
    return await close_rooms(parts)


async def _erase(parts: Parts) -> object:
    return await asyncio.to_thread(erase_old_data, parts)


JOBS = (
    Job("outbox", timedelta(seconds=2), _send),
    Job("holds", timedelta(minutes=1), _expire),
    Job("meetings", timedelta(minutes=1), _close_meetings),
    Job("rooms", timedelta(seconds=5), _close_rooms),
    Job("retention", timedelta(hours=6), _erase),
)


async def run_jobs(parts: Parts) -> None:
    """Run all jobs until cancelled."""
    await asyncio.gather(*(_again_and_again(job, parts) for job in JOBS))


async def _again_and_again(job: Job, parts: Parts) -> None:
    while True:
        try:
            await job.run(parts)
        except Exception:  # noqa: BLE001  # whatever it was, the next round must come
            _log.exception("job %s failed", job.name)
        await asyncio.sleep(job.every.total_seconds())
