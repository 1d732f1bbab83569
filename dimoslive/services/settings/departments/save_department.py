"""Add a department, or change one."""

from collections.abc import Mapping

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.rows.roots import values_of
from dimoslive.db.tables.catalogue import DepartmentRow
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.department import parse_department
from dimoslive.services.settings.add_root import add_root
from dimoslive.services.settings.departments.access_department import access_department
from dimoslive.services.settings.departments.kind import DEPARTMENT
from dimoslive.services.settings.root_change import Act, Opened, Saved
from dimoslive.services.settings.save_root import save_root
from dimoslive.services.settings.suggest_english import with_suggestions


def add_department(context: AppContext, official: Official, municipality_id: int, raw: Mapping[str, object]) -> int:
    """A new one; its id. Raises `InvalidDetails`, or `NotFound` for whoever may not."""
    if not can(official, Permission.MANAGE_DEPARTMENTS, municipality_id):
        raise NotFound()
    values = parse_department(with_suggestions(raw))
    with transaction(context.db) as tx:
        row = DepartmentRow(municipality_id=municipality_id, name_el="", name_en="")
        return add_root(tx, DEPARTMENT, row, values, Act(official, context.clock.now(), municipality_id)).id or 0


def save_department(  # which one, and how it was and is to be
    context: AppContext,
    official: Official,
    municipality_id: int,
    department_id: int,
    opened: Opened,
    raw: Mapping[str, object],
) -> Saved:
    """Change one; its place in the order only by whoever may order them.

    Raises `InvalidDetails`, `ChangedMeanwhile`, `RemovedMeanwhile`, or `NotFound`.
    """
    with transaction(context.db) as tx:
        row = access_department(tx, official, municipality_id, department_id, Permission.EDIT_DEPARTMENT)
        if not can(official, Permission.MANAGE_DEPARTMENTS, municipality_id):
            raw = {**raw, "position": values_of(tx, DEPARTMENT, row)["position"]}
        mine = parse_department(with_suggestions(raw))
        return save_root(tx, DEPARTMENT, row, opened, mine, Act(official, context.clock.now(), municipality_id))
