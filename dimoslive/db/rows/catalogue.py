"""Rows of the catalogue to domain values."""

from collections.abc import Sequence
from datetime import datetime

from dimoslive.db.tables.catalogue import DepartmentRow, MunicipalityRow, OpeningHoursRow, ServiceRow
from dimoslive.db.tables.root import Pausable
from dimoslive.domain.catalogue.municipality import MunicipalityName
from dimoslive.domain.catalogue.pause import Pause
from dimoslive.domain.catalogue.publication import is_published
from dimoslive.domain.catalogue.service import OfferedService
from dimoslive.domain.scheduling.local_time import day_period
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.opening_hours import WeeklyHours
from dimoslive.domain.scheduling.slots import ServiceRules

_RULES = tuple(name for name in ServiceRules.__dataclass_fields__ if name != "zone")


def to_name(row: MunicipalityRow, now: datetime) -> MunicipalityName:
    """A row as the picker shows it at an instant."""
    return MunicipalityName(
        id=row.id,
        slug=row.slug,
        name={"el": row.name_el, "en": row.name_en},
        short_name={"el": row.short_name_el, "en": row.short_name_en},
        upper_name=row.name_upper_el,
        regional_unit={"el": row.regional_unit_el, "en": row.regional_unit_en},
        region={"el": row.region_el, "en": row.region_en},
        aliases=tuple(row.aliases.split(";")) if row.aliases else (),
        has_joined=is_published(row.joined_at, now),
    )


def pauses_of(municipality: MunicipalityRow, service: ServiceRow) -> tuple[Pause, Pause]:
    """What keeps a service from taking new bookings: the municipality's pause, and its own."""
    reopens_on = service.reopens_on
    reopens_at = day_period(reopens_on, municipality.zone).starts_at if reopens_on else None
    return (
        pause_of(municipality),
        Pause(service.paused_at, reopens_at, _message(service)),
    )


def pause_of(municipality: MunicipalityRow) -> Pause:
    """The municipality's own pause."""
    return Pause(municipality.paused_at, municipality.pause_until, _message(municipality))


def _message(row: Pausable) -> dict[str, str]:
    return {"el": row.pause_message_el, "en": row.pause_message_en}


def rules_of(service: ServiceRow, zone: str) -> ServiceRules:
    """What decides which times a service offers."""
    return ServiceRules(**{name: getattr(service, name) for name in _RULES}, zone=zone)


def modes_of(service: ServiceRow) -> tuple[Mode, ...]:
    """The ways in which a service is offered."""
    offered = {
        Mode.VIDEO: service.offers_video,
        Mode.IN_PERSON: service.offers_in_person,
        Mode.PHONE: service.offers_phone,
    }
    return tuple(mode for mode, is_offered in offered.items() if is_offered)


def to_offered(
    service: ServiceRow,
    department: DepartmentRow,
    hours: Sequence[OpeningHoursRow | WeeklyHours],
    former_slugs: Sequence[str] = (),
) -> OfferedService:
    """A service with its weekly hours, and the addresses that it had before."""
    return OfferedService(
        id=service.id or 0,
        slug=service.slug,
        name={"el": service.name_el, "en": service.name_en},
        department={"el": department.name_el, "en": department.name_en},
        modes=modes_of(service),
        duration_minutes=service.duration_minutes,
        documents={"el": service.documents_el, "en": service.documents_en},
        instructions={"el": service.instructions_el, "en": service.instructions_en},
        online_url=service.online_url,
        hours=tuple(
            WeeklyHours(h.weekday, h.opens, h.closes, h.valid_from, h.valid_until)
            for h in sorted(hours, key=lambda h: (h.weekday or 0, str(h.opens)))
            if h.weekday is not None and h.opens and h.closes is not None
        ),
        former_slugs=tuple(former_slugs),
    )
