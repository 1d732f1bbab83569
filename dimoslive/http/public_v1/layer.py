"""Around the whole API: what each request must keep to before anything is asked, and what each answer carries.

It stands outside of everything else, because the framework of the pages adds headers of its own to all that it passes.
"""

import logging
import re
from http import HTTPStatus
from itertools import count
from secrets import token_hex
from urllib.parse import unquote_to_bytes

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dimoslive.context import AppContext
from dimoslive.domain.people.client_address import client_address
from dimoslive.http.middleware.response_headers import fixed_headers
from dimoslive.http.negotiation import JSON, accepts_one
from dimoslive.http.public_v1.answers import Answer
from dimoslive.http.public_v1.body import read_json
from dimoslive.http.public_v1.problems import ApiProblem, answer, problem_at
from dimoslive.http.public_v1.quotas import PUBLIC, count_in, limit_headers
from dimoslive.http.public_v1.route_table import KnownRoute, RouteTable
from dimoslive.ports import RequestQuota
from dimoslive.settings import Settings

MAX_QUERY_LENGTH = 8192
_MAX_ANSWERS = 500
WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}", re.ASCII)
_FOR_ANY_ORIGIN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
_log = logging.getLogger(__name__)


class ApiLayer:
    """The API, as it is met from outside."""

    def __init__(self, api: FastAPI, context: AppContext, settings: Settings) -> None:
        self._api: ASGIApp = api
        self._table = RouteTable(api)
        self._context, self._proxies = context, settings.trusted_proxies
        self._answers: dict[tuple[str, bytes], tuple[RequestQuota, Answer]] = {}
        # Random numbers for each request would cost more than all else here.
        self._process, self._numbers = token_hex(8), count()
        kept = fixed_headers(settings) | {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
        for name in ("Permissions-Policy", "Cross-Origin-Opener-Policy"):
            # They are about pages.
            del kept[name]
        self._fixed = [(name.lower().encode(), value.encode()) for name, value in kept.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        route = self._table.find(scope["path"])
        method, is_head = scope["method"], scope["method"] == "HEAD"
        state = {
            "request_id": self._request_id(scope),
            "public_url": self._context.public_url,
            "address": client_address(scope, self._proxies),
        }
        scope = dict(scope) | {
            "method": "GET" if is_head else method,
            "state": {**scope.get("state", {}), **state},
        }
        answer_with = self._with_headers(scope, send, route, is_head=is_head)
        await self._answer(scope, receive, answer_with, route, method)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, route: KnownRoute | None, method: str) -> None:
        has_begun = False

        async def noting(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            if (preflight := _preflight(scope, route, method)) is not None:
                await preflight(scope, receive, noting)
                return
            _check(scope, route, method)
            if method in WITH_BODY:
                receive = await read_json(scope, receive)
            await (await self._given(scope) or self._api)(scope, receive, noting)
            self._keep(scope)
        except ApiProblem as problem:
            await answer(scope, problem)(scope, receive, noting)
        except Exception:  # noqa: BLE001  # whatever it is, it is answered and written down
            # The address stays out of the log: it may name a booking.
            _log.exception("request failed, reference %s", scope["state"]["request_id"])
            if not has_begun:
                await answer(scope, ApiProblem("unexpected"))(scope, receive, noting)

    def _with_headers(self, scope: Scope, send: Send, route: KnownRoute | None, *, is_head: bool) -> Send:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = await self._limits(scope) | {"X-Request-Id": scope["state"]["request_id"]}
                in_a_language = any(name == b"content-language" for name, _ in message["headers"])
                headers["Vary"] = "Accept-Encoding, Accept-Language" if in_a_language else "Accept-Encoding"
                if route is not None and route.is_public:
                    headers |= _FOR_ANY_ORIGIN
                own = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
                message = {**message, "headers": [*message["headers"], *self._fixed, *own]}
            elif is_head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        return send_with_headers

    async def _limits(self, scope: Scope) -> dict[str, str]:
        """What no route has counted is counted as a public read."""
        counted = scope["state"].get("counted")
        if counted is None:
            counted = PUBLIC, await self._context.request_limiter.count(PUBLIC, scope["state"]["address"])
        return limit_headers(*counted)

    async def _given(self, scope: Scope) -> Response | None:
        """What was answered a moment ago to the same question."""
        if scope["method"] != "GET":
            return None
        found = self._answers.get((scope["path"], scope["query_string"]))
        if found is None or found[1].until <= self._context.clock.monotonic():
            return None
        quota, answered = found
        await count_in(scope, self._context, quota, scope["state"]["address"])
        return answered.response(Headers(scope=scope))

    def _keep(self, scope: Scope) -> None:
        """For whoever asks the same in the next moment: it needs no route to answer."""
        answered = scope["state"].get("answer")
        if isinstance(answered, Answer):
            if len(self._answers) >= _MAX_ANSWERS:
                self._answers.clear()
            self._answers[scope["path"], scope["query_string"]] = scope["state"]["counted"][0], answered

    def _request_id(self, scope: Scope) -> str:
        """A proxy of ours may have given one already."""
        given = Headers(scope=scope).get("X-Request-Id", "") if self._proxies else ""
        return given if _REQUEST_ID.fullmatch(given) else f"{self._process}{next(self._numbers):016x}"


def _preflight(scope: Scope, route: KnownRoute | None, method: str) -> Response | None:
    """For a browser that asks first. Where a key is needed it is told nothing: a key has no place in a browser."""
    wanted = Headers(scope=scope).get("Access-Control-Request-Method", "")
    if method != "OPTIONS" or route is None or not route.is_public or wanted not in ("GET", "HEAD"):
        return None
    return Response(status_code=HTTPStatus.NO_CONTENT, headers=_PREFLIGHT)


def _check(scope: Scope, route: KnownRoute | None, method: str) -> None:
    """Raises what is wrong before anybody looks at what is asked for."""
    kinds = (*JSON, "text/csv") if scope["path"].endswith(".csv") else JSON
    if not accepts_one(Headers(scope=scope).get("Accept", ""), kinds):
        raise ApiProblem("not_acceptable")
    if not _is_text(scope.get("raw_path") or scope["path"].encode("utf-8", "surrogatepass")):
        raise problem_at("path", "invalid_value", "not_text")
    query = scope["query_string"]
    if len(query) > MAX_QUERY_LENGTH:
        raise problem_at("query", "invalid_value", "too_long")
    if query and not _is_text(query):
        raise problem_at("query", "invalid_value", "not_text")
    if route is None:
        raise ApiProblem("not_found")
    if method not in route.methods:
        raise ApiProblem("method_not_allowed", headers={"Allow": ", ".join(sorted(route.methods))})


def _is_text(encoded: bytes) -> bool:
    """Whether it could be stored: UTF-8 without NUL. Halves of a surrogate pair are no UTF-8."""
    try:
        return "\0" not in unquote_to_bytes(encoded).decode("utf-8")
    except UnicodeDecodeError:
        return False
