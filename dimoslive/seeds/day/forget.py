"""What the demo made goes again, and nothing else."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, delete, or_, select, update
from sqlmodel import Session, SQLModel, col

from dimoslive.db.queries.claims import end_holds
from dimoslive.db.tables.booking import BookingLinkRow, BookingRow, ClaimRow
from dimoslive.db.tables.capacity import CapacityDayRow
from dimoslive.db.tables.catalogue import AbsenceRow, ClosureRow, DepartmentRow, OpeningHoursRow, ServiceRow
from dimoslive.db.tables.demo import DemoRow
from dimoslive.db.tables.desk import AuditEventRow, BookingEventRow, BookingNoteRow, CallTaskRow, DeskDelayRow
from dimoslive.db.tables.draft import DraftRow
from dimoslive.db.tables.freed_time import FreedTimeRow
from dimoslive.db.tables.meeting import MeetingGuestRow, MeetingRow, PendingClosureRow
from dimoslive.db.tables.outbox import DeliveryRow, OutboxRow
from dimoslive.db.tables.plan import PlanItemRow, PlanRow
from dimoslive.db.tables.reminder import ReminderRow
from dimoslive.db.tables.search_tally import SearchTallyRow
from dimoslive.db.tables.waiting_list import WaitingEntryRow, WaitingOfferRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.events import booking_subject
from dimoslive.seeds.demo import HERAKLION, IOANNINA, KAVALA

_OF_BOOKINGS = (
    BookingLinkRow, PlanItemRow, BookingEventRow, BookingNoteRow, CallTaskRow, MeetingGuestRow, PendingClosureRow,
    MeetingRow, ClaimRow, FreedTimeRow, WaitingEntryRow, WaitingOfferRow, ReminderRow,
)  # fmt: skip
_OTHERS: dict[str, type[SQLModel]] = {
    "plan": PlanRow, "absence": AbsenceRow, "closure": ClosureRow, "opening_hours": OpeningHoursRow,
    "desk_delay": DeskDelayRow, "audit_event": AuditEventRow,
}  # fmt: skip
TOWNS = (KAVALA, HERAKLION, IOANNINA)
TODAY, FILLED = "today", "day"
"""Marks among the rows: of a day that was shown as it goes on, and of one that was filled ahead of it."""
CAPACITY, SEARCHES = "capacity_day", "search_tally"
"""Of a day past of which these counts were made."""


def remember(tx: Session, table: str, row_id: int) -> None:
    """The demo made this."""
    tx.add(DemoRow(table_name=table, row_id=row_id))


def remembered(table: str) -> Select[int]:
    """What the demo made of a table, as a query of ids."""
    return select(col(DemoRow.row_id)).where(col(DemoRow.table_name) == table)


def mark_day(tx: Session, mark: str, day: date) -> None:
    """The day was made."""
    if not is_marked(tx, mark, day):
        remember(tx, mark, _number(day))
        tx.flush()


def is_marked(tx: Session, mark: str, day: date) -> bool:
    """Whether this day was made."""
    return tx.get(DemoRow, (mark, _number(day))) is not None


def first_marked(tx: Session) -> date | None:
    """The first day that was made to be worked at; none in a database without a demo."""
    query = select(col(DemoRow.row_id)).where(col(DemoRow.table_name).in_([TODAY, FILLED]))
    first = tx.scalars(query.order_by(col(DemoRow.row_id)).limit(1)).one_or_none()
    return _day(first) if first else None


def forget_all(tx: Session) -> None:
    """Remove all that the demo made."""
    forget_bookings(tx, remembered(_name(BookingRow)))
    tx.execute(delete(PlanItemRow).where(col(PlanItemRow.plan_id).in_(remembered("plan"))))
    for name, table in _OTHERS.items():
        [key] = table.__table__.primary_key.columns  # type: ignore[attr-defined]  # a table has it
        tx.execute(delete(table).where(key.in_(remembered(name))))
    _forget_counts(tx)
    tx.execute(delete(DemoRow))
    tx.expire_all()


def _forget_counts(tx: Session) -> None:
    services = (
        select(col(ServiceRow.id))
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .where(col(DepartmentRow.municipality_id).in_(TOWNS))
    )
    capacity, searches = ([_day(number) for number in tx.scalars(remembered(mark))] for mark in (CAPACITY, SEARCHES))
    tx.execute(
        delete(CapacityDayRow).where(
            col(CapacityDayRow.municipality_id).in_(TOWNS), col(CapacityDayRow.day).in_(capacity)
        )
    )
    tx.execute(
        delete(SearchTallyRow).where(
            col(SearchTallyRow.service_id).in_(services), col(SearchTallyRow.day).in_(searches)
        )
    )


def forget_untouched(tx: Session, first: datetime, until: datetime) -> None:
    """Remove the bookings of a time that nobody has touched since they were made."""
    forget_bookings(
        tx,
        select(col(BookingRow.id)).where(
            col(BookingRow.id).in_(remembered(_name(BookingRow))),
            col(BookingRow.starts_at) >= first,
            col(BookingRow.starts_at) < until,
            col(BookingRow.version) == 1,
        ),
    )


def forget_bookings(tx: Session, which: Select[Any]) -> None:
    """Remove bookings of the demo with all that belongs to them. ``which`` is a query of their ids."""
    held = select(col(BookingRow.id)).where(
        col(BookingRow.moving_id).in_(which), col(BookingRow.status) == BookingStatus.HELD.value
    )
    freed = list(tx.scalars(select(col(FreedTimeRow.hold_id)).where(col(FreedTimeRow.booking_id).in_(which))))
    still = select(col(BookingRow.id)).where(
        col(BookingRow.id).in_(freed), col(BookingRow.status) == BookingStatus.HELD.value
    )
    end_holds(tx, [*tx.scalars(held), *tx.scalars(still)])
    tx.execute(delete(WaitingOfferRow).where(col(WaitingOfferRow.hold_id).in_(freed)))
    tx.execute(update(DraftRow).where(col(DraftRow.moving_id).in_(which)).values(moving_id=None))
    kind = booking_subject(0).kind
    events = select(col(OutboxRow.id)).where(col(OutboxRow.subject_kind) == kind, col(OutboxRow.subject_id).in_(which))
    tx.execute(delete(DeliveryRow).where(col(DeliveryRow.event_id).in_(events)))
    tx.execute(delete(OutboxRow).where(col(OutboxRow.subject_kind) == kind, col(OutboxRow.subject_id).in_(which)))
    for table in _OF_BOOKINGS:
        tx.execute(delete(table).where(col(table.booking_id).in_(which)))
    ids = list(tx.scalars(which))
    tx.execute(delete(BookingRow).where(or_(col(BookingRow.id).in_(which), col(BookingRow.id).in_(freed))))
    for first in range(0, len(ids), 500):
        some = ids[first : first + 500]
        tx.execute(delete(DemoRow).where(col(DemoRow.table_name) == _name(BookingRow), col(DemoRow.row_id).in_(some)))


def _name(table: type[SQLModel]) -> str:
    return str(table.__tablename__)


def _day(number: int) -> date:
    return datetime.strptime(str(number), "%Y%m%d").date()  # noqa: DTZ007  # a day has no zone


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
