"""Begin to reschedule a booking."""

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.catalogue import service_with_place
from dimoslive.db.queries.drafts import draft_for_change, save_draft
from dimoslive.db.queries.holds import let_go_of_hold
from dimoslive.db.rows.booking import to_change_rules
from dimoslive.db.rows.draft import TYPED
from dimoslive.db.tables.citizen import CitizenRow
from dimoslive.domain.booking.booking import check_can_move
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Citizen
from dimoslive.services.access.access_booking import access_booking


def start_move(context: AppContext, principal: Citizen, reference: str) -> None:
    """Begin to reschedule a booking: the draft becomes a copy of it. Raises `NotFound`, `TooLate`, `TooManyMoves`."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = draft_for_change(tx, principal.id, now)
        booking = access_booking(tx, principal, reference, Permission.MOVE_BOOKING, for_change=True)
        place = service_with_place(tx, booking.service_id)
        assert place is not None
        rules = to_change_rules(place.service)
        check_can_move(BookingStatus(booking.status), booking.starts_at, booking.reschedule_count, now, rules)
        let_go_of_hold(tx, principal.id, now)
        row.municipality_id, row.service_id, row.mode = place.municipality.id, place.service.id, booking.mode
        row.moving_id = booking.id
        for name in TYPED:
            if name != "remember_contact":
                setattr(row, name, getattr(booking, name))
        row.remember_contact = _remembers_contact(tx, principal)
        row.details_given = False
        save_draft(tx, row, now)


def _remembers_contact(tx: Session, principal: Citizen) -> bool:
    citizen = tx.get_one(CitizenRow, principal.id)
    return bool(citizen.email or citizen.phone)
