"""Local holidays become suggested closures, which an administrator confirms."""

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.announcements import announce_day_of
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.tasks import closures_of_all
from dimoslive.db.tables.catalogue import ClosureRow, MunicipalityRow
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import day_period, local_day
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.settings.local_holidays import KNOWN, LocalHoliday
from dimoslive.services.audit.record_audit import record_audit
from dimoslive.services.settings.tasks.access_set_up import access_set_up, see_set_up


def offer_local_holidays(context: AppContext, official: Official, municipality_id: int) -> list[LocalHoliday]:
    """Those that the municipality has no closure for; raises `NotFound`."""
    with reading(context.db) as tx:
        row = see_set_up(tx, official, municipality_id)
        return [one for one, _ in _missing(tx, row, context)]


def suggest_local_holidays(context: AppContext, official: Official, municipality_id: int) -> int:
    """Suggest them for when they are next; how many. They close nothing until they are confirmed. Raises `NotFound`."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_set_up(tx, official, municipality_id)
        missing = _missing(tx, row, context)
        for holiday, period in missing:
            closure = ClosureRow(
                municipality_id=municipality_id,
                starts_at=period.starts_at,
                ends_at=period.ends_at,
                reason_el=holiday.name_el,
                reason_en=holiday.name_en,
                is_active=False,
                changed_at=now,
                changed_by=official.id,
            )
            tx.add(closure)
            tx.flush()
            record_audit(
                tx,
                now,
                "closure.suggested",
                by=official,
                subject=("closure", closure.id),
                municipality_id=municipality_id,
                after={"starts_at": period.starts_at, "ends_at": period.ends_at, "reason_el": holiday.name_el},
            )
        if missing:
            announce_day_of(tx, municipality_id, local_day(now, row.zone), "set_up")
        return len(missing)


def _missing(tx: Session, row: MunicipalityRow, context: AppContext) -> list[tuple[LocalHoliday, Period]]:
    today = local_day(context.clock.now(), row.zone)
    known = [Period(one.starts_at, one.ends_at) for one in closures_of_all(tx, row.id)]
    found = []
    for holiday in KNOWN.get(row.id, ()):
        period = day_period(holiday.next_from(today), row.zone)
        if not any(one.starts_at < period.ends_at and one.ends_at > period.starts_at for one in known):
            found.append((holiday, period))
    return found
