"""How many days there were to the next free time on each morning of the past weeks."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice

from sqlalchemy import select
from sqlmodel import col

from dimoslive.context import AppContext
from dimoslive.db.engine import reading, transaction
from dimoslive.db.tables.days_to_next import DaysToNextHistoryRow, DaysToNextRow
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.seeds.day.ahead import working_days_from
from dimoslive.seeds.day.names import chance
from dimoslive.seeds.day.past import STRIKE_WEEK, WEEKS
from dimoslive.services.upkeep.compute_days_to_next import compute_days_to_next

_AFTER_STRIKE = 3
"""So many working days more in the weeks in which what was not done is made up for."""


def make_mornings(context: AppContext, now: datetime) -> None:
    """Compute today's, and invent those behind it, unless some are remembered already."""
    with reading(context.db) as tx:
        if tx.scalar(select(col(DaysToNextHistoryRow.day)).limit(1)) is not None:
            return
    compute_days_to_next(context)
    today = local_day(now, ATHENS)
    with transaction(context.db) as tx:
        rows = list(tx.scalars(select(DaysToNextRow)))
        tx.add_all(
            DaysToNextHistoryRow(**row.model_dump(exclude={"days", "none_until"}), day=day, days=days)
            for row in rows
            if row.days is not None
            for day, days in _mornings(row, today, row.days)
        )


def _mornings(row: DaysToNextRow, today: date, days: int) -> Iterator[tuple[date, int]]:
    """Of each day, oldest first; it goes up and down by a working day, and comes to what it is today."""
    rng = chance("mornings", row.service_id, row.mode)
    ahead = sum(1 for _ in _up_to(today, days))
    for ago in range(1, WEEKS * 7 + 1):
        day = today - timedelta(days=ago)
        if day.weekday() == 0:
            ahead = max(0, ahead + rng.choice((-1, 0, 0, 1)))
        late = _AFTER_STRIKE if STRIKE_WEEK - 2 <= ago // 7 < STRIKE_WEEK else 0
        first = next(islice(working_days_from(day + timedelta(days=1)), max(0, ahead + late - 1), None))
        yield day, (first - day).days if ahead + late else 0


def _up_to(today: date, days: int) -> Iterator[date]:
    """The working days behind today, up to so many days ahead."""
    for day in working_days_from(today + timedelta(days=1)):
        if (day - today).days > days:
            return
        yield day
