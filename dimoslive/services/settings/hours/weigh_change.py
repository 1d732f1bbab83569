"""What other hours of a service do to its bookings and to its free times."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlmodel import Session

from dimoslive.db.queries.hours import dated_hours, weekly_hours
from dimoslive.db.queries.set_up import occupied_by_desk, placed_bookings, touched_by
from dimoslive.domain.plans.changes import ServiceChange, after, window_of
from dimoslive.domain.scheduling.edited_hours import is_over
from dimoslive.domain.scheduling.impact import Impact, impact_of
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.settings.hours import date_field, dated_of, weekly_of

_DAY = timedelta(days=1)


def week_change(tx: Session, service_id: int, values: Mapping[str, object], today: date) -> ServiceChange:
    """The week's hours instead of those that are there; what is over stays."""
    over = [one for one in weekly_hours(tx, [service_id]).get(service_id, []) if is_over(one, today)]
    return ServiceChange(service_id, weekly=[*over, *weekly_of(values)])


def day_change(tx: Session, service_id: int, on: date, values: Mapping[str, object]) -> ServiceChange:
    """The hours of one date instead of those that it has; other dates stay."""
    others = [one for one in dated_hours(tx, service_id, date.min, date.max) if one.on != on]
    return ServiceChange(service_id, dated=[*others, *dated_of(on, values[date_field(on)])])


def weigh_change(tx: Session, municipality_id: int, change: ServiceChange, now: datetime) -> Impact:
    """Compare before with after."""
    touched = touched_by(tx, municipality_id, change, now)
    will_be = after(touched.set_up, change)
    window = window_of(change, touched.set_up, now, touched.zone)
    desks = {desk for service in touched.set_up.services.values() for desk in service.desk_ids}
    occupied = occupied_by_desk(tx, desks, Period(window.starts_at - _DAY, window.ends_at + _DAY), now)
    bookings = placed_bookings(tx, municipality_id, change, window, now)
    return impact_of(touched.set_up, will_be, bookings, occupied, window, now)
