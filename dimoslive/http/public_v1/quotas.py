"""How often the API may be asked, and how answers say so."""

from fastapi import Request
from starlette.types import Scope

from dimoslive.context import AppContext
from dimoslive.http.public_v1.problems import ApiProblem
from dimoslive.ports import CountedRequest, RequestQuota

PUBLIC = RequestQuota("public", 600, 60)
TIMES = RequestQuota("times", 240, 60)
KEY_READS = RequestQuota("key-reads", 300, 60)
KEY_WRITES = RequestQuota("key-writes", 60, 60)
WRONG_KEYS = RequestQuota("wrong-keys", 20, 600)
"""Of an address that guesses."""


async def count_request(request: Request, context: AppContext, quota: RequestQuota, who: str) -> None:
    """Count a request of an address or a key; raises a problem for one too many. The answer says what is left."""
    await count_in(request.scope, context, quota, who)


async def count_in(scope: Scope, context: AppContext, quota: RequestQuota, who: str) -> None:
    """The same by the request's scope."""
    counted = await context.request_limiter.count(quota, who)
    scope["state"]["counted"] = quota, counted
    if not counted.is_allowed:
        raise ApiProblem("too_many_requests", headers={"Retry-After": str(counted.more_in)})


def limit_headers(quota: RequestQuota, counted: CountedRequest) -> dict[str, str]:
    """The policy, and what is left of it."""
    return {
        "RateLimit-Policy": f'"{quota.name}";q={quota.requests};w={quota.seconds}',
        "RateLimit": f'"{quota.name}";r={max(0, counted.left)};t={counted.more_in}',
    }
