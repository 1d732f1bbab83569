"""A third person at the meeting, an interpreter for example: the official's invite is the admission."""

from dataclasses import dataclass, field

from dimoslive.context import AppContext
from dimoslive.crypto import new_token, token_hash
from dimoslive.db.engine import transaction
from dimoslive.db.queries.bookings import booking_with_service
from dimoslive.db.queries.guests import guests_of
from dimoslive.db.rows.booking import to_booking
from dimoslive.db.tables.meeting import MeetingGuestRow
from dimoslive.domain.errors import TooManyGuests
from dimoslive.domain.meeting.meeting import MAX_GUEST_NAME_LENGTH, MAX_GUESTS, check_can_enter
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.personal_data import clean_line
from dimoslive.domain.people.principals import Official
from dimoslive.services.access.access_booking import access_booking


@dataclass(frozen=True, slots=True)
class GuestInvite:
    """Who may come, and the token of the link: told once, and stored nowhere."""

    id: int
    name: str
    token: str = field(repr=False)


def invite_guest(context: AppContext, official: Official, reference: str, name: str) -> GuestInvite:
    """Make a link that is good for this meeting alone, until it ends.

    Raises `InvalidInput` (the name), `NotFound`, `TooManyGuests` or what `check_can_enter` raises.
    """
    shown = clean_line("name", name, max_length=MAX_GUEST_NAME_LENGTH)
    now, token = context.clock.now(), new_token()
    with transaction(context.db) as tx:
        row = access_booking(tx, official, reference, Permission.INVITE_GUEST, for_change=True)
        booking = to_booking(booking_with_service(tx, row.id or 0))
        check_can_enter(booking, now)
        if len(guests_of(tx, booking.id)) >= MAX_GUESTS:
            raise TooManyGuests(limit=MAX_GUESTS)
        guest = MeetingGuestRow(
            booking_id=booking.id,
            token_hash=token_hash(token),
            name=shown,
            invited_by=official.id,
            invited_at=now,
        )
        tx.add(guest)
        tx.flush()
        return GuestInvite(guest.id or 0, shown, token)
