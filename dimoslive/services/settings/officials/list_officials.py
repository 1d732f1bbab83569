"""The officials of a municipality, as far as somebody may enter and end them."""

from dataclasses import dataclass
from datetime import datetime

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.imports import (
    department_ids_of_officials,
    departments_to_name,
    desk_ids_of_officials,
    desks_to_name,
)
from dimoslive.db.queries.official_rights import officials_of, officials_within
from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official, StaffRole


@dataclass(frozen=True, slots=True)
class ListedOfficial:
    """A line of the list; without departments the right is one to all of them."""

    id: int
    last_name: str
    first_name: str
    afm_last_digits: str
    email: str
    role: StaffRole
    departments: tuple[Words, ...]
    desks: tuple[Words, ...]
    since: datetime | None
    is_self: bool


@dataclass(frozen=True, slots=True)
class OfficialList:
    """All lines by surname, and whether these are all of the municipality's."""

    lines: tuple[ListedOfficial, ...]
    is_all: bool


def list_officials(context: AppContext, by: Official, municipality_id: int) -> OfficialList:
    """Those within somebody's scope: five queries, however many officials."""
    with reading(context.db) as tx:
        found = officials_of(tx, officials_within(by, municipality_id))
        departments = {row.id: row for row in departments_to_name(tx, municipality_id, ())}
        desks = {row.id: row for row in desks_to_name(tx, municipality_id)}
        limits = department_ids_of_officials(tx, municipality_id)
        seats = desk_ids_of_officials(tx, municipality_id)
    lines = tuple(
        ListedOfficial(
            id=right.official_id,
            last_name=entered.last_name,
            first_name=entered.first_name,
            afm_last_digits=entered.afm_last_digits,
            email=entered.email,
            role=StaffRole(right.role),
            departments=tuple(
                {"el": row.name_el, "en": row.name_en or row.name_el}
                for id_, row in departments.items()
                if id_ in limits.get(right.official_id, ())
            ),
            desks=tuple(
                {"el": row.name_el, "en": row.name_en or row.name_el}
                for id_, row in desks.items()
                if id_ in seats.get(right.official_id, ())
            ),
            since=right.entered_at,
            is_self=right.official_id == by.id,
        )
        for entered in found
        for right in (entered.right,)
    )
    return OfficialList(lines, can(by, Permission.MANAGE_ALL_OFFICIALS, municipality_id))
