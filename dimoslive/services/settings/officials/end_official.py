"""End an official: said before what that leaves behind, and then at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col

from dimoslive.context import AppContext
from dimoslive.db.announcements import announce_day_of
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.my_desk import desk_within
from dimoslive.db.queries.official_rights import (
    bookings_ahead_at,
    department_ids_here,
    desks_left_alone,
    forget_right,
    meetings_held_by,
    officials_of,
    other_administrators,
    seat,
    write_desks,
)
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.official import OfficialRightRow
from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.errors import DesksLeftAlone, LastAdministrator
from dimoslive.domain.people.principals import Official, StaffRight, StaffRole
from dimoslive.domain.plans.changes import AbsenceChange
from dimoslive.domain.scheduling.local_time import ATHENS, days_period, local_day
from dimoslive.domain.scheduling.periods import Period
from dimoslive.services.plans.access_plan import check_may_plan
from dimoslive.services.plans.preview_change import preview_change
from dimoslive.services.settings.delete_root import delete_root
from dimoslive.services.settings.officials.access_official import access_official
from dimoslive.services.settings.officials.kind import OFFICIAL
from dimoslive.services.settings.officials.open_official import find_entered
from dimoslive.services.settings.root_change import Act

ABSENT = 0
"""Instead of another official's id: the desk is absent as far as there are bookings."""
_MAX_ABSENCE = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class DeskLeft:
    """A desk that nobody else works, its bookings to come, and who could take it over, by id."""

    id: int
    name: Words
    bookings: int
    ends_at: datetime | None
    successors: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Ending:
    """What the end of an official leaves behind. ``meetings`` are the starts of those held now."""

    desks: tuple[DeskLeft, ...]
    meetings: tuple[datetime, ...]
    zone: str
    is_self: bool


def weigh_ending(context: AppContext, by: Official, municipality_id: int, official_id: int) -> Ending:
    """What is said before; raises `NotFound` or `LastAdministrator`."""
    with reading(context.db) as tx:
        right = find_entered(tx, by, municipality_id, official_id).right
        _check_not_last(tx, right)
        return Ending(
            _desks_left(tx, municipality_id, official_id, context.clock.now()),
            tuple(row.starts_at for row in meetings_held_by(tx, official_id, municipality_id)),
            tx.get_one(MunicipalityRow, municipality_id).zone,
            official_id == by.id,
        )


def end_official(
    context: AppContext, by: Official, municipality_id: int, official_id: int, after: Mapping[int, int]
) -> int:
    """The right is gone, and with it every session by it alone; name and notes stay.

    ``after`` says for each desk with bookings ahead that nobody else works who takes it over, or `ABSENT`. Returns the
    id of the plan in which these absences are decided, 0 if there are none. Raises `DesksLeftAlone` where that is not
    said, `LastAdministrator`, `RemovedMeanwhile` or `NotFound`.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        right = access_official(tx, by, municipality_id, official_id)
        _check_not_last(tx, right)
        desks = [one for one in _desks_left(tx, municipality_id, official_id, now) if one.bookings]
        if unsaid := [one for one in desks if after.get(one.id) not in {ABSENT, *one.successors}]:
            raise DesksLeftAlone({one.id: one.name for one in unsaid})
        absent = [one for one in desks if after[one.id] == ABSENT]
        absence = _absence(absent, now) if absent else None
        if absence is not None:
            check_may_plan(tx, by, municipality_id, absence)
        _hand_on(tx, desks, after)
        act = Act(by, now, municipality_id)
        delete_root(tx, OFFICIAL, right, act, forget=lambda: _forget(tx, right, act))
        announce_day_of(tx, municipality_id, local_day(now, ATHENS), "set_up")
    return preview_change(context, by, municipality_id, absence) if absence else 0


def _check_not_last(tx: Session, right: OfficialRightRow) -> None:
    is_administrator = right.role == StaffRole.ADMINISTRATOR
    if is_administrator and not other_administrators(tx, right.municipality_id, but=right.official_id):
        raise LastAdministrator()


def _desks_left(tx: Session, municipality_id: int, official_id: int, now: datetime) -> tuple[DeskLeft, ...]:
    rows = desks_left_alone(tx, official_id, municipality_id)
    ahead = bookings_ahead_at(tx, [row.id or 0 for row in rows], now)
    here = col(OfficialRightRow.municipality_id) == municipality_id
    others = [one for one in officials_of(tx, here) if one.right.official_id != official_id and one.official.is_active]
    rights = {
        one.right.official_id: StaffRight(
            municipality_id,
            StaffRole(one.right.role),
            frozenset(department_ids_here(tx, one.right.official_id, municipality_id)),
        )
        for one in (others if ahead else ())
    }
    left = []
    for row in rows:
        bookings, ends_at = ahead.get(row.id or 0, (0, None))
        successors = {
            one.right.official_id: f"{one.last_name} {one.first_name}".strip()
            for one in (others if bookings else ())
            if desk_within(tx, rights[one.right.official_id], row.id or 0) is not None
        }
        name = {"el": row.name_el, "en": row.name_en or row.name_el}
        left.append(DeskLeft(row.id or 0, name, bookings, ends_at, successors))
    return tuple(left)


def _absence(desks: list[DeskLeft], now: datetime) -> AbsenceChange:
    """From now to the end of the last day with a booking: who comes after that finds another official, or no time."""
    last = max((one.ends_at for one in desks if one.ends_at), default=now)
    today = local_day(now, ATHENS)
    until = days_period(today, local_day(min(last, now + _MAX_ABSENCE), ATHENS), ATHENS).ends_at
    begins = now.replace(minute=now.minute - now.minute % 5, second=0, microsecond=0)
    return AbsenceChange(Period(begins, until), frozenset(one.id for one in desks))


def _hand_on(tx: Session, desks: list[DeskLeft], after: Mapping[int, int]) -> None:
    for one in desks:
        if after[one.id] != ABSENT:
            seat(tx, one.id, after[one.id], is_usual=False)


def _forget(tx: Session, right: OfficialRightRow, act: Act) -> None:
    write_desks(tx, right.official_id, right.municipality_id, (), by=act.by_id, at=act.at)
    forget_right(tx, right.official_id, right.municipality_id, act.at)
