"""Where an official works: municipalities, the desk of today, and the calls that wait there."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import bindparam, func, select
from sqlmodel import Session, col

from dimoslive.db.queries.scopes import bookings_within
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import DeskRow, MunicipalityRow
from dimoslive.db.tables.desk import CallTaskRow
from dimoslive.db.tables.official import StaffSessionRow
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official

_BY_SLUG = select(MunicipalityRow).where(col(MunicipalityRow.slug) == bindparam("slug"))


def municipality_of(tx: Session, slug: str) -> MunicipalityRow | None:
    """The municipality with this slug."""
    return tx.scalars(_BY_SLUG, {"slug": slug}).one_or_none()


def workplaces_of(tx: Session, municipality_ids: Iterable[int]) -> list[MunicipalityRow]:
    """These municipalities, by name."""
    query = select(MunicipalityRow).where(col(MunicipalityRow.id).in_(sorted(municipality_ids)))
    return list(tx.scalars(query.order_by(col(MunicipalityRow.name_el))))


def desk_of_today(tx: Session, session: StaffSessionRow | None, today: date, municipality_id: int) -> DeskRow | None:
    """The desk that was chosen in this session, if that was today and in this municipality."""
    if session is None or session.desk_id is None or session.desk_on != today:
        return None
    desk = tx.get(DeskRow, session.desk_id)
    return desk if desk and desk.municipality_id == municipality_id else None


def count_calls(tx: Session, official: Official, municipality_id: int) -> int:
    """How many people are to be phoned, within the official's scope."""
    query = (
        select(func.count())
        .select_from(CallTaskRow)
        .join(BookingRow, col(BookingRow.id) == col(CallTaskRow.booking_id))
        .where(
            col(CallTaskRow.municipality_id) == municipality_id,
            col(CallTaskRow.done_at).is_(None),
            bookings_within(official, Permission.HANDLE_CALLS),
        )
    )
    return tx.scalar(query) or 0
