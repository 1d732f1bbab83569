"""The calendars of desks, as officials' programs fetch them. Who has the address has the right."""

import asyncio
import math
from hashlib import sha256
from typing import Any

from fastapi import APIRouter, Request, Response

from dimoslive.domain.desk.feeds import program_of
from dimoslive.domain.errors import TooManyAttempts
from dimoslive.domain.people.permissions import Permission
from dimoslive.http.dependencies import ClientAddress, ContextDep, for_anyone
from dimoslive.http.etags import is_known
from dimoslive.ports import RequestQuota
from dimoslive.services.feeds.read_feed import find_feed, note_feed_fetched, read_feed
from dimoslive.urls import feed_path

router = APIRouter(tags=["calendars"])
FEED = RequestQuota("feed", 60, 3600)
"""Of one feed: a program asks every few minutes at most."""
_ANSWERS: dict[int | str, dict[str, Any]] = {200: {"content": {"text/calendar": {}}}, 304: {}, 404: {}, 429: {}}


@router.api_route(
    feed_path("{token}"),
    methods=["GET", "HEAD"],
    response_class=Response,
    responses=_ANSWERS,
    dependencies=[for_anyone(Permission.OPEN_LINK)],
)
async def desk_feed(request: Request, context: ContextDep, address: ClientAddress, token: str) -> Response:
    """The same bookings are the same bytes, so a program that asks again is told that nothing changed."""
    asked = await asyncio.to_thread(find_feed, context, token, address)
    counted = await context.request_limiter.count(FEED, f"feed-{asked.found.feed.id}")
    if not counted.is_allowed:
        raise TooManyAttempts(minutes=math.ceil(counted.more_in / 60))
    feed = await asyncio.to_thread(read_feed, context, asked)
    program = program_of(request.headers.get("User-Agent", ""))
    await asyncio.to_thread(note_feed_fetched, context, feed, program)
    etag = f'"{sha256(feed.content).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, max-age=300", "X-Robots-Tag": "noindex"}
    if is_known(request.headers.get("If-None-Match", ""), etag):
        return Response(status_code=304, headers=headers)
    headers["Content-Disposition"] = 'inline; filename="mydimoslive.ics"'
    content = b"" if request.method == "HEAD" else feed.content
    if request.method == "HEAD":
        headers["Content-Length"] = str(len(feed.content))
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)
