"""A change of a booking, as far as programs that the municipality named want to hear of it."""

from datetime import datetime

from sqlmodel import Session

from dimoslive.db.queries.webhooks import endpoints_wanting, names_of_service
from dimoslive.db.rows.history import Facts
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.events import ProgramsTold
from dimoslive.domain.webhooks.events import BookingFacts, Stand, event_of_change, extra_data
from dimoslive.services.outbox.publish_event import publish_event


def tell_programs(tx: Session, row: BookingRow, before: Facts, now: datetime) -> None:
    """Publish it, if anybody wants it; ``before`` are the facts as they were, the row is as it is now."""
    was, is_now = _stand_before(before, row), _stand(row)
    event = event_of_change(was, is_now)
    if event is None:
        return
    if not endpoints_wanting(tx, row.municipality_id, event.value):
        return
    names = names_of_service(tx, row.service_id)
    facts = BookingFacts(
        reference=row.reference,
        municipality=names.municipality,
        department=names.department,
        service=names.service,
        mode=row.mode,
        status=row.status,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        source=row.source,
        sequence=row.sequence,
        version=row.version,
    )
    data = facts.as_data() | extra_data(event, was, is_now)
    publish_event(tx, ProgramsTold(event.value, now, row.municipality_id, data, booking_id=row.id or 0), now)


def _stand(row: BookingRow) -> Stand:
    return Stand(BookingStatus(row.status), row.starts_at, row.mode, row.desk_id, row.outcome)


def _stand_before(before: Facts, row: BookingRow) -> Stand:
    """What was booked by an official was nothing before."""
    if before["status"] is None:
        return Stand(BookingStatus.HELD, row.starts_at, row.mode, row.desk_id)
    starts_at = datetime.fromisoformat(before["starts_at"])
    return Stand(BookingStatus(before["status"]), starts_at, before["mode"], before["desk_id"], before["outcome"] or "")
