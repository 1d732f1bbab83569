"""Who must be phoned, and who was in the last days."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import col

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.calls import calls_made, calls_to_make
from dimoslive.db.queries.catalogue import departments_within
from dimoslive.db.queries.scopes import bookings_within
from dimoslive.db.queries.workplaces import count_calls
from dimoslive.db.tables.catalogue import DepartmentRow
from dimoslive.db.tables.desk import CallTaskRow
from dimoslive.domain.desk.calls import DONE_KEPT, Call
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.services.desk.find_workplace import Workplace

MAX_LISTED = 200


@dataclass(frozen=True, slots=True)
class Department:
    """A department of the official's scope, to choose by. ``name`` is by language."""

    id: int
    name: dict[str, str]


@dataclass(frozen=True, slots=True)
class Calls:
    """What the page of calls shows."""

    to_make: tuple[Call, ...]
    made: tuple[Call, ...]
    departments: tuple[Department, ...]
    waiting: int
    """How many are to be made in all, whatever the filters: the number beside the link to the page."""


def list_calls(
    context: AppContext, official: Official, place: Workplace, *, department_id: int | None = None, mine: bool = False
) -> Calls:
    """Within the official's scope; of one department, or only what the official took over, where that is asked."""
    conditions = calls_within(official, place, Permission.HANDLE_CALLS, department_id=department_id, mine=mine)
    with reading(context.db) as tx:
        rows = departments_within(tx, place.municipality_id, place.right.department_ids)
        return Calls(
            to_make=tuple(calls_to_make(tx, conditions, MAX_LISTED)),
            made=tuple(calls_made(tx, conditions, context.clock.now() - DONE_KEPT, MAX_LISTED)),
            departments=tuple(Department(row.id or 0, {"el": row.name_el, "en": row.name_en}) for row in rows),
            waiting=count_calls(tx, official, place.municipality_id),
        )


def calls_within(
    official: Official, place: Workplace, permission: Permission, *, department_id: int | None, mine: bool
) -> list[ColumnElement[bool]]:
    """Which calls somebody may do this with, of those that the filters let."""
    conditions = [col(CallTaskRow.municipality_id) == place.municipality_id, bookings_within(official, permission)]
    if department_id is not None:
        conditions.append(col(DepartmentRow.id) == department_id)
    if mine:
        conditions.append(col(CallTaskRow.taken_by) == official.id)
    return conditions
