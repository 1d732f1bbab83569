"""An official books for somebody on the telephone or at the counter, in one press."""

from dataclasses import dataclass
from datetime import datetime

from dimoslive.context import AppContext
from dimoslive.crypto import random_reference_bits
from dimoslive.db.engine import transaction
from dimoslive.db.queries.bookings import booking_by_reference, booking_with_service
from dimoslive.db.rows.booking import to_booking
from dimoslive.db.rows.names import write_name
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.booking.booking import Booking, BookingSource
from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.booking.references import make_reference, parse_reference
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.person import TypedPerson, parse_person
from dimoslive.domain.errors import InvalidDetails, InvalidInput
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n.texts import LANGUAGES
from dimoslive.services.access.access_service import access_service
from dimoslive.services.booking.current_declaration import current_declaration
from dimoslive.services.desk.enter_booking import enter_booking
from dimoslive.services.desk.find_same_person import earlier_bookings
from dimoslive.services.desk.take_place import CheckedPlace, WantedPlace, answered, check_place

ALREADY_BOOKED = "already_booked"
"""The open warning that the person has a booking; «Και νέα κράτηση» answers it."""


@dataclass(frozen=True, slots=True, repr=False)
class NewBooking:
    """What the last press says.

    ``key`` names the page's form: the same form pressed twice books once. It is the reference that the booking gets.
    """

    key: str
    source: BookingSource
    service_id: int
    mode: Mode
    person: TypedPerson
    place: WantedPlace
    language: str = "el"
    is_told: bool = False
    """«Ενημερώθηκε για τη δήλωση και τα προσωπικά δεδομένα»."""
    books_again: bool = False
    """«Και νέα κράτηση», although the person has one."""
    served_person: ServedPerson = ServedPerson.SELF


def new_key() -> str:
    """The key of a new form."""
    return make_reference(random_reference_bits())


def book_for_person(context: AppContext, official: Official, new: NewBooking) -> Booking:
    """Book, publish it, and return the booking; what the page warned of is asked again here.

    Raises `NotOffered` (service, mode or desk), `InvalidDetails` (all fields at once), `InvalidInput` (the time or a
    reason), `UnansweredWarnings`, `SlotTaken` or `LanesFull`; then nothing was written.
    """
    now, key = context.clock.now(), parse_reference(new.key) or new_key()
    with transaction(context.db) as tx:
        municipality_id = access_service(tx, official, new.service_id, Permission.ARRANGE)
        done = booking_by_reference(tx, key)
        if done is not None:
            if done.made_by == official.id:
                return to_booking(booking_with_service(tx, done.id or 0))
            key = new_key()
        place = check_place(tx, new.service_id, new.mode, new.place, now)
        person = _checked(new)
        earlier = earlier_bookings(
            tx, official, municipality_id, now, name=person.full_name.said, phone=person.phone, email=person.email
        )
        also_open = (ALREADY_BOOKED,) if earlier and not new.books_again else ()
        place = answered(place, new.place, also_open)
        row = _row(new, person, place, municipality_id, official, key, now)
        told = current_declaration(tx, tx.get_one(MunicipalityRow, municipality_id), new.mode, row.language)
        tx.add(row)
        tx.flush()
        return enter_booking(tx, row, place, told, now, official_id=official.id)


def _checked(new: NewBooking) -> TypedPerson:
    """All that is wrong with the fields, the tick among them, at once."""
    problems: tuple[InvalidInput, ...] = ()
    person = new.person
    try:
        person = parse_person(new.person, new.mode, is_present=new.place.starts_at is None)
    except InvalidDetails as refusal:
        problems = refusal.problems
    if not new.is_told:
        problems = (*problems, InvalidInput("told", "told_required"))
    if problems:
        raise InvalidDetails(problems)
    return person


def _row(
    new: NewBooking,
    person: TypedPerson,
    place: CheckedPlace,
    municipality_id: int,
    official: Official,
    key: str,
    now: datetime,
) -> BookingRow:
    # Who comes by video is in the waiting room only once the browser is.
    is_here = new.place.starts_at is None and new.mode is not Mode.VIDEO
    language = new.language if new.language in LANGUAGES else LANGUAGES[0]
    row = BookingRow(
        reference=key,
        status=(BookingStatus.WAITING if is_here else BookingStatus.BOOKED).value,
        municipality_id=municipality_id,
        service_id=new.service_id,
        desk_id=place.desk.id or 0,
        mode=new.mode.value,
        starts_at=place.period.starts_at,
        ends_at=place.period.ends_at,
        first_tick=place.ticks.start,
        end_tick=place.ticks.stop,
        served_person=new.served_person.value,
        email=person.email,
        phone=person.phone,
        subject=person.subject,
        help_needed=person.help_needed,
        language=language,
        told_by=official.id,
        source=(new.source if new.source in _AT_THE_DESK else BookingSource.PHONE).value,
        made_by=official.id,
        arrived_at=now if is_here else None,
        created_at=now,
        booked_at=now,
    )
    write_name(row, person.full_name)
    return row


_AT_THE_DESK = frozenset({BookingSource.PHONE, BookingSource.COUNTER})
