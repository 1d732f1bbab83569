"""Rows to domain values."""

from datetime import datetime, timedelta
from typing import NamedTuple

from dimoslive.db.rows.delays import delay_of
from dimoslive.db.rows.names import person_name, write_name
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import DepartmentRow, MunicipalityRow, ServiceRow
from dimoslive.db.tables.citizen import CitizenRow
from dimoslive.db.tables.desk import DeskDelayRow
from dimoslive.domain.booking.booking import BookedService, Booking, ChangeRules
from dimoslive.domain.booking.details import Details, ServedPerson
from dimoslive.domain.booking.draft import Hold
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.people.names import PersonName
from dimoslive.domain.people.personal_data import shown_phone
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period


class BookingWithService(NamedTuple):
    """A booking and what is read with it; one that was erased is no citizen's."""

    row: BookingRow
    service: ServiceRow
    department: DepartmentRow
    municipality: MunicipalityRow
    citizen: CitizenRow | None
    delay: DeskDelayRow | None = None


class HeldTime(NamedTuple):
    """Of the row of a hold what each press needs: to read all of its columns takes four times as long."""

    id: int
    reference: str
    municipality_id: int
    service_id: int
    desk_id: int
    mode: str
    starts_at: datetime
    ends_at: datetime
    moving_id: int | None
    hold_expires_at: datetime
    hold_extended: bool


class OpenBooking(NamedTuple):
    """Of the row of an open booking what limits and clashes need."""

    id: int
    reference: str
    municipality_id: int
    service_id: int
    starts_at: datetime
    ends_at: datetime


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
        cancel_reason=row.cancel_reason if _is_by_municipality(row) else "",
        # What an official told somebody was heard, and is not yet declared; nor is what became a call since.
        is_declared=row.consent_at is not None,
        person=person_name(row, citizen),
        changed_at=row.changed_at or row.booked_at or row.created_at,
        desk_delay=delay_of(found.delay, row.starts_at),
    )


def _is_by_municipality(row: BookingRow) -> bool:
    """Whether an official or a program cancelled it: what a citizen wrote is not repeated to them."""
    return row.cancelled_by is not None or row.status == BookingStatus.CANCELLED_BY_MUNICIPALITY.value


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
        municipality_phone=shown_phone(municipality.phone),
        municipality_email=municipality.email,
        documents={"el": service.documents_el, "en": service.documents_en},
        instructions={"el": service.instructions_el, "en": service.instructions_en},
        zone=municipality.zone,
        is_sensitive=service.is_sensitive,
        mail_note={"el": service.mail_note_el, "en": service.mail_note_en} if service.mail_note_el else {},
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


def write_details(row: BookingRow, details: Details, name: PersonName | None = None) -> None:
    """Write the details into the row of a booking; a ``name`` in two parts says the one of the details."""
    row.served_person = details.served_person.value
    row.email, row.phone, row.address = details.email, details.phone, details.address
    row.subject, row.help_needed = details.subject, details.help_needed
    write_name(row, name or PersonName(typed=details.name))


def to_hold(row: HeldTime) -> Hold:
    """A row that holds a time."""
    return Hold(row.reference, Period(row.starts_at, row.ends_at), row.hold_expires_at, row.hold_extended)


def to_change_rules(service: ServiceRow) -> ChangeRules:
    """Until when, and how often, the service's bookings may be changed."""
    return ChangeRules(
        timedelta(minutes=service.move_until_minutes),
        service.max_moves,
        timedelta(minutes=service.cancel_until_minutes),
    )
