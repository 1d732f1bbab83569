"""What a municipality sets up of itself, by query: crest, what a shorter term would erase."""

from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.settings import CrestRow
from dimoslive.domain.booking.statuses import OPEN

_OPEN = [status.value for status in OPEN]


def crest_hash_of(tx: Session, municipality_id: int) -> str:
    """The hash of its crest, empty if there is none."""
    query = select(col(CrestRow.png_hash)).where(col(CrestRow.municipality_id) == municipality_id)
    return tx.scalar(query) or ""


def crest_of_slug(tx: Session, slug: str) -> CrestRow | None:
    """The crest of the municipality with this slug."""
    query = (
        select(CrestRow)
        .join(MunicipalityRow, col(MunicipalityRow.id) == col(CrestRow.municipality_id))
        .where(col(MunicipalityRow.slug) == slug)
    )
    return tx.scalars(query).one_or_none()


def count_ended_between(tx: Session, municipality_id: int, first: datetime, last: datetime) -> int:
    """Bookings that still name a person and ended from ``first`` until before ``last``."""
    query = select(func.count()).where(
        col(BookingRow.municipality_id) == municipality_id,
        col(BookingRow.erased_at).is_(None),
        col(BookingRow.ends_at) >= first,
        col(BookingRow.ends_at) < last,
    )
    return tx.scalar(query) or 0


def count_ahead(tx: Session, municipality_id: int, now: datetime) -> int:
    """Bookings that are still to come."""
    query = select(func.count()).where(
        col(BookingRow.municipality_id) == municipality_id,
        col(BookingRow.status).in_(_OPEN),
        col(BookingRow.starts_at) > now,
    )
    return tx.scalar(query) or 0


def joined_with_contact(tx: Session) -> list[MunicipalityRow]:
    """Published ones that name whom to ask about personal data."""
    query = select(MunicipalityRow).where(
        col(MunicipalityRow.joined_at).is_not(None), col(MunicipalityRow.data_protection_contact) != ""
    )
    return list(tx.scalars(query))
