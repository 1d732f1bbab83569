"""Who asks to join a meeting."""

from dataclasses import dataclass
from datetime import datetime

from dimoslive.context import AppContext
from dimoslive.crypto import token_hash
from dimoslive.db.engine import reading
from dimoslive.db.queries.bookings import booking_with_service
from dimoslive.db.queries.guests import guest_by_link
from dimoslive.db.rows.booking import to_booking
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.errors import DeclarationNeeded, NotFound, NotSignedIn, TooEarly
from dimoslive.domain.meeting.meeting import Role, check_can_enter
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Citizen, Guest, LinkHolder, Official, Principal
from dimoslive.services.access.access_booking import access_booking
from dimoslive.services.booking.show_linked_booking import show_linked_booking
from dimoslive.services.identity.auth_realm import CITIZENS, STAFF
from dimoslive.services.identity.sessions import find_principal


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """What a browser shows when it asks to join: what it asks for, and the cookies it came with."""

    reference: str = ""
    link: str = ""
    guest: str = ""
    """The token of a guest's invite."""
    as_official: bool = False
    session_token: str = ""
    staff_token: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody with a right to be in this booking's meeting."""

    role: Role
    person: str
    """The same for two devices of one person, so that the newer can take over."""
    name: str
    booking: Booking
    is_confirmed: bool
    principal: Citizen | LinkHolder | Guest | Official

    @property
    def official(self) -> Official | None:
        """The principal, if it is an official."""
        return self.principal if isinstance(self.principal, Official) else None


def find_participant(context: AppContext, join_request: JoinRequest) -> Participant:
    """Who asks to join, from cookies, link or invite alone; raises `NotSignedIn` or `NotFound`."""
    if join_request.as_official:
        official = find_principal(context, STAFF, join_request.staff_token)
        if official is None:
            raise NotSignedIn()
        booking = _booking(context, official, join_request.reference)
        return Participant(
            Role.OFFICIAL, f"official-{official.id}", official.full_name, booking, is_confirmed=True, principal=official
        )
    if join_request.guest:
        return _find_guest(context, join_request.guest)
    citizen = find_principal(context, CITIZENS, join_request.session_token)
    principal: Citizen | LinkHolder
    if join_request.link:
        principal, booking = show_linked_booking(context, join_request.link)
    elif citizen is None:
        raise NotSignedIn()
    else:
        principal, booking = citizen, _booking(context, citizen, join_request.reference)
    is_confirmed = citizen is not None and citizen.id == booking.citizen_id
    # Never the name that a citizen typed for another: the others could take it for an official's. Where nobody signed
    # in, an official wrote it.
    name = booking.signed_in_name if booking.citizen_id else booking.details.name
    return Participant(Role.CITIZEN, "citizen", name, booking, is_confirmed, principal)


def check_may_enter(participant: Participant, now: datetime) -> None:
    """Raises what `check_can_enter` raises, and `DeclarationNeeded` for a citizen who has not declared yet.

    That is asked before the door opens, while there is time.
    """
    is_undeclared = participant.role is Role.CITIZEN and not participant.booking.is_declared
    try:
        check_can_enter(participant.booking, now)
    except TooEarly:
        if not is_undeclared:
            raise
    if is_undeclared:
        raise DeclarationNeeded()


def _booking(context: AppContext, principal: Principal, reference: str) -> Booking:
    with reading(context.db) as tx:
        row = access_booking(tx, principal, reference, Permission.JOIN_MEETING)
        return to_booking(booking_with_service(tx, row.id or 0))


def _find_guest(context: AppContext, token: str) -> Participant:
    with reading(context.db) as tx:
        guest = guest_by_link(tx, token_hash(token))
        if guest is None:
            raise NotFound()
        booking = to_booking(booking_with_service(tx, guest.booking_id))
        principal = Guest(guest.id or 0, guest.booking_id)
        return Participant(
            Role.GUEST, f"guest-{guest.id}", guest.name, booking, is_confirmed=False, principal=principal
        )
