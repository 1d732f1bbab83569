"""Enter an official, or change what one may do."""

from collections.abc import Mapping

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.announcements import announce_day_of
from dimoslive.db.engine import transaction
from dimoslive.db.queries.imports import lock_set_up
from dimoslive.db.queries.my_desk import desk_within
from dimoslive.db.queries.official_rights import other_administrators
from dimoslive.db.rows.roots import values_of
from dimoslive.db.tables.official import OfficialRightRow
from dimoslive.domain.errors import InvalidDetails, InvalidInput, NotFound
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official, StaffRight, StaffRole
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.domain.settings.official import parse_new_official, parse_official, problem_of_right
from dimoslive.domain.settings.three_way import Values
from dimoslive.services.settings.officials.access_official import access_official, givable
from dimoslive.services.settings.officials.enter_right import WhoIsEntered, enter_right
from dimoslive.services.settings.officials.kind import OFFICIAL
from dimoslive.services.settings.root_change import Act, Opened, Saved
from dimoslive.services.settings.save_root import save_root


def add_official(context: AppContext, by: Official, municipality_id: int, raw: Mapping[str, object]) -> int:
    """Enter somebody; the official's id.

    Whom another municipality has entered gets one more right, and nothing of them is revealed. Raises `InvalidDetails`,
    or `NotFound` for whoever may not.
    """
    if not can(by, Permission.MANAGE_OFFICIALS, municipality_id):
        raise NotFound()
    now = context.clock.now()
    with transaction(context.db) as tx:
        lock_set_up(tx, municipality_id)
        new = parse_new_official(raw, givable(tx, by, municipality_id).choices)
        _check_desks(tx, municipality_id, new.values, ())
        who = WhoIsEntered(new.afm, new.email, str(new.values["first_name"]), str(new.values["last_name"]))
        try:
            right = enter_right(tx, context.seal, who, new.values, Act(by, now, municipality_id))
        except InvalidInput as problem:
            raise InvalidDetails((problem,)) from None
        announce_day_of(tx, municipality_id, local_day(now, ATHENS), "set_up")
        return right.official_id


def save_official(  # whom, and how it was and is to be
    context: AppContext,
    by: Official,
    municipality_id: int,
    official_id: int,
    opened: Opened,
    raw: Mapping[str, object],
) -> Saved:
    """Change name, role, departments or desks; by what somebody is recognised stays.

    Raises `InvalidDetails`, `ChangedMeanwhile`, `RemovedMeanwhile`, or `NotFound`.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_official(tx, by, municipality_id, official_id)
        stands = values_of(tx, OFFICIAL, row)
        mine = parse_official(raw, givable(tx, by, municipality_id, stands).choices, stands)
        saved = save_root(
            tx,
            OFFICIAL,
            row,
            opened,
            mine,
            Act(by, now, municipality_id),
            check=lambda merged: _check(tx, row, stands, merged),
        )
        if saved.has_changed:
            announce_day_of(tx, municipality_id, local_day(now, ATHENS), "set_up")
        return saved


def _check(tx: Session, row: OfficialRightRow, stands: Values, merged: Values) -> None:
    """Two changes may each be right, and wrong together."""
    if problem := problem_of_right(merged):
        raise InvalidDetails((problem,))
    is_made_less = stands["role"] == StaffRole.ADMINISTRATOR != merged["role"]
    if is_made_less and not other_administrators(tx, row.municipality_id, but=row.official_id):
        raise InvalidDetails((InvalidInput("role", "last_administrator"),))
    _check_desks(tx, row.municipality_id, merged, _listed(stands, "desk_ids"))


def _check_desks(tx: Session, municipality_id: int, values: Values, has: tuple[int, ...]) -> None:
    """Whoever is limited to departments works at desks of these; those that there are already may stay."""
    departments = frozenset(_listed(values, "department_ids"))
    right = StaffRight(municipality_id, StaffRole(str(values["role"])), departments)
    new = [id_ for id_ in _listed(values, "desk_ids") if id_ not in has]
    if departments and any(desk_within(tx, right, desk_id) is None for desk_id in new):
        raise InvalidDetails((InvalidInput("desk_ids", "desk_of_other_department"),))


def _listed(values: Values, name: str) -> tuple[int, ...]:
    found = values[name]
    return tuple(found) if isinstance(found, list | tuple) else ()
