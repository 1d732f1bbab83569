"""An official changes who comes, how to reach them, and what for."""

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.booking_page import forget_links
from dimoslive.db.queries.bookings import booking_with_service
from dimoslive.db.rows.booking import to_booking
from dimoslive.db.rows.history import facts_of
from dimoslive.db.rows.names import write_name, written_name
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.statuses import FINAL, BookingStatus
from dimoslive.domain.desk.details import DeskDetails, changed_fields, parse_desk_details
from dimoslive.domain.errors import NotPossibleNow
from dimoslive.domain.events import BookingDetailsChanged
from dimoslive.domain.people.names import name_of
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.access.access_booking import access_booking
from dimoslive.services.booking.record_change import record_change
from dimoslive.services.desk.press_booking import refuse_changed
from dimoslive.services.outbox.publish_event import publish_event

DETAILS_CHANGED = "details_changed"


def change_details(
    context: AppContext, official: Official, reference: str, shown: DeskDetails, typed: DeskDetails, *, tells: bool
) -> tuple[str, ...]:
    """Write what was typed over what the page had ``shown``; returns the names of the fields that changed.

    ``tells`` sends the citizen the booking anew. Links in mails to another address are worth nothing from then on.

    Raises `NotFound`, `NotPossibleNow` (it is over), `ChangedByOther` or `InvalidDetails`.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_booking(tx, official, reference, Permission.SERVE, for_change=True)
        if row.erased_at is not None or BookingStatus(row.status) in FINAL:
            raise NotPossibleNow()
        was, needs_contact = desk_details_of(row), bool(row.email or row.phone)
        wanted = parse_desk_details(typed, Mode(row.mode), needs_contact=needs_contact)
        names = changed_fields(was, wanted)
        if not names:
            return ()
        if was != shown:
            raise refuse_changed(tx, row, by_anything=True)
        before = facts_of(row)
        _write(tx, row, wanted)
        if tells and row.email:
            row.sequence += 1
            tx.flush()
            booking = to_booking(booking_with_service(tx, row.id or 0))
            publish_event(tx, BookingDetailsChanged(booking, by_municipality=True), now)
        # The history names the fields; what stands in them is the booking's alone.
        record_change(tx, row, before, DETAILS_CHANGED, now, official_id=official.id, reason=",".join(names))
    return names


def desk_details_of(row: BookingRow) -> DeskDetails:
    """As they stand."""
    name = written_name(row)
    return DeskDetails(
        name.last_name, name.typed or name.first_name, row.email, row.phone, row.subject, row.help_needed
    )


def _write(tx: Session, row: BookingRow, wanted: DeskDetails) -> None:
    if wanted.email != row.email:
        forget_links(tx, row.id or 0)
    write_name(row, name_of(wanted.person_name, wanted.last_name))
    row.email, row.phone = wanted.email, wanted.phone
    row.subject, row.help_needed = wanted.subject, wanted.help_needed
    tx.add(row)
