"""A held time becomes a booking, or the new time of one; the event is written in the same transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.bookings import booking_by_reference, booking_with_service, hold_with_ahead
from dimoslive.db.queries.calendars import lock_reserve
from dimoslive.db.queries.claims import hand_over_claims
from dimoslive.db.queries.drafts import drop_draft
from dimoslive.db.queries.freed import FormerPlace
from dimoslive.db.queries.people import lock_citizen
from dimoslive.db.queries.places import with_door
from dimoslive.db.rows.booking import BookingWithService, to_booking, to_change_rules, to_details, write_details
from dimoslive.db.rows.draft import details_of
from dimoslive.db.rows.history import facts_of
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.db.tables.citizen import CitizenRow
from dimoslive.db.tables.draft import DraftRow
from dimoslive.domain.booking.booking import Booking, check_can_move
from dimoslive.domain.booking.consents import Declaration
from dimoslive.domain.booking.details import Details, ServedPerson
from dimoslive.domain.booking.draft import HOLD_LENGTH
from dimoslive.domain.booking.references import parse_reference
from dimoslive.domain.booking.statuses import BookingStatus, change_status
from dimoslive.domain.errors import ChangedElsewhere, IncompleteDraft, InvalidInput
from dimoslive.domain.events import BookingConfirmed, BookingDetailsChanged, BookingEvent, BookingRescheduled
from dimoslive.domain.people.names import name_of
from dimoslive.domain.people.principals import Citizen
from dimoslive.domain.scheduling.local_time import is_known_zone
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.i18n.texts import LANGUAGES
from dimoslive.services.access.access_draft import access_draft_with_place, is_within
from dimoslive.services.access.access_hold import access_hold
from dimoslive.services.access.check_booking_limit import check_booking_limit
from dimoslive.services.booking.current_declaration import check_declaration
from dimoslive.services.booking.record_change import record_change
from dimoslive.services.freed.free_late import free_late
from dimoslive.services.outbox.publish_event import publish_event
from dimoslive.services.waiting.enter_list import end_entry_if_earlier

_News = Callable[[Booking], BookingEvent]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What the last press says: the hold that the page showed, the declaration it showed, and whether it was ticked."""

    hold_reference: str
    declaration: Declaration
    is_declared: bool
    language: str
    visitor_zone: str
    details: Details | None = None
    """The details that the page showed; without them, whatever the draft holds is meant."""


def confirm_booking(context: AppContext, principal: Citizen, confirmation: Confirmation) -> Booking:
    """Book the held time, or move the booking being rescheduled to it. A repeated press returns the same booking.

    Moving to the time that the booking has already counts as no move.

    Raises `HoldExpired`, `ChangedElsewhere`, `IncompleteDraft`, `DeclarationChanged`, `InvalidInput` (nothing ticked),
    `TooManyOpenBookings`, `TooLate` or `TooManyMoves`.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        lock_citizen(tx, principal.id)
        citizen, draft, place = access_draft_with_place(tx, principal, now)
        if place and place.service.staff_reserve > 0:
            # In its last second a hold may count as over for somebody else, who would then give its place away twice.
            lock_reserve(tx, draft.service_id or 0)
        shown, ahead = hold_with_ahead(tx, parse_reference(confirmation.hold_reference) or "", now)
        done = _already_done(shown, principal)
        if done is not None:
            return to_booking(booking_with_service(tx, done))
        hold, details = _ready(tx, principal, draft, shown, confirmation, now)
        assert place is not None
        check_declaration(tx, place.municipality, confirmation.declaration)
        if not confirmation.is_declared:
            raise InvalidInput("declaration", "declaration_required")
        if draft.moving_id is None:
            check_booking_limit(place, ahead)
        is_move = hold.moving_id is not None
        before = facts_of(tx.get_one(BookingRow, hold.moving_id) if is_move else hold)
        booking, news = _move(tx, hold, details, now) if is_move else _book(tx, hold, now)
        if news is not None:
            _write(booking, details, citizen, confirmation, now)
        _remember_contact(citizen, draft, details)
        drop_draft(tx, principal.id)
        result = with_door(tx, to_booking(BookingWithService(booking, *place, citizen)), booking.desk_id)
        if news is not None:
            record_change(tx, booking, before, "moved" if is_move else "booked", now)
            publish_event(tx, news(result), now)
        return result


def find_booked(context: AppContext, principal: Citizen, hold_reference: str) -> Booking | None:
    """The citizen's booking that came of a hold, if one did."""
    with reading(context.db) as tx:
        done = _already_done(booking_by_reference(tx, parse_reference(hold_reference) or ""), principal)
        return None if done is None else to_booking(booking_with_service(tx, done))


def _already_done(shown: BookingRow | None, principal: Citizen) -> int | None:
    """The booking that an earlier press of the same button made."""
    if shown is None or shown.citizen_id != principal.id or not is_within(principal, shown.municipality_id):
        return None
    if shown.status == BookingStatus.HELD.value:
        return None
    if shown.booked_at is not None:
        return shown.moving_id or shown.id
    return None


def _ready(
    tx: Session,
    principal: Citizen,
    draft: DraftRow,
    shown: BookingRow | None,
    confirmation: Confirmation,
    now: datetime,
) -> tuple[BookingRow, Details]:
    if shown is not None and _is_changed(shown, draft, confirmation):
        raise ChangedElsewhere()
    if shown is None or not _is_held(shown, principal, now):
        # Another time is held instead, or none: then this says so.
        access_hold(tx, principal, now)
        raise ChangedElsewhere()
    details = details_of(draft, principal) if draft.details_given else None
    if confirmation.details not in (None, details):
        raise ChangedElsewhere()
    if details is None:
        raise IncompleteDraft()
    return shown, details


def _is_held(shown: BookingRow, principal: Citizen, now: datetime) -> bool:
    is_own = shown.citizen_id == principal.id and shown.status == BookingStatus.HELD.value
    return is_own and shown.hold_expires_at is not None and now < shown.hold_expires_at


def _is_changed(shown: BookingRow, draft: DraftRow, confirmation: Confirmation) -> bool:
    """Whether another choice was made, or the time let go, since the page showed the hold."""
    if shown.citizen_id != draft.citizen_id:
        return False
    chosen = (draft.service_id, draft.mode, draft.moving_id)
    if (shown.service_id, shown.mode, shown.moving_id) != chosen or confirmation.declaration.mode != shown.mode:
        return True
    if shown.status != BookingStatus.EXPIRED.value or shown.hold_expires_at is None:
        return False
    # A hold that ran out ended when it was to end; one that was let go, before.
    return shown.hold_expires_at < shown.created_at + HOLD_LENGTH * (2 if shown.hold_extended else 1)


def _book(tx: Session, hold: BookingRow, now: datetime) -> tuple[BookingRow, _News]:
    hold.status = change_status(hold.status, BookingStatus.BOOKED)
    hold.booked_at, hold.hold_expires_at = now, None
    tx.add(hold)
    return hold, BookingConfirmed


def _move(tx: Session, hold: BookingRow, details: Details, now: datetime) -> tuple[BookingRow, _News | None]:
    """The booking takes the hold's time and claims; its own old claims go only then. And what there is to tell of it.

    The same time is no move: changed details are confirmed anew, and without them there is nothing to tell.
    """
    booking = tx.get_one(BookingRow, hold.moving_id, with_for_update=True)
    rules = to_change_rules(tx.get_one(ServiceRow, booking.service_id))
    check_can_move(BookingStatus(booking.status), booking.starts_at, booking.reschedule_count, now, rules)
    period, mode = Period(booking.starts_at, booking.ends_at), Mode(booking.mode)
    is_moved = (period, mode) != (Period(hold.starts_at, hold.ends_at), Mode(hold.mode))
    news: _News | None = partial(BookingRescheduled, previous_period=period, previous_mode=mode)
    if not is_moved:
        news = None if to_details(booking) == details else BookingDetailsChanged
    occupied = range(hold.first_tick, hold.end_tick)
    free_late(tx, FormerPlace.of(booking), now, kept=occupied if hold.desk_id == booking.desk_id else range(0))
    hand_over_claims(tx, hold.id or 0, booking.id or 0, hold.desk_id, occupied)
    if is_moved:
        booking.first_starts_at = booking.first_starts_at or booking.starts_at
    for name in ("desk_id", "mode", "starts_at", "ends_at", "first_tick", "end_tick"):
        setattr(booking, name, getattr(hold, name))
    end_entry_if_earlier(tx, booking, period.starts_at, now)
    booking.sequence += news is not None
    booking.reschedule_count += is_moved
    # The hold's row stays as a trace that a repeated press can recognise.
    hold.status = change_status(hold.status, BookingStatus.EXPIRED)
    hold.booked_at, hold.hold_expires_at = now, None
    tx.add(hold)
    tx.add(booking)
    return booking, news


def _write(
    booking: BookingRow, details: Details, citizen: CitizenRow, confirmation: Confirmation, now: datetime
) -> None:
    is_own = details.served_person is ServedPerson.SELF
    write_details(booking, details, name_of(citizen.first_name, citizen.last_name) if is_own else None)
    # Both come from a browser; what nobody knows would only fail later, in the mail.
    booking.language = confirmation.language if confirmation.language in LANGUAGES else LANGUAGES[0]
    booking.visitor_zone = confirmation.visitor_zone if is_known_zone(confirmation.visitor_zone) else ""
    booking.consent_version = confirmation.declaration.version
    booking.consent_sha256 = confirmation.declaration.sha256
    booking.consent_language, booking.consent_at = confirmation.declaration.language, now


def _remember_contact(citizen: CitizenRow, draft: DraftRow, details: Details) -> None:
    agreed = draft.remember_contact
    citizen.email, citizen.phone = (details.email, details.phone) if agreed else ("", "")
