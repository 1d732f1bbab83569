"""The session of a frame: what the browser would keep, opening, asking, ending; and the file of what was booked.

The page around the frame is of the same top-level site as the frame's cookie, so it can send requests that carry it.
Therefore each route that knows the cookie answers our own pages alone.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from dimoslive.cookies import PROBES, frame_cookie_name, session_cookie_name
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Citizen
from dimoslive.http.auth.browser_state import protection
from dimoslive.http.dependencies import ClientAddress, ContextDep, for_anyone, for_framed, from_our_page
from dimoslive.http.embed.cookies import drop_frame_cookie, set_frame_cookie
from dimoslive.http.embed.wishes import WishDep, Word
from dimoslive.services.access.limit_attempts import RateLimit, limit_attempts
from dimoslive.services.embed.find_framed import find_framed
from dimoslive.services.embed.frame_sign_in import open_frame_session
from dimoslive.services.embed.show_confirmation import confirmed_calendar_file
from dimoslive.services.identity.auth_realm import CITIZENS, FRAMES
from dimoslive.services.identity.sessions import end_session
from dimoslive.urls import EMBED

router = APIRouter(prefix=EMBED, include_in_schema=False)
_ALLOWED = [for_anyone(Permission.SIGN_IN), Depends(from_our_page)]
_PROBE_SECONDS = 60
_FIRST_PARTY, _PARTITIONED = PROBES
_NOT_KEPT = {"Cache-Control": "no-store"}


class _Redemption(BaseModel):
    code: str = Field(max_length=100)
    verifier: str = Field(max_length=100)


@router.post("/probe", dependencies=_ALLOWED)
async def set_probe(context: ContextDep) -> Response:
    """Two cookies for a minute, to see which of them come back."""
    answer = Response(status_code=204, headers=_NOT_KEPT)
    is_secure = context.public_url.startswith("https://")
    answer.set_cookie(
        _FIRST_PARTY, "1", max_age=_PROBE_SECONDS, path=EMBED, secure=is_secure, httponly=True, samesite="lax"
    )
    set_frame_cookie(answer, context, _PARTITIONED, "1", _PROBE_SECONDS)
    return answer


@router.get("/probe", dependencies=_ALLOWED)
async def read_probe(request: Request) -> Response:
    """Which of them came back: the browser is never asked by its name."""
    kept = {
        name: cookie in request.cookies
        for name, cookie in (("first_party", _FIRST_PARTY), ("partitioned", _PARTITIONED))
    }
    return JSONResponse(kept, headers=_NOT_KEPT)


@router.post("/session", dependencies=_ALLOWED)
def open_session(request: Request, context: ContextDep, address: ClientAddress, given: _Redemption) -> Response:
    """The frame's session, for the code that its window got and the verifier that it kept."""
    limit_attempts(context, RateLimit.SIGN_IN, address)
    cookie = frame_cookie_name(context.public_url)
    token = open_frame_session(context, given.code, given.verifier, request.cookies.get(cookie, ""))
    answer = Response(status_code=204, headers=_NOT_KEPT)
    set_frame_cookie(answer, context, cookie, token)
    return answer


@router.get("/session", dependencies=_ALLOWED)
def ask_session(request: Request, context: ContextDep, wish: WishDep) -> Response:
    """Who is signed in here for this municipality; an empty name for nobody."""
    url, cookies = context.public_url, request.cookies
    session, frame = cookies.get(session_cookie_name(url), ""), cookies.get(frame_cookie_name(url), "")
    try:
        citizen = find_framed(context, wish.municipality, session=session, frame=frame)
    except NotFound:
        citizen = None
    return JSONResponse({"name": citizen.full_name if citizen else ""}, headers=_NOT_KEPT)


@router.post("/sign-out", dependencies=_ALLOWED)
def sign_out(request: Request, context: ContextDep) -> Response:
    """End the session that counts in the frame: its own, and the citizen's where the browser lets that in.

    Where the provider's own can be ended is told, as a tab of its own must do that.
    """
    own, frame = session_cookie_name(context.public_url), frame_cookie_name(context.public_url)
    session = request.cookies.get(own, "")
    ends_at = end_session(context, FRAMES, request.cookies.get(frame, ""))
    if session:
        ends_at = end_session(context, CITIZENS, session)
    answer = JSONResponse({"provider": ends_at}, headers=_NOT_KEPT)
    drop_frame_cookie(answer, context, frame)
    if session:
        answer.delete_cookie(own, path="/", **protection(context))
    return answer


@router.get("/calendar.ics", dependencies=[Depends(from_our_page)])
def calendar(
    context: ContextDep,
    principal: Annotated[Citizen, for_framed(Permission.VIEW_CONFIRMATION)],
    reference: Word = "",
) -> Response:
    """The calendar file of what was just booked."""
    file = confirmed_calendar_file(context, principal, reference)
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"', **_NOT_KEPT}
    return Response(file.content, media_type="text/calendar; charset=utf-8", headers=headers)
