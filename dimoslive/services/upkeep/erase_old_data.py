"""Retention: persons are erased from old bookings, mails lose their content; counts stay."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.limits import forget_attempts, window_of
from dimoslive.db.queries.outbox import forget_old_mails
from dimoslive.db.queries.people import forget_gone_citizens, forget_old_states
from dimoslive.db.queries.sessions import forget_old_sessions
from dimoslive.db.tables.booking import BookingLinkRow, BookingRow, ClaimRow
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.draft import DraftRow
from dimoslive.domain.scheduling.slots import ticks
from dimoslive.services.access.limit_attempts import RateLimit

BOOKINGS_KEPT = timedelta(days=MunicipalityRow.model_fields["retention_days"].default)
BOOKINGS_KEPT_AT_MOST = timedelta(days=365)
"""Whatever a municipality sets, longer is not promised to anybody."""
MAILS_KEPT = timedelta(days=30)
DRAFTS_KEPT = timedelta(days=30)
CITIZENS_KEPT = timedelta(days=365)
"""After the last sign-in, if nothing else of theirs is left."""
ATTEMPTS_KEPT = timedelta(days=1)
"""Counts of knocks name addresses of the network."""

_PERSONAL = ("person_name", "email", "phone", "address", "subject", "help_needed", "cancel_reason")


@dataclass(frozen=True, slots=True)
class Erased:
    """What one run erased."""

    bookings: int
    mails: int


def erase_old_data(context: AppContext) -> Erased:
    """Erase what the retention rules no longer allow to be kept."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        terms = tx.scalars(select(col(MunicipalityRow.retention_days)).distinct()).all()
        bookings = sum(_erase_bookings(tx, now, days) for days in terms)
        mails = forget_old_mails(tx, now - MAILS_KEPT)
        tx.execute(delete(DraftRow).where(col(DraftRow.changed_at) < now - DRAFTS_KEPT))
        # Claims guard the future; those of past days are of no more use.
        past = ticks(now - timedelta(days=2), now).start
        tx.execute(delete(ClaimRow).where(col(ClaimRow.tick) < past))
        for limit in RateLimit:
            within = limit.value.window
            forget_attempts(tx, limit.value.name, window_of(now - ATTEMPTS_KEPT + within, within))
        forget_old_sessions(tx, now)
        forget_old_states(tx, now - timedelta(days=1))
        forget_gone_citizens(tx, now - CITIZENS_KEPT)
    return Erased(bookings, mails)


def _erase_bookings(tx: Session, now: datetime, retention_days: int) -> int:
    """Empty the personal columns of bookings over for so long, in the municipalities with that term."""
    with_term = select(col(MunicipalityRow.id)).where(col(MunicipalityRow.retention_days) == retention_days)
    old = (
        col(BookingRow.ends_at) < now - min(timedelta(days=retention_days), BOOKINGS_KEPT_AT_MOST),
        col(BookingRow.erased_at).is_(None),
        col(BookingRow.municipality_id).in_(with_term),
    )
    tx.execute(delete(BookingLinkRow).where(col(BookingLinkRow.booking_id).in_(select(col(BookingRow.id)).where(*old))))
    emptied = {"citizen_id": None, "visitor_zone": "", "erased_at": now} | dict.fromkeys(_PERSONAL, "")
    return tx.execute(update(BookingRow).where(*old).values(**emptied)).rowcount  # type: ignore[attr-defined,no-any-return]  # a CursorResult has it
