"""When the first free time of each service is: for a municipality's page, for frames and for figures."""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session

from dimoslive.db.queries.calendars import calendars_of_municipality
from dimoslive.db.queries.catalogue import services_of
from dimoslive.db.rows.catalogue import modes_of, pauses_of
from dimoslive.db.tables.catalogue import DepartmentRow, MunicipalityRow, ServiceRow
from dimoslive.domain.catalogue.pause import Pause, pause_at
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.slots import ServiceCalendar, first_free
from dimoslive.services.catalogue.find_slots import to_come


class ServiceFirsts(NamedTuple):
    """A service, its calendar, and the first time that it offers a citizen now, by mode; none at all while paused."""

    service: ServiceRow
    department: DepartmentRow
    calendar: ServiceCalendar
    pause: Pause | None
    """The one that holds now, whosever it is."""
    firsts: dict[Mode, datetime | None]


def first_times(tx: Session, municipality: MunicipalityRow, now: datetime) -> list[ServiceFirsts]:
    """Of all services in use, published or not, in the municipality's own order: three queries for all."""
    window = to_come(now)
    # Nobody is served by a service that is offered in no way.
    offered = [found for found in services_of(tx, municipality.id) if modes_of(found[0])]
    calendars = calendars_of_municipality(tx, municipality.id, window, now, as_if_published=True) if offered else {}
    return [
        ServiceFirsts(
            service,
            department,
            calendar := calendars[service.id or 0],
            pause := pause_at(now, *pauses_of(municipality, service)),
            {mode: None if pause else first_free(calendar, (mode,), window, now) for mode in modes_of(service)},
        )
        for service, department in offered
    ]
