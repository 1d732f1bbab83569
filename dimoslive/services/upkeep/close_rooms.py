"""The providers' rooms of meetings that are over are closed, sooner or later: an end waits for no provider."""

import asyncio
import logging
from datetime import timedelta

from dimoslive.context import Parts
from dimoslive.db.engine import transaction
from dimoslive.db.queries.closures_of_rooms import forget_room, rooms_to_close
from dimoslive.db.tables.meeting import ClosingRoom

AGAIN_AFTER = timedelta(minutes=5)
GIVEN_UP_AFTER = timedelta(days=1)

_log = logging.getLogger(__name__)


async def close_rooms(parts: Parts, *, most: int = 20) -> int:
    """Close what is due; returns how many were closed. What fails is tried again for a day."""
    rooms = await asyncio.to_thread(_take, parts, most)
    return sum(await asyncio.gather(*(_close(parts, room) for room in rooms)))


async def _close(parts: Parts, room: ClosingRoom) -> bool:
    problem = await _refusal(parts, room)
    if problem and parts.clock.now() - room.since < GIVEN_UP_AFTER:
        _log.info("room of booking %s at %s is not closed yet: %s", room.booking_id, room.provider, problem)
        return False
    if problem:
        # Nobody was given a door to it since the end.
        _log.warning("room of booking %s at %s is forgotten: %s", room.booking_id, room.provider, problem)
    await asyncio.to_thread(_forget, parts, room)
    return not problem


async def _refusal(parts: Parts, room: ClosingRoom) -> str:
    """Why the provider did not close it; empty if it did."""
    try:
        await parts.video[room.provider].close_room(room.room)
    except Exception as problem:  # noqa: BLE001  # a room that cannot be closed must not hold up the others
        return type(problem).__name__
    return ""


def _take(parts: Parts, most: int) -> list[ClosingRoom]:
    now = parts.clock.now()
    with transaction(parts.db) as tx:
        return rooms_to_close(tx, now, now + AGAIN_AFTER, most)


def _forget(parts: Parts, room: ClosingRoom) -> None:
    with transaction(parts.db) as tx:
        forget_room(tx, room.id)
