"""Hours that somebody wrote, as a change of the set-up that can be weighed and planned."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session

from dimoslive.db.queries.hours import dated_hours, weekly_hours
from dimoslive.domain.plans.changes import ServiceChange
from dimoslive.domain.scheduling.edited_hours import is_over
from dimoslive.domain.settings.hours import date_field, dated_of, weekly_of


def week_change(tx: Session, service_id: int, values: Mapping[str, object], today: date) -> ServiceChange:
    """The week's hours instead of those that are there; what is over stays."""
    over = [one for one in weekly_hours(tx, [service_id]).get(service_id, []) if is_over(one, today)]
    return ServiceChange(service_id, weekly=[*over, *weekly_of(values)])


def day_change(tx: Session, service_id: int, on: date, values: Mapping[str, object]) -> ServiceChange:
    """The hours of one date instead of those that it has; other dates stay."""
    others = [one for one in dated_hours(tx, service_id, date.min, date.max) if one.on != on]
    return ServiceChange(service_id, dated=[*others, *dated_of(on, values[date_field(on)])])
