"""People who set up a municipality, and what they set up."""

from typing import Any

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import DepartmentRow
from dimoslive.db.tables.official import OfficialDepartmentRow, OfficialRightRow, OfficialRow
from dimoslive.domain.people.principals import Official, StaffRight, StaffRole
from dimoslive.ports import Identity
from tests.support.meeting import NIKOS, enter_official
from tests.support.world import Town


def enter_administrator(town: Town, identity: Identity = NIKOS) -> Official:
    """Somebody who may set up all of the town."""
    return _enter(town, identity, StaffRole.ADMINISTRATOR, ())


def enter_head(town: Town, *departments: int, identity: Identity = NIKOS) -> Official:
    """Somebody who may set up these departments, or all where none is named."""
    return _enter(town, identity, StaffRole.HEAD, departments)


def _enter(town: Town, identity: Identity, role: StaffRole, departments: tuple[int, ...]) -> Official:
    official = enter_official(town, identity)
    with transaction(town.context.db) as tx:
        row = tx.get_one(OfficialRow, official.id)
        row.first_name, row.last_name = identity.first_name, identity.last_name
        tx.get_one(OfficialRightRow, (official.id, town.municipality.id)).role = role.value
        tx.add_all(OfficialDepartmentRow(official_id=official.id, department_id=id_) for id_ in departments)
    right = StaffRight(town.municipality.id, role, frozenset(departments))
    return Official(official.id, official.first_name, official.last_name, frozenset({right}))


def a_department(town: Town, name: str = "Ταμείο", **words: Any) -> DepartmentRow:
    """One that nothing belongs to yet."""
    with transaction(town.context.db) as tx:
        row = DepartmentRow(municipality_id=town.municipality.id, name_el=name, name_en="Cashier", **words)
        tx.add(row)
        tx.flush()
        return row
