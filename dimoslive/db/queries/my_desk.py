"""Who works at which desk, and how late it is said to be, by query."""

from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from dimoslive.db.tables.catalogue import DeskRow, ServiceDeskRow, ServiceRow
from dimoslive.db.tables.desk import DeskDelayRow
from dimoslive.db.tables.official import DeskOfficialRow, OfficialRow, StaffSessionRow
from dimoslive.domain.people.principals import StaffRight

_WITH_SOUND = (
    select(StaffSessionRow, col(OfficialRow.has_sound))
    .join(OfficialRow, col(OfficialRow.id) == col(StaffSessionRow.official_id))
    .where(col(StaffSessionRow.id) == bindparam("session_id"))
)


def desk_within(tx: Session, right: StaffRight, desk_id: int) -> DeskRow | None:
    """The desk, if it is in use, no lane, and one that the right's departments have or are served by."""
    desk = tx.get(DeskRow, desk_id)
    if desk is None or desk.municipality_id != right.municipality_id or not desk.is_active or desk.overflow_of:
        return None
    if not right.department_ids or desk.department_id in right.department_ids:
        return desk
    query = (
        select(col(ServiceRow.id))
        .join(ServiceDeskRow, col(ServiceDeskRow.service_id) == col(ServiceRow.id))
        .where(col(ServiceDeskRow.desk_id) == desk_id, col(ServiceRow.department_id).in_(sorted(right.department_ids)))
    )
    return desk if tx.scalar(query.limit(1)) else None


def officials_at_desk(tx: Session, desk_id: int, today: date, now: datetime, but: int) -> list[OfficialRow]:
    """Who else said to work there today, and is still signed in."""
    query = (
        select(OfficialRow)
        .join(StaffSessionRow, col(StaffSessionRow.official_id) == col(OfficialRow.id))
        .where(
            col(StaffSessionRow.desk_id) == desk_id,
            col(StaffSessionRow.desk_on) == today,
            col(StaffSessionRow.expires_at) > now,
            col(OfficialRow.id) != but,
        )
        .distinct()
        .order_by(col(OfficialRow.last_name))
    )
    return list(tx.scalars(query))


def usual_desks(tx: Session, official_id: int, municipality_id: int) -> list[int]:
    """The desks of an official in a municipality: the usual one first."""
    query = (
        select(col(DeskRow.id))
        .join(DeskOfficialRow, col(DeskOfficialRow.desk_id) == col(DeskRow.id))
        .where(
            col(DeskOfficialRow.official_id) == official_id,
            col(DeskRow.municipality_id) == municipality_id,
            col(DeskRow.is_active),
        )
        .order_by(col(DeskOfficialRow.is_usual).desc(), col(DeskRow.position))
    )
    return [id_ for id_ in tx.scalars(query) if id_]


def stated_delay(tx: Session, desk_id: int, now: datetime) -> timedelta:
    """By how much the desk is said to be late now; a lane as its desk."""
    desk = tx.get(DeskRow, desk_id)
    delay = tx.get(DeskDelayRow, desk.overflow_of or desk_id) if desk else None
    return timedelta(minutes=delay.minutes) if delay and delay.until > now else timedelta()


def session_with_sound(tx: Session, session_id: int) -> tuple[StaffSessionRow, bool] | None:
    """An official's session, and whether the official wants to hear of arrivals."""
    found = tx.execute(_WITH_SOUND, {"session_id": session_id}).one_or_none()
    return (found[0], found[1]) if found else None
