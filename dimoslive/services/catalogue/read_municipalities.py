"""The list of all municipalities, read again and again by many, and seldom another than before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.catalogue import list_of_municipalities
from dimoslive.db.rows.catalogue import to_name
from dimoslive.domain.catalogue.municipality import MunicipalityName
from dimoslive.i18n.search_key import search_key


@dataclass(frozen=True, slots=True, eq=False)
class MunicipalityList:
    """All 332, sorted as Greek sorts them, as they are at an instant; the same object as long as nothing changes."""

    names: tuple[MunicipalityName, ...]
    paused: frozenset[str]
    """The slugs of those that take no new bookings now."""
    rows: Sequence[Any]
    """What it was made from."""
    changes_at: datetime | None
    """When one is published, paused or reopened by the clock alone."""


def read_municipalities(context: AppContext, known: MunicipalityList | None) -> MunicipalityList:
    """``known`` itself if it still holds: making the list anew is dearer than reading what it is made from."""
    now = context.clock.now()
    with reading(context.db) as tx:
        rows = list_of_municipalities(tx)
    if known is not None and known.rows == rows and (known.changes_at is None or now < known.changes_at):
        return known
    names = sorted((to_name(row, now) for row in rows), key=lambda name: search_key(name.short_name["el"]))
    return MunicipalityList(
        names=tuple(names),
        paused=frozenset(name.slug for name in names if name.pause.holds_at(now)),
        rows=rows,
        changes_at=min((at for row in rows for at in _instants(row) if at is not None and at > now), default=None),
    )


def _instants(row: Any) -> tuple[datetime | None, ...]:
    return row.joined_at, row.paused_at, row.pause_until
