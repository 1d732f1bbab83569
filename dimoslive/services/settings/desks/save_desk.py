"""Add a desk, or change one."""

from collections.abc import Mapping

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.announcements import announce_day_of
from dimoslive.db.engine import transaction
from dimoslive.db.queries.desks import (
    desks_of_department,
    lanes_follow,
    next_position,
    officials_at,
    officials_to_choose,
)
from dimoslive.db.queries.services import lock_names
from dimoslive.db.tables.catalogue import DeskRow
from dimoslive.domain.errors import InvalidDetails, InvalidInput, NotFound
from dimoslive.domain.folding import folded
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.domain.settings.desk import parse_desk
from dimoslive.services.settings.add_root import add_root
from dimoslive.services.settings.desks.access_desk import access_desk
from dimoslive.services.settings.desks.kind import DESK
from dimoslive.services.settings.root_change import Act, Opened, Saved
from dimoslive.services.settings.save_root import save_root
from dimoslive.services.settings.services.choices import departments_to_choose
from dimoslive.services.settings.suggest_english import with_suggestions


def add_desk(context: AppContext, official: Official, municipality_id: int, raw: Mapping[str, object]) -> int:
    """A new one; its id. Raises `InvalidDetails`, or `NotFound` for whoever may not."""
    if not can(official, Permission.MANAGE_DESKS, municipality_id):
        raise NotFound()
    now = context.clock.now()
    with transaction(context.db) as tx:
        lock_names(tx, municipality_id)
        values = _parse(tx, official, municipality_id, raw, None)
        _check_name(tx, municipality_id, values, 0)
        row = DeskRow(municipality_id=municipality_id, name_el="")
        added = add_root(tx, DESK, row, values, Act(official, now, municipality_id))
        announce_day_of(tx, municipality_id, local_day(now, ATHENS), "set_up")
        return added.id or 0


def save_desk(  # which one, and how it was and is to be
    context: AppContext,
    official: Official,
    municipality_id: int,
    desk_id: int,
    opened: Opened,
    raw: Mapping[str, object],
) -> Saved:
    """Change one, and its lanes with it.

    Raises `InvalidDetails`, `ChangedMeanwhile`, `RemovedMeanwhile`, or `NotFound`.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        lock_names(tx, municipality_id)
        row = access_desk(tx, official, municipality_id, desk_id)
        mine = _parse(tx, official, municipality_id, raw, row)
        act = Act(official, now, municipality_id)
        saved = save_root(
            tx, DESK, row, opened, mine, act, check=lambda merged: _check(tx, municipality_id, merged, desk_id)
        )
        lanes_follow(tx, row)
        announce_day_of(tx, municipality_id, local_day(now, ATHENS), "set_up")
        return saved


def _parse(
    tx: Session, official: Official, municipality_id: int, raw: Mapping[str, object], row: DeskRow | None
) -> dict[str, object]:
    current = row.department_id if row else None
    departments = departments_to_choose(tx, official, Permission.MANAGE_DESKS, municipality_id, current)
    # Whoever works it already may go on, even if another could not be entered like this.
    officials = {one.id or 0 for one in officials_to_choose(tx, municipality_id, None)}
    if row is not None:
        officials |= {one.id or 0 for one, _ in officials_at(tx, [row.id or 0]).get(row.id or 0, [])}
    if not str(raw.get("position") or "").strip():
        raw = {**raw, "position": row.position if row else next_position(tx, municipality_id)}
    return parse_desk(with_suggestions(raw), departments, officials)


def _check(tx: Session, municipality_id: int, merged: Mapping[str, object], desk_id: int) -> None:
    usual, officials = merged["usual_official_id"], merged["official_ids"]
    if usual is not None and isinstance(officials, list) and usual not in officials:
        # Two changed each a half of it.
        raise InvalidDetails((InvalidInput("usual_official_id", "usual_works_it_not"),))
    _check_name(tx, municipality_id, merged, desk_id)


def _check_name(tx: Session, municipality_id: int, values: Mapping[str, object], desk_id: int) -> None:
    """In each language its name is no other desk's of the department, whatever its case and its accents."""
    others = [
        one for one in desks_of_department(tx, municipality_id, int(str(values["department_id"]))) if one.id != desk_id
    ]
    problems = tuple(
        InvalidInput(name, "name_taken")
        for name in ("name_el", "name_en")
        if folded(str(values[name])) in {folded(getattr(one, name)) for one in others}
    )
    if problems:
        raise InvalidDetails(problems)
