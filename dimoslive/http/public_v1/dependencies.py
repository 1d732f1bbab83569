"""What the routes of the API are given: who asks, counted and let in."""

import asyncio
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict

from dimoslive.domain.keys.errors import KeyUnknown
from dimoslive.domain.people.client_address import sent_from
from dimoslive.domain.people.permissions import ALLOWED, Permission, can
from dimoslive.domain.people.principals import Anonymous, ApiKey, Scope
from dimoslive.http.dependencies import ContextDep, SettingsDep
from dimoslive.http.public_v1.quotas import KEY_READS, PUBLIC, WRONG_KEYS, count_request
from dimoslive.ports import RequestQuota
from dimoslive.services.keys.find_key import find_key

_BEARER = HTTPBearer(
    scheme_name="key",
    bearerFormat="mdl_…",
    description="A key that the municipality's administrators make on their page «Κλειδιά» (Keys)",
    auto_error=False,
)
"""It says in the document that a key is asked for; who has which is found out by us."""


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


@dataclass(frozen=True, slots=True)
class _ForKey:
    permission: Permission
    quota: RequestQuota

    async def __call__(
        self,
        request: Request,
        context: ContextDep,
        settings: SettingsDep,
        _: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)],
    ) -> ApiKey:
        header = request.headers.get("Authorization", "")
        address = sent_from(request.scope, settings.trusted_proxies)
        try:
            key = await asyncio.to_thread(find_key, context, header, address, self.permission)
        except KeyUnknown:
            await count_request(request, context, WRONG_KEYS, request.state.address)
            raise
        await count_request(request, context, self.quota, f"key-{key.id}")
        return key


def for_key(permission: Permission, quota: RequestQuota = KEY_READS) -> Any:
    """A dependency that gives the route the `ApiKey` of a program; counts by the key."""
    if not ALLOWED[permission] & frozenset(Scope):
        raise ValueError(f"a route for keys names {permission}, for which there is no scope")
    return Depends(_ForKey(permission, quota))
