"""A service as an import writes it: its columns, its weekly hours, and its desks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import time
from typing import Any

from sqlalchemy import delete, insert, select
from sqlmodel import Session, col

from dimoslive.db.rows.roots import RootKind
from dimoslive.db.tables.catalogue import DeskRow, OpeningHoursRow, ServiceDeskRow, ServiceRow
from dimoslive.domain.scheduling.opening_hours import WeeklyHours

_AT_ONCE = 500


def write_children(tx: Session, written: Sequence[tuple[ServiceRow, Mapping[str, object]]]) -> None:
    """The hours and the desks of many services: desks come to those that serve already, hours in their place."""
    of_hours = {row.id or 0: _listed(values["hours"]) for row, values in written if "hours" in values}
    of_desks = {row.id or 0: _listed(values["desk_ids"]) for row, values in written if "desk_ids" in values}
    served = set[tuple[int, int]]()
    for ids in _some(of_hours):
        weekly = col(OpeningHoursRow.service_id).in_(ids), col(OpeningHoursRow.on_date).is_(None)
        tx.execute(delete(OpeningHoursRow).where(*weekly))
    for ids in _some(of_desks):
        query = select(ServiceDeskRow).where(col(ServiceDeskRow.service_id).in_(ids))
        served |= {(row.service_id, row.desk_id) for row in tx.scalars(query)}
    hours = [_hours(service_id, plain) for service_id, week in of_hours.items() for plain in week]
    desks = [
        {"service_id": service_id, "desk_id": desk_id}
        for service_id, desk_ids in of_desks.items()
        for desk_id in desk_ids
        if (service_id, desk_id) not in served
    ]
    # As columns: of thousands, rows themselves take too long.
    for table, rows in ((OpeningHoursRow, hours), (ServiceDeskRow, desks)):
        if rows:
            tx.execute(insert(table), rows)


def _some(of: Mapping[int, object]) -> Iterator[list[int]]:
    ids = list(of)
    yield from (ids[first : first + _AT_ONCE] for first in range(0, len(ids), _AT_ONCE))


def _listed(value: object) -> list[Any]:
    assert isinstance(value, list)
    return value


def _hours(service_id: int, plain: Mapping[str, Any]) -> dict[str, Any]:
    opens, closes = time.fromisoformat(plain["opens"]), time.fromisoformat(plain["closes"])
    return {"service_id": service_id, "weekday": plain["weekday"], "opens": opens, "closes": closes}


def plain_hours(hours: Iterable[WeeklyHours]) -> list[dict[str, object]]:
    """Weekly hours as the log has them, in the order of the week."""
    return [
        {"weekday": one.weekday, "opens": f"{one.opens:%H:%M}", "closes": f"{one.closes:%H:%M}"}
        for one in sorted(hours, key=lambda one: (one.weekday, one.opens))
    ]


IMPORTED_SERVICE = RootKind(
    ServiceRow,
    "service",
    (
        "department_id", "slug", "name_el", "name_en", "is_name_en_suggested", "offers_video", "offers_in_person",
        "offers_phone", "duration_minutes", "step_minutes", "documents_el", "documents_en", "online_url", "position",
    ),
)  # fmt: skip

IMPORTED_DESK = RootKind(DeskRow, "desk", ("department_id", "name_el", "name_en", "position"))
