"""The first page in a frame, made here: no framework and no socket, since most who see it only look at the host's page.

It is the same for everybody: who is signed in, its script asks.
"""

import gzip
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from dimoslive.domain.booking.frame_wish import FrameWish
from dimoslive.domain.catalogue.municipality import MunicipalityPage
from dimoslive.domain.catalogue.service import OfferedService
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.http.dependencies import for_anyone
from dimoslive.http.embed.known import FramesKnown
from dimoslive.http.embed.wishes import WishDep, booking_address
from dimoslive.http.etags import is_known
from dimoslive.http.pages import page
from dimoslive.i18n import LANGUAGES, Texts, texts_of
from dimoslive.i18n.dates import full_day
from dimoslive.i18n.when import greek_time
from dimoslive.urls import embed_path, language_of, localized, municipality_path

router = APIRouter(include_in_schema=False)
SERVICES = [embed_path("services", language) for language in LANGUAGES]


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One service, in words."""

    name: str
    department: str
    starts_department: bool
    modes: str
    duration: str
    first_free: str
    pause: str
    href: str
    documents: str
    instructions: str


async def _frames(request: Request) -> FramesKnown:
    known = request.app.state.frames
    assert isinstance(known, FramesKnown)
    return known


@router.get(SERVICES[0], dependencies=[for_anyone(Permission.VIEW_PUBLIC)])
@router.get(SERVICES[1], dependencies=[for_anyone(Permission.VIEW_PUBLIC)])
async def services(
    request: Request, wish: WishDep, frames: Annotated[FramesKnown, Depends(_frames)], problem: str = ""
) -> Response:
    """The services of a municipality, or one of them, and the way to sign in."""
    t = texts_of(language_of(request.url.path))
    try:
        found, firsts = await frames.page_of(wish.municipality)
    except NotFound:
        return _page(t, wish, "unknown", status=404)
    if not found.municipality.has_joined:
        return _page(t, wish, "not_joined", found)
    if found.look.pause is not None:
        return _page(t, wish, "paused", found, message=_pause_words(found, t))
    offered = [service for service in found.services if service.answers_to(wish.service)]
    chosen = offered[0] if offered else found.services[0] if len(found.services) == 1 else None
    lines = _lines(wish, (chosen,) if chosen else found.services, firsts, t)
    answer = _page(
        t,
        wish,
        "services",
        found,
        lines=lines,
        chosen=chosen is not None,
        has_others=len(found.services) > 1,
        is_unknown_service=bool(wish.service) and not offered,
        notice=t("frame.session_over") if problem == "session_over" else "",
    )
    # Weak: the same page goes out compressed and not.
    etag = f'W/"{sha256(answer.body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if is_known(request.headers.get("If-None-Match", ""), etag):
        return Response(status_code=304, headers=headers)
    body = bytes(answer.body)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        body, headers["Content-Encoding"] = gzip.compress(body, 6, mtime=0), "gzip"
    return HTMLResponse(body, headers=headers)


def _page(
    t: Texts, wish: FrameWish, state: str, found: MunicipalityPage | None = None, status: int = 200, **more: Any
) -> HTMLResponse:
    usual: dict[str, Any] = {
        "lines": [], "chosen": False, "has_others": False, "is_unknown_service": False, "notice": "", "message": "",
    }  # fmt: skip
    return page(
        "embed_services.html",
        t.language,
        status=status,
        state=state,
        town=found.look.name[t.language] if found else "",
        accent=found.look.accent_color if found else "",
        wish=wish,
        booking_address=booking_address(wish, t.language),
        sandboxed_link=municipality_path("", t.language),
        town_address=municipality_path(wish.municipality, t.language)
        if found
        else localized("/municipalities", t.language),
        list_address=embed_path("services", t.language, m=wish.municipality),
        window_address=embed_path("sign-in", t.language, **wish.query),
        next_address=embed_path(wish.step or "mode", t.language, **_choice(wish)),
        **(usual | more),
    )


def _choice(wish: FrameWish) -> dict[str, str]:
    return {name: word for name, word in wish.query.items() if name != "step"}


def _pause_words(found: MunicipalityPage, t: Texts) -> str:
    pause = found.look.pause
    assert pause is not None
    until = t("town.until", time=greek_time(pause.until, ATHENS, t)) if pause.until else ""
    return f"{pause.message[t.language]} {until}".strip()


def _lines(
    wish: FrameWish, offered: tuple[OfferedService, ...], firsts: dict[int, datetime], t: Texts
) -> list[ServiceLine]:
    lines, before = [], ""
    for service in offered:
        department, first = service.department[t.language], firsts.get(service.id)
        lines.append(
            ServiceLine(
                name=service.name[t.language],
                department=department,
                starts_department=department != before,
                modes=", ".join(t(f"mode.{mode}") for mode in service.modes),
                duration=t.count("duration", service.duration_minutes),
                first_free=full_day(local_day(first, ATHENS), t.language) if first else "",
                pause=service.pause.message[t.language] if service.pause else "",
                href=embed_path("services", t.language, m=wish.municipality, service=service.slug, mode=wish.mode),
                documents=service.documents[t.language],
                instructions=service.instructions[t.language],
            )
        )
        before = department
    return lines
