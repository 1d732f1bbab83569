"""The calendars of desks, as officials' programs fetch them. Who has the address has the right."""

from hashlib import sha256
from typing import Any

from fastapi import APIRouter, Request, Response

from dimoslive.domain.desk.feeds import program_of
from dimoslive.domain.people.permissions import Permission
from dimoslive.http.dependencies import ClientAddress, ContextDep, for_anyone
from dimoslive.http.etags import is_known
from dimoslive.services.feeds.read_feed import note_feed_fetched, read_feed
from dimoslive.urls import feed_path

router = APIRouter(tags=["calendars"])
_ANSWERS: dict[int | str, dict[str, Any]] = {200: {"content": {"text/calendar": {}}}, 304: {}, 404: {}, 429: {}}


@router.api_route(
    feed_path("{token}"),
    methods=["GET", "HEAD"],
    response_class=Response,
    responses=_ANSWERS,
    dependencies=[for_anyone(Permission.OPEN_LINK)],
)
def desk_feed(request: Request, context: ContextDep, address: ClientAddress, token: str) -> Response:
    """The same bookings are the same bytes, so a program that asks again is told that nothing changed."""
    feed = read_feed(context, token, address)
    note_feed_fetched(context, feed, program_of(request.headers.get("User-Agent", "")))
    etag = f'"{sha256(feed.content).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, max-age=300", "X-Robots-Tag": "noindex"}
    if is_known(request.headers.get("If-None-Match", ""), etag):
        return Response(status_code=304, headers=headers)
    headers["Content-Disposition"] = 'inline; filename="mydimoslive.ics"'
    content = b"" if request.method == "HEAD" else feed.content
    if request.method == "HEAD":
        headers["Content-Length"] = str(len(feed.content))
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)
