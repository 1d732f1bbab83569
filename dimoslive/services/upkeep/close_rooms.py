"""The providers' rooms of meetings that are over are closed, sooner or later: an end waits for no provider."""

import asyncio
import logging
from datetime import timedelta

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.closures_of_rooms import forget_room, rooms_to_close
from dimoslive.db.tables.meeting import PendingClosureRow

AGAIN_AFTER = timedelta(minutes=5)
GIVEN_UP_AFTER = timedelta(days=1)

_log = logging.getLogger(__name__)


async def close_rooms(context: AppContext, *, limit: int = 20) -> int:
    """Close what is due; returns how many were closed. What fails is tried again for a day."""
    rooms = await asyncio.to_thread(_take, context, limit)
    return sum(await asyncio.gather(*(_close(context, room) for room in rooms)))


async def _close(context: AppContext, room: PendingClosureRow) -> bool:
    problem = await _refusal(context, room)
    if problem and context.clock.now() - room.since < GIVEN_UP_AFTER:
        _log.info("room of booking %s at %s is not closed yet: %s", room.booking_id, room.provider, problem)
        return False
    if problem:
        # Nobody was given a link into it since the end.
        _log.warning("room of booking %s at %s is forgotten: %s", room.booking_id, room.provider, problem)
    await asyncio.to_thread(_forget, context, room)
    return not problem


async def _refusal(context: AppContext, room: PendingClosureRow) -> str:
    """Why the provider did not close it; empty if it did."""
    try:
        await context.video[room.provider].close_room(room.room)
    except Exception as problem:  # noqa: BLE001  # a room that cannot be closed must not hold up the others
        return type(problem).__name__
    return ""


def _take(context: AppContext, limit: int) -> list[PendingClosureRow]:
    now = context.clock.now()
    with transaction(context.db) as tx:
        return rooms_to_close(tx, now, now + AGAIN_AFTER, limit)


def _forget(context: AppContext, room: PendingClosureRow) -> None:
    with transaction(context.db) as tx:
        forget_room(tx, room.id)
