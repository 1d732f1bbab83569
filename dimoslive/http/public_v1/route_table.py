"""All routes of the API by their address: which methods each takes, and whether it is for anybody."""

import re
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from starlette.routing import compile_path

from dimoslive.domain.people.permissions import ALLOWED, Permission
from dimoslive.domain.people.principals import Anonymous


@dataclass(frozen=True, slots=True)
class KnownRoute:
    """An address, whatever its parameters are."""

    pattern: re.Pattern[str]
    methods: frozenset[str]
    is_public: bool


class RouteTable:
    """The routes of an application that has them all by now."""

    def __init__(self, api: FastAPI) -> None:
        methods: dict[str, set[str]] = {}
        permissions: dict[str, set[Permission]] = {}
        for route in iter_route_contexts(api.routes):
            path = route.path or ""
            methods.setdefault(path, set()).update(route.methods or ())
            permissions.setdefault(path, set()).update(_named(getattr(route, "dependant", None)))
        self._routes = [
            KnownRoute(
                compile_path(path)[0],
                frozenset(of_path | ({"HEAD"} if "GET" in of_path else set())),
                all(Anonymous in ALLOWED[permission] for permission in permissions[path]),
            )
            for path, of_path in methods.items()
        ]

    def find(self, path: str) -> KnownRoute | None:
        """The route of an address; none if there is nothing."""
        return next((route for route in self._routes if route.pattern.match(path)), None)


def _named(dependant: Dependant | None) -> set[Permission]:
    if dependant is None:
        return set()
    own = getattr(dependant.call, "permission", None)
    below = [_named(one) for one in dependant.dependencies]
    return set[Permission]().union(*below) | ({own} if isinstance(own, Permission) else set())
