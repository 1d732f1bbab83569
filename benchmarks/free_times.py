"""The free times of a month: what they cost, and that neither history nor days nor desks make them dearer."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Engine, event

from benchmarks.floor import FIRST_DAY, Floor
from benchmarks.report import Row, Times, milliseconds
from benchmarks.run import Run
from benchmarks.town import LAST_DAY, Town, a_town
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.catalogue.find_slots import FreeTimes, find_slots
from tests.support.clock import FrozenClock
from tests.support.database import Databases
from tests.support.world import NOW

COUNTS = (0, 2_000, 20_000, 200_000)
QUICK_COUNTS = (0, 200, 2_000, 20_000)


@dataclass(frozen=True)
class _Measured:
    ours: Times
    floor: Times
    queries: int

    @property
    def ratio(self) -> float:
        return self.ours.p50 / self.floor.p50


def free_times(run: Run) -> Iterator[Row]:
    """On each database, with the history growing."""
    counts = QUICK_COUNTS if run.quick else COUNTS
    for name, databases in run.databases.items():
        measured = _measure(run, databases, counts)
        for count, found in measured.items():
            is_promised = count == counts[2]
            yield Row(
                f"Free times of a month, {count:,} bookings, {name}",
                f"{found.ours}; floor {found.floor}; {found.ratio:.2f} × floor; {found.queries} queries",
                "≤ 2.5 × floor, ≤ 4 queries" if is_promised else "≤ 4 queries",
                found.queries <= 4 and (not is_promised or found.ratio <= 2.5),
            )
        few, many = counts[1], counts[3]
        growth = measured[many].ours.p50 / measured[few].ours.p50
        yield Row(f"{many:,} bookings against {few:,}, {name}", f"{growth:.2f} ×", "≤ 1.3 ×", growth <= 1.3)


def _measure(run: Run, databases: Databases, counts: tuple[int, ...]) -> dict[int, _Measured]:
    towns: dict[int, Town] = {}
    floors: dict[int, Floor] = {}
    for count in counts:
        run.say(f"{count:,} bookings")
        towns[count] = a_town(databases.migrated(), FrozenClock(NOW), bookings=count)
        floors[count] = Floor(databases.empty(), count)
    ours: dict[int, list[float]] = {count: [] for count in counts}
    theirs: dict[int, list[float]] = {count: [] for count in counts}
    # In turns, so that a busy moment of the machine falls on all alike.
    for round_ in range(60 if run.quick else 310):
        for count in counts:
            took, floor_took = milliseconds(partial(_ask, towns[count])), milliseconds(floors[count].slots)
            if round_ >= 10:
                ours[count].append(took)
                theirs[count].append(floor_took)
    found = {count: _Measured(Times(ours[count]), Times(theirs[count]), _queries(towns[count])) for count in counts}
    for count in counts:
        towns[count].context.db.dispose()
        floors[count].engine.dispose()
    return found


def _ask(town: Town) -> FreeTimes:
    return find_slots(town.context, town.service_id, Mode.VIDEO, first=FIRST_DAY, last=LAST_DAY)


def _queries(town: Town) -> int:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    engine: Engine = town.context.db
    event.listen(engine, "before_cursor_execute", note)
    assert _ask(town).slots
    event.remove(engine, "before_cursor_execute", note)
    return len(statements)
