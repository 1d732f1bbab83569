"""The socket of an open day: it says that something changed, never what; the page then reads the day again."""

import asyncio
import json
from collections.abc import AsyncIterator, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, WebSocket
from fastapi.requests import HTTPConnection

from dimoslive.context import AppContext
from dimoslive.cookies import staff_cookie_name
from dimoslive.domain.desk.live import ALL_DAYS, room_of_day, room_of_municipality
from dimoslive.domain.errors import DomainError, NotFound, TooManyAttempts
from dimoslive.domain.people.client_address import client_address
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.http.meeting.inbox import MessageBudget
from dimoslive.http.meeting.protocol import CloseCode
from dimoslive.http.meeting.sender import GONE, Sender
from dimoslive.ports import Clock
from dimoslive.services.access.limit_attempts import RateLimit, limit_attempts
from dimoslive.services.desk.find_workplace import find_workplace
from dimoslive.services.identity.auth_realm import STAFF
from dimoslive.services.identity.sessions import find_principal

MAX_MESSAGE_SIZE = 100
LOOK_EVERY = 20.0
"""Seconds between two looks at the official's rights; each is also a sign of life to the browser."""

router = APIRouter(prefix="/api/desk", include_in_schema=False)


@dataclass(frozen=True, slots=True)
class LiveRequest:
    """What a page shows that wants to hear of a day."""

    staff_token: str
    slug: str
    day: str


class _ForOfficial:
    """Who that is, and whether they may, is looked up again and again while the socket is open."""

    permission = Permission.VIEW_DESK

    async def __call__(self, connection: HTTPConnection, m: str = "", date: str = "") -> LiveRequest:
        name = staff_cookie_name(connection.app.state.context.public_url)
        return LiveRequest(connection.cookies.get(name, ""), m[:80], date[:10])


LiveRequestDep = Annotated[LiveRequest, Depends(_ForOfficial())]


@router.websocket("/live")
async def live(websocket: WebSocket, asked: LiveRequestDep) -> None:
    """For one municipality, and one day or all of them.

    A page of another site cannot open it: browsers say where it comes from.
    """
    context: AppContext = websocket.app.state.context
    if websocket.headers.get("Origin", context.public_url) != context.public_url:
        await websocket.close(1008)
        return
    await websocket.accept()
    sender = Sender(websocket, context.clock)
    try:
        address = client_address(websocket.scope, websocket.app.state.settings.trusted_proxies)
        await asyncio.to_thread(limit_attempts, context, RateLimit.DESK_LIVE, address)
        room = await asyncio.to_thread(_find_room, context, asked)
    except TooManyAttempts:
        await sender.close(CloseCode.TRY_AGAIN)
        return
    except DomainError:
        await sender.close(CloseCode.REFUSED)
        return
    with suppress(*GONE):
        async with context.room_bus.subscribe(room) as said:
            # Whatever was committed before this word is in what the page reads after it.
            await sender.pass_on(_word("listening"))
            code = await _first_of(
                _pass_on(said, sender), _read(websocket, context.clock), _look_again(context, asked, sender)
            )
        if code is not None:
            await sender.close(code)


def _word(type_: str, **words: str) -> str:
    return json.dumps({"type": type_} | words)


def _find_room(context: AppContext, asked: LiveRequest) -> str:
    """The room on the bus; raises `NotFound` for whoever may not hear it."""
    official = find_principal(context, STAFF, asked.staff_token)
    if official is None or not can(official, Permission.VIEW_DESK):
        raise NotFound()
    municipality_id = find_workplace(context, official, asked.slug).municipality_id
    if asked.day == ALL_DAYS:
        return room_of_municipality(municipality_id)
    try:
        return room_of_day(municipality_id, date.fromisoformat(asked.day))
    except ValueError:
        raise NotFound() from None


async def _first_of(*works: Coroutine[Any, Any, CloseCode | None]) -> CloseCode | None:
    """The code of whichever ends first; the others end with it."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        return done.pop().result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _pass_on(said: AsyncIterator[dict[str, Any]], sender: Sender) -> CloseCode:
    async for message in said:
        await sender.pass_on(_word("changed", what=message.get("kind", "")))
    # Cut off by the bus, because it could not keep up: the page comes again, and reads the day.
    return CloseCode.TRY_AGAIN


async def _read(websocket: WebSocket, clock: Clock) -> CloseCode | None:
    """The page has nothing to say but that it is there."""
    budget = MessageBudget(clock)
    while budget.take():
        frame = await websocket.receive()
        if frame["type"] == "websocket.disconnect":
            return None
        if len(frame.get("text") or frame.get("bytes") or "") > MAX_MESSAGE_SIZE:
            return CloseCode.TOO_LARGE
    return CloseCode.TOO_MANY


async def _look_again(context: AppContext, asked: LiveRequest, sender: Sender) -> CloseCode:
    while True:
        await asyncio.sleep(LOOK_EVERY)
        try:
            await asyncio.to_thread(_find_room, context, asked)
        except NotFound:
            return CloseCode.REFUSED
        await sender.pass_on(_word("alive"))
