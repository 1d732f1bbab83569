"""The doors of the sign-in. Cookies and addresses are made here; what they mean is `dimoslive.services.sign_in`'s."""

from typing import Annotated, Literal, TypedDict
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import RedirectResponse

from dimoslive.api.given import ClientAddress, GivenParts, SessionToken
from dimoslive.domain.errors import DomainError, SignInForged
from dimoslive.services.cookies import SIGN_IN_NOTE, session_cookie_name
from dimoslive.services.limit_attempts import Door, limit_attempts
from dimoslive.services.parts import Parts
from dimoslive.services.sign_in import SIGN_IN_LENGTH, begin_sign_in, finish_sign_in, return_path_of, sign_out

# Ours has 43 characters; a provider's code is far below this.
LONGEST_STATE = 100
LONGEST_CODE = 2000

router = APIRouter(prefix="/auth", include_in_schema=False)


@router.get("/sign-in")
def begin(
    parts: GivenParts, address: ClientAddress, return_to: Annotated[str, Query(alias="next")] = "/"
) -> RedirectResponse:
    """Send the browser to the provider, with a note to bring back."""
    limit_attempts(parts, Door.SIGN_IN, address)
    begun = begin_sign_in(parts, return_to)
    answer = _send_to(begun.url)
    answer.set_cookie(
        SIGN_IN_NOTE, begun.note, max_age=int(SIGN_IN_LENGTH.total_seconds()), path="/auth", **_protection(parts)
    )
    return answer


@router.get("/callback")
async def come_back(
    request: Request, parts: GivenParts, old_session: SessionToken, state: str = "", code: str = "", error: str = ""
) -> RedirectResponse:
    """The provider sent the browser back: open a session, or say on the sign-in page what went wrong."""
    note = request.cookies.get(SIGN_IN_NOTE, "")
    try:
        if len(state) > LONGEST_STATE or len(code) > LONGEST_CODE:
            raise SignInForged()
        signed_in = await finish_sign_in(parts, note=note, state=state, code=code, error=error, old_session=old_session)
    except DomainError as problem:
        answer = _send_to(_sign_in_page(problem, return_path_of(parts, note)))
    else:
        answer = _send_to(signed_in.return_to)
        # Without an age the cookie ends with the browser, which matters at a library's computer.
        answer.set_cookie(
            session_cookie_name(parts.public_url), signed_in.session_token, path="/", **_protection(parts)
        )
    answer.delete_cookie(SIGN_IN_NOTE, path="/auth", **_protection(parts))
    return answer


@router.post("/sign-out")
def end(request: Request, parts: GivenParts, session: SessionToken) -> RedirectResponse:
    """End the session here, then the provider's own."""
    if not _is_from_our_page(request, parts):
        raise HTTPException(403)
    answer = _send_to(sign_out(parts, session))
    answer.delete_cookie(session_cookie_name(parts.public_url), path="/", **_protection(parts))
    return answer


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


def _sign_in_page(problem: DomainError, return_to: str) -> str:
    is_english = return_to == "/en" or return_to.startswith("/en/")
    return f"{'/en' if is_english else ''}/sign-in?{urlencode({'problem': problem.code, 'next': return_to})}"


def _is_from_our_page(request: Request, parts: Parts) -> bool:
    """Browsers say where a form was posted from; the older of them by ``Origin`` alone."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == parts.public_url
