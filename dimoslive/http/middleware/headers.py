"""The headers of every answer, the prerendered pages' too, and the sizes beyond which requests are refused."""

from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dimoslive.settings import Settings

MAX_BODY_SIZE = 1024 * 1024
MAX_QUERY_LENGTH = 8192

_YEAR = 365 * 24 * 3600


def with_headers(settings: Settings) -> Callable[[ASGIApp], ASGIApp]:
    """A wrapper for a whole ASGI app. A header that the app set itself stays as it is."""
    fixed = _fixed_headers(settings)
    return lambda app: _WithHeaders(RequestBodyLimitMiddleware(app, MAX_BODY_SIZE), fixed)


class _WithHeaders:
    def __init__(self, app: ASGIApp, fixed: dict[str, str]) -> None:
        self._app = app
        self._fixed = fixed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._fixed.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", _caching(scope["path"], message["status"]))
            await send(message)

        app = _refusal(scope) or self._app
        await app(scope, receive, send_with_headers)


def _refusal(scope: Scope) -> Response | None:
    """What is known to be too large before it is read; a body without a length is counted as it comes."""
    length = Headers(scope=scope).get("Content-Length", "")
    if length.isdecimal() and int(length) > MAX_BODY_SIZE:
        return JSONResponse({"code": "too_large"}, 413)
    if len(scope["query_string"]) > MAX_QUERY_LENGTH:
        return JSONResponse({"code": "too_long"}, 414)
    return None


def _fixed_headers(settings: Settings) -> dict[str, str]:
    headers = {
        "Content-Security-Policy": _content_policy(settings),
        "X-Content-Type-Options": "nosniff",
        # Addresses of mails' links carry tokens: no other site may learn them. With "no-referrer" browsers would
        # leave the origin out of our own forms, by which the sign-out knows them.
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(self), microphone=(self), display-capture=(), geolocation=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    return headers | ({"Strict-Transport-Security": f"max-age={_YEAR}"} if settings.is_production else {})


def _content_policy(settings: Settings) -> str:
    ways = [settings.gsis_base_url if settings.identity == "gsis" else settings.public_url, settings.oidc_issuer]
    providers = " ".join(_origin(url) for url in ways if url)
    rules = {
        "default-src": "'self'",
        # Reflex's prerendered pages carry scripts of their own, whose hashes change with each build.
        "script-src": "'self' 'unsafe-inline'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data:",
        # Some browsers do not count a socket to the same host as 'self'.
        "connect-src": f"'self' {_origin(settings.public_url).replace('http', 'ws', 1)}",
        "frame-ancestors": "'none'",
        "base-uri": "'self'",
        # The forms of sign-in and sign-out lead on to the provider, and browsers check the way too.
        "form-action": f"'self' {providers}",
        "object-src": "'none'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _caching(path: str, status: int) -> str:
    """Names under ``/assets/`` carry a hash of the content, and fonts never change."""
    is_fixed = path.startswith("/assets/") or path.endswith(".woff2")
    return f"public, max-age={_YEAR}, immutable" if is_fixed and status in (200, 206, 304) else "no-cache"
