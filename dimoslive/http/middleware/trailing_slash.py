"""Addresses of pages as people write them, without a slash at the end."""

from collections.abc import Iterable

from starlette.types import ASGIApp, Receive, Scope, Send


class TrailingSlashMiddleware:
    """Serve a prerendered page at ``/faq`` itself: its folder would else answer with a redirect to ``/faq/`` first."""

    def __init__(self, app: ASGIApp, pages: Iterable[str]) -> None:
        self._app = app
        self._folders = frozenset(path for path in pages if path != "/" and "[" not in path)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is asked for, at its folder."""
        if scope["type"] == "http" and scope["path"] in self._folders:
            path = scope["path"] + "/"
            scope = dict(scope) | {"path": path, "raw_path": path.encode()}
        await self._app(scope, receive, send)
