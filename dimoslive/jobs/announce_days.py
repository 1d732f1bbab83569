"""From committed transactions to the bus: services run in threads, the bus lives on the event loop."""

import asyncio
import logging
from contextlib import suppress

from dimoslive.context import AppContext
from dimoslive.db.announcements import CatalogueChange, DayChange
from dimoslive.db.engine import announcing
from dimoslive.domain.desk.live import CATALOGUE_ROOM, room_of_day, room_of_municipality

MAX_WAITING = 10_000
"""Announcements that may wait for a bus that does not answer; open days read again by themselves once a minute."""
_log = logging.getLogger(__name__)


async def announce_days(context: AppContext) -> None:
    """Say on the bus what transactions announce, until cancelled."""
    loop, waiting = asyncio.get_running_loop(), asyncio.Queue[DayChange | CatalogueChange](MAX_WAITING)

    def take(changes: list[DayChange | CatalogueChange]) -> None:
        for change in changes:
            if not waiting.full():
                waiting.put_nowait(change)

    def tell(changes: list[DayChange | CatalogueChange]) -> None:
        # What was committed stays so, though the loop has ended meanwhile.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(take, changes)

    with announcing(context.db, tell):
        while True:
            await _publish(context, await waiting.get())


async def _publish(context: AppContext, change: DayChange | CatalogueChange) -> None:
    try:
        if isinstance(change, CatalogueChange):
            await context.room_bus.publish(CATALOGUE_ROOM, {"municipality_id": change.municipality_id})
            return
        said = {"kind": change.kind, "reference": change.reference}
        await context.room_bus.publish(room_of_day(change.municipality_id, change.day), said)
        await context.room_bus.publish(room_of_municipality(change.municipality_id), said)
    except Exception:  # noqa: BLE001  # whatever it was, the next announcement must come
        _log.exception("a change was not announced")
