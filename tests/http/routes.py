"""Every route of the API and the permission that it names, for the tests that walk them all."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from starlette.routing import BaseRoute

from dimoslive.domain.people.permissions import Permission
from dimoslive.http.app import make_api
from dimoslive.http.embed.known import FramesKnown
from dimoslive.http.public_v1.app import describable_api
from dimoslive.settings import Settings
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
    api: Any = make_api(town.context, settings, FramesKnown(town.context))
    return next(route.app for route in api.routes if isinstance(route.app, FastAPI))


def all_permissions(town: Town, settings: Settings) -> dict[str, set[Permission]]:
    """Those of the site's own addresses and those of the API for programs of others."""
    return permissions_of(our_api(town, settings)) | permissions_of(describable_api(town.context, settings))
