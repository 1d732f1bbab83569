"""One municipality with its services, for its public page."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.catalogue import hours_of, municipality_by_slug, services_of
from dimoslive.db.queries.services import former_slugs
from dimoslive.db.rows.catalogue import modes_of, pauses_of, to_name, to_offered
from dimoslive.db.tables.catalogue import DepartmentRow, MunicipalityRow, ServiceRow
from dimoslive.domain.catalogue.look import MunicipalityLook
from dimoslive.domain.catalogue.municipality import MunicipalityPage
from dimoslive.domain.catalogue.pause import Pause, pause_at
from dimoslive.domain.catalogue.publication import is_published
from dimoslive.domain.catalogue.service import OfferedService
from dimoslive.domain.errors import NotFound
from dimoslive.services.catalogue.first_times import first_times
from dimoslive.services.catalogue.show_look import look_of

PageWithTimes = tuple[MunicipalityPage, dict[int, datetime]]


def show_municipality(context: AppContext, slug: str) -> MunicipalityPage:
    """One municipality with its services; raises `NotFound`."""
    now = context.clock.now()
    with reading(context.db) as tx:
        row = _row(tx, slug)
        offered = _offered(tx, row) if is_published(row.joined_at, now) else []
        ids = [service.id or 0 for service, _ in offered]
        hours, former = hours_of(tx, ids), former_slugs(tx, ids)
        look = look_of(tx, row, now)
    services = [
        to_offered(
            service, department, [h for h in hours if h.service_id == service.id], former.get(service.id or 0, ())
        )
        for service, department in offered
    ]
    return _page(row, look, services, _paused(row, offered, now), now)


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
    found = first_times(tx, row, now) if is_open else []
    offered = [(one.service, one.department) for one in found]
    services = [to_offered(one.service, one.department, one.calendar.weekly) for one in found]
    page = _page(row, look_of(tx, row, now), services, _paused(row, offered, now), now)
    firsts = {one.service.id or 0: [first for first in one.firsts.values() if first] for one in found}
    return page, {service_id: min(times) for service_id, times in firsts.items() if times}


def _row(tx: Session, slug: str) -> MunicipalityRow:
    row = municipality_by_slug(tx, slug)
    if row is None:
        raise NotFound()
    return row


def _offered(tx: Session, row: MunicipalityRow) -> list[tuple[ServiceRow, DepartmentRow]]:
    # Nobody is served by a service that is offered in no way.
    return [(service, department) for service, department in services_of(tx, row.id) if modes_of(service)]


def _paused(row: MunicipalityRow, offered: list[tuple[ServiceRow, DepartmentRow]], now: datetime) -> dict[int, Pause]:
    """The services' own pauses that hold now."""
    found = {service.id or 0: pause_at(now, pauses_of(row, service)[1]) for service, _ in offered}
    return {service_id: pause for service_id, pause in found.items() if pause is not None}


def _page(
    row: MunicipalityRow,
    look: MunicipalityLook,
    services: list[OfferedService],
    paused: dict[int, Pause],
    now: datetime,
) -> MunicipalityPage:
    shown = tuple(replace(service, pause=paused.get(service.id)) for service in services)
    return MunicipalityPage(municipality=to_name(row, now), look=look, services=shown)
