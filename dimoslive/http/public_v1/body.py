"""The body of a request: JSON, of a size that anybody needs, and nothing in it that could not be stored."""

import json
from typing import Any, NoReturn

from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope

from dimoslive.http.public_v1.problems import ApiProblem, problem_at

MAX_SIZE = 64 * 1024
_MAX_DEPTH = 20


async def read_json(scope: Scope, receive: Receive) -> Receive:
    """Read it and look at it; what is returned gives it again. Raises `ApiProblem`."""
    headers = Headers(scope=scope)
    length = headers.get("Content-Length", "")
    if length.isdecimal() and int(length[:12]) > MAX_SIZE:
        raise ApiProblem("too_large")
    content = await _whole(receive)
    if content:
        kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise ApiProblem("unsupported_media_type")
        _check(_parsed(content), depth=0)
    is_given = False

    async def again() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": content, "more_body": False}

    return again


async def _whole(receive: Receive) -> bytes:
    content = bytearray()
    while True:
        message = await receive()
        content += message.get("body", b"")
        if len(content) > MAX_SIZE:
            raise ApiProblem("too_large")
        if message["type"] != "http.request" or not message.get("more_body", False):
            return bytes(content)


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise ApiProblem("malformed_json") from None


def _refuse(_constant: str) -> NoReturn:
    raise ValueError("no number of JSON")


def _check(value: Any, depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise problem_at("body", "invalid_value")
    if isinstance(value, str):
        if "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
            raise problem_at("body", "invalid_value", "not_text")
    elif isinstance(value, list):
        for one in value:
            _check(one, depth + 1)
    elif isinstance(value, dict):
        for name, one in value.items():
            _check(name, depth)
            _check(one, depth + 1)
