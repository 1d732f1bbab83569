"""Take a desk out of use, or back into it."""

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.announcements import announce_day_of
from dimoslive.db.engine import transaction
from dimoslive.db.queries.desks import served_by_it_alone
from dimoslive.db.queries.services import lock_names
from dimoslive.db.tables.catalogue import DepartmentRow
from dimoslive.domain.errors import DepartmentArchived, LastDesk
from dimoslive.domain.people.principals import Official
from dimoslive.domain.plans.changes import DeskChange
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.services.plans.preview_change import preview_change
from dimoslive.services.plans.weigh_change import weigh_change
from dimoslive.services.settings.archive_root import archive_root, restore_root
from dimoslive.services.settings.desks.access_desk import access_desk
from dimoslive.services.settings.desks.kind import DESK
from dimoslive.services.settings.root_change import Act


def archive_desk(context: AppContext, official: Official, municipality_id: int, desk_id: int) -> int:
    """At once where that changes nothing for anybody; else the id of the plan in which it is decided.

    Raises `LastDesk` or `NotFound`.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        lock_names(tx, municipality_id)
        row = access_desk(tx, official, municipality_id, desk_id)
        check_not_last(tx, desk_id)
        is_planned = weigh_change(tx, municipality_id, _archiving(desk_id), now).impact.does_anything
        if not is_planned:
            archive_root(tx, DESK, row, Act(official, now, municipality_id))
            announce_day_of(tx, municipality_id, local_day(now, ATHENS), "set_up")
    return preview_change(context, official, municipality_id, _archiving(desk_id)) if is_planned else 0


def restore_desk(context: AppContext, official: Official, municipality_id: int, desk_id: int) -> None:
    """It serves what it served; raises `DepartmentArchived` or `NotFound`."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_desk(tx, official, municipality_id, desk_id)
        if row.department_id and not tx.get_one(DepartmentRow, row.department_id).is_active:
            raise DepartmentArchived()
        restore_root(tx, DESK, row, Act(official, now, municipality_id))
        announce_day_of(tx, municipality_id, local_day(now, ATHENS), "set_up")


def check_not_last(tx: Session, desk_id: int) -> None:
    """Raises `LastDesk` with the services that no other desk serves."""
    if alone := served_by_it_alone(tx, desk_id):
        raise LastDesk({one.id or 0: {"el": one.name_el, "en": one.name_en} for one in alone})


def _archiving(desk_id: int) -> DeskChange:
    return DeskChange(desk_id, is_active=False)
