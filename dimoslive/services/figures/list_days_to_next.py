"""Days to the next free time of all municipalities, as they were computed last."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.days_to_next import FoundDays, newest_days
from dimoslive.db.rows.catalogue import to_name
from dimoslive.domain.figures.days_to_next import DaysToNext, MunicipalityDays, ServiceDays
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n.search_key import search_key


def list_days_to_next(context: AppContext) -> tuple[MunicipalityDays, ...]:
    """Of those that stand on the public page, sorted as Greek sorts them: one query."""
    now = context.clock.now()
    with reading(context.db) as tx:
        found = newest_days(tx, now, only_public=True)
    return tuple(
        sorted(days_by_municipality(found, now), key=lambda one: search_key(one.municipality.short_name["el"]))
    )


def days_by_municipality(found: Iterable[FoundDays], now: datetime) -> list[MunicipalityDays]:
    """Rows of a query, put together."""
    return [
        MunicipalityDays(to_name(rows[0].municipality, now), rows[0].computed_at, _services(rows))
        for rows in (list(group) for _, group in groupby(found, key=lambda one: one.row.municipality_id))
    ]


def _services(found: list[FoundDays]) -> tuple[ServiceDays, ...]:
    return tuple(
        ServiceDays(
            id=rows[0].row.service_id,
            slug=rows[0].service.slug,
            name={"el": rows[0].service.name_el, "en": rows[0].service.name_en},
            department={"el": rows[0].department.name_el, "en": rows[0].department.name_en},
            by_mode={Mode(one.row.mode): DaysToNext(one.row.days, one.row.none_until) for one in rows},
        )
        for rows in (list(group) for _, group in groupby(found, key=lambda one: one.row.service_id))
    )
