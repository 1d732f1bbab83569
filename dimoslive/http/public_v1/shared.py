"""One computation serves all who ask the same within a moment."""

import asyncio
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from dimoslive.http.public_v1.problems import ApiProblem
from dimoslive.ports import Clock

Answer = TypeVar("Answer")
_MAX_KEPT = 500


class Known(NamedTuple, Generic[Answer]):
    """An answer, and until when it may be given, by the clock that goes on evenly."""

    answer: Answer
    until: float


@dataclass(frozen=True, slots=True)
class _Kept(Generic[Answer]):
    began_at: float
    answer: "asyncio.Future[Answer]"


class Shared(Generic[Answer]):
    """Answers by question, kept for ``seconds`` from the moment at which their computation begins.

    Of computations ``at_once`` run; who asks for one more is told that we are busy.
    """

    def __init__(self, clock: Clock, seconds: float, at_once: int = 40) -> None:
        self._clock, self._seconds, self._at_once = clock, seconds, at_once
        self._kept: dict[Hashable, _Kept[Answer]] = {}
        self._running = 0

    async def get(self, question: Hashable, compute: Callable[..., Answer], *args: Any) -> Known[Answer]:
        """The answer that is known, or ``compute(*args)`` in a thread."""
        now = self._clock.monotonic()
        kept = self._kept.get(question)
        if kept is None or not 0 <= now - kept.began_at < self._seconds or _has_failed(kept.answer):
            if self._running >= self._at_once:
                raise ApiProblem("busy", headers={"Retry-After": "1"})
            self._make_room(now)
            self._running += 1
            kept = _Kept(now, asyncio.ensure_future(self._compute(compute, args)))
            self._kept[question] = kept
        # Whoever asked first may leave: the others wait on.
        return Known(await asyncio.shield(kept.answer), kept.began_at + self._seconds)

    async def _compute(self, compute: Callable[..., Answer], args: tuple[Any, ...]) -> Answer:
        try:
            return await asyncio.to_thread(compute, *args)
        finally:
            self._running -= 1

    def _make_room(self, now: float) -> None:
        if len(self._kept) >= _MAX_KEPT:
            self._kept = {
                question: kept for question, kept in self._kept.items() if now - kept.began_at < self._seconds
            }
        if len(self._kept) >= _MAX_KEPT:
            self._kept.clear()


def _has_failed(answer: "asyncio.Future[Any]") -> bool:
    return answer.done() and (answer.cancelled() or answer.exception() is not None)
