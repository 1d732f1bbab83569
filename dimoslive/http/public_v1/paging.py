"""Lists that are longer than an answer: a signed place to go on from, good for a day and for the same question."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any, Generic, NamedTuple, TypeVar
from urllib.parse import urlencode

from fastapi import Request

from dimoslive.context import AppContext
from dimoslive.http.public_v1.problems import problem_at

One = TypeVar("One")
GOOD_FOR = timedelta(hours=24)
MAX_CURSOR_LENGTH = 500


class Page(NamedTuple, Generic[One]):
    """Some of a list, and where it goes on; empty at its end."""

    items: Sequence[One]
    next_cursor: str


def write_cursor(context: AppContext, after: Sequence[Any], question: Mapping[str, object]) -> str:
    """``after`` is the sort key of the last thing sent, plain values of JSON; ``question`` what the list was asked by.

    What a later page of the same question may change, such as ``limit``, is no part of it.
    """
    expires = int((context.clock.now() + GOOD_FOR).timestamp())
    return context.seal.sign_cursor([_hash_of(question), expires, *after])


def read_cursor(context: AppContext, cursor: str, question: Mapping[str, object]) -> list[Any]:
    """The sort key to go on after; raises a problem for one that is forged, too old, or of another question."""
    place = context.seal.read_cursor(cursor)
    if place is None or len(place) < 3 or place[0] != _hash_of(question):
        raise problem_at("query.cursor", "cursor_invalid")
    if place[1] < context.clock.now().timestamp():
        raise problem_at("query.cursor", "cursor_invalid")
    return place[2:]


def page_of(
    context: AppContext,
    items: Sequence[One],
    key: Callable[[One], list[Any]],
    question: Mapping[str, object],
    cursor: str | None,
    limit: int,
) -> Page[One]:
    """A page of a list that is sorted by ``key`` and all there."""
    after = read_cursor(context, cursor, question) if cursor else None
    rest = items if after is None else [one for one in items if key(one) > after]
    page = rest[:limit]
    return Page(page, write_cursor(context, key(page[-1]), question) if len(rest) > limit else "")


def links_to_next(request: Request, public_url: str, cursor: str) -> dict[str, str]:
    """The header that names the next page, where there is one."""
    if not cursor:
        return {}
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    return {"Link": f'<{public_url}{request.url.path}?{urlencode([*query, ("cursor", cursor)])}>; rel="next"'}


def _hash_of(question: Mapping[str, object]) -> str:
    return sha256(json.dumps(question, sort_keys=True, default=str).encode()).hexdigest()[:16]
