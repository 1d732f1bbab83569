"""The doors of the teleconference: may I go in, how fast is my connection, and the signalling socket."""

import asyncio
import secrets
from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response, WebSocket
from fastapi.requests import HTTPConnection
from starlette.requests import ClientDisconnect

from dimoslive.context import AppContext
from dimoslive.cookies import session_cookie_name, staff_cookie_name
from dimoslive.domain.booking.references import show_reference
from dimoslive.domain.errors import DomainError, TooEarly, TooManyAttempts
from dimoslive.domain.meeting.meeting import Role, meeting_times
from dimoslive.domain.people.client_address import client_address
from dimoslive.domain.people.permissions import Permission
from dimoslive.http.dependencies import ClientAddress, ContextDep, for_anyone
from dimoslive.http.meeting.inbox import TRY_AGAIN
from dimoslive.http.meeting.sender import close_refused
from dimoslive.http.meeting.socket import Conversation
from dimoslive.i18n import texts_of
from dimoslive.i18n.dates import full_time
from dimoslive.i18n.when import both_times, own_time
from dimoslive.services.access.limit_attempts import RateLimit, limit_attempts
from dimoslive.services.meeting.find_participant import JoinRequest, Participant, check_may_enter, find_participant
from dimoslive.services.meeting.offer_relay import offer_relay

MAX_PROBE_SIZE = 2_000_000

router = APIRouter(prefix="/api/meetings", include_in_schema=False)
_MEASURING = [for_anyone(Permission.MEASURE_CONNECTION)]


class _ForParticipant:
    """What a browser shows that asks to join: `find_participant` says who that is, and whether they may."""

    permission = Permission.JOIN_MEETING

    async def __call__(
        self,
        connection: HTTPConnection,
        reference: str = "",
        link: str = "",
        guest: str = "",
        wanted_role: Annotated[str, Query(alias="as")] = "",
    ) -> JoinRequest:
        public_url = connection.app.state.context.public_url
        return JoinRequest(
            reference=reference[:20],
            link=link[:100],
            guest=guest[:100],
            as_official=wanted_role == "official",
            session_token=connection.cookies.get(session_cookie_name(public_url), ""),
            staff_token=connection.cookies.get(staff_cookie_name(public_url), ""),
        )


JoinRequestDep = Annotated[JoinRequest, Depends(_ForParticipant())]


@router.get("/door")
async def door(
    response: Response, context: ContextDep, address: ClientAddress, join_request: JoinRequestDep, language: str = "el"
) -> dict[str, Any]:
    """What the page shows before it opens the socket. Asking changes nothing."""
    await asyncio.to_thread(limit_attempts, context, RateLimit.MEETING, address)
    response.headers["Cache-Control"] = "no-store"
    try:
        participant = await asyncio.to_thread(find_participant, context, join_request)
    except DomainError as refusal:
        return {"state": refusal.code}
    state = "open"
    try:
        check_may_enter(participant, context.clock.now())
    except DomainError as refusal:
        state = refusal.code
    return _shown(context, participant, state, "en" if language == "en" else "el")


@router.get("/probe", dependencies=_MEASURING)
async def probe(context: ContextDep, address: ClientAddress, length: Annotated[int, Query(alias="bytes")]) -> Response:
    """Bytes that do not compress, to time their way."""
    await asyncio.to_thread(limit_attempts, context, RateLimit.PROBE, address)
    body = secrets.token_bytes(min(max(length, 0), MAX_PROBE_SIZE))
    return Response(body, media_type="application/octet-stream", headers={"Cache-Control": "no-store"})


@router.post("/probe", dependencies=_MEASURING)
async def take_probe(request: Request, context: ContextDep, address: ClientAddress) -> Response:
    """Take bytes, to time their way here: read piece by piece and forgotten; as large as any body may be."""
    await asyncio.to_thread(limit_attempts, context, RateLimit.PROBE, address)
    # A page stops sending when it has measured for long enough.
    with suppress(ClientDisconnect):
        async for _piece in request.stream():
            pass
    return Response(status_code=204, headers={"Cache-Control": "no-store"})


@router.websocket("/socket")
async def socket(websocket: WebSocket, join_request: JoinRequestDep) -> None:
    """Signalling. A page of another site cannot open it: browsers say where a socket comes from."""
    context: AppContext = websocket.app.state.context
    if websocket.headers.get("Origin", context.public_url) != context.public_url:
        await websocket.close(1008)
        return
    await websocket.accept()
    try:
        address = client_address(websocket.scope, websocket.app.state.settings.trusted_proxies)
        await asyncio.to_thread(limit_attempts, context, RateLimit.MEETING, address)
    except TooManyAttempts:
        # No last word: the page tries again, more and more slowly.
        await websocket.close(TRY_AGAIN)
        return
    try:
        participant = await asyncio.to_thread(find_participant, context, join_request)
        check_may_enter(participant, context.clock.now())
    except DomainError as refusal:
        await close_refused(websocket, refusal.code)
        return
    await Conversation(websocket, context, participant, join_request).run()


def _shown(context: AppContext, participant: Participant, state: str, language: str) -> dict[str, Any]:
    booking, now = participant.booking, context.clock.now()
    times = meeting_times(booking)
    shown: dict[str, Any] = {
        "state": state,
        "reference": booking.reference,
        "number": show_reference(booking.reference),
        "role": participant.role.value,
        "service": booking.service.service_name[language],
        "municipality": booking.service.municipality_name[language],
        "citizen_name": booking.signed_in_name if participant.is_confirmed else "",
        "served_person": booking.details.served_person if participant.official and booking.is_for_another else "",
        "served_name": booking.details.name if participant.official and booking.is_for_another else "",
        "subject": booking.details.subject if participant.official else "",
        "help_needed": booking.details.help_needed if participant.official else "",
        "starts_at": booking.period.starts_at.isoformat(),
        "ends_at": booking.period.ends_at.isoformat(),
        "opens_at": times.opens_at.isoformat(),
        "closes_at": times.closes_at.isoformat(),
        "now": now.isoformat(),
        "when": _when(participant, language),
    }
    if participant.role is Role.GUEST:
        # Whoever has the number can pass for the citizen on the telephone.
        shown |= {"reference": "", "number": "", "guest_name": participant.name}
    if state in {"open", TooEarly.code}:
        shown["ice_servers"] = offer_relay(context, booking.id, participant.person)
    return shown


def _when(participant: Participant, language: str) -> str:
    """Greek time; with the citizen's own where it differs, and then both with their zones."""
    booking, t = participant.booking, texts_of(language)
    at, home = booking.period.starts_at, booking.service.zone
    zone = booking.visitor_zone if participant.role is Role.CITIZEN else home
    return both_times(at, zone, home, t) if own_time(at, zone, home, t) else full_time(at, language, home)
