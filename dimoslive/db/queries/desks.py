"""Desks as a municipality sets them up, by query."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlmodel import Session, col

from dimoslive.db.queries.official_rights import EnteredOfficial, by_name, touch_rights
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.calendar_feed import CalendarFeedRow
from dimoslive.db.tables.catalogue import AbsenceDeskRow, DepartmentRow, DeskRow, ServiceDeskRow, ServiceRow
from dimoslive.db.tables.desk import DeskDelayRow
from dimoslive.db.tables.official import (
    DeskOfficialRow,
    OfficialDepartmentRow,
    OfficialRightRow,
    OfficialRow,
    StaffSessionRow,
)
from dimoslive.db.tables.plan import PlanItemRow
from dimoslive.domain.people.principals import StaffRole


class DeskLine(NamedTuple):
    """A desk, its department if it has one, and how many services in use it serves."""

    row: DeskRow
    department: DepartmentRow | None
    services: int


def desks_to_list(tx: Session, municipality_id: int, within: ColumnElement[bool]) -> list[DeskLine]:
    """Those within a scope, no lanes, in the municipality's own order, archived ones last."""
    services = (
        select(func.count())
        .select_from(ServiceDeskRow)
        .join(ServiceRow, col(ServiceRow.id) == col(ServiceDeskRow.service_id))
        .where(col(ServiceDeskRow.desk_id) == col(DeskRow.id), col(ServiceRow.is_active))
        .correlate(DeskRow)
        .scalar_subquery()
    )
    query = (
        select(DeskRow, DepartmentRow, services)
        .outerjoin(DepartmentRow, col(DepartmentRow.id) == col(DeskRow.department_id))
        .where(col(DeskRow.municipality_id) == municipality_id, col(DeskRow.overflow_of).is_(None), within)
        .order_by(col(DeskRow.is_active).desc(), col(DepartmentRow.position), col(DeskRow.position), col(DeskRow.id))
    )
    return [DeskLine(*found) for found in tx.execute(query)]


def officials_at(tx: Session, desk_ids: Iterable[int]) -> dict[int, list[tuple[EnteredOfficial, bool]]]:
    """Who works each desk, by surname, and whether usually."""
    query = (
        select(col(DeskOfficialRow.desk_id), col(DeskOfficialRow.is_usual), OfficialRightRow, OfficialRow)
        .join(DeskRow, col(DeskRow.id) == col(DeskOfficialRow.desk_id))
        .join(OfficialRow, col(OfficialRow.id) == col(DeskOfficialRow.official_id))
        .join(
            OfficialRightRow,
            and_(
                col(OfficialRightRow.official_id) == col(OfficialRow.id),
                col(OfficialRightRow.municipality_id) == col(DeskRow.municipality_id),
            ),
        )
        .where(col(DeskOfficialRow.desk_id).in_(list(desk_ids)))
    )
    found: dict[int, list[tuple[EnteredOfficial, bool]]] = {}
    for desk_id, is_usual, right, official in tx.execute(query):
        found.setdefault(desk_id, []).append((EnteredOfficial(right, official), is_usual))
    for working in found.values():
        working.sort(key=lambda one: by_name(one[0]))
    return found


def officials_to_choose(tx: Session, municipality_id: int, department_id: int | None) -> list[EnteredOfficial]:
    """Whoever may serve the municipality and is limited to no other departments, by surname."""
    limits = select(col(OfficialDepartmentRow.official_id)).join(
        DepartmentRow, col(DepartmentRow.id) == col(OfficialDepartmentRow.department_id)
    ).where(col(DepartmentRow.municipality_id) == municipality_id)  # fmt: skip
    own = limits.where(col(OfficialDepartmentRow.department_id) == department_id)
    query = (
        select(OfficialRightRow, OfficialRow)
        .join(OfficialRow, col(OfficialRow.id) == col(OfficialRightRow.official_id))
        .where(
            col(OfficialRightRow.municipality_id) == municipality_id,
            col(OfficialRightRow.role) != StaffRole.PLATFORM_ADMINISTRATOR.value,
            col(OfficialRow.is_active),
        )
    )
    if department_id is not None:
        query = query.where(or_(col(OfficialRow.id).not_in(limits), col(OfficialRow.id).in_(own)))
    return sorted((EnteredOfficial(*found) for found in tx.execute(query)), key=by_name)


def write_officials(tx: Session, row: DeskRow, official_ids: Collection[int], usual: int | None) -> None:
    """These work the desk, and one of them usually; whoever comes or goes has a right with another version."""
    desk_id = row.id or 0
    had = set(tx.scalars(select(col(DeskOfficialRow.official_id)).where(col(DeskOfficialRow.desk_id) == desk_id)))
    if row.changed_at is not None:
        changed = had ^ set(official_ids)
        touch_rights(tx, changed, row.municipality_id, by=row.changed_by, at=row.changed_at)
    tx.execute(delete(DeskOfficialRow).where(col(DeskOfficialRow.desk_id) == desk_id))
    tx.add_all(DeskOfficialRow(desk_id=desk_id, official_id=id_, is_usual=id_ == usual) for id_ in official_ids)
    tx.flush()


def next_position(tx: Session, municipality_id: int) -> int:
    """Behind all desks of the municipality."""
    query = select(func.max(col(DeskRow.position))).where(col(DeskRow.municipality_id) == municipality_id)
    return (tx.scalar(query) or 0) + 1


def desks_of_department(tx: Session, municipality_id: int, department_id: int) -> list[DeskRow]:
    """All of them, archived ones too, no lanes."""
    query = select(DeskRow).where(
        col(DeskRow.municipality_id) == municipality_id,
        col(DeskRow.department_id) == department_id,
        col(DeskRow.overflow_of).is_(None),
    )
    return list(tx.scalars(query))


def lanes_follow(tx: Session, row: DeskRow) -> None:
    """The overflow lanes of a desk are called what it is called, and belong where it belongs."""
    names = ("department_id", "name_el", "name_en", "place_el", "place_en", "position")
    words = {name: getattr(row, name) for name in names}
    tx.execute(update(DeskRow).where(col(DeskRow.overflow_of) == row.id).values(**words))


def served_by_it_alone(tx: Session, desk_id: int) -> list[ServiceRow]:
    """The services in use that no other desk in use serves."""
    others = (
        select(col(ServiceDeskRow.service_id))
        .join(DeskRow, col(DeskRow.id) == col(ServiceDeskRow.desk_id))
        .where(col(ServiceDeskRow.desk_id) != desk_id, col(DeskRow.is_active))
    )
    query = (
        select(ServiceRow)
        .join(ServiceDeskRow, col(ServiceDeskRow.service_id) == col(ServiceRow.id))
        .where(
            col(ServiceDeskRow.desk_id) == desk_id,
            col(ServiceRow.is_active),
            col(ServiceRow.id).not_in(others),
        )
    )
    return list(tx.scalars(query.order_by(col(ServiceRow.position), col(ServiceRow.id))))


def is_used(tx: Session, desk_id: int) -> bool:
    """Whether a booking, an absence or a plan ever named the desk, or a lane of it."""
    own = select(col(DeskRow.id)).where(or_(col(DeskRow.id) == desk_id, col(DeskRow.overflow_of) == desk_id))
    users = (
        select(col(BookingRow.id)).where(col(BookingRow.desk_id).in_(own)),
        select(col(AbsenceDeskRow.absence_id)).where(col(AbsenceDeskRow.desk_id).in_(own)),
        select(col(PlanItemRow.id)).where(
            or_(
                col(PlanItemRow.was_desk_id).in_(own),
                col(PlanItemRow.proposed_desk_id).in_(own),
                col(PlanItemRow.target_desk_id).in_(own),
            )
        ),
    )
    return bool(tx.scalar(select(or_(*(query.exists() for query in users)))))


def forget_desk(tx: Session, desk_id: int) -> None:
    """What belongs to a desk that is deleted: lanes, services, officials, delay, feeds, and whoever is at it today."""
    for table in (ServiceDeskRow, DeskOfficialRow, DeskDelayRow, CalendarFeedRow):
        tx.execute(delete(table).where(table.desk_id == desk_id))  # type: ignore[arg-type]  # a column
    at_it = update(StaffSessionRow).where(col(StaffSessionRow.desk_id) == desk_id)
    tx.execute(at_it.values(desk_id=None, desk_on=None))
    tx.execute(delete(DeskRow).where(col(DeskRow.overflow_of) == desk_id))
