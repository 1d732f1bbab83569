"""Every route is open to the street: each names the permission that it is for."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import APIRouter, Depends, FastAPI
from fastapi.dependencies.models import Dependant
from starlette.responses import Response
from starlette.routing import BaseRoute

from dimoslive.domain.people.permissions import Permission
from dimoslive.http.app import make_api
from dimoslive.http.dependencies import for_anyone
from dimoslive.settings import Settings
from tests.http.site import development, production
from tests.support.world import Town


def every_route(routes: list[BaseRoute]) -> Iterator[Any]:
    """Those of included routers too."""
    for route in routes:
        if hasattr(route, "effective_route_contexts"):
            # Of a socket's route the context knows neither the path nor the dependencies.
            yield from (context.starlette_route or context for context in route.effective_route_contexts())
        else:
            yield route


def named(dependant: Dependant | None) -> set[Permission]:
    """What a route's dependencies say that it is for."""
    if dependant is None:
        return set()
    own = getattr(dependant.call, "permission", None)
    below = [named(dependency) for dependency in dependant.dependencies]
    return set[Permission]().union(*below) | ({own} if isinstance(own, Permission) else set())


def permissions_of(api: FastAPI) -> dict[str, set[Permission]]:
    """Each route and what it names."""
    found: dict[str, set[Permission]] = {}
    for route in every_route(api.routes):
        name = f"{','.join(sorted(getattr(route, 'methods', None) or {'WS'}))} {route.path}"
        found[name] = named(getattr(route, "dependant", None))
    return found


def our_api(town: Town, settings: Settings) -> FastAPI:
    api: Any = make_api(town.context, settings)
    return next(route.app for route in api.routes if isinstance(route.app, FastAPI))


@pytest.mark.parametrize("is_production", [True, False])
def test_every_route_names_one_permission(town: Town, tmp_path: Path, is_production: bool) -> None:
    found = permissions_of(our_api(town, production() if is_production else development(tmp_path)))
    assert {name for name, permissions in found.items() if len(permissions) != 1} == set()
    assert found["GET /api/bookings/{reference}/calendar.ics"] == {Permission.VIEW_BOOKING}
    assert found["POST /auth/staff/sign-out"] == {Permission.SIGN_IN}
    assert found["WS /api/meetings/socket"] == {Permission.JOIN_MEETING}
    assert ("GET /dev/mailbox/{key}" in found) is not is_production
    assert len(found) > (15 if is_production else 22)


def test_a_route_without_a_permission_is_found() -> None:
    router, api = APIRouter(prefix="/inner"), FastAPI(openapi_url=None)

    async def answer() -> None:
        """Nothing."""

    router.add_api_route("/careless", answer, dependencies=[Depends(answer)])
    router.add_api_route("/careful", answer, dependencies=[for_anyone(Permission.VIEW_PUBLIC)])
    api.include_router(router)
    api.add_route("/plain", lambda _: Response())
    assert [name for name, permissions in permissions_of(api).items() if not permissions] == [
        "GET /inner/careless",
        "GET,HEAD /plain",
    ]


def test_a_route_for_anyone_names_nothing_that_only_some_may() -> None:
    with pytest.raises(ValueError, match="book"):
        for_anyone(Permission.BOOK)
