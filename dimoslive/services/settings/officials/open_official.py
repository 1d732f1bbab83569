"""One official, to be changed."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.catalogue import is_id
from dimoslive.db.queries.official_rights import EnteredOfficial, officials_of, officials_within
from dimoslive.db.rows.roots import values_of
from dimoslive.db.tables.official import OfficialRightRow
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official, StaffRole
from dimoslive.domain.settings.history import HistoryLine
from dimoslive.services.settings.list_root_history import list_root_history
from dimoslive.services.settings.officials.access_official import Givable, givable
from dimoslive.services.settings.officials.kind import OFFICIAL
from dimoslive.services.settings.root_change import Opened


@dataclass(frozen=True, slots=True)
class OpenOfficial:
    """An official with version and fields, what can be given, and by what the person is recognised."""

    opened: Opened
    givable: Givable
    afm_last_digits: str = ""
    email: str = ""
    since: datetime | None = None
    is_self: bool = False
    history: tuple[HistoryLine, ...] = ()


def open_official(context: AppContext, by: Official, municipality_id: int, official_id: int | None) -> OpenOfficial:
    """The official, or for no id the empty form of a new one; raises `NotFound`."""
    with reading(context.db) as tx:
        if official_id is None:
            return _new(tx, by, municipality_id)
        entered = find_entered(tx, by, municipality_id, official_id)
        values = values_of(tx, OFFICIAL, entered.right)
        return OpenOfficial(
            opened=Opened(entered.right.version, values),
            givable=givable(tx, by, municipality_id, values),
            afm_last_digits=entered.afm_last_digits,
            email=entered.email,
            since=entered.right.entered_at,
            is_self=official_id == by.id,
            history=list_root_history(tx, OFFICIAL, municipality_id, official_id),
        )


def find_entered(tx: Session, by: Official, municipality_id: int, official_id: int) -> EnteredOfficial:
    """Somebody within the scope of ``by``; raises `NotFound`."""
    within = officials_within(by, municipality_id) & (col(OfficialRightRow.official_id) == official_id)
    found = officials_of(tx, within) if is_id(official_id) else []
    if not found:
        raise NotFound()
    return found[0]


def _new(tx: Session, by: Official, municipality_id: int) -> OpenOfficial:
    if not can(by, Permission.MANAGE_OFFICIALS, municipality_id):
        raise NotFound()
    gives = givable(tx, by, municipality_id)
    # Whoever has one department to give, gives that one.
    departments = sorted(gives.choices.department_ids) if gives.choices.needs_department else []
    values: dict[str, object] = {
        "afm": "",
        "email": "",
        "last_name": "",
        "first_name": "",
        "role": StaffRole.OFFICIAL.value,
        "department_ids": departments if len(departments) == 1 else [],
        "desk_ids": [],
    }
    return OpenOfficial(Opened(0, values), gives)
