"""The wizard's draft: read it, choose in it, keep what is typed. It survives a reload, a new tab, another device."""

import re
from dataclasses import dataclass, fields, replace
from datetime import datetime

from sqlmodel import Session

from dimoslive.context import Parts
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.bookings import booking_with_service, hold_of, let_go, open_bookings_during
from dimoslive.db.queries.catalogue import service_with_place
from dimoslive.db.queries.drafts import draft_of, drop_draft, save_draft
from dimoslive.db.queries.people import lock_citizen
from dimoslive.db.rows_old import to_booked_service, to_booking, to_change_rules, to_hold
from dimoslive.db.tables.booking import DraftRow
from dimoslive.db.tables.catalogue import Municipality
from dimoslive.db.tables.person import Citizen
from dimoslive.domain.booking.booking import BookedService, Booking, BookingStatus, Details, check_can_move
from dimoslive.domain.booking.details import LONGEST_TYPED, TypedDetails, parse_details
from dimoslive.domain.booking.draft import BookingDraft
from dimoslive.domain.catalogue_old import MunicipalityName
from dimoslive.domain.errors import InvalidDetails, NotOffered
from dimoslive.domain.people.personal_data import PhoneNumber
from dimoslive.domain.people.principals import CitizenActor
from dimoslive.domain.scheduling.slots import Mode
from dimoslive.services.access.access_booking import access_booking
from dimoslive.services.catalogue.show_municipality import to_name, to_offered

_TYPED = tuple(field.name for field in fields(TypedDetails))

# No database stores half a surrogate pair, and PostgreSQL no NUL; the check refuses what replaces them just as well.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft with what its page shows of it, as it was at an instant: by that all else on the page is judged."""

    at: datetime
    draft: BookingDraft
    typed: TypedDetails
    municipality: MunicipalityName | None = None
    service: BookedService | None = None
    duration: int = 0
    moved: Booking | None = None
    """The booking that is being rescheduled."""
    clashes: tuple[Booking, ...] = ()
    """Other bookings of the citizen's that share time with the held one."""


def open_draft(parts: Parts, actor: CitizenActor) -> OpenDraft:
    """The citizen's draft as it stands."""
    now = parts.clock.now()
    with reading(parts.db) as tx:
        row = draft_of(tx, actor.id, now)
        hold = hold_of(tx, actor.id)
        live = to_hold(hold) if hold and hold.hold_expires_at and now < hold.hold_expires_at else None
        municipality = tx.get(Municipality, row.municipality_id) if row.municipality_id else None
        place = service_with_place(tx, row.service_id) if row.service_id else None
        moved = to_booking(*booking_with_service(tx, row.moving_id)) if row.moving_id else None
        during = open_bookings_during(tx, actor.id, live.period) if live else []
        clashes = tuple(to_booking(*found) for found in during if found[0].id != row.moving_id)
        typed = _typed(tx, row, actor)
    return OpenDraft(
        at=now,
        draft=BookingDraft(
            municipality_id=row.municipality_id,
            service_id=row.service_id,
            mode=Mode(row.mode) if row.mode else None,
            hold=live,
            details=details_of(row, actor) if row.details_given else None,
            moving=moved.reference if moved else None,
        ),
        typed=typed,
        municipality=to_name(municipality) if municipality else None,
        service=to_booked_service(*place) if place else None,
        duration=place[0].duration if place else 0,
        moved=moved,
        clashes=clashes,
    )


def choose_service(parts: Parts, actor: CitizenActor, service_id: int, mode: str) -> None:
    """Service and mode; another choice than before lets go of a held time. Raises `NotOffered`."""
    now = parts.clock.now()
    with transaction(parts.db) as tx:
        place = service_with_place(tx, service_id)
        row = _draft_for_change(tx, actor, now)
        if place is None or place[2].joined_at is None or not place[0].is_active:
            raise NotOffered()
        if mode and mode not in to_offered(place[0], place[1], []).modes:
            raise NotOffered()
        if (row.service_id, row.mode) != (service_id, mode):
            _release_hold(tx, actor, now)
        if row.moving_id is not None and row.service_id != service_id:
            # A booking is moved within its service; another service is another booking.
            row.moving_id = None
        row.municipality_id, row.service_id, row.mode = place[2].id, service_id, mode
        save_draft(tx, row, now)


def keep_typed(parts: Parts, actor: CitizenActor, typed: TypedDetails) -> None:
    """Keep what is typed, right or wrong, so that a reload loses nothing."""
    now = parts.clock.now()
    with transaction(parts.db) as tx:
        row = _draft_for_change(tx, actor, now)
        before = _as_typed(row)
        _write_typed(row, typed)
        # What was checked and is only kept again stays checked.
        row.details_given = row.details_given and _as_typed(row) == before
        save_draft(tx, row, now)


def give_details(parts: Parts, actor: CitizenActor, typed: TypedDetails) -> Details:
    """Keep what is typed and check it; raises `InvalidDetails`, with nothing lost."""
    now = parts.clock.now()
    problem: InvalidDetails | None = None
    details: Details | None = None
    with transaction(parts.db) as tx:
        row = _draft_for_change(tx, actor, now)
        _write_typed(row, typed)
        try:
            details = parse_details(typed, actor.full_name)
        except InvalidDetails as found:
            problem = found
        row.details_given = problem is None
        save_draft(tx, row, now)
    if problem or details is None:
        raise problem or InvalidDetails(())
    return details


def start_move(parts: Parts, actor: CitizenActor, reference: str) -> None:
    """Begin to reschedule a booking: the draft becomes a copy of it. Raises `NotFound`, `TooLate`, `TooManyMoves`."""
    now = parts.clock.now()
    with transaction(parts.db) as tx:
        row = _draft_for_change(tx, actor, now)
        booking = access_booking(tx, actor, reference, for_change=True)
        service, _, municipality = service_with_place(tx, booking.service_id)
        check_can_move(BookingStatus(booking.status), booking.starts_at, booking.moves, now, to_change_rules(service))
        _release_hold(tx, actor, now)
        row.municipality_id, row.service_id, row.mode = municipality.id, service.id, booking.mode
        row.moving_id = booking.id
        for name in _TYPED:
            if name != "remember_contact":
                setattr(row, name, getattr(booking, name))
        row.remember_contact = _remembers_contact(tx, actor)
        row.details_given = False
        save_draft(tx, row, now)


def start_again(parts: Parts, actor: CitizenActor) -> None:
    """A new booking: an empty draft, and no time held."""
    now = parts.clock.now()
    with transaction(parts.db) as tx:
        lock_citizen(tx, actor.id)
        _release_hold(tx, actor, now)
        drop_draft(tx, actor.id)


def details_of(row: DraftRow, actor: CitizenActor) -> Details | None:
    """The details that a draft holds, if they are right."""
    try:
        return parse_details(_as_typed(row), actor.full_name)
    except InvalidDetails:
        return None


def _draft_for_change(tx: Session, actor: CitizenActor, now: datetime) -> DraftRow:
    lock_citizen(tx, actor.id)
    return draft_of(tx, actor.id, now)


def _release_hold(tx: Session, actor: CitizenActor, now: datetime) -> None:
    hold = hold_of(tx, actor.id, for_change=True)
    if hold is not None:
        let_go(tx, hold, now)


def _typed(tx: Session, row: DraftRow, actor: CitizenActor) -> TypedDetails:
    """What stands in the fields: what was typed, else what the person asked us to remember."""
    typed = _as_typed(row)
    if typed.email or typed.phone:
        return typed
    citizen = tx.get(Citizen, actor.id)
    if citizen is None or not (citizen.email or citizen.phone):
        return typed
    phone = PhoneNumber(citizen.phone).shown if citizen.phone else ""
    return replace(typed, email=citizen.email, phone=phone, remember_contact=True)


def _remembers_contact(tx: Session, actor: CitizenActor) -> bool:
    citizen = tx.get_one(Citizen, actor.id)
    return bool(citizen.email or citizen.phone)


def _as_typed(row: DraftRow) -> TypedDetails:
    return TypedDetails(**{name: getattr(row, name) for name in _TYPED})


def _write_typed(row: DraftRow, typed: TypedDetails) -> None:
    for name in _TYPED:
        value = getattr(typed, name)
        setattr(row, name, _UNSTORABLE.sub("\1", value)[:LONGEST_TYPED] if isinstance(value, str) else value)
