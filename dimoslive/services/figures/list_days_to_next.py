"""Days to the next free time of all municipalities, as they were computed last."""

from itertools import groupby

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.days_to_next import FoundDays, computed_municipalities, newest_days
from dimoslive.db.rows.catalogue import to_name
from dimoslive.domain.figures.days_to_next import DaysToNext, MunicipalityDays, ServiceDays
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n.search_key import search_key


def list_days_to_next(context: AppContext) -> tuple[MunicipalityDays, ...]:
    """Of those that stand on the public page, sorted as Greek sorts them: two queries."""
    now = context.clock.now()
    with reading(context.db) as tx:
        municipalities = computed_municipalities(tx, now)
        found = newest_days(tx)
    services = {id_: _services(list(of_it)) for id_, of_it in groupby(found, key=lambda one: one.municipality_id)}
    listed = [
        MunicipalityDays(to_name(row, now), computed_at, services.get(row.id, ()))
        for row, computed_at in municipalities
    ]
    return tuple(sorted(listed, key=lambda one: search_key(one.municipality.short_name["el"])))


def _services(found: list[FoundDays]) -> tuple[ServiceDays, ...]:
    return tuple(
        ServiceDays(
            id=id_,
            slug=rows[0].slug,
            name={"el": rows[0].name_el, "en": rows[0].name_en},
            department={"el": rows[0].department_el, "en": rows[0].department_en},
            by_mode={Mode(one.mode): DaysToNext(one.days, one.none_until) for one in rows},
        )
        for id_, rows in ((id_, list(group)) for id_, group in groupby(found, key=lambda one: one.service_id))
    )
