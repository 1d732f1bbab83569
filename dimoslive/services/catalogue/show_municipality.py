"""One municipality with its services, for its public page."""

from datetime import datetime

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.calendars import calendars_of_municipality
from dimoslive.db.queries.catalogue import hours_of, municipality_by_slug, services_of
from dimoslive.db.queries.services import former_slugs
from dimoslive.db.rows.catalogue import modes_of, pauses_of, to_name, to_offered
from dimoslive.db.tables.catalogue import DepartmentRow, MunicipalityRow, ServiceRow
from dimoslive.domain.catalogue.municipality import MunicipalityPage
from dimoslive.domain.catalogue.pause import pause_at
from dimoslive.domain.catalogue.service import OfferedService
from dimoslive.domain.errors import NotFound
from dimoslive.domain.scheduling.slots import first_free
from dimoslive.services.catalogue.find_slots import to_come


def show_municipality(context: AppContext, slug: str) -> MunicipalityPage:
    """One municipality with its services; raises `NotFound`."""
    with reading(context.db) as tx:
        row, offered = _offered(tx, slug)
        ids = [service.id or 0 for service, _ in offered]
        hours, former = hours_of(tx, ids), former_slugs(tx, ids)
    services = [
        to_offered(
            service, department, [h for h in hours if h.service_id == service.id], former.get(service.id or 0, ())
        )
        for service, department in offered
    ]
    return _page(row, services)


def show_municipality_with_times(context: AppContext, slug: str) -> tuple[MunicipalityPage, dict[int, datetime]]:
    """The same, and when the first free time of each service is, if there is one that can be booked; raises `NotFound`.

    Six queries, however many services and modes there are.
    """
    now = context.clock.now()
    window = to_come(now)
    with reading(context.db) as tx:
        row, offered = _offered(tx, slug)
        calendars = calendars_of_municipality(tx, row.id, window, now) if offered else {}
    services = [to_offered(service, department, calendars[service.id or 0].weekly) for service, department in offered]
    paused = {service.id for service, _ in offered if pause_at(now, *pauses_of(row, service))}
    firsts = {
        service.id: first_free(calendars[service.id], service.modes, window, now)
        for service in services
        if service.id not in paused
    }
    return _page(row, services), {service_id: first for service_id, first in firsts.items() if first is not None}


def _offered(tx: Session, slug: str) -> tuple[MunicipalityRow, list[tuple[ServiceRow, DepartmentRow]]]:
    row = municipality_by_slug(tx, slug)
    if row is None:
        raise NotFound()
    offered = services_of(tx, row.id) if row.joined_at is not None else []
    # Nobody is served by a service that is offered in no way.
    return row, [(service, department) for service, department in offered if modes_of(service)]


def _page(row: MunicipalityRow, services: list[OfferedService]) -> MunicipalityPage:
    return MunicipalityPage(
        municipality=to_name(row),
        address={"el": row.address_el, "en": row.address_en},
        phone=row.phone,
        email=row.email,
        services=tuple(services),
    )
