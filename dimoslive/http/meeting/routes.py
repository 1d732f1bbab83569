"""The routes of the teleconference: may I join, how fast is my connection, and the signalling socket."""

import asyncio
import secrets
from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response, WebSocket
from fastapi.requests import HTTPConnection
from starlette.requests import ClientDisconnect

from dimoslive.context import AppContext
from dimoslive.cookies import session_cookie_name, staff_cookie_name
from dimoslive.domain.booking.references import show_reference
from dimoslive.domain.errors import DomainError, TooManyAttempts
from dimoslive.domain.meeting.meeting import Role, meeting_times
from dimoslive.domain.people.client_address import client_address
from dimoslive.domain.people.permissions import Permission
from dimoslive.http.dependencies import ClientAddress, ContextDep, for_anyone
from dimoslive.http.meeting.protocol import MAX_PROBE_SIZE, Access, AccessState, CloseCode, IceServer
from dimoslive.http.meeting.sender import close_refused
from dimoslive.http.meeting.socket import Conversation
from dimoslive.i18n import texts_of
from dimoslive.i18n.dates import full_time
from dimoslive.i18n.when import both_times, own_time
from dimoslive.services.access.limit_attempts import RateLimit, limit_attempts
from dimoslive.services.meeting.find_participant import JoinRequest, Participant, check_may_enter, find_participant
from dimoslive.services.meeting.offer_relay import offer_relay

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


@router.get("/access", response_model_exclude_defaults=True)
async def access(
    response: Response, context: ContextDep, address: ClientAddress, join_request: JoinRequestDep, language: str = "el"
) -> Access:
    """What the page shows before it opens the socket. Asking changes nothing."""
    await asyncio.to_thread(limit_attempts, context, RateLimit.MEETING, address)
    response.headers["Cache-Control"] = "no-store"
    try:
        participant = await asyncio.to_thread(find_participant, context, join_request)
    except DomainError as refusal:
        return Access(state=AccessState(refusal.code))
    state = AccessState.OPEN
    try:
        check_may_enter(participant, context.clock.now())
    except DomainError as refusal:
        state = AccessState(refusal.code)
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
        await websocket.close(CloseCode.TOO_MANY)
        return
    await websocket.accept()
    try:
        address = client_address(websocket.scope, websocket.app.state.settings.trusted_proxies)
        await asyncio.to_thread(limit_attempts, context, RateLimit.MEETING, address)
    except TooManyAttempts:
        # No last word: the page tries again, more and more slowly.
        await websocket.close(CloseCode.TRY_AGAIN)
        return
    try:
        participant = await asyncio.to_thread(find_participant, context, join_request)
        check_may_enter(participant, context.clock.now())
    except DomainError as refusal:
        await close_refused(websocket, context.clock, refusal.code)
        return
    await Conversation(websocket, context, participant, join_request).run()


def _shown(context: AppContext, participant: Participant, state: AccessState, language: str) -> Access:
    booking, now = participant.booking, context.clock.now()
    times, details = meeting_times(booking), booking.details
    is_guest, is_official = participant.role is Role.GUEST, participant.official is not None
    is_served_told = is_official and booking.is_for_another
    may_come = state in {AccessState.OPEN, AccessState.TOO_EARLY}
    return Access(
        state=state,
        # Whoever has the number can pass for the citizen on the telephone.
        reference="" if is_guest else booking.reference,
        number="" if is_guest else show_reference(booking.reference),
        role=participant.role,
        service=booking.service.service_name[language],
        municipality=booking.service.municipality_name[language],
        citizen_name=booking.signed_in_name if participant.is_confirmed else "",
        served_person=details.served_person if is_served_told else "",
        served_name=details.name if is_served_told else "",
        guest_name=participant.name if is_guest else None,
        subject=details.subject if is_official else "",
        help_needed=details.help_needed if is_official else "",
        starts_at=booking.period.starts_at.isoformat(),
        ends_at=booking.period.ends_at.isoformat(),
        opens_at=times.opens_at.isoformat(),
        closes_at=times.closes_at.isoformat(),
        now=now.isoformat(),
        when=_when(participant, language),
        ice_servers=_ice_servers(context, participant) if may_come else None,
    )


def _ice_servers(context: AppContext, participant: Participant) -> list[IceServer]:
    offered = offer_relay(context, participant.booking.id, participant.person)
    return [IceServer.model_validate(server) for server in offered]


def _when(participant: Participant, language: str) -> str:
    """Greek time; with the citizen's own where it differs, and then both with their zones."""
    booking, t = participant.booking, texts_of(language)
    at, home = booking.period.starts_at, booking.service.zone
    zone = booking.visitor_zone if participant.role is Role.CITIZEN else home
    return both_times(at, zone, home, t) if own_time(at, zone, home, t) else full_time(at, language, home)
