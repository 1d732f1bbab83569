"""Bookings, holds, claims and links, by query."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session, col

from dimoslive.db.tables.booking import BookingLink, BookingRow, Claim
from dimoslive.db.tables.catalogue import Department, Municipality, Service
from dimoslive.db.tables.person import Citizen
from dimoslive.domain.booking.booking import BookingStatus
from dimoslive.domain.booking.draft import HELD_WITHIN
from dimoslive.domain.errors import SlotTaken
from dimoslive.domain.scheduling.periods import Period

_DEADLOCK = "40P01"

OPEN = [BookingStatus.BOOKED.value, BookingStatus.WAITING.value, BookingStatus.IN_SERVICE.value]


def claim_ticks(tx: Session, booking_id: int, desk_id: int, wanted: range, now: datetime, *, besides: int = 0) -> None:
    """Take the ticks of a desk for a booking, or raise `SlotTaken`: the last word on double booking.

    Expired holds of the wanted ticks give way. ``besides`` is a booking being moved, whose own ticks are left to it.
    """
    kept: set[int] = set()
    if besides:
        own = select(col(Claim.tick)).where(col(Claim.desk_id) == desk_id, col(Claim.booking_id) == besides)
        kept = set(tx.scalars(own))
    claims = [{"desk_id": desk_id, "tick": tick, "booking_id": booking_id} for tick in wanted if tick not in kept]
    if not claims:
        return
    try:
        with tx.begin_nested():
            end_holds(tx, expired_holds(tx, now, desk_id=desk_id, wanted=wanted))
            tx.execute(insert(Claim).values(claims))
    except IntegrityError:
        raise SlotTaken() from None
    except OperationalError as problem:
        # Two who want each other's expired time: PostgreSQL lets one of them through, and this is the other.
        if getattr(problem.orig, "sqlstate", None) != _DEADLOCK:
            raise
        raise SlotTaken() from None


def expired_holds(
    tx: Session, now: datetime, *, desk_id: int | None = None, wanted: range = range(0), most: int = 500
) -> list[int]:
    """Holds that ran out, locked so that their owners cannot confirm them: of a desk at the wanted ticks, or of all.

    Of all: those that somebody has locked already are left to them.
    """
    query = select(col(BookingRow.id)).where(
        col(BookingRow.status) == BookingStatus.HELD.value, col(BookingRow.hold_expires_at) <= now
    )
    if desk_id is not None:
        query = query.where(
            col(BookingRow.desk_id) == desk_id,
            col(BookingRow.first_tick) < wanted.stop,
            col(BookingRow.end_tick) > wanted.start,
        )
    query = query.order_by(col(BookingRow.id)).limit(most).with_for_update(skip_locked=desk_id is None)
    return [id_ for id_ in tx.scalars(query) if id_]


def hand_over_claims(tx: Session, from_id: int, to_id: int, desk_id: int, wanted: range) -> None:
    """A move: the booking takes the hold's claims and lets go of its own outside the wanted time."""
    tx.execute(update(Claim).where(col(Claim.booking_id) == from_id).values(booking_id=to_id))
    tx.execute(
        delete(Claim).where(
            col(Claim.booking_id) == to_id, (col(Claim.desk_id) != desk_id) | col(Claim.tick).not_in(list(wanted))
        )
    )


def release_claims(tx: Session, booking_ids: Iterable[int]) -> None:
    """Give the time of these bookings back."""
    tx.execute(delete(Claim).where(col(Claim.booking_id).in_(list(booking_ids))))


def end_holds(tx: Session, booking_ids: Iterable[int | None]) -> None:
    """Turn holds into expired ones and free their time."""
    ids = [booking_id for booking_id in booking_ids if booking_id is not None]
    if not ids:
        return
    release_claims(tx, ids)
    tx.execute(update(BookingRow).where(col(BookingRow.id).in_(ids)).values(status=BookingStatus.EXPIRED.value))


def let_go(tx: Session, hold: BookingRow, now: datetime) -> None:
    """End a hold, maybe before its time; it then says how long the time was held."""
    if hold.hold_expires_at is not None and now < hold.hold_expires_at:
        hold.hold_expires_at = now
        tx.add(hold)
        tx.flush()
    end_holds(tx, [hold.id])


def held_in_vain(tx: Session, citizen_id: int, since: datetime) -> list[Period]:
    """When the citizen held times that did not become bookings: those begun after the last booking that still stands.

    Only what reached beyond ``since``.
    """
    of_citizen = col(BookingRow.citizen_id) == citizen_id
    undone = [BookingStatus.HELD.value, BookingStatus.EXPIRED.value, BookingStatus.CANCELLED_BY_CITIZEN.value]
    booked = select(func.max(col(BookingRow.booked_at))).where(of_citizen, col(BookingRow.status).not_in(undone))
    query = select(col(BookingRow.created_at), col(BookingRow.hold_expires_at)).where(
        of_citizen,
        col(BookingRow.status).in_([BookingStatus.HELD.value, BookingStatus.EXPIRED.value]),
        col(BookingRow.hold_expires_at) > since,
        col(BookingRow.created_at) >= (tx.scalar(booked) or since - HELD_WITHIN),
    )
    return [Period(begun, ended) for begun, ended in tx.execute(query) if begun < ended]


def hold_of(tx: Session, citizen_id: int, *, for_change: bool = False) -> BookingRow | None:
    """The citizen's hold, expired or not; one at most. ``for_change`` locks it against whoever would end it."""
    query = select(BookingRow).where(
        col(BookingRow.citizen_id) == citizen_id, col(BookingRow.status) == BookingStatus.HELD.value
    )
    if for_change:
        query = query.with_for_update().execution_options(populate_existing=True)
    return tx.scalars(query).one_or_none()


def booking_by_reference(tx: Session, reference: str) -> BookingRow | None:
    """The row with this reference."""
    return tx.scalars(select(BookingRow).where(col(BookingRow.reference) == reference)).one_or_none()


def booking_by_link(tx: Session, token_hash: str) -> BookingRow | None:
    """The row that a mail's link names by the hash of its token."""
    query = (
        select(BookingRow)
        .join(BookingLink, col(BookingLink.booking_id) == col(BookingRow.id))
        .where(col(BookingLink.token_hash) == token_hash)
    )
    return tx.scalars(query).one_or_none()


def booking_with_service(tx: Session, booking_id: int) -> Any:
    """(BookingRow, Service, Department, Municipality, Citizen or None) of one booking."""
    return tx.execute(_with_service().where(col(BookingRow.id) == booking_id)).one()


def bookings_of(tx: Session, citizen_id: int, *, newest: int = 100) -> list[Any]:
    """The citizen's bookings with their services, newest start first; holds and expired holds left out."""
    hidden = [BookingStatus.HELD.value, BookingStatus.EXPIRED.value]
    query = (
        _with_service()
        .where(col(BookingRow.citizen_id) == citizen_id, col(BookingRow.status).not_in(hidden))
        .order_by(col(BookingRow.starts_at).desc())
        .limit(newest)
    )
    return list(tx.execute(query))


def open_bookings(tx: Session, citizen_id: int, municipality_id: int, now: datetime) -> list[BookingRow]:
    """The citizen's bookings with a municipality that are still to come, soonest first."""
    query = (
        select(BookingRow)
        .where(
            col(BookingRow.citizen_id) == citizen_id,
            col(BookingRow.municipality_id) == municipality_id,
            col(BookingRow.status).in_(OPEN),
            col(BookingRow.ends_at) > now,
        )
        .order_by(col(BookingRow.starts_at))
    )
    return list(tx.scalars(query))


def bookings_ahead(tx: Session, citizen_id: int, now: datetime) -> bool:
    """Whether the citizen has a booking, anywhere, that is still to come or is being served."""
    query = select(col(BookingRow.id)).where(
        col(BookingRow.citizen_id) == citizen_id,
        col(BookingRow.status).in_(OPEN),
        (col(BookingRow.ends_at) > now) | (col(BookingRow.status) != BookingStatus.BOOKED.value),
    )
    return tx.scalar(query.limit(1)) is not None


def open_bookings_during(tx: Session, citizen_id: int, period: Period) -> list[Any]:
    """The citizen's open bookings, with their services, that share time with a period; soonest first."""
    query = (
        _with_service()
        .where(
            col(BookingRow.citizen_id) == citizen_id,
            col(BookingRow.status).in_(OPEN),
            col(BookingRow.starts_at) < period.ends_at,
            col(BookingRow.ends_at) > period.starts_at,
        )
        .order_by(col(BookingRow.starts_at))
    )
    return list(tx.execute(query))


def _with_service() -> Any:
    return (
        select(BookingRow, Service, Department, Municipality, Citizen)
        .join(Service, col(Service.id) == col(BookingRow.service_id))
        .join(Department, col(Department.id) == col(Service.department_id))
        .join(Municipality, col(Municipality.id) == col(Department.municipality_id))
        .outerjoin(Citizen, col(Citizen.id) == col(BookingRow.citizen_id))
    )
