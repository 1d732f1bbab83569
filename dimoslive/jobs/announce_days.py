"""From committed transactions to the bus: services run in threads, the bus lives on the event loop."""

import asyncio
import logging

from dimoslive.context import AppContext
from dimoslive.db.announcements import DayChange
from dimoslive.db.engine import on_announced
from dimoslive.domain.desk.live import room_of_day

MAX_WAITING = 10_000
"""Announcements that may wait for a bus that does not answer; open days read again by themselves once a minute."""
_log = logging.getLogger(__name__)


async def announce_days(context: AppContext) -> None:
    """Say on the bus what transactions announce, until cancelled."""
    loop, waiting = asyncio.get_running_loop(), asyncio.Queue[DayChange](MAX_WAITING)

    def take(changes: list[DayChange]) -> None:
        for change in changes:
            if not waiting.full():
                waiting.put_nowait(change)

    on_announced(context.db, lambda changes: loop.call_soon_threadsafe(take, changes))
    while True:
        change = await waiting.get()
        try:
            room = room_of_day(change.municipality_id, change.day)
            await context.room_bus.publish(room, {"kind": change.kind, "reference": change.reference})
        except Exception:  # noqa: BLE001  # whatever it was, the next announcement must come
            _log.exception("a change of a day was not announced")
