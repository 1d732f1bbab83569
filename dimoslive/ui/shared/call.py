"""From the event loop to the services: database work runs in threads, so one slow query halts nobody else."""

import asyncio
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar

from dimoslive.context import AppContext

P = ParamSpec("P")
T = TypeVar("T")

KNOWN_FOR = timedelta(seconds=5)
"""What anybody may see is the same for all who ask within this time."""
_MAX_KNOWN = 500
TOGETHER_FOR = 0.3
"""Seconds for which a reading is one for all who heard of the same news. No page asks sooner after it heard of them
(``GATHER_MS`` in ``day_listening.ts``): whatever it heard of was there when the reading began.
"""

_configured: list[AppContext] = []
_known: dict[tuple[object, ...], tuple[datetime, asyncio.Future]] = {}
_together: dict[Hashable, tuple[float, asyncio.Future]] = {}


def configure(context: AppContext) -> None:
    """Give the pages their services; the app module does this once."""
    _configured[:] = [context]
    _known.clear()
    _together.clear()


def context() -> AppContext:
    """What `configure` was given."""
    return _configured[0]


async def call(service: Callable[Concatenate[AppContext, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a service in a thread."""
    return await asyncio.to_thread(service, context(), *args, **kwargs)


async def call_public(service: Callable[Concatenate[AppContext, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The same, for what is nobody's in particular: asked for by many at once, it is read once."""
    question, now = (service, *args, *kwargs.items()), context().clock.now()
    asked_at, answer = _known.get(question, (now, None))
    if answer is None or not timedelta(0) <= now - asked_at < KNOWN_FOR or _has_failed(answer):
        if len(_known) >= _MAX_KNOWN:
            _known.clear()
        answer = asyncio.ensure_future(call(service, *args, **kwargs))
        _known[question] = now, answer
    # Whoever asked first may leave: the others wait on.
    return await asyncio.shield(answer)


async def call_together(
    key: Hashable, service: Callable[Concatenate[AppContext, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """The same, for what many read at once because they heard of the same news; ``key`` is what they see alike."""
    now = context().clock.monotonic()
    for old in [old for old, (began, _) in _together.items() if now - began >= TOGETHER_FOR]:
        del _together[old]
    _, answer = _together.get(key, (now, None))
    if answer is None or _has_failed(answer):
        answer = asyncio.ensure_future(call(service, *args, **kwargs))
        _together[key] = now, answer
    return await asyncio.shield(answer)


def forget_public() -> None:
    """What is asked from now on is read anew."""
    _known.clear()


def _has_failed(answer: asyncio.Future) -> bool:
    return answer.done() and (answer.cancelled() or answer.exception() is not None)
