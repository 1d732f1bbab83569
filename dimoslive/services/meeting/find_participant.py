"""Who asks to join a meeting."""

from dataclasses import dataclass

from dimoslive.context import Parts
from dimoslive.crypto import token_hash
from dimoslive.db.engine import reading
from dimoslive.db.queries.bookings import booking_with_service
from dimoslive.db.queries.guests import guest_by_link
from dimoslive.db.rows.booking import to_booking
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.errors import NotFound, NotSignedIn
from dimoslive.domain.meeting.meeting import Role
from dimoslive.domain.people.principals import OfficialActor
from dimoslive.services.booking.show_booking import show_booking
from dimoslive.services.booking.show_linked_booking import show_linked_booking
from dimoslive.services.identity.find_citizen import find_citizen
from dimoslive.services.identity.find_official import find_official


@dataclass(frozen=True, slots=True)
class Knock:
    """What a browser shows at the door: what it asks for, and the cookies it came with."""

    reference: str = ""
    link: str = ""
    guest: str = ""
    """The token of an official's invitation."""
    as_official: bool = False
    session_token: str = ""
    staff_token: str = ""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody with a right to be in this booking's meeting."""

    role: Role
    person: str
    """The same for two devices of one person, so that the newer can take over."""
    name: str
    booking: Booking
    is_confirmed: bool
    official: OfficialActor | None = None


def find_visitor(parts: Parts, knock: Knock) -> Visitor:
    """Who knocks, from cookies, link or invitation alone; raises `NotSignedIn` or `NotFound`."""
    if knock.as_official:
        official = find_official(parts, knock.staff_token)
        if official is None:
            raise NotSignedIn()
        booking = show_booking(parts, official, knock.reference)
        return Visitor(
            Role.OFFICIAL, f"official-{official.id}", official.full_name, booking, is_confirmed=True, official=official
        )
    if knock.guest:
        return _find_guest(parts, knock.guest)
    citizen = find_citizen(parts, knock.session_token)
    if knock.link:
        _link, booking = show_linked_booking(parts, knock.link)
    elif citizen is None:
        raise NotSignedIn()
    else:
        booking = show_booking(parts, citizen, knock.reference)
    is_confirmed = citizen is not None and citizen.id == booking.citizen_id
    # Never the name that was typed for another: the others could take it for an official's.
    return Visitor(Role.CITIZEN, "citizen", booking.signed_in_name, booking, is_confirmed)


def _find_guest(parts: Parts, token: str) -> Visitor:
    with reading(parts.db) as tx:
        guest = guest_by_link(tx, token_hash(token))
        if guest is None:
            raise NotFound()
        booking = to_booking(*booking_with_service(tx, guest.booking_id))
        return Visitor(Role.GUEST, f"guest-{guest.id}", guest.name, booking, is_confirmed=False)
