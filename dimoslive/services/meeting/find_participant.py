"""Who comes to a meeting's door, and what the waiting room knows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from dimoslive.context import Parts
from dimoslive.crypto import token_hash
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.bookings import booking_by_reference, booking_with_service, claim_ticks
from dimoslive.db.queries.meetings import count_ahead, guest_by_link, leave_to_close, meeting_of
from dimoslive.db.queries.people import lock_citizen
from dimoslive.db.rows_old import to_booking
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import Municipality
from dimoslive.db.tables.meeting import MeetingRow
from dimoslive.domain.booking.booking import Booking, BookingStatus
from dimoslive.domain.booking.references import parse_reference
from dimoslive.domain.errors import MeetingOver, NotFound, NotSignedIn, SlotTaken
from dimoslive.domain.meeting.meeting import Role, check_can_enter
from dimoslive.domain.people.principals import OfficialActor
from dimoslive.services.access.access_booking import show_booking, show_linked_booking
from dimoslive.services.identity.find_official import find_official
from dimoslive.services.identity.sign_in import find_citizen

PRESENT_FOR = timedelta(seconds=30)
"""A waiting citizen counts as present for so long after the last sign of the browser."""


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


@dataclass(frozen=True, slots=True)
class MeetingState:
    """How a meeting stands, as its wire needs to know."""

    is_on: bool
    provider: str
    room: str
    waiting_since: datetime | None
    is_confirmed: bool
    identity_document: str
    outcome: str
    is_sent_back: bool
    """Whether the one who was admitted lost the place to a weaker proof, and nobody was admitted since."""


@dataclass(frozen=True, slots=True)
class Queue:
    """What a waiting citizen is told."""

    ahead: int
    delay_minutes: int


def find_visitor(parts: Parts, knock: Knock) -> Visitor:
    """Who knocks, from cookies, link or invitation alone; raises `NotSignedIn` or `NotFound`."""
    if knock.as_official:
        official = find_official(parts, knock.staff_token)
        if official is None:
            raise NotSignedIn()
        booking = show_booking_to_official(parts, official, knock.reference)
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


def show_booking_to_official(parts: Parts, official: OfficialActor, reference: str) -> Booking:
    """A booking of the official's municipalities; raises `NotFound` for missing and foreign alike."""
    with reading(parts.db) as tx:
        row = official_booking(tx, official, reference)
        return to_booking(*booking_with_service(tx, row.id or 0))


def official_booking(tx: Session, official: OfficialActor, reference: str, *, for_change: bool = False) -> BookingRow:
    """The row, if an official may act on it; raises `NotFound`.

    ``for_change`` locks it, and its citizen first, as all do who change a person's bookings.
    """
    row = booking_by_reference(tx, parse_reference(reference) or "")
    never_booked = {BookingStatus.HELD.value, BookingStatus.EXPIRED.value}
    if row is None or row.status in never_booked or row.municipality_id not in official.municipality_ids:
        raise NotFound()
    if for_change and row.citizen_id is not None:
        lock_citizen(tx, row.citizen_id)
        tx.refresh(row, with_for_update=True)
    return row


def see_meeting(parts: Parts, booking_id: int) -> MeetingState:
    """How the meeting stands now."""
    with reading(parts.db) as tx:
        booking = tx.get_one(BookingRow, booking_id)
        meeting = meeting_of(tx, booking)
        chosen = tx.get_one(Municipality, booking.municipality_id).video_provider
    return MeetingState(
        is_on=_is_on(meeting),
        provider=meeting.provider or chosen or parts.default_video,
        room=meeting.room,
        waiting_since=meeting.waiting_since,
        is_confirmed=meeting.is_confirmed,
        identity_document=meeting.identity_document,
        outcome=meeting.outcome,
        is_sent_back=meeting.sent_back_at is not None,
    )


def send_back_if_weaker(parts: Parts, visitor: Visitor) -> bool:
    """Whether the citizen must be admitted again: what was confirmed and seen was so of a stronger proof.

    An admission counts for whoever shows at least what was shown when it was given. An equal or stronger proof goes on.
    """
    now = parts.clock.now()
    with transaction(parts.db) as tx:
        lock_citizen(tx, visitor.booking.citizen_id)
        booking = tx.get_one(BookingRow, visitor.booking.id, with_for_update=True)
        meeting = meeting_of(tx, booking)
        # Also while the room is still being made: the admission was another's.
        if meeting.admitted_at is None or meeting.ended_at is not None:
            return False
        if visitor.is_confirmed or not meeting.is_confirmed:
            meeting.is_confirmed = visitor.is_confirmed
            return False
        leave_to_close(tx, booking.id or 0, meeting.provider, meeting.room, now)
        _forget_admission(meeting)
        meeting.room, meeting.is_confirmed = "", False
        meeting.waiting_since = meeting.sent_back_at = now
        booking.status = BookingStatus.WAITING.value
    return True


def note_presence(parts: Parts, visitor: Visitor, *, goes_on: bool = False) -> Queue | None:
    """The citizen is in the waiting room; None if the meeting is on.

    Raises what `check_can_enter` raises, for the booking as it is by now. Who comes after a no-show opens the meeting
    anew. Whoever ``goes_on`` waiting was there when it was noted, and hears `MeetingOver`.
    """
    now = parts.clock.now()
    with transaction(parts.db) as tx:
        lock_citizen(tx, visitor.booking.citizen_id)
        booking = tx.get_one(BookingRow, visitor.booking.id, with_for_update=True)
        check_can_enter(to_booking(*booking_with_service(tx, visitor.booking.id)), now)
        meeting = meeting_of(tx, booking)
        if booking.status == BookingStatus.NO_SHOW.value:
            if goes_on:
                raise MeetingOver()
            _reopen(tx, booking, meeting, now)
        if _is_on(meeting):
            return None
        if booking.status in {BookingStatus.BOOKED.value, BookingStatus.NO_SHOW.value}:
            booking.status = BookingStatus.WAITING.value
        meeting.waiting_since, meeting.seen_at = meeting.waiting_since or now, now
        # Whoever waits now: a device that took the place may have the mail's link alone.
        meeting.is_confirmed = visitor.is_confirmed
        tx.add(meeting)
        tx.add(booking)
        tx.flush()
        late = max(timedelta(), now - booking.starts_at)
        return Queue(count_ahead(tx, booking, now - PRESENT_FOR), int(late.total_seconds() // 60))


def note_absence(parts: Parts, booking_id: int) -> None:
    """The citizen left the waiting room."""
    with transaction(parts.db) as tx:
        meeting = meeting_of(tx, tx.get_one(BookingRow, booking_id))
        if meeting.waiting_since is not None:
            meeting.seen_at = None
            tx.add(meeting)


def _is_on(meeting: MeetingRow) -> bool:
    """Whether the citizen was let in. Until the room is made, the admission may still fail; at the end it goes."""
    return meeting.admitted_at is not None and bool(meeting.room)


def _forget_admission(meeting: MeetingRow) -> None:
    """Who came this time was not let in, has shown nothing and was not called."""
    meeting.admitted_at = meeting.admitted_by = meeting.identity_at = meeting.phone_at = None
    meeting.identity_document = ""


def _reopen(tx: Session, booking: BookingRow, meeting: MeetingRow, now: datetime) -> None:
    """Somebody who was not there has come after all, and must be admitted like others."""
    _forget_admission(meeting)
    meeting.waiting_since = meeting.ended_at = meeting.sent_back_at = None
    meeting.outcome = ""
    try:
        claim_ticks(tx, booking.id or 0, booking.desk_id or 0, range(booking.first_tick, booking.end_tick), now)
    except SlotTaken:
        # The time was given back and is somebody else's by now; the official sees who comes first.
        return
