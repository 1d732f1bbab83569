"""The sizes beyond which requests are refused."""

from starlette.datastructures import Headers
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dimoslive.domain.imports.rows import MAX_BYTES
from dimoslive.http.negotiation import language_by
from dimoslive.http.pages import page

MAX_BODY_SIZE = MAX_BYTES + 64 * 1024
"""The largest file that anybody sends, with its form around it."""
MAX_QUERY_LENGTH = 8192


class RequestSizeMiddleware:
    """Refuse what is known to be too large before it is read, and a body without a length once too much has come."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = RequestBodyLimitMiddleware(app, MAX_BODY_SIZE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse the request, or pass it on."""
        app = (_refusal(scope) if scope["type"] == "http" else None) or self._app
        await app(scope, receive, send)


def _refusal(scope: Scope) -> Response | None:
    headers = Headers(scope=scope)
    length = headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > MAX_BODY_SIZE:
        if "text/html" in headers.get("Accept", ""):
            language = language_by(headers.get("Accept-Language", ""), usual="el")
            return page("problem.html", language, status=413, code="too_large", reference="")
        return JSONResponse({"code": "too_large"}, 413)
    if len(scope["query_string"]) > MAX_QUERY_LENGTH:
        return JSONResponse({"code": "too_long"}, 414)
    return None
