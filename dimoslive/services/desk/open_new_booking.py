"""What the page «Νέα κράτηση» offers: the services of the official's departments, and the desks that serve them."""

from dataclasses import dataclass
from datetime import date

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.catalogue import services_of
from dimoslive.db.queries.places import desk_of_session, desks_serving
from dimoslive.db.queries.supplements import supplement_of
from dimoslive.db.rows.catalogue import modes_of
from dimoslive.db.tables.catalogue import DeskRow, ServiceRow
from dimoslive.domain.booking.consents import Supplement
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.access.access_service import access_municipality
from dimoslive.services.desk.find_workplace import names_of


@dataclass(frozen=True, slots=True)
class DeskChoice:
    """A desk; its name is by language."""

    id: int
    name: dict[str, str]


@dataclass(frozen=True, slots=True)
class ServiceChoice:
    """A service that an official may book; its name is by language."""

    id: int
    name: dict[str, str]
    modes: tuple[Mode, ...]
    duration_minutes: int
    desks: tuple[DeskChoice, ...]


@dataclass(frozen=True, slots=True)
class NewBookingChoices:
    """All that may be chosen. ``my_desk_id`` is the desk chosen for today, or 0."""

    services: tuple[ServiceChoice, ...]
    my_desk_id: int
    zone: str
    today: date
    supplement: Supplement | None = None
    """What the municipality adds to the declaration."""


def open_new_booking(context: AppContext, official: Official, slug: str) -> NewBookingChoices:
    """What may be chosen in the municipality with this slug; raises `NotFound` for one that is not the official's."""
    now = context.clock.now()
    with reading(context.db) as tx:
        municipality = access_municipality(tx, official, slug, Permission.ARRANGE)
        services = [
            service
            for service, department in services_of(tx, municipality.id)
            if can(official, Permission.ARRANGE, municipality.id, department.id)
        ]
        desks = desks_serving(tx, [service.id or 0 for service in services])
        today = local_day(now, municipality.zone)
        return NewBookingChoices(
            services=tuple(to_choice(service, desks.get(service.id or 0, [])) for service in services),
            my_desk_id=desk_of_session(tx, official.session_id, today),
            zone=municipality.zone,
            today=today,
            supplement=supplement_of(tx, municipality),
        )


def to_choice(service: ServiceRow, desks: list[DeskRow]) -> ServiceChoice:
    """A service with its desks; without one nobody serves it, and nothing of it can be booked."""
    return ServiceChoice(
        id=service.id or 0,
        name={"el": service.name_el, "en": service.name_en},
        modes=modes_of(service),
        duration_minutes=service.duration_minutes,
        desks=tuple(DeskChoice(desk.id or 0, names_of(desk)) for desk in desks),
    )
