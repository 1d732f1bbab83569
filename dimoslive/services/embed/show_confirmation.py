"""What was booked in a frame, at the end of the wizard."""

from dataclasses import dataclass

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.bookings import booking_with_service
from dimoslive.db.rows.booking import to_booking
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.db.tables.citizen import SessionRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Citizen
from dimoslive.services.access.access_booking import access_booking
from dimoslive.services.booking.export_calendar import CalendarFile, file_of
from dimoslive.services.waiting.enter_list import may_wait


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A booking, and what the host is told of it: nothing that names the person, the time or the booking."""

    booking: Booking
    is_news: bool
    """It has not been told yet."""
    service_slug: str
    """Empty for a service that is nobody's business."""
    can_wait: bool
    """For an earlier time."""


def show_confirmation(context: AppContext, principal: Citizen, reference: str) -> Confirmed:
    """A booking that was made in this session; raises `NotFound`. It is news once, however often it is shown."""
    with transaction(context.db) as tx:
        row, session = _access(tx, principal, reference)
        service = tx.get_one(ServiceRow, row.service_id)
        is_news = session.told_reference != row.reference
        session.told_reference = row.reference
        tx.add(session)
        found = booking_with_service(tx, row.id or 0)
        can_wait = may_wait(found, None, context.clock.now())
        booking = to_booking(found)
    return Confirmed(booking, is_news, "" if service.is_sensitive else service.slug, can_wait)


def confirmed_calendar_file(context: AppContext, principal: Citizen, reference: str) -> CalendarFile:
    """Its calendar file; raises `NotFound`."""
    with reading(context.db) as tx:
        row, _ = _access(tx, principal, reference)
        booking = to_booking(booking_with_service(tx, row.id or 0))
    return file_of(context, booking)


def _access(tx: Session, principal: Citizen, reference: str) -> tuple[BookingRow, SessionRow]:
    row = access_booking(tx, principal, reference, Permission.VIEW_CONFIRMATION)
    session = tx.get(SessionRow, principal.session_id)
    if session is None or row.booked_at is None or row.booked_at < session.created_at:
        raise NotFound()
    return row, session
