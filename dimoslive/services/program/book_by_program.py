"""A program books for somebody, on the grid and among the places of citizens."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.catalogue import ServiceWithPlace
from dimoslive.db.queries.program_bookings import has_external_id
from dimoslive.db.queries.services import service_by_slug
from dimoslive.db.rows.names import write_name
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.booking import BookingSource
from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.person import TypedPerson, parse_person
from dimoslive.domain.errors import DeclarationChanged, NotOffered
from dimoslive.domain.keys.errors import ExternalIdTaken
from dimoslive.domain.keys.program_booking import ProgramBooking
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import ApiKey
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.access.check_pause import check_pause, is_offered
from dimoslive.services.booking.current_declaration import current_declaration
from dimoslive.services.desk.book_for_person import new_key
from dimoslive.services.desk.enter_booking import enter_booking
from dimoslive.services.program.answer_once import Answered, Once, answer_once
from dimoslive.services.program.offered_place import OfferedPlace, lock_places, offered_place, seat
from dimoslive.services.program.read_bookings import note_persons, program_booking_of

Write = Callable[[ProgramBooking], str]
"""A booking as the text of an answer."""


@dataclass(frozen=True, slots=True, repr=False)
class ProgramRequest:
    """What a program wants booked; the person was told the declaration of this version."""

    service: str
    mode: Mode
    starts_at: datetime
    person: TypedPerson
    served_person: ServedPerson
    language: str
    declaration_version: str
    external_id: str = ""


def book_by_program(context: AppContext, key: ApiKey, wanted: ProgramRequest, once: Once, write: Write) -> Answered:
    """Book it, publish it, and answer.

    Raises `NotOffered`, `Paused`, `InvalidDetails`, `InvalidInput` (the time), `DeclarationChanged`, `SlotTaken`,
    `ExternalIdTaken`, or what `answer_once` does; then nothing was written.
    """
    now = context.clock.now()
    try:
        with transaction(context.db) as tx:
            return answer_once(context, tx, key, once, now, lambda: write(_book(tx, key, wanted, now)))
    except IntegrityError:
        # Two requests with one id of the program, at the same moment.
        raise ExternalIdTaken() from None


def _book(tx: Session, key: ApiKey, wanted: ProgramRequest, now: datetime) -> ProgramBooking:
    place = service_by_slug(tx, key.municipality_id, wanted.service)
    if place is None or not is_offered(place, now):
        raise NotOffered()
    check_pause(place, now)
    person = parse_person(wanted.person, wanted.mode, is_present=False)
    told = current_declaration(tx, place.municipality, wanted.mode, wanted.language)
    if told.version != wanted.declaration_version:
        raise DeclarationChanged()
    if has_external_id(tx, key.id, wanted.external_id):
        raise ExternalIdTaken()
    lock_places(tx, place.service)
    offered = offered_place(tx, place.service, wanted.mode, wanted.starts_at, now)
    row = _row(key, wanted, person, place, offered, now)
    tx.add(row)
    tx.flush()
    enter_booking(tx, row, seat(tx, row, offered, now), told, now, api_key_id=key.id)
    return shown_after(tx, key, row.reference, now)


def shown_after(tx: Session, key: ApiKey, reference: str, now: datetime) -> ProgramBooking:
    """The booking as it stands in a transaction that changed it, for the answer."""
    tx.flush()
    booking = program_booking_of(tx, key, reference, Permission.ARRANGE)
    if booking.person is not None and can(key, Permission.VIEW_PERSON):
        note_persons(tx, key, [booking], now)
    return booking


def _row(
    key: ApiKey,
    wanted: ProgramRequest,
    person: TypedPerson,
    place: ServiceWithPlace,
    offered: OfferedPlace,
    now: datetime,
) -> BookingRow:
    row = BookingRow(
        reference=new_key(),
        status=BookingStatus.BOOKED.value,
        municipality_id=key.municipality_id,
        service_id=place.service.id or 0,
        desk_id=offered.slot.desk_ids[0],
        mode=wanted.mode.value,
        starts_at=offered.slot.starts_at,
        ends_at=offered.slot.ends_at,
        first_tick=offered.ticks.start,
        end_tick=offered.ticks.stop,
        served_person=wanted.served_person.value,
        email=person.email,
        phone=person.phone,
        subject=person.subject,
        help_needed=person.help_needed,
        language=wanted.language,
        source=BookingSource.API.value,
        api_key_id=key.id,
        external_id=wanted.external_id,
        created_at=now,
        booked_at=now,
    )
    write_name(row, person.full_name)
    return row
