"""Every ten minutes: in how many days each service of each published municipality can be had."""

from datetime import UTC, datetime, time, timedelta

from dimoslive.context import AppContext
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.days_to_next import lease_round, municipalities_due, remember_day, write_days
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.days_to_next import DaysToNextRow
from dimoslive.domain.figures.days_to_next import PAUSED, days_to_next
from dimoslive.domain.scheduling.local_time import to_local
from dimoslive.services.catalogue.first_times import ServiceFirsts, first_times

ROUND = timedelta(minutes=10)
_LEASE = timedelta(minutes=2)
"""So long a municipality is left alone whose computation has failed, or whose process has died."""
REMEMBERED_AT = time(9)
"""Local time from which on the first numbers of a day are kept."""


def compute_days_to_next(context: AppContext) -> int:
    """Whatever this round of ten minutes has not computed yet; returns how many municipalities.

    Any number of processes share the work; what one leaves behind another does.
    """
    begun_at = context.clock.now()
    with reading(context.db) as tx:
        due = municipalities_due(tx, begun_at, _round_of(begun_at))
    return sum(_compute(context, municipality_id) for municipality_id in due)


def _compute(context: AppContext, municipality_id: int) -> bool:
    now = context.clock.now()
    # Nobody was promised these numbers: they can be computed again.
    with transaction(context.db, is_durable=False) as tx:
        if not lease_round(tx, municipality_id, now, _round_of(now), now + _LEASE):
            return False
    with reading(context.db) as tx:
        municipality = tx.get_one(MunicipalityRow, municipality_id)
        rows = [row for one in first_times(tx, municipality, now) for row in _rows(municipality_id, one, now)]
    local = to_local(now, municipality.zone)
    with transaction(context.db, is_durable=False) as tx:
        is_written = write_days(tx, municipality_id, rows, now)
        if is_written and local.time() >= REMEMBERED_AT:
            remember_day(tx, rows, local.date())
    return is_written


def _rows(municipality_id: int, one: ServiceFirsts, now: datetime) -> list[DaysToNextRow]:
    found = {
        mode: PAUSED if one.pause else days_to_next(first, one.calendar.rules, now)
        for mode, first in one.firsts.items()
    }
    return [
        DaysToNextRow(
            service_id=one.service.id or 0,
            mode=mode.value,
            municipality_id=municipality_id,
            days=value.days,
            none_until=value.none_until,
        )
        for mode, value in found.items()
    ]


def _round_of(now: datetime) -> datetime:
    """When the present ten minutes began: all that is computed in them is shown as one."""
    seconds = int(ROUND.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)
