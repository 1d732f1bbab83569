"""The headers of every answer, the prerendered pages' too."""

import logging
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dimoslive.domain.settings.origins import read_origin
from dimoslive.http.embed.known import FramesKnown
from dimoslive.settings import Settings
from dimoslive.urls import WINDOW_PAGES, embedded_page

_YEAR = 365 * 24 * 3600
_SIMULATOR = "/simulator/"
_log = logging.getLogger(__name__)


class ResponseHeadersMiddleware:
    """What keeps pages safe and says how long they may be kept. A header that the app set itself stays as it is.

    Who may frame a page depends on its address: the pages of a municipality's frame may be shown by the sites that it
    has listed, and nothing else by anybody.
    """

    def __init__(self, app: ASGIApp, settings: Settings, frames: FramesKnown) -> None:
        self._app, self._frames = app, frames
        self._policy = _content_policy(settings)
        self._everywhere = _everywhere(settings)
        self._own_origin = _origin(settings.public_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add what the answer does not say itself."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        ours = await self._headers_of(scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in ours.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", _caching(scope["path"], message["status"]))
            await send(message)

        await self._app(scope, receive, send_with_headers)

    async def _headers_of(self, scope: Scope) -> Mapping[str, str]:
        path: str = scope["path"]
        page = embedded_page(path)
        if page and page not in WINDOW_PAGES:
            return self._everywhere | _IN_A_FRAME | self._policy_for(await self._ancestors(scope))
        nobody = self._everywhere | _ON_THE_SITE | self._policy_for("'none'") | {"X-Frame-Options": "DENY"}
        if page or path.startswith(_SIMULATOR):
            # The frame that opened the window waits for it: any other policy would cut the two apart.
            return nobody | {"Cross-Origin-Opener-Policy": "unsafe-none"}
        return nobody

    async def _ancestors(self, scope: Scope) -> str:
        """The sites that may show this municipality's frame; nobody if they cannot be read."""
        slug = parse_qs(scope["query_string"].decode("latin-1")).get("m", [""])[0]
        try:
            listed = await self._frames.origins.of(slug)
        except Exception:  # noqa: BLE001  # without the database no page is shown to whoever might not be listed
            _log.exception("who may frame a page cannot be read")
            return "'none'"
        headers = Headers(scope=scope)
        asking = read_origin(headers.get("Referer", ""))
        if headers.get("Sec-Fetch-Dest") == "iframe" and asking not in ("", self._own_origin):
            self._frames.see(slug, asking, listed)
        return " ".join(["'self'", *listed]) if listed else "'none'"

    def _policy_for(self, ancestors: str) -> dict[str, str]:
        return {"Content-Security-Policy": f"{self._policy}; frame-ancestors {ancestors}"}


_ON_THE_SITE = {
    # Addresses of mails' links carry tokens: no other site may learn them. With "no-referrer" browsers would
    # leave the origin out of our own forms, by which the sign-out knows them.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), display-capture=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_IN_A_FRAME = {
    "Referrer-Policy": "strict-origin",
    # A meeting is never held in a frame.
    "Permissions-Policy": "camera=(), microphone=(), display-capture=(), geolocation=()",
    "Cross-Origin-Resource-Policy": "cross-origin",
    # A site that asks this of its frames would show none without. "require-corp" would keep our own script from those
    # in a sandbox, for whom all is of another origin.
    "Cross-Origin-Embedder-Policy": "credentialless",
}


def fixed_headers(settings: Settings) -> dict[str, str]:
    """What keeps an answer safe that is no page: nobody may frame it."""
    policy = {"Content-Security-Policy": f"{_content_policy(settings)}; frame-ancestors 'none'"}
    return _everywhere(settings) | _ON_THE_SITE | policy | {"X-Frame-Options": "DENY"}


def _everywhere(settings: Settings) -> dict[str, str]:
    return {"X-Content-Type-Options": "nosniff"} | (
        {"Strict-Transport-Security": f"max-age={_YEAR}"} if settings.is_production else {}
    )


def _content_policy(settings: Settings) -> str:
    """All but who may frame it."""
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
