"""What a shorter term of keeping persons would erase at once."""

from datetime import datetime, timedelta

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.towns import count_ended_between
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import day_period, local_day
from dimoslive.domain.settings.municipality import MAX_RETENTION_DAYS, MIN_RETENTION_DAYS
from dimoslive.services.settings.municipality.lock_municipality import check_municipality


def weigh_retention(context: AppContext, official: Official, municipality_id: int, days: int) -> int | None:
    """How many bookings would lose their persons tonight; None for a term that is no shorter, or none at all."""
    check_municipality(official, municipality_id)
    with reading(context.db) as tx:
        row = tx.get_one(MunicipalityRow, municipality_id)
        return losing_persons(tx, row, days, context.clock.now())


def losing_persons(tx: Session, row: MunicipalityRow, days: int, now: datetime) -> int | None:
    """The same inside a transaction, for the row as it is."""
    if not MIN_RETENTION_DAYS <= days < min(row.retention_days, MAX_RETENTION_DAYS + 1):
        return None
    midnight = day_period(local_day(now, row.zone), row.zone).ends_at
    return count_ended_between(
        tx, row.id, midnight - timedelta(days=row.retention_days), midnight - timedelta(days=days)
    )
