"""What an element asks whose frame did not come: it tells the webmaster in the console of the page."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from dimoslive.domain.errors import TooManyAttempts
from dimoslive.domain.people.permissions import Permission
from dimoslive.http.dependencies import ClientAddress, ContextDep, for_anyone
from dimoslive.http.public_v1.quotas import PUBLIC
from dimoslive.services.embed.find_standing import Standing, find_standing
from dimoslive.urls import EMBED_CHECK

router = APIRouter(tags=["embedding"])

_LINES = {
    Standing.LISTED: (
        "{origin} is listed for {m}, but the frame did not come. If the page is itself in a frame, the page around it "
        "must be listed too; a policy of the page must let {site} in by script-src, frame-src and connect-src."
    ),
    Standing.NOT_LISTED: "{origin} is not listed for {m}. Administrators add it under Embedding.",
    Standing.NOT_JOINED: "{m} takes no bookings here yet.",
    Standing.UNKNOWN: "There is no municipality {m}.",
}
"""For webmasters, whose consoles are in English."""


class Answer(BaseModel):
    """``standing`` is for the element, ``line`` for whoever reads the console."""

    standing: Standing
    line: str


@router.get(EMBED_CHECK, dependencies=[for_anyone(Permission.VIEW_PUBLIC)], responses={429: {}})
async def check(
    request: Request,
    response: Response,
    context: ContextDep,
    address: ClientAddress,
    m: Annotated[str, Query(max_length=80, pattern="^[a-z0-9-]*$")] = "",
) -> Answer:
    """How the page that asks stands with the municipality ``m``. Any page may ask, for any learns it by trying."""
    if not (await context.request_limiter.count(PUBLIC, address)).is_allowed:
        raise TooManyAttempts(minutes=1)
    is_ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    # Browsers do not say where a page of ours comes from.
    origin = context.public_url if is_ours else request.headers.get("Origin", "")[:300]
    standing = await asyncio.to_thread(find_standing, context, m, origin)
    response.headers.update({"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store", "Vary": "Origin"})
    return Answer(standing=standing, line=_LINES[standing].format(origin=origin, m=m, site=context.public_url))
