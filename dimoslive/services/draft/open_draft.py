"""Read the wizard's draft. It survives a reload, a new tab, another device."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.bookings import booking_with_service, open_bookings
from dimoslive.db.rows.booking import OpenBooking, to_booked_service, to_booking, to_hold
from dimoslive.db.rows.catalogue import to_name
from dimoslive.db.rows.draft import as_typed, details_of
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.citizen import CitizenRow
from dimoslive.db.tables.draft import DraftRow
from dimoslive.domain.booking.booking import BookedService, Booking
from dimoslive.domain.booking.details import TypedDetails
from dimoslive.domain.booking.draft import BookingDraft, Hold
from dimoslive.domain.catalogue.municipality import MunicipalityName
from dimoslive.domain.people.personal_data import PhoneNumber
from dimoslive.domain.people.principals import Citizen, FramedCitizen
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.access.access_draft import SeenDraft, see_draft


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft with what its page shows of it, as it was at an instant: by that all else on the page is judged."""

    at: datetime
    draft: BookingDraft
    typed: TypedDetails
    municipality: MunicipalityName | None = None
    service: BookedService | None = None
    duration_minutes: int = 0
    moved: Booking | None = None
    """The booking that is being rescheduled."""
    clashes: tuple[Booking, ...] = ()
    """Other bookings of the citizen's that share time with the held one."""


def open_draft(context: AppContext, principal: Citizen) -> OpenDraft:
    """The citizen's draft as it stands."""
    now = context.clock.now()
    with reading(context.db) as tx:
        return read_draft(tx, principal, see_draft(tx, principal, now), now)


def read_draft(
    tx: Session,
    principal: Citizen,
    seen: SeenDraft,
    now: datetime,
    *,
    ahead: Sequence[OpenBooking] | None = None,
) -> OpenDraft:
    """The same inside a transaction that has seen the draft.

    ``ahead`` are the citizen's open bookings still to come, for who has read them already.
    """
    citizen, row, place, hold = seen
    live = to_hold(hold) if hold and now < hold.hold_expires_at else None
    municipality = place.municipality if place else None
    if row.municipality_id and (municipality is None or municipality.id != row.municipality_id):
        municipality = tx.get(MunicipalityRow, row.municipality_id)
    moved = to_booking(booking_with_service(tx, row.moving_id)) if row.moving_id else None
    if ahead is None:
        # In a frame of another site nothing is said of other bookings.
        is_told = live is not None and not isinstance(principal, FramedCitizen)
        ahead = open_bookings(tx, principal.id, now) if is_told else []
    return OpenDraft(
        at=now,
        draft=BookingDraft(
            municipality_id=row.municipality_id,
            service_id=row.service_id,
            mode=Mode(row.mode) if row.mode else None,
            hold=live,
            details=details_of(row, principal) if row.details_given else None,
            moving=moved.reference if moved else None,
        ),
        typed=_typed(row, citizen),
        municipality=to_name(municipality, now) if municipality else None,
        service=to_booked_service(*place) if place else None,
        duration_minutes=place.service.duration_minutes if place else 0,
        moved=moved,
        clashes=_clashes(tx, row, live, ahead),
    )


def _clashes(tx: Session, row: DraftRow, hold: Hold | None, ahead: Sequence[OpenBooking]) -> tuple[Booking, ...]:
    if hold is None:
        return ()
    others = (booking for booking in ahead if booking.id != row.moving_id)
    return tuple(
        to_booking(booking_with_service(tx, booking.id))
        for booking in others
        if booking.starts_at < hold.period.ends_at and booking.ends_at > hold.period.starts_at
    )


def _typed(row: DraftRow, citizen: CitizenRow) -> TypedDetails:
    """What stands in the fields: what was typed, else what the person asked us to remember."""
    typed = as_typed(row)
    if typed.email or typed.phone:
        return typed
    if not (citizen.email or citizen.phone):
        return typed
    phone = PhoneNumber(citizen.phone).shown if citizen.phone else ""
    return replace(typed, email=citizen.email, phone=phone, remember_contact=True)
