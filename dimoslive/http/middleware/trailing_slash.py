"""Addresses of pages as people write them, without a slash at the end."""

from collections.abc import Callable, Iterable

from starlette.types import ASGIApp, Receive, Scope, Send


def with_plain_addresses(pages: Iterable[str]) -> Callable[[ASGIApp], ASGIApp]:
    """Serve a prerendered page at ``/faq`` itself: its folder would else answer with a redirect to ``/faq/`` first."""
    folders = frozenset(path for path in pages if path != "/" and "[" not in path)

    def wrap(app: ASGIApp) -> ASGIApp:
        async def serve(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http" and scope["path"] in folders:
                path = scope["path"] + "/"
                scope = dict(scope) | {"path": path, "raw_path": path.encode()}
            await app(scope, receive, send)

        return serve

    return wrap
