"""Every route is open to the street: each names the permission that it is for."""

from pathlib import Path

import pytest
from fastapi import APIRouter, Depends, FastAPI
from starlette.responses import Response

from dimoslive.domain.people.permissions import Permission
from dimoslive.http.dependencies import for_anyone
from tests.http.routes import all_permissions, permissions_of
from tests.http.site import development, production
from tests.support.world import Town


@pytest.mark.parametrize("is_production", [True, False])
def test_every_route_names_one_permission(town: Town, tmp_path: Path, is_production: bool) -> None:
    found = all_permissions(town, production() if is_production else development(tmp_path))
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
