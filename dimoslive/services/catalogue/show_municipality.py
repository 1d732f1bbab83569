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
from dimoslive.domain.catalogue.publication import is_published
from dimoslive.domain.catalogue.service import OfferedService
from dimoslive.domain.errors import NotFound
from dimoslive.domain.scheduling.slots import first_free
from dimoslive.services.catalogue.find_slots import to_come

PageWithTimes = tuple[MunicipalityPage, dict[int, datetime]]


def show_municipality(context: AppContext, slug: str) -> MunicipalityPage:
    """One municipality with its services; raises `NotFound`."""
    now = context.clock.now()
    with reading(context.db) as tx:
        row = _row(tx, slug)
        offered = _offered(tx, row) if is_published(row.joined_at, now) else []
        ids = [service.id or 0 for service, _ in offered]
        hours, former = hours_of(tx, ids), former_slugs(tx, ids)
    services = [
        to_offered(
            service, department, [h for h in hours if h.service_id == service.id], former.get(service.id or 0, ())
        )
        for service, department in offered
    ]
    return _page(row, services, now)


def show_municipality_with_times(context: AppContext, slug: str) -> PageWithTimes:
    """The same, and when the first free time of each service is, if there is one that can be booked; raises `NotFound`.

    Six queries, however many services and modes there are.
    """
    now = context.clock.now()
    with reading(context.db) as tx:
        row = _row(tx, slug)
        return page_with_times(tx, row, now, is_open=is_published(row.joined_at, now))


def page_with_times(tx: Session, row: MunicipalityRow, now: datetime, *, is_open: bool) -> PageWithTimes:
    """The same of a row; ``is_open`` says whether it has services to show, published or not."""
    window = to_come(now)
    offered = _offered(tx, row) if is_open else []
    calendars = calendars_of_municipality(tx, row.id, window, now, as_if_published=True) if offered else {}
    services = [to_offered(service, department, calendars[service.id or 0].weekly) for service, department in offered]
    paused = {service.id for service, _ in offered if pause_at(now, *pauses_of(row, service))}
    firsts = {
        service.id: first_free(calendars[service.id], service.modes, window, now)
        for service in services
        if service.id not in paused
    }
    return _page(row, services, now), {service_id: first for service_id, first in firsts.items() if first is not None}


def _row(tx: Session, slug: str) -> MunicipalityRow:
    row = municipality_by_slug(tx, slug)
    if row is None:
        raise NotFound()
    return row


def _offered(tx: Session, row: MunicipalityRow) -> list[tuple[ServiceRow, DepartmentRow]]:
    # Nobody is served by a service that is offered in no way.
    return [(service, department) for service, department in services_of(tx, row.id) if modes_of(service)]


def _page(row: MunicipalityRow, services: list[OfferedService], now: datetime) -> MunicipalityPage:
    return MunicipalityPage(
        municipality=to_name(row, now),
        address={"el": row.address_el, "en": row.address_en},
        phone=row.phone,
        email=row.email,
        services=tuple(services),
    )
