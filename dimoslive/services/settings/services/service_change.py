"""What somebody wrote of a service, as a change of the set-up that can be weighed and planned."""

from collections.abc import Mapping
from typing import cast

from sqlalchemy import select
from sqlmodel import Session, col

from dimoslive.db.tables.catalogue import DeskRow, ServiceDeskRow
from dimoslive.domain.plans.changes import Column, ServiceChange
from dimoslive.domain.settings.service import WEIGHED


def weighed_change(
    tx: Session, service_id: int, before: Mapping[str, object], values: Mapping[str, object]
) -> ServiceChange | None:
    """What of it may unseat a booking or take a free time away; nothing if nothing does."""
    changed = {name: values[name] for name in values if name in WEIGHED and values[name] != before.get(name)}
    if not changed:
        return None
    desks = changed.pop("desk_ids", None)
    columns = cast("dict[str, Column]", changed)
    if desks is None:
        return ServiceChange(service_id, columns)
    chosen = cast("list[int]", desks)
    return ServiceChange(service_id, columns, desk_ids=(*chosen, *_archived(tx, service_id)))


def _archived(tx: Session, service_id: int) -> list[int]:
    """The archived desks that served it: they do again once they are restored."""
    query = (
        select(col(ServiceDeskRow.desk_id))
        .join(DeskRow, col(DeskRow.id) == col(ServiceDeskRow.desk_id))
        .where(col(ServiceDeskRow.service_id) == service_id, ~col(DeskRow.is_active))
    )
    return sorted(tx.scalars(query))
