"""A citizen's own row: the contact data remembered in it, and erasing it on request."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from dimoslive.context import AppContext
from dimoslive.db.announcements import announce_days_of
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.bookings import bookings_ahead
from dimoslive.db.queries.drafts import draft_of, drop_draft, save_draft
from dimoslive.db.queries.frames import forget_codes_of
from dimoslive.db.queries.holds import hold_of, let_go
from dimoslive.db.queries.people import citizen_for_change
from dimoslive.db.tables.booking import BookingLinkRow, BookingRow
from dimoslive.db.tables.citizen import CitizenRow, SessionRow
from dimoslive.domain.errors import BookingAhead
from dimoslive.domain.people.personal_data import PhoneNumber
from dimoslive.domain.people.principals import Citizen


def remembered_contact(context: AppContext, principal: Citizen) -> tuple[str, str]:
    """Mail address and telephone that the person asked us to remember, as shown; empty without any."""
    with reading(context.db) as tx:
        citizen = tx.get(CitizenRow, principal.id)
    if citizen is None:
        return "", ""
    return citizen.email, PhoneNumber(citizen.phone).shown if citizen.phone else ""


def forget_contact(context: AppContext, principal: Citizen) -> None:
    """Forget what was remembered; a booking under way will not have it remembered again."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        citizen, draft = citizen_for_change(tx, principal.id), draft_of(tx, principal.id, now)
        citizen.email = citizen.phone = ""
        if draft.remember_contact:
            draft.remember_contact = False
            save_draft(tx, draft, now)


def erase_citizen(context: AppContext, principal: Citizen) -> None:
    """Erase AFM, names, contact data, draft and sessions at once; raises `BookingAhead`.

    Past bookings are the municipality's records: they lose their tie to the person now, and what they hold of it when
    the municipality's term is over.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        citizen = citizen_for_change(tx, principal.id)
        if bookings_ahead(tx, principal.id, now):
            raise BookingAhead()
        _forget_what_belongs_to(tx, principal.id, now)
        tx.delete(citizen)


def _forget_what_belongs_to(tx: Session, citizen_id: int, now: datetime) -> None:
    hold = hold_of(tx, citizen_id, for_change=True)
    if hold is not None:
        let_go(tx, hold, now)
    drop_draft(tx, citizen_id)
    tx.execute(delete(SessionRow).where(col(SessionRow.citizen_id) == citizen_id))
    forget_codes_of(tx, citizen_id)
    own = select(col(BookingRow.id)).where(col(BookingRow.citizen_id) == citizen_id)
    tx.execute(delete(BookingLinkRow).where(col(BookingLinkRow.booking_id).in_(own)))
    announce_days_of(tx, tx.scalars(own), "erased")
    tx.execute(update(BookingRow).where(col(BookingRow.citizen_id) == citizen_id).values(citizen_id=None))
