"""The headers of every answer, the prerendered pages' too."""

from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dimoslive.settings import Settings

_YEAR = 365 * 24 * 3600


class ResponseHeadersMiddleware:
    """What keeps pages safe and says how long they may be kept. A header that the app set itself stays as it is."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._fixed = fixed_headers(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add what the answer does not say itself."""
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

        await self._app(scope, receive, send_with_headers)


def fixed_headers(settings: Settings) -> dict[str, str]:
    """What keeps any answer safe."""
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
