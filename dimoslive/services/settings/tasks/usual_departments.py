"""The departments that most municipalities have, by ticks."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.departments import next_position
from dimoslive.db.queries.tasks import departments_in_use
from dimoslive.db.tables.catalogue import DepartmentRow
from dimoslive.domain.folding import folded
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.usual import DEPARTMENTS, UsualDepartment
from dimoslive.services.settings.add_root import add_root
from dimoslive.services.settings.departments.kind import DEPARTMENT
from dimoslive.services.settings.root_change import Act
from dimoslive.services.settings.tasks.access_set_up import access_set_up, see_set_up


@dataclass(frozen=True, slots=True)
class OfferedDepartment:
    """A usual department, and whether the municipality has one of this name."""

    usual: UsualDepartment
    is_there: bool


def offer_usual_departments(context: AppContext, official: Official, municipality_id: int) -> list[OfferedDepartment]:
    """All of them; raises `NotFound`."""
    with reading(context.db) as tx:
        see_set_up(tx, official, municipality_id)
        known = departments_by_name(tx, municipality_id)
        return [OfferedDepartment(one, folded(one.name_el) in known) for one in DEPARTMENTS]


def add_usual_departments(context: AppContext, official: Official, municipality_id: int, keys: Collection[str]) -> int:
    """Add those that are named and not there yet; how many that were. Raises `NotFound`."""
    act = Act(official, context.clock.now(), municipality_id)
    with transaction(context.db) as tx:
        access_set_up(tx, official, municipality_id)
        known = departments_by_name(tx, municipality_id)
        wanted = [one for one in DEPARTMENTS if one.key in keys and folded(one.name_el) not in known]
        for one in wanted:
            add_usual_department(tx, one, act)
        return len(wanted)


def add_usual_department(tx: Session, usual: UsualDepartment, act: Act) -> DepartmentRow:
    """One more, behind all others."""
    values: dict[str, object] = dict.fromkeys(DEPARTMENT.columns, "") | {
        "name_el": usual.name_el,
        "name_en": usual.name_en,
        "is_name_en_suggested": False,
        "position": next_position(tx, act.municipality_id),
    }
    row = DepartmentRow(municipality_id=act.municipality_id, name_el="", name_en="")
    return add_root(tx, DEPARTMENT, row, values, act)


def departments_by_name(tx: Session, municipality_id: int) -> dict[str, DepartmentRow]:
    """The departments in use, by their Greek name as it is compared."""
    return {folded(row.name_el): row for row in departments_in_use(tx, municipality_id)}
