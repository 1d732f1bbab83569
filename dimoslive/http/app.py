"""The HTTP side beside the pages: sign-in, health, public JSON, calendar files, and what is for development."""

from functools import cache

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Route, WebSocketRoute

from dimoslive.bootstrap import SIMULATOR_CLIENT
from dimoslive.context import AppContext
from dimoslive.domain.errors import DomainError
from dimoslive.domain.people.permissions import Permission
from dimoslive.http import health, search_engines
from dimoslive.http.auth import sign_in
from dimoslive.http.dependencies import for_anyone
from dimoslive.http.desk import calls_file, export, figures_file, live, print_page
from dimoslive.http.dev import embedding, import_files, mailbox
from dimoslive.http.embed import check, first_page, script, session, window
from dimoslive.http.embed.known import FramesKnown
from dimoslive.http.feeds import calendar_file as calendars
from dimoslive.http.feeds import desk_feed
from dimoslive.http.figures import days_page
from dimoslive.http.imports import routes as imports
from dimoslive.http.meeting import routes as meetings
from dimoslive.http.problems import answer_http_error, answer_malformed, answer_refusal, answer_unexpected
from dimoslive.http.public_v1 import crests, docs_page, picker, problem_pages
from dimoslive.http.public_v1.kept import Kept
from dimoslive.http.settings import closures_file, crest, history_file
from dimoslive.integrations.identity.simulator import simulator_router
from dimoslive.services.identity.auth_realm import CITIZENS, STAFF
from dimoslive.settings import Settings
from dimoslive.urls import EMBED, EMBED_CHECK, EMBED_SCRIPT

OURS = ("/api", "/auth", "/feeds", "/dev", "/simulator")
"""The first words of our addresses; all others are left to the pages."""

EMBEDDED = (
    *first_page.SERVICES, *window.SIGN_IN, *window.RETURN, *window.GO_ON,
    *(f"{EMBED}/{name}" for name in ("probe", "session", "sign-out", "calendar.ics")),
)  # fmt: skip
"""Ours too; the steps beside them are pages."""


def make_api(context: AppContext, settings: Settings, frames: FramesKnown) -> Starlette:
    """An app for Reflex to mount its own into."""
    api = FastAPI(
        title="myDimosLive",
        version="1",
        # None of these is for others; what is, has an application of its own.
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        # Such a redirect would name whatever host the request claims to be for.
        redirect_slashes=False,
        exception_handlers={
            DomainError: answer_refusal,
            HTTPException: answer_http_error,
            RequestValidationError: answer_malformed,
            Exception: answer_unexpected,
        },
        # A copy: some add to it.
        routes=[*_routes()],
    )
    api.state.context, api.state.settings = context, settings
    api.state.kept, api.state.frames = Kept(context), frames
    if context.staff_openid is not None:
        api.include_router(sign_in.staff_openid_router)
    if not settings.is_production:
        _add_development_routes(api, context, settings)
    # Within one app Reflex's, mounted for all paths, would answer our wrong methods and unknown addresses.
    pages = [Route(f"{prefix}/{{path:path}}", api) for prefix in OURS]
    framed = (*EMBEDDED, EMBED_SCRIPT, script.PINNED, EMBED_CHECK)
    ours = (*print_page.PATHS, *search_engines.PATHS, *days_page.PATHS, *framed)
    pages += [Route(path, api) for path in ours]
    return Starlette(routes=[*pages, WebSocketRoute("/api/{path:path}", api)])


@cache
def _routes() -> list[BaseRoute]:
    """What every application of the process has: to look at all their parameters takes longer than all else here."""
    together = APIRouter()
    for module in (
        *(health, sign_in, picker, crests, docs_page, problem_pages, search_engines),
        *(calendars, desk_feed, meetings, live, export, calls_file, figures_file, print_page),
        *(imports, crest, history_file, closures_file),
        *(first_page, window, session, script, check, days_page),
    ):
        together.include_router(module.router)
    together.include_router(sign_in.staff_router)
    return together.routes


def _add_development_routes(api: FastAPI, context: AppContext, settings: Settings) -> None:
    api.include_router(import_files.router)
    api.include_router(embedding.router)
    if settings.mail == "mailbox":
        api.include_router(mailbox.router)
    if settings.identity == "simulator":
        callbacks = [settings.public_url + realm.callback for realm in (CITIZENS, STAFF)]
        simulator = simulator_router(context.clock, settings.public_url, *SIMULATOR_CLIENT, allowed_redirects=callbacks)
        api.include_router(simulator, prefix="/simulator", dependencies=[for_anyone(Permission.SIGN_IN)])
