"""One desk, to be changed."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.catalogue import is_id
from dimoslive.db.queries.desks import is_used, next_position, officials_at, officials_to_choose
from dimoslive.db.queries.official_rights import EnteredOfficial
from dimoslive.db.rows.roots import values_of
from dimoslive.db.tables.catalogue import DeskRow
from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.history import HistoryLine
from dimoslive.services.settings.desks.access_desk import desks_within
from dimoslive.services.settings.desks.kind import DESK
from dimoslive.services.settings.list_root_history import list_root_history
from dimoslive.services.settings.root_change import Opened
from dimoslive.services.settings.services.choices import departments_to_choose


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """A desk with its version and fields, what it can be given, its history, and what may be done with it."""

    opened: Opened
    departments: dict[int, Words]
    officials: dict[int, str]
    """Those who may work it, surname first."""
    is_active: bool = True
    can_delete: bool = False
    history: tuple[HistoryLine, ...] = ()


def open_desk(context: AppContext, official: Official, municipality_id: int, desk_id: int | None) -> OpenDesk:
    """The desk, or for no id the empty form of a new one; raises `NotFound`."""
    with reading(context.db) as tx:
        if desk_id is None:
            return _new(tx, official, municipality_id)
        query = select(DeskRow).where(col(DeskRow.id) == desk_id, desks_within(official, municipality_id))
        row = tx.scalars(query).one_or_none() if is_id(desk_id) else None
        if row is None:
            raise NotFound()
        own = [one for one, _ in officials_at(tx, [desk_id]).get(desk_id, [])]
        return OpenDesk(
            opened=Opened(row.version, values_of(tx, DESK, row)),
            departments=departments_to_choose(
                tx, official, Permission.MANAGE_DESKS, municipality_id, row.department_id
            ),
            officials=_named([*officials_to_choose(tx, municipality_id, row.department_id), *own]),
            is_active=row.is_active,
            can_delete=not is_used(tx, desk_id),
            history=list_root_history(tx, DESK, municipality_id, desk_id),
        )


def _new(tx: Session, official: Official, municipality_id: int) -> OpenDesk:
    if not can(official, Permission.MANAGE_DESKS, municipality_id):
        raise NotFound()
    departments = departments_to_choose(tx, official, Permission.MANAGE_DESKS, municipality_id)
    values: dict[str, object] = dict.fromkeys(DESK.columns, "") | {
        "department_id": next(iter(departments), 0),
        "is_name_en_suggested": True,
        "position": next_position(tx, municipality_id),
        "official_ids": [],
        "usual_official_id": None,
    }
    return OpenDesk(Opened(0, values), departments, _named(officials_to_choose(tx, municipality_id, None)))


def _named(officials: list[EnteredOfficial]) -> dict[int, str]:
    found = {one.id or 0: f"{one.last_name} {one.first_name}".strip() for one in officials}
    return dict(sorted(found.items(), key=lambda item: item[1]))
