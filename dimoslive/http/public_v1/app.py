"""The API for programs of others, as an application of its own: `/api/v1`, described by its OpenAPI document."""

from functools import cache

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from dimoslive.context import AppContext
from dimoslive.domain.errors import DomainError
from dimoslive.http.public_v1 import (
    booking_changes,
    bookings,
    figures,
    index,
    keys,
    municipalities,
    openapi,
    services,
    set_up,
    times,
)
from dimoslive.http.public_v1.kept import Kept
from dimoslive.http.public_v1.layer import ApiLayer
from dimoslive.http.public_v1.problems import (
    ApiProblem,
    answer_http_error,
    answer_malformed,
    answer_problem,
    answer_refusal,
    answer_unexpected,
)
from dimoslive.http.public_v1.webhooks import describe_webhooks
from dimoslive.settings import Settings
from dimoslive.urls import API_V1


def describable_api(context: AppContext, settings: Settings) -> FastAPI:
    """The routes alone, without what stands around them."""
    api = FastAPI(
        title="myDimosLive",
        version="1",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        # Such a redirect would name whatever host the request claims to be for.
        redirect_slashes=False,
        exception_handlers={
            ApiProblem: answer_problem,
            DomainError: answer_refusal,
            HTTPException: answer_http_error,
            RequestValidationError: answer_malformed,
            Exception: answer_unexpected,
        },
        routes=[*_routes()],
    )
    api.state.context, api.state.settings, api.state.kept = context, settings, Kept(context)
    describe_webhooks(api)
    return api


@cache
def _routes() -> list[BaseRoute]:
    """The same for each application of the process: to look at all their parameters takes longer than all else here."""
    together = APIRouter()
    for module in (index, municipalities, services, times, figures, keys, bookings, booking_changes, set_up, openapi):
        together.include_router(module.router)
    return together.routes


def make_public_api(context: AppContext, settings: Settings) -> ApiLayer:
    """The API with its layer."""
    return ApiLayer(describable_api(context, settings), context, settings)


class ApiFirst:
    """Requests for the API go to it alone; all others to the site."""

    def __init__(self, site: ASGIApp, api: ASGIApp) -> None:
        self._site, self._api = site, api

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on."""
        is_ours = scope["type"] == "http" and (scope["path"] == API_V1 or scope["path"].startswith(f"{API_V1}/"))
        await (self._api if is_ours else self._site)(scope, receive, send)
