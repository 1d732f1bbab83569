"""A service as an import writes it: its columns, its weekly hours, and its desks."""

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from sqlalchemy import delete, select
from sqlmodel import Session, col

from dimoslive.db.rows.roots import RootKind
from dimoslive.db.tables.catalogue import DeskRow, OpeningHoursRow, ServiceDeskRow, ServiceRow
from dimoslive.domain.scheduling.opening_hours import WeeklyHours


def _write(tx: Session, row: ServiceRow, changed: Mapping[str, object]) -> None:
    service_id = row.id or 0
    if "hours" in changed:
        tx.execute(
            delete(OpeningHoursRow).where(
                col(OpeningHoursRow.service_id) == service_id, col(OpeningHoursRow.on_date).is_(None)
            )
        )
        tx.add_all(_hours_row(service_id, one) for one in _listed(changed["hours"]))
    if "desk_ids" in changed:
        query = select(col(ServiceDeskRow.desk_id)).where(col(ServiceDeskRow.service_id) == service_id)
        served = set(tx.scalars(query))
        added = [one for one in _listed(changed["desk_ids"]) if one not in served]
        tx.add_all(ServiceDeskRow(service_id=service_id, desk_id=one) for one in added)
    tx.flush()


def _listed(value: object) -> list[Any]:
    assert isinstance(value, list)
    return value


def _hours_row(service_id: int, plain: dict[str, Any]) -> OpeningHoursRow:
    opens, closes = time.fromisoformat(plain["opens"]), time.fromisoformat(plain["closes"])
    return OpeningHoursRow(service_id=service_id, weekday=plain["weekday"], opens=opens, closes=closes)


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
    write=_write,
)  # fmt: skip

IMPORTED_DESK = RootKind(DeskRow, "desk", ("department_id", "name_el", "name_en", "position"))
