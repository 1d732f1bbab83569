"""Officials as one municipality has them: their rights there, their departments and desks, by query."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, delete, exists, func, select, update
from sqlmodel import Session, col

from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import DepartmentRow, DeskRow
from dimoslive.db.tables.meeting import MeetingRow
from dimoslive.db.tables.official import (
    DeskOfficialRow,
    OfficialDepartmentRow,
    OfficialRightRow,
    OfficialRow,
    StaffSessionRow,
)
from dimoslive.domain.booking.statuses import OPEN
from dimoslive.domain.people.permissions import Permission, can, rights_to
from dimoslive.domain.people.principals import Official, StaffRole


class EnteredOfficial(NamedTuple):
    """A right, and whose."""

    right: OfficialRightRow
    official: OfficialRow

    @property
    def id(self) -> int:
        """The official's."""
        return self.right.official_id

    @property
    def last_name(self) -> str:
        """As this municipality knows it; what others entered is never shown here."""
        return self.right.last_name or self.official.last_name

    @property
    def first_name(self) -> str:
        """The one that goes with the last name."""
        return self.right.first_name if self.right.last_name else self.official.first_name

    @property
    def email(self) -> str:
        """By which it entered them."""
        return self.right.email if self._is_own_word else self.official.email or ""

    @property
    def afm_last_digits(self) -> str:
        """Of the AFM by which it entered them."""
        return self.right.afm_last_digits if self._is_own_word else self.official.afm_last_digits

    @property
    def _is_own_word(self) -> bool:
        return bool(self.right.email or self.right.afm_last_digits)


def officials_within(official: Official, municipality_id: int) -> ColumnElement[bool]:
    """The rights that somebody may give and take: all of the municipality, or those of the own departments alone.

    A head reaches officials whose departments are all the head's own, and no other head.
    """
    here = col(OfficialRightRow.municipality_id) == municipality_id
    if can(official, Permission.MANAGE_ALL_OFFICIALS, municipality_id):
        return here
    rights = [r for r in rights_to(official, Permission.MANAGE_OFFICIALS) if r.municipality_id == municipality_id]
    no_head = col(OfficialRightRow.role) == StaffRole.OFFICIAL.value
    if any(not right.department_ids for right in rights):
        return and_(here, no_head)
    own = sorted({id_ for right in rights for id_ in right.department_ids})
    limits = (
        select(col(OfficialDepartmentRow.department_id))
        .join(DepartmentRow, col(DepartmentRow.id) == col(OfficialDepartmentRow.department_id))
        .where(
            col(OfficialDepartmentRow.official_id) == col(OfficialRightRow.official_id),
            col(DepartmentRow.municipality_id) == municipality_id,
        )
        .correlate(OfficialRightRow)
    )
    department = col(OfficialDepartmentRow.department_id)
    return and_(
        here, no_head, limits.where(department.in_(own)).exists(), ~limits.where(department.not_in(own)).exists()
    )


def officials_of(tx: Session, within: ColumnElement[bool]) -> list[EnteredOfficial]:
    """Those in a scope, by surname as it stands here."""
    query = (
        select(OfficialRightRow, OfficialRow)
        .join(OfficialRow, col(OfficialRow.id) == col(OfficialRightRow.official_id))
        .where(within)
    )
    found = [EnteredOfficial(*row) for row in tx.execute(query)]
    return sorted(found, key=by_name)


def by_name(one: EnteredOfficial) -> tuple[str, str, int]:
    """Their order: by surname as it stands here."""
    return one.last_name, one.first_name, one.id


def right_of(tx: Session, official_id: int, municipality_id: int) -> OfficialRightRow | None:
    """The right of somebody in a municipality."""
    return tx.get(OfficialRightRow, (official_id, municipality_id))


def has_any_right(tx: Session, official_id: int) -> bool:
    """Whether any municipality has entered the person."""
    return bool(tx.scalar(select(exists().where(col(OfficialRightRow.official_id) == official_id))))


def other_administrators(tx: Session, municipality_id: int, but: int) -> int:
    """How many others may set up the municipality."""
    query = (
        select(func.count())
        .select_from(OfficialRightRow)
        .join(OfficialRow, col(OfficialRow.id) == col(OfficialRightRow.official_id))
        .where(
            col(OfficialRightRow.municipality_id) == municipality_id,
            col(OfficialRightRow.role) == StaffRole.ADMINISTRATOR.value,
            col(OfficialRightRow.official_id) != but,
            col(OfficialRow.is_active),
        )
    )
    return tx.scalar(query) or 0


def department_ids_here(tx: Session, official_id: int, municipality_id: int) -> list[int]:
    """The departments to which a right is limited; none: all."""
    query = select(col(OfficialDepartmentRow.department_id)).where(
        col(OfficialDepartmentRow.official_id) == official_id,
        col(OfficialDepartmentRow.department_id).in_(_departments(municipality_id)),
    )
    return sorted(tx.scalars(query))


def desk_ids_here(tx: Session, official_id: int, municipality_id: int) -> list[int]:
    """The desks of a municipality that somebody works."""
    query = select(col(DeskOfficialRow.desk_id)).where(
        col(DeskOfficialRow.official_id) == official_id, col(DeskOfficialRow.desk_id).in_(_desks(municipality_id))
    )
    return sorted(tx.scalars(query))


def write_departments(tx: Session, official_id: int, municipality_id: int, department_ids: Collection[int]) -> None:
    """The right is limited to these from now on; to none: not at all."""
    had = set(department_ids_here(tx, official_id, municipality_id))
    gone = had - set(department_ids)
    tx.execute(
        delete(OfficialDepartmentRow).where(
            col(OfficialDepartmentRow.official_id) == official_id, col(OfficialDepartmentRow.department_id).in_(gone)
        )
    )
    tx.add_all(
        OfficialDepartmentRow(official_id=official_id, department_id=id_) for id_ in sorted(set(department_ids) - had)
    )
    tx.flush()


def write_desks(
    tx: Session, official_id: int, municipality_id: int, desk_ids: Collection[int], *, by: int | None, at: datetime
) -> None:
    """These are the desks that somebody works; each desk that it changes has another version."""
    had, wanted = set(desk_ids_here(tx, official_id, municipality_id)), set(desk_ids)
    tx.execute(
        delete(DeskOfficialRow).where(
            col(DeskOfficialRow.official_id) == official_id, col(DeskOfficialRow.desk_id).in_(had - wanted)
        )
    )
    for desk_id in sorted(wanted - had):
        seat(tx, desk_id, official_id, is_usual=len(wanted) == 1)
    tx.flush()
    touch_desks(tx, had ^ wanted, by=by, at=at)


def touch_desks(tx: Session, desk_ids: Collection[int], *, by: int | None, at: datetime) -> None:
    """Who works them is a part of them: they have another version."""
    touched = update(DeskRow).where(col(DeskRow.id).in_(desk_ids))
    tx.execute(touched.values(version=DeskRow.version + 1, changed_at=at, changed_by=by))


def touch_rights(
    tx: Session, official_ids: Collection[int], municipality_id: int, *, by: int | None, at: datetime
) -> None:
    """The desks that somebody works are a part of the right: it has another version."""
    touched = update(OfficialRightRow).where(
        col(OfficialRightRow.municipality_id) == municipality_id, col(OfficialRightRow.official_id).in_(official_ids)
    )
    tx.execute(touched.values(version=OfficialRightRow.version + 1, changed_at=at, changed_by=by))


def usually_worked(tx: Session, municipality_id: int) -> set[int]:
    """The desks of a municipality that somebody usually works."""
    query = select(col(DeskOfficialRow.desk_id)).where(
        col(DeskOfficialRow.is_usual), col(DeskOfficialRow.desk_id).in_(_desks(municipality_id))
    )
    return set(tx.scalars(query))


def seat(tx: Session, desk_id: int, official_id: int, *, is_usual: bool) -> None:
    """Somebody works a desk; usually, if wanted and nobody else does: who finds it chosen in the morning is one."""
    usual = exists().where(col(DeskOfficialRow.desk_id) == desk_id, col(DeskOfficialRow.is_usual))
    is_free = not tx.scalar(select(usual))
    tx.add(DeskOfficialRow(desk_id=desk_id, official_id=official_id, is_usual=is_usual and is_free))


def desks_left_alone(tx: Session, official_id: int, municipality_id: int) -> list[DeskRow]:
    """The desks in use that nobody but this official works."""
    others = select(col(DeskOfficialRow.desk_id)).where(col(DeskOfficialRow.official_id) != official_id)
    query = (
        select(DeskRow)
        .join(DeskOfficialRow, col(DeskOfficialRow.desk_id) == col(DeskRow.id))
        .where(
            col(DeskOfficialRow.official_id) == official_id,
            col(DeskRow.municipality_id) == municipality_id,
            col(DeskRow.is_active),
            col(DeskRow.id).not_in(others),
        )
        .order_by(col(DeskRow.position), col(DeskRow.id))
    )
    return list(tx.scalars(query))


def bookings_ahead_at(tx: Session, desk_ids: Iterable[int], now: datetime) -> dict[int, tuple[int, datetime]]:
    """By desk, its lanes with it: how many open bookings are to come, and when the last of them ends."""
    desk = func.coalesce(DeskRow.overflow_of, DeskRow.id)
    query: Any = (
        select(desk, func.count(), func.max(BookingRow.ends_at))
        .select_from(BookingRow)
        .join(DeskRow, col(DeskRow.id) == col(BookingRow.desk_id))
        .where(
            desk.in_(list(desk_ids)),
            col(BookingRow.status).in_([status.value for status in OPEN]),
            col(BookingRow.ends_at) > now,
        )
        .group_by(desk)
    )
    return {desk_id: (number, last) for desk_id, number, last in tx.execute(query)}


def meetings_held_by(tx: Session, official_id: int, municipality_id: int) -> list[BookingRow]:
    """The bookings whose citizen this official has let in, and is with now."""
    query = (
        select(BookingRow)
        .join(MeetingRow, col(MeetingRow.booking_id) == col(BookingRow.id))
        .where(
            col(MeetingRow.municipality_id) == municipality_id,
            col(MeetingRow.admitted_by) == official_id,
            col(MeetingRow.admitted_at).is_not(None),
            col(MeetingRow.ended_at).is_(None),
        )
        .order_by(col(BookingRow.starts_at))
    )
    return list(tx.scalars(query))


def forget_right(tx: Session, official_id: int, municipality_id: int, now: datetime) -> None:
    """What goes with a right: its limits, and every browser that is signed in by it alone; the others leave the place.

    A session that is over stays for a while, so that its browser is told why.
    """
    write_departments(tx, official_id, municipality_id, ())
    others = exists().where(
        col(OfficialRightRow.official_id) == official_id, col(OfficialRightRow.municipality_id) != municipality_id
    )
    platform = exists().where(col(OfficialRow.id) == official_id, col(OfficialRow.is_platform_admin))
    sessions = update(StaffSessionRow).where(col(StaffSessionRow.official_id) == official_id)
    if not tx.scalar(select(others | platform)):
        tx.execute(sessions.where(col(StaffSessionRow.expires_at) > now).values(expires_at=now))
    at_it = sessions.where(col(StaffSessionRow.municipality_id) == municipality_id)
    tx.execute(at_it.values(municipality_id=None, desk_id=None, desk_on=None))


def use_own_name(tx: Session, official_id: int, municipality_id: int) -> None:
    """Whoever comes to work is called as the sign-in says, no longer as the municipality entered them."""
    entered = update(OfficialRightRow).where(
        col(OfficialRightRow.official_id) == official_id,
        col(OfficialRightRow.municipality_id) == municipality_id,
        col(OfficialRightRow.last_name) != "",
    )
    tx.execute(entered.values(last_name="", first_name=""))


def _departments(municipality_id: int) -> Any:
    return select(col(DepartmentRow.id)).where(col(DepartmentRow.municipality_id) == municipality_id)


def _desks(municipality_id: int) -> Any:
    return select(col(DeskRow.id)).where(
        col(DeskRow.municipality_id) == municipality_id, col(DeskRow.overflow_of).is_(None)
    )
