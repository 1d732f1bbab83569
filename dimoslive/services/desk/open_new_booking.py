"""What the page «Νέα κράτηση» offers: the services of the official's departments, and the desks that serve them."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.catalogue import services_of
from dimoslive.db.queries.places import desk_of_session, desks_serving
from dimoslive.db.queries.supplements import supplement_of
from dimoslive.db.rows.catalogue import modes_of
from dimoslive.db.rows.names import written_name
from dimoslive.db.tables.catalogue import DeskRow, ServiceRow
from dimoslive.domain.booking.consents import Supplement
from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.desk.person import TypedPerson
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.personal_data import PhoneNumber
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.access.access_booking import access_booking
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


@dataclass(frozen=True, slots=True, repr=False)
class LikeBooking:
    """Whom a booking was for, to be booked for again."""

    person: TypedPerson
    served_person: ServedPerson
    language: str


@dataclass(frozen=True, slots=True)
class NewBookingChoices:
    """All that may be chosen. ``my_desk_id`` is the desk chosen for today, or 0."""

    services: tuple[ServiceChoice, ...]
    my_desk_id: int
    zone: str
    today: date
    like: LikeBooking | None = None
    supplement: Supplement | None = None
    """What the municipality adds to the declaration."""


def open_new_booking(context: AppContext, official: Official, slug: str, like: str = "") -> NewBookingChoices:
    """What may be chosen in the municipality with this slug; raises `NotFound` for one that is not the official's.

    ``like`` is the reference of a booking for whose person there is to be another, as after a referral; also of it
    `NotFound`.
    """
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
            like=_like(tx, official, municipality.id, like) if like else None,
            supplement=supplement_of(tx, municipality),
        )


def _like(tx: Session, official: Official, municipality_id: int, reference: str) -> LikeBooking:
    row = access_booking(tx, official, reference, Permission.ARRANGE)
    if row.municipality_id != municipality_id or row.erased_at is not None:
        raise NotFound()
    name = written_name(row)
    person = TypedPerson(
        last_name=name.last_name,
        name=name.typed or name.first_name,
        phone=PhoneNumber(row.phone).shown if row.phone else "",
        email=row.email,
        subject=row.subject,
        help_needed=row.help_needed,
    )
    return LikeBooking(person, ServedPerson(row.served_person), row.language)


def to_choice(service: ServiceRow, desks: list[DeskRow]) -> ServiceChoice:
    """A service with its desks; without one nobody serves it, and nothing of it can be booked."""
    return ServiceChoice(
        id=service.id or 0,
        name={"el": service.name_el, "en": service.name_en},
        modes=modes_of(service),
        duration_minutes=service.duration_minutes,
        desks=tuple(DeskChoice(desk.id or 0, names_of(desk)) for desk in desks),
    )
