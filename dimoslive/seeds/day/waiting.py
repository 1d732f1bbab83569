"""Who waits in Heraklion for an earlier time, and a time there that was cancelled and comes back late."""

from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from dimoslive.db.queries.freed import FormerPlace, freed_by, keep_freed
from dimoslive.db.queries.history import add_event
from dimoslive.db.rows.history import facts_of
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.waiting_list import ON_THE_LIST, WaitingEntryRow
from dimoslive.domain.booking.references import make_reference
from dimoslive.domain.booking.statuses import BookingStatus, change_status
from dimoslive.domain.booking.waiting_list import can_enter
from dimoslive.domain.scheduling.local_time import day_period, local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.seeds.day.ahead import days_ahead
from dimoslive.seeds.day.forget import remembered
from dimoslive.seeds.day.names import chance
from dimoslive.seeds.day.town import Offer, Town

LISTED, FREED = "transfer", "certificates"
"""The services: nobody who waits for the one is offered a time of the other."""
_WISHES: tuple[dict[str, Any], ...] = (
    {},
    {"notices": 2},
    {"weekdays": "024"},
    {"from_clock": time(9), "until_clock": time(12)},
)
"""Of the four, in the order of the list; two notices of the second one are spent."""
_CANCELLED, _BACK = timedelta(minutes=-4), timedelta(minutes=9)


def make_waiting(tx: Session, heraklion: Town, citizen_id: int, now: datetime) -> None:
    """Fill the list up to four, the citizen who can sign in before all others, and let one time go."""
    if (offer := heraklion.offers.get(LISTED)) is not None:
        _enter(tx, offer, citizen_id, now)
    if (offer := heraklion.offers.get(FREED)) is not None:
        _cancel(tx, offer, now)


def _enter(tx: Session, offer: Offer, citizen_id: int, now: datetime) -> None:
    on_list = select(col(WaitingEntryRow.booking_id)).where(
        col(WaitingEntryRow.service_id) == offer.service_id, ON_THE_LIST
    )
    query = _booked(offer).where(col(BookingRow.email) != "", col(BookingRow.id).not_in(on_list))
    last_first = query.order_by(func.coalesce(BookingRow.citizen_id, 0) != citizen_id, col(BookingRow.starts_at).desc())
    is_there = tx.scalars(select(func.count()).select_from(on_list.subquery())).one()
    rules = offer.calendar.rules
    can = [row for row in tx.scalars(last_first) if can_enter(rules, Mode(row.mode), row.starts_at, now)]
    for hours, (row, words) in enumerate(zip(can, _WISHES[is_there:], strict=False)):
        entry = WaitingEntryRow(booking_id=row.id or 0, service_id=offer.service_id, entered_at=now, **words)
        # All were booked a day ago or earlier.
        entry.entered_at -= timedelta(hours=20 - hours)
        if entry.notices:
            entry.entered_at = row.booked_at or now
            entry.last_notice_on = local_day(now - timedelta(days=1), rules.zone)
        tx.add(entry)


def _cancel(tx: Session, offer: Offer, now: datetime) -> None:
    """The first of the fourth working day."""
    zone = offer.calendar.rules.zone
    day = day_period(days_ahead(now, zone)[3], zone)
    query = _booked(offer).where(col(BookingRow.starts_at) >= day.starts_at, col(BookingRow.starts_at) < day.ends_at)
    row = tx.scalars(query.order_by(col(BookingRow.starts_at), col(BookingRow.desk_id)).limit(1)).one_or_none()
    if row is None:
        return
    before, at = facts_of(row), now + _CANCELLED
    row.status = change_status(row.status, BookingStatus.CANCELLED_BY_CITIZEN)
    row.cancelled_at, row.sequence = at, row.sequence + 1
    tx.add(row)
    tx.flush()
    keep_freed(tx, FormerPlace.of(row), at, now + _BACK, at)
    hold = freed_by(tx, row.id or 0, now)
    if hold is not None:
        # The same hour makes the same rows.
        hold.reference = make_reference(chance("freed", now).getrandbits(40))
        tx.add(hold)
    add_event(tx, row, before, "cancelled", at, None, "")


def _booked(offer: Offer) -> Select[BookingRow]:
    """What the demo booked of a service as citizens do, and nobody has touched."""
    return select(BookingRow).where(
        col(BookingRow.id).in_(remembered("booking")),
        col(BookingRow.service_id) == offer.service_id,
        col(BookingRow.status) == BookingStatus.BOOKED.value,
        col(BookingRow.made_by).is_(None),
        col(BookingRow.version) == 1,
    )
