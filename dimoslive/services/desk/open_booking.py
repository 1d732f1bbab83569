"""All that an official's page of one booking shows, in a number of queries that does not grow with it."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.booking_page import (
    FoundBooking,
    Told,
    desks_of,
    find_on_desk,
    notes_of,
    officials_named,
    others_of,
    told_of,
)
from dimoslive.db.queries.freed import freed_by
from dimoslive.db.queries.history import Happened, history_of
from dimoslive.db.queries.meetings import is_admitted
from dimoslive.db.queries.official_rights import EnteredOfficial
from dimoslive.db.queries.scopes import bookings_within
from dimoslive.db.rows.booking import to_booking
from dimoslive.db.rows.history import read_facts
from dimoslive.db.rows.ready_reasons import ready_reasons
from dimoslive.db.tables.api_key import ApiKeyRow
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import DeskRow
from dimoslive.db.tables.official import OfficialRow
from dimoslive.domain.booking.booking import BookingSource
from dimoslive.domain.booking.consents import Consent
from dimoslive.domain.booking.references import parse_reference
from dimoslive.domain.booking.statuses import CANCELLED, FINAL, OPEN, BookingStatus
from dimoslive.domain.desk.desk_booking import (
    Change,
    Delivery,
    DeskBooking,
    DeskName,
    Freed,
    Note,
    Offers,
    OtherBooking,
)
from dimoslive.domain.desk.presses import CORRECTED_TO, Press, presses_of
from dimoslive.domain.errors import DomainError, NotFound
from dimoslive.domain.events import booking_subject
from dimoslive.domain.meeting.meeting import PRESENT_FOR, check_can_enter
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.desk.cancel_by_municipality import CAN_BE_CANCELLED, can_be_cancelled
from dimoslive.services.desk.change_details import desk_details_of
from dimoslive.services.desk.correct_outcome import settled_at, settled_by
from dimoslive.services.desk.write_note import NOTE
from dimoslive.services.outbox.deliver_mail import MAIL


def open_booking(context: AppContext, official: Official, reference: str) -> DeskBooking:
    """The booking, if it is within the official's scope; raises `NotFound`."""
    now = context.clock.now()
    with reading(context.db) as tx:
        scope = bookings_within(official, Permission.VIEW_DESK)
        found = find_on_desk(tx, scope, parse_reference(reference) or "")
        if found is None:
            raise NotFound()
        row = found.booking.row
        history = history_of(tx, row.id or 0)
        desks = {id_: _desk_name(desk) for id_, desk in desks_of(tx, row.municipality_id).items()}
        named = officials_named(tx, {id_ for id_ in (row.made_by, row.told_by) if id_ is not None})
        program = tx.get_one(ApiKeyRow, row.api_key_id).name if row.api_key_id else ""
        return DeskBooking(
            booking=to_booking(found.booking),
            details=desk_details_of(row),
            version=row.version,
            erased_at=row.erased_at,
            desk=desks[row.desk_id],
            desks=desks,
            **_since(row, history),
            source=BookingSource(row.source),
            made_by=short_name(named.get(row.made_by or 0)) or program,
            consent=_consent(row),
            told_by=short_name(named.get(row.told_by or 0)) or (program if row.consent_at is None else ""),
            outcome=row.outcome,
            outcome_note=row.outcome_note,
            reason=row.cancel_reason,
            call_attempts=row.call_attempts,
            is_outside_hours=row.is_outside_hours,
            staff_reason=row.staff_reason,
            identity=row.identity_document or (found.meeting.identity_document if found.meeting else ""),
            identity_at=row.identity_at or (found.meeting.identity_at if found.meeting else None),
            notes=_notes(tx, row),
            history=tuple(_change(happened) for happened in history if happened.event.action != NOTE),
            deliveries=tuple(map(_delivery, told_of(tx, booking_subject(row.id or 0), MAIL.name))),
            others=_others(tx, official, row),
            presses=_presses(row, now),
            offers=_offers(found, official, history, now),
            ready_reasons=ready_reasons(found.booking.municipality),
            freed=_freed(tx, row, now),
        )


def _freed(tx: Session, row: BookingRow, now: datetime) -> Freed | None:
    hold = freed_by(tx, row.id or 0, now) if BookingStatus(row.status) in CANCELLED else None
    return Freed(hold.reference, hold.hold_expires_at) if hold and hold.hold_expires_at else None


def short_name(official: OfficialRow | EnteredOfficial | None) -> str:
    """An official as colleagues know them: «Μ. Οικονόμου»."""
    if official is None:
        return ""
    initial = f"{official.first_name[:1]}. " if official.first_name else ""
    return f"{initial}{official.last_name}".strip()


def _who(happened: Happened) -> str:
    """The official, or the program as the municipality calls it; nothing for the citizen or a job."""
    return happened.api_key.name if happened.api_key else short_name(happened.official)


def _since(row: BookingRow, history: list[Happened]) -> dict[str, Any]:
    """When it came to stand as it stands, and by whom."""
    for happened in history:
        if "status" in read_facts(happened.event.after):
            return {"since": happened.event.at, "since_by": _who(happened)}
    return {"since": row.cancelled_at or row.booked_at, "since_by": ""}


def _consent(row: BookingRow) -> Consent | None:
    if row.consent_at is None:
        return None
    return Consent(row.consent_version, row.consent_sha256, row.consent_language, row.consent_at)


def _notes(tx: Session, row: BookingRow) -> tuple[Note, ...]:
    return tuple(
        Note(written.note.written_at, short_name(written.official), written.note.text)
        for written in notes_of(tx, row.id or 0)
    )


def _others(tx: Session, official: Official, row: BookingRow) -> tuple[OtherBooking, ...]:
    found = others_of(tx, bookings_within(official, Permission.VIEW_DESK), row)
    return tuple(
        OtherBooking(
            other.row.reference,
            other.row.starts_at,
            {"el": other.service.name_el, "en": other.service.name_en},
            BookingStatus(other.row.status),
        )
        for other in found
    )


def _desk_name(desk: DeskRow) -> DeskName:
    return DeskName(
        {"el": desk.name_el, "en": desk.name_en or desk.name_el},
        {"el": desk.place_el, "en": desk.place_en or desk.place_el},
        desk.overflow_of is not None,
    )


def _change(happened: Happened) -> Change:
    event = happened.event
    return Change(
        at=event.at,
        by=_who(happened),
        is_officials=event.official_id is not None or event.api_key_id is not None,
        action=event.action,
        before=read_facts(event.before),
        after=read_facts(event.after),
        reason=event.reason,
    )


def _delivery(told: Told) -> Delivery:
    delivery = told.delivery
    sent_at = delivery.done_at if delivery.failed_at is None else None
    return Delivery(told.event, sent_at, delivery.failed_at)


def _presses(row: BookingRow, now: datetime) -> tuple[Press, ...]:
    if row.erased_at is not None:
        return ()
    return presses_of(BookingStatus(row.status), Mode(row.mode), row.starts_at, now)


def _offers(found: FoundBooking, official: Official, history: list[Happened], now: datetime) -> Offers:
    row, department = found.booking.row, found.booking.department
    if row.erased_at is not None:
        return Offers()

    def may(permission: Permission) -> bool:
        return can(official, permission, row.municipality_id, department.id)

    status, serves, arranges = BookingStatus(row.status), may(Permission.SERVE), may(Permission.ARRANGE)
    settled = settled_by(history)
    is_late = local_day(settled_at(row, settled), ATHENS) < local_day(now, ATHENS)
    can_enter = _can_enter(found, now)
    return Offers(
        can_move=arranges and status in CAN_BE_CANCELLED,
        can_hand_over=arranges and status in OPEN,
        can_cancel=arranges and can_be_cancelled(status, row.starts_at, now),
        can_change=serves and status not in FINAL,
        can_note=serves,
        can_note_identity=may(Permission.RECORD_IDENTITY) and status in OPEN | CORRECTED_TO.keys(),
        can_send_again=serves and bool(row.email) and status in OPEN and row.ends_at > now,
        can_correct=status in CORRECTED_TO and serves and (not is_late or may(Permission.CORRECT_PAST_DAY)),
        can_put_back=settled is not None and not is_late,
        is_late=is_late,
        can_enter=can_enter,
        can_admit=can_enter and _waits(found, now) and may(Permission.ADMIT),
    )


def _can_enter(found: FoundBooking, now: datetime) -> bool:
    try:
        check_can_enter(to_booking(found.booking), now)
    except DomainError:
        return False
    return True


def _waits(found: FoundBooking, now: datetime) -> bool:
    meeting = found.meeting
    if meeting is None or meeting.seen_at is None or is_admitted(meeting, now):
        return False
    return now - meeting.seen_at <= PRESENT_FOR
