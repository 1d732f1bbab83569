"""What goes wrong, as answers: one mapping of refusals to statuses, JSON for programs and a page for people."""

import logging
import secrets

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from dimoslive.domain.errors import (
    DomainError,
    InvalidDetails,
    InvalidInput,
    NotFound,
    NotSignedIn,
    SignInForged,
    SignInRefused,
    SignInUnavailable,
    SignInUnreadable,
    TooManyAttempts,
)
from dimoslive.domain.frame_errors import CookiesOff, FrameCodeExpired, FrameCodeMismatch
from dimoslive.http.negotiation import language_by
from dimoslive.http.pages import page

_STATUS: dict[type[DomainError], int] = {
    SignInForged: 400,
    CookiesOff: 400,
    NotSignedIn: 401,
    SignInRefused: 403,
    FrameCodeMismatch: 403,
    NotFound: 404,
    FrameCodeExpired: 410,
    InvalidInput: 422,
    InvalidDetails: 422,
    TooManyAttempts: 429,
    SignInUnreadable: 502,
    SignInUnavailable: 503,
}
_AGAINST_THE_RULES = 409
"""Every other refusal: the request is fine, but what it asks for is taken, over or not offered."""

_CODES = {403: "forbidden", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}
_log = logging.getLogger(__name__)


def status_of(error: DomainError) -> int:
    """The HTTP status that says what a refusal says."""
    return next((status for kind, status in _STATUS.items() if isinstance(error, kind)), _AGAINST_THE_RULES)


async def answer_refusal(request: Request, error: Exception) -> Response:
    """For a `DomainError`."""
    assert isinstance(error, DomainError)
    headers = {}
    if isinstance(error, TooManyAttempts):
        headers["Retry-After"] = str(int(error.params["minutes"]) * 60)
    return _answer(request, status_of(error), error.code, headers)


async def answer_http_error(request: Request, error: Exception) -> Response:
    """For what the framework refuses: an unknown address, a wrong method."""
    assert isinstance(error, HTTPException)
    code = _CODES.get(error.status_code, "refused")
    return _answer(request, error.status_code, code, dict(error.headers or {}))


async def answer_malformed(request: Request, error: Exception) -> Response:
    """For parameters of the wrong form; they are not repeated."""
    assert isinstance(error, RequestValidationError)
    return _answer(request, 422, "invalid_input", {})


async def answer_unexpected(request: Request, error: Exception) -> Response:
    """For a mistake of ours: a reference to tell the operator, which stands in the log too."""
    reference = secrets.token_hex(4)
    # The address stays out of the log: it may carry a link's token.
    _log.error("request failed, reference %s", reference, exc_info=error)
    return _answer(request, 500, "unexpected", {}, reference)


def _answer(request: Request, status: int, code: str, headers: dict[str, str], reference: str = "") -> Response:
    headers |= {"Cache-Control": "no-store"}
    if "text/html" in request.headers.get("Accept", ""):
        language = language_by(request.headers.get("Accept-Language", ""), usual="el")
        return page("problem.html", language, status=status, headers=headers, code=code, reference=reference)
    content = {"code": code} | ({"reference": reference} if reference else {})
    return JSONResponse(content, status, headers=headers)
