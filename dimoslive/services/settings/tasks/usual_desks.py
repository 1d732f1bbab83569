"""«2 θέσεις σε κάθε τμήμα», in one press."""

from dataclasses import dataclass

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.announcements import announce_day_of
from dimoslive.db.engine import transaction
from dimoslive.db.queries.desks import next_position
from dimoslive.db.queries.services import desks_of_municipality, serving_desks
from dimoslive.db.queries.tasks import departments_in_use, services_in_use
from dimoslive.db.tables.catalogue import DepartmentRow, DeskRow
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.settings.usual import DESKS_EACH
from dimoslive.services.settings.add_root import add_root
from dimoslive.services.settings.desks.kind import DESK
from dimoslive.services.settings.root_change import Act
from dimoslive.services.settings.save_root import write_root
from dimoslive.services.settings.services.access_service import access_service
from dimoslive.services.settings.services.kind import SERVICE
from dimoslive.services.settings.tasks.access_set_up import access_set_up


@dataclass(frozen=True, slots=True)
class DesksAdded:
    """How many desks, and how many services that had none are served now."""

    desks: int
    services: int


def add_usual_desks(context: AppContext, official: Official, municipality_id: int) -> DesksAdded:
    """Two desks for each department that has none, and the department's desks for each service that has none.

    What has a desk stays as it is. Raises `NotFound`.
    """
    now = context.clock.now()
    act = Act(official, now, municipality_id)
    with transaction(context.db) as tx:
        zone = access_set_up(tx, official, municipality_id).zone
        today = local_day(now, zone)
        by_department: dict[int | None, list[int]] = {}
        for desk in desks_of_municipality(tx, municipality_id):
            by_department.setdefault(desk.department_id, []).append(desk.id or 0)
        added = 0
        for department in departments_in_use(tx, municipality_id):
            if department.id not in by_department:
                by_department[department.id] = [
                    _add(tx, department, number, act) for number in range(1, DESKS_EACH + 1)
                ]
                added += DESKS_EACH
        without = [one.row for one in services_in_use(tx, [municipality_id], today) if not one.has_desk]
        for found in without:
            row = access_service(tx, official, municipality_id, found.id or 0, Permission.MANAGE_SERVICES)
            before = {"desk_ids": serving_desks(tx, row.id or 0)}
            changed = {"desk_ids": by_department[row.department_id]}
            write_root(tx, SERVICE, row, changed, act, action="changed", before=before)
        if added or without:
            announce_day_of(tx, municipality_id, today, "set_up")
        return DesksAdded(added, len(without))


def _add(tx: Session, department: DepartmentRow, number: int, act: Act) -> int:
    values: dict[str, object] = {
        "department_id": department.id,
        "name_el": f"Θέση {number}",
        "name_en": f"Desk {number}",
        "is_name_en_suggested": False,
        "place_el": "",
        "place_en": "",
        "position": next_position(tx, act.municipality_id),
        "official_ids": [],
        "usual_official_id": None,
    }
    row = DeskRow(municipality_id=act.municipality_id, name_el="")
    return add_root(tx, DESK, row, values, act).id or 0
