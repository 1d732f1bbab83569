"""Services as programs of others read them."""

from collections.abc import Sequence
from datetime import datetime

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.catalogue import ServiceWithPlace, hours_of, services_of
from dimoslive.db.rows.catalogue import modes_of, pauses_of, rules_of, to_offered
from dimoslive.db.tables.catalogue import OpeningHoursRow
from dimoslive.domain.catalogue.described import DescribedService
from dimoslive.domain.catalogue.pause import pause_at
from dimoslive.services.access.access_offered import access_offered, access_published


def describe_services(context: AppContext, slug: str) -> list[DescribedService]:
    """All that a published municipality offers, in its own order; raises `NotFound`. Three queries."""
    now = context.clock.now()
    with reading(context.db) as tx:
        row = access_published(tx, slug, now)
        places = [ServiceWithPlace(*found, row) for found in services_of(tx, row.id) if modes_of(found[0])]
        hours = hours_of(tx, [place.service.id or 0 for place in places])
    by_service: dict[int, list[OpeningHoursRow]] = {}
    for one in hours:
        by_service.setdefault(one.service_id, []).append(one)
    return [_described(place, by_service.get(place.service.id or 0, []), now) for place in places]


def describe_service(context: AppContext, slug: str, service: str) -> DescribedService:
    """One of them, by its slug or one that it had before; raises `NotFound`. Two queries."""
    now = context.clock.now()
    with reading(context.db) as tx:
        place = access_offered(tx, slug, service, now)
        hours = hours_of(tx, [place.service.id or 0])
    return _described(place, hours, now)


def _described(place: ServiceWithPlace, hours: Sequence[OpeningHoursRow], now: datetime) -> DescribedService:
    service, department, municipality = place
    return DescribedService(
        municipality=municipality.slug,
        offered=to_offered(service, department, hours),
        rules=rules_of(service, municipality.zone),
        has_waiting_list=service.has_waiting_list,
        pause=pause_at(now, *pauses_of(municipality, service)),
        reopens_on=service.reopens_on if service.paused_at is not None else None,
        sort_key=(department.position, department.id or 0, service.position, service.id or 0),
    )
