"""What the routes of the API are given: who asks, counted and let in."""

from dataclasses import dataclass
from typing import Any

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict

from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Anonymous
from dimoslive.http.dependencies import ContextDep
from dimoslive.http.public_v1.quotas import PUBLIC, count_request
from dimoslive.ports import RequestQuota


class Parameters(BaseModel):
    """The parameters of a route; it takes no others. A route without any takes this."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class _ForAnyone:
    permission: Permission
    quota: RequestQuota

    async def __call__(self, request: Request, context: ContextDep) -> Anonymous:
        await count_request(request, context, self.quota, request.state.address)
        return Anonymous()


def for_anyone(permission: Permission, quota: RequestQuota = PUBLIC) -> Any:
    """A dependency of a route for anybody: counts by the address."""
    if not can(Anonymous(), permission):
        raise ValueError(f"a route for anyone names {permission}, which not everybody has")
    return Depends(_ForAnyone(permission, quota))
