"""What a figure counts: whose bookings, of which days, narrowed to what; conditions of its query."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from dimoslive.context import AppContext
from dimoslive.db.queries.local_days import local_day_number
from dimoslive.db.queries.narrowing import narrowed
from dimoslive.db.queries.scopes import bookings_within, in_departments
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.statuses import NEVER_BOOKED
from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.figures.asked import Asked, Span
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import days_period, local_day
from dimoslive.domain.scheduling.periods import Period
from dimoslive.services.desk.export_bookings import own_desks_of
from dimoslive.services.desk.find_workplace import Workplace

_NEVER_BOOKED = [status.value for status in NEVER_BOOKED]
_EPOCH_DAY = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Scope:
    """Within it everything is counted. ``own_desk_ids`` is None for whoever may see all desks."""

    official: Official
    place: Workplace
    asked: Asked
    now: datetime
    own_desk_ids: tuple[int, ...] | None = None

    @property
    def today(self) -> date:
        """The municipality's local day."""
        return local_day(self.now, self.place.zone)

    @property
    def both(self) -> Span:
        """The days asked for, and as many before them: these two are compared."""
        return Span(self.asked.span.before.first, self.asked.span.last)

    def made(self) -> list[ColumnElement[bool]]:
        """Those that became bookings, whatever came after, within rights and filters."""
        only = self.asked.only
        conditions = [
            col(BookingRow.municipality_id) == self.place.municipality_id,
            col(BookingRow.booked_at).is_not(None),
            col(BookingRow.status).not_in(_NEVER_BOOKED),
            bookings_within(self.official, Permission.VIEW_FIGURES),
            *narrowed(
                department_id=only.department_id,
                service_id=only.service_id,
                desk_id=only.desk_id,
                mode=only.mode,
            ),
        ]
        if only.source is not None:
            conditions.append(col(BookingRow.source) == only.source.value)
        return conditions

    def reaches(self, department: Mapped[Any]) -> ColumnElement[bool]:
        """Rows whose department, in this column, the official's right reaches."""
        return in_departments(self.official, Permission.VIEW_FIGURES, self.place.municipality_id, department)

    def within(self, instant: Any, span: Span | None = None) -> tuple[ColumnElement[bool], ...]:
        """Instants of the local days; those of `both` where no others are named."""
        period = self._period(span)
        return instant >= period.starts_at, instant < period.ends_at

    def day(self, instant: Any, span: Span | None = None) -> ColumnElement[int]:
        """The local day of an instant that is `within` these days, as a number; `day_of` makes a date of it."""
        return local_day_number(instant, self._period(span), self.place.zone)

    def _period(self, span: Span | None) -> Period:
        span = span or self.both
        return days_period(span.first, span.last, self.place.zone)


def day_of(number: int) -> date:
    """The date that a day's number in SQL stands for."""
    return date.fromordinal(_EPOCH_DAY + number)


def make_scope(context: AppContext, tx: Session, official: Official, place: Workplace, asked: Asked) -> Scope:
    """Raises `InvalidInput` (desk) where an official asks for somebody else's desk."""
    own = None
    if not can(official, Permission.VIEW_FIGURES_BY_DESK, place.municipality_id):
        own = tuple(own_desks_of(context, tx, official, place))
        if asked.only.desk_id is not None and asked.only.desk_id not in own:
            raise InvalidInput("desk", "figures_own_desk_only")
    return Scope(official, place, asked, context.clock.now(), own)
