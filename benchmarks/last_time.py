"""Many at once: for the last place only one gets it; for different times how many are booked in a second."""

import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from threading import Barrier

from sqlmodel import select

from benchmarks.floor import Floor, month_starts
from benchmarks.report import Row
from benchmarks.run import Run
from benchmarks.town import Town, a_town, month_instants
from dimoslive.db.engine import reading
from dimoslive.db.tables.outbox import OutboxRow
from dimoslive.domain.errors import SlotTaken
from dimoslive.domain.people.principals import Citizen
from dimoslive.services.booking.confirm_booking import confirm_booking
from dimoslive.services.draft.hold_slot import hold_slot
from tests.support.clock import FrozenClock
from tests.support.database import Databases
from tests.support.world import NOW, confirmation

BOOKED, TAKEN = "booked", "taken"


def last_time(run: Run) -> Iterator[Row]:
    """On each database."""
    clients, rounds = (20, 1) if run.quick else (200, 3)
    for name, databases in run.databases.items():
        run.say(f"{clients} clients, {name}")
        outcomes, _ = _same_time(databases, clients)
        yield Row(
            f"{clients} clients at once for the last time, {name}",
            ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items())),
            f"1 {BOOKED}, {clients - 1} {TAKEN}",
            outcomes == {BOOKED: 1, TAKEN: clients - 1},
        )
        ours = [_different_times(databases, clients) for _ in range(rounds)]
        floor = statistics.median(_floor(databases, clients, is_durable=True) for _ in range(rounds))
        hasty = statistics.median(_floor(databases, clients, is_durable=False) for _ in range(rounds))
        outcomes, rate = sum((found for found, _ in ours), Counter()), statistics.median(rate for _, rate in ours)
        yield Row(
            f"{clients} clients at once for {clients} times, hold and confirm, mail queued, {name}",
            f"{outcomes[BOOKED]} of {clients * rounds}, {rate:.0f} a second; 1/{floor / rate:.1f} of a floor that "
            f"waits for the disk, {floor:.0f}; 1/{hasty / rate:.1f} of one that does not, {hasty:.0f}",
            "all, ≥ 1/8 of the floor with durable commits",
            outcomes == {BOOKED: clients * rounds} and rate >= floor / 8,
        )


def _same_time(databases: Databases, clients: int) -> tuple[Counter[str], float]:
    town = a_town(databases.migrated(), FrozenClock(NOW), desks=1)
    start = month_instants()[0]
    return _at_once([partial(_book, town, citizen, start) for citizen in town.citizens(clients)])


def _different_times(databases: Databases, clients: int) -> tuple[Counter[str], float]:
    town = a_town(databases.migrated(), FrozenClock(NOW), desks=1)
    citizens = town.citizens(clients)
    starts = month_instants()[:clients]
    found = _at_once([partial(_book, town, *pair) for pair in zip(citizens, starts, strict=True)])
    with reading(town.context.db) as tx:
        assert len(tx.exec(select(OutboxRow)).all()) == found[0][BOOKED], "a booking without its mail"
    town.context.db.dispose()
    return found


def _floor(databases: Databases, clients: int, *, is_durable: bool) -> float:
    floor = Floor(databases.empty(), 0, is_durable=is_durable)

    def book(start: datetime) -> str:
        return BOOKED if floor.book(start) else TAKEN

    outcomes, rate = _at_once([partial(book, start) for start in month_starts()[:clients]])
    assert outcomes == {BOOKED: clients}
    floor.engine.dispose()
    return rate


def _book(town: Town, citizen: Citizen, start: datetime) -> str:
    try:
        hold = hold_slot(town.context, citizen, start)
        confirm_booking(town.context, citizen, confirmation(hold))
    except SlotTaken:
        return TAKEN
    return BOOKED


def _at_once(clients: Sequence[Callable[[], str]]) -> tuple[Counter[str], float]:
    """What became of the clients, each in a thread of its own, and how many were served in a second."""
    barrier = Barrier(len(clients) + 1)

    def start(client: Callable[[], str]) -> str:
        barrier.wait()
        try:
            return client()
        except Exception as problem:  # noqa: BLE001  # any other end is a finding, to be counted
            return type(problem).__name__

    with ThreadPoolExecutor(len(clients)) as threads:
        ends = [threads.submit(start, client) for client in clients]
        barrier.wait()
        begun = time.perf_counter()
        outcomes = Counter(end.result() for end in ends)
        return outcomes, len(clients) / (time.perf_counter() - begun)
