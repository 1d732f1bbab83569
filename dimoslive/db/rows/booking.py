"""Rows to domain values."""

from datetime import timedelta
from typing import NamedTuple

from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import DepartmentRow, MunicipalityRow, ServiceRow
from dimoslive.db.tables.citizen import CitizenRow
from dimoslive.domain.booking.booking import BookedService, Booking, ChangeRules
from dimoslive.domain.booking.details import Details, ServedPerson
from dimoslive.domain.booking.draft import Hold
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.i18n.search_key import search_key


class BookingWithService(NamedTuple):
    """A booking and what is read with it; one that was erased is no citizen's."""

    row: BookingRow
    service: ServiceRow
    department: DepartmentRow
    municipality: MunicipalityRow
    citizen: CitizenRow | None


def to_booking(found: BookingWithService) -> Booking:
    """A booking with what of its service a person needs to know."""
    row, citizen = found.row, found.citizen
    return Booking(
        id=row.id or 0,
        reference=row.reference,
        status=BookingStatus(row.status),
        mode=Mode(row.mode),
        period=Period(row.starts_at, row.ends_at),
        service=to_booked_service(found.service, found.department, found.municipality),
        citizen_id=row.citizen_id or 0,
        details=to_details(row),
        language=row.language,
        visitor_zone=row.visitor_zone,
        sequence=row.sequence,
        reschedule_count=row.reschedule_count,
        created_at=row.created_at,
        change_rules=to_change_rules(found.service),
        signed_in_name=f"{citizen.first_name} {citizen.last_name}".strip() if citizen else "",
        cancel_reason=row.cancel_reason if row.cancelled_by is not None else "",
        # What an official told somebody was heard, and is not yet declared.
        is_declared=row.told_by is None or row.consent_at is not None,
    )


def to_booked_service(service: ServiceRow, department: DepartmentRow, municipality: MunicipalityRow) -> BookedService:
    """The texts of a service in both languages."""
    return BookedService(
        municipality_id=municipality.id,
        municipality_slug=municipality.slug,
        municipality_name={"el": municipality.name_el, "en": municipality.name_en},
        department_name={"el": department.name_el, "en": department.name_en},
        service_id=service.id or 0,
        service_slug=service.slug,
        service_name={"el": service.name_el, "en": service.name_en},
        address={
            "el": department.address_el or municipality.address_el,
            "en": department.address_en or municipality.address_en,
        },
        municipality_phone=municipality.phone,
        municipality_email=municipality.email,
        documents={"el": service.documents_el, "en": service.documents_en},
        instructions={"el": service.instructions_el, "en": service.instructions_en},
        zone=municipality.zone,
    )


def to_details(row: BookingRow) -> Details:
    """The details as booked."""
    return Details(
        served_person=ServedPerson(row.served_person),
        name=row.person_name,
        email=row.email,
        phone=row.phone,
        subject=row.subject,
        address=row.address,
        help_needed=row.help_needed,
    )


def write_details(row: BookingRow, details: Details) -> None:
    """Write the details into the row of a booking."""
    row.served_person, row.person_name = details.served_person.value, details.name
    row.email, row.phone, row.address = details.email, details.phone, details.address
    row.subject, row.help_needed = details.subject, details.help_needed
    row.name_key = search_key(details.name)


def to_hold(row: BookingRow) -> Hold:
    """A row that holds a time."""
    assert row.hold_expires_at is not None
    return Hold(row.reference, Period(row.starts_at, row.ends_at), row.hold_expires_at, row.hold_extended)


def to_change_rules(service: ServiceRow) -> ChangeRules:
    """Until when, and how often, the service's bookings may be changed."""
    return ChangeRules(
        timedelta(minutes=service.move_until_minutes),
        service.max_moves,
        timedelta(minutes=service.cancel_until_minutes),
    )
