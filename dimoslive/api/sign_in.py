"""The doors of the sign-in. Cookies and addresses are made here; what they mean is `dimoslive.services.sign_in`'s."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal, TypedDict
from urllib.parse import parse_qs, urlencode, urlsplit

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import RedirectResponse

from dimoslive.api.given import ClientAddress, GivenParts
from dimoslive.domain.errors import DomainError, SignInForged
from dimoslive.services.cookies import SIGN_IN_NOTE, session_cookie_name, staff_cookie_name
from dimoslive.services.find_official import end_official_session
from dimoslive.services.limit_attempts import Door, limit_attempts
from dimoslive.services.parts import Parts
from dimoslive.services.sign_in import (
    CITIZENS,
    SIGN_IN_LENGTH,
    STAFF,
    Realm,
    begin_sign_in,
    finish_sign_in,
    return_path_of,
    sign_out,
)

# Ours has 43 characters; a provider's code is far below this.
LONGEST_STATE = 100
LONGEST_CODE = 2000


@dataclass(frozen=True)
class Gate:
    """A sign-in's doors: for citizens under ``/auth``, for officials under ``/auth/staff``."""

    prefix: str
    realm: Realm
    page: str
    note_name: str
    cookie_name: Callable[[str], str]
    end: Callable[[Parts, str], str]


def gate_router(gate: Gate) -> APIRouter:
    """The three doors of a gate."""
    router = APIRouter(prefix=gate.prefix, include_in_schema=False)

    @router.get("/sign-in")
    def begin(
        request: Request, parts: GivenParts, address: ClientAddress, wish: Annotated[str, Query(alias="next")] = ""
    ) -> RedirectResponse:
        """Send the browser to the provider, with a note to bring back."""
        limit_attempts(parts, Door.SIGN_IN, address)
        begun = begin_sign_in(parts, wish or _wish_of_page(request, parts), gate.realm)
        answer = _send_to(begun.url)
        age = int(SIGN_IN_LENGTH.total_seconds())
        answer.set_cookie(gate.note_name, begun.note, max_age=age, path=gate.prefix, **_protection(parts))
        return answer

    @router.get("/callback")
    async def come_back(
        request: Request, parts: GivenParts, state: str = "", code: str = "", error: str = ""
    ) -> RedirectResponse:
        """The provider sent the browser back: open a session, or say on the sign-in page what went wrong."""
        note = request.cookies.get(gate.note_name, "")
        cookie = gate.cookie_name(parts.public_url)
        try:
            if len(state) > LONGEST_STATE or len(code) > LONGEST_CODE:
                raise SignInForged()
            old = request.cookies.get(cookie, "")
            signed_in = await finish_sign_in(
                parts, note=note, state=state, code=code, error=error, old_session=old, realm=gate.realm
            )
        except DomainError as problem:
            answer = _send_to(_sign_in_page(gate, problem, return_path_of(parts, note)))
        else:
            answer = _send_to(signed_in.return_to)
            # Without an age the cookie ends with the browser, which matters at a library's computer.
            answer.set_cookie(cookie, signed_in.session_token, path="/", **_protection(parts))
        answer.delete_cookie(gate.note_name, path=gate.prefix, **_protection(parts))
        return answer

    @router.post("/sign-out")
    def end(request: Request, parts: GivenParts) -> RedirectResponse:
        """End the session here, then the provider's own."""
        if not _is_from_our_page(request, parts):
            raise HTTPException(403)
        cookie = gate.cookie_name(parts.public_url)
        answer = _send_to(gate.end(parts, request.cookies.get(cookie, "")))
        answer.delete_cookie(cookie, path="/", **_protection(parts))
        return answer

    return router


# A browser sends what is set for /auth to /auth/staff too: with one name, the wrong note could win.
STAFF_NOTE = "dimoslive_staff_sign_in"
_FOR_STAFF = Gate("/auth/staff", STAFF, "/desk/sign-in", STAFF_NOTE, staff_cookie_name, end_official_session)
_FOR_CITIZENS = Gate("/auth", CITIZENS, "/sign-in", SIGN_IN_NOTE, session_cookie_name, sign_out)

staff_router = gate_router(_FOR_STAFF)
router = gate_router(_FOR_CITIZENS)


class _Protection(TypedDict):
    secure: bool
    httponly: bool
    samesite: Literal["lax"]


def _protection(parts: Parts) -> _Protection:
    # Not "strict": the way back from the provider is a link from another site.
    return {"secure": parts.public_url.startswith("https://"), "httponly": True, "samesite": "lax"}


def _send_to(address: str) -> RedirectResponse:
    # 303, so that a browser follows a posted form with a GET.
    return RedirectResponse(address, 303, headers={"Cache-Control": "no-store"})


def _sign_in_page(gate: Gate, problem: DomainError, return_to: str) -> str:
    is_english = return_to == "/en" or return_to.startswith("/en/")
    return f"{'/en' if is_english else ''}{gate.page}?{urlencode({'problem': problem.code, 'next': return_to})}"


def _wish_of_page(request: Request, parts: Parts) -> str:
    """Where the sign-in page was to lead: its button may be pressed before its script has filled that in."""
    page = urlsplit(request.headers.get("Referer", ""))
    if f"{page.scheme}://{page.netloc}" != parts.public_url:
        return "/"
    return parse_qs(page.query).get("next", ["/"])[0]


def _is_from_our_page(request: Request, parts: Parts) -> bool:
    """Browsers say where a form was posted from; the older of them by ``Origin`` alone."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == parts.public_url
