"""Many who want the same at the same moment."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from multiprocessing import get_context
from threading import Barrier
from typing import TypeVar

from dimoslive.db.engine import make_engine
from dimoslive.domain.errors import DomainError
from dimoslive.domain.people.principals import Citizen
from dimoslive.services.draft.hold_slot import hold_slot
from tests.support.clock import FrozenClock
from tests.support.database import context_for
from tests.support.world import NOW

Result = TypeVar("Result")

PATIENCE = 120
"""Seconds after which a test says that it hangs."""


def at_once(jobs: Iterable[Callable[[], Result]]) -> list[Result | DomainError]:
    """What each of the jobs returned, or how it was refused; any other error is the test's. All begin together."""
    waiting = list(jobs)
    together = Barrier(len(waiting))

    def run(job: Callable[[], Result]) -> Result | DomainError:
        together.wait(PATIENCE)
        try:
            return job()
        except DomainError as refusal:
            return refusal

    with ThreadPoolExecutor(len(waiting)) as pool:
        return [result.result(PATIENCE) for result in [pool.submit(run, job) for job in waiting]]


def in_processes(url: str, groups: Sequence[Sequence[Citizen]], starts: Sequence[datetime]) -> list[list[str]]:
    """Each group in a process of its own, each citizen of it in a thread: the codes of their refusals, or ``held``.

    The citizen with number n wants the n-th of the times, counted round.
    """
    context = get_context("spawn")
    together = context.Barrier(len(groups))
    with context.Pool(len(groups), initializer=_begin_together, initargs=(together,)) as pool:
        results = [pool.apply_async(_hold_all, (url, group, starts)) for group in groups]
        return [result.get(PATIENCE) for result in results]


def _begin_together(together: Barrier) -> None:
    # Processes take long to start; the first must not be done before the last begins.
    together.wait(PATIENCE)


def _hold_all(url: str, citizens: Sequence[Citizen], starts: Sequence[datetime]) -> list[str]:
    engine = make_engine(url)
    context = context_for(engine, FrozenClock(NOW))

    def job(citizen: Citizen, starts_at: datetime) -> Callable[[], str]:
        def hold() -> str:
            hold_slot(context, citizen, starts_at)
            return "held"

        return hold

    outcomes = at_once(job(citizen, starts[number % len(starts)]) for number, citizen in enumerate(citizens))
    engine.dispose()
    return [outcome if isinstance(outcome, str) else outcome.code for outcome in outcomes]
