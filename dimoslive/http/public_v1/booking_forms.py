"""A booking as programs with a key read it."""

import json
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, Field

from dimoslive.domain.booking.booking import BookingSource
from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.booking.statuses import NEVER_BOOKED, BookingStatus
from dimoslive.domain.keys.program_booking import Confirmed, ProgramBooking, ProgramPerson
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.http.public_v1.forms import Text, instant, instant_or_none

REFERENCE = r"^[0-9A-HJKMNP-TV-Z]{8}$"
Status = StrEnum("Status", {one.name: one.value for one in BookingStatus if one not in NEVER_BOOKED})  # type: ignore[misc]  # made of another
_AT, _LATER = "2026-11-24T07:00:00Z", "2026-11-24T07:20:00Z"


class CancelledBy(StrEnum):
    """Whose wish it was."""

    CITIZEN = "citizen"
    MUNICIPALITY = "municipality"


CANCELLED_AS = {
    CancelledBy.CITIZEN: BookingStatus.CANCELLED_BY_CITIZEN,
    CancelledBy.MUNICIPALITY: BookingStatus.CANCELLED_BY_MUNICIPALITY,
}
_BY = {status: by for by, status in CANCELLED_AS.items()}


class NamedDepartment(BaseModel):
    """The department of the service."""

    name: Text = Field(examples=[{"el": "Τμήμα Δημοτολογίου", "en": "Civil Registry"}])


class NamedService(BaseModel):
    """What it is for."""

    slug: str = Field(examples=["dimotologio"])
    name: Text = Field(examples=[{"el": "Πιστοποιητικό", "en": "Certificate"}])


class NamedDesk(BaseModel):
    """Where the person is served."""

    id: int = Field(ge=1, examples=[12])
    name: Text = Field(examples=[{"el": "Θέση 1", "en": "Desk 1"}])


class Person(BaseModel):
    """Whom it is for. Never a tax number."""

    name: str = Field(examples=["Ελένη Παπαδοπούλου"])
    phone: str | None = Field(description="E.164", examples=["+306912345678"])
    email: str | None = Field(examples=["eleni@example.com"])
    address: str | None = Field(examples=[None])
    subject: str | None = Field(examples=["Πιστοποιητικό εντοπιότητας"])
    help_needed: str | None = Field(examples=[None])
    confirmed: Confirmed = Field(description="How it is known who they are; a list that may grow")


class Booking(BaseModel):
    """A booking. Lists of values may grow: readers take what they do not know for "other"."""

    reference: str = Field(pattern=REFERENCE, examples=["K7PM3XQ9"])
    status: Status
    mode: Mode
    starts_at: datetime = Field(examples=[_AT])
    ends_at: datetime = Field(examples=[_LATER])
    zone: str = Field(examples=["Europe/Athens"])
    municipality: str = Field(examples=["kavala"])
    department: NamedDepartment
    service: NamedService
    desk: NamedDesk | None
    source: BookingSource
    served_person: ServedPerson = Field(alias="for")
    sequence: int = Field(ge=0, description="Rises with each change that calendars must hear of", examples=[0])
    moves: int = Field(ge=0, description="By the citizen", examples=[0])
    outcome: str | None = Field(description="Of one that is over, in more words than its status", examples=[None])
    external_id: str | None = Field(description="What the program that made it calls it", examples=["crm-4711"])
    version: int = Field(ge=1, description="Its ETag, for `If-Match`", examples=[2])
    booked_at: datetime = Field(examples=["2026-11-20T08:00:00Z"])
    changed_at: datetime = Field(examples=["2026-11-20T08:00:00Z"])
    cancelled_at: datetime | None = Field(examples=[None])
    cancelled_by: CancelledBy | None = Field(examples=[None])
    arrived_at: datetime | None = Field(examples=[None])
    started_at: datetime | None = Field(examples=[None])
    ended_at: datetime | None = Field(examples=[None])
    person: Person | None = Field(
        description="With the scope `bookings:read_person`; of a sensitive service in a single read alone",
        examples=[None],
    )
    person_erased_at: datetime | None = Field(examples=[None])


class BookingList(BaseModel):
    """Some bookings."""

    items: list[Booking]
    next_cursor: str | None = Field(description="For the next page; null at the end", examples=[None])


def shown(booking: ProgramBooking) -> dict[str, Any]:
    """A booking as plain values of JSON."""
    return {
        "reference": booking.reference,
        "status": booking.status.value,
        "mode": booking.mode.value,
        "starts_at": instant(booking.starts_at),
        "ends_at": instant(booking.ends_at),
        "zone": booking.zone,
        "municipality": booking.municipality,
        "department": {"name": booking.department},
        "service": {"slug": booking.service, "name": booking.service_name},
        "desk": {"id": booking.desk_id, "name": booking.desk_name},
        "source": booking.source.value,
        "for": booking.served_person.value,
        "sequence": booking.sequence,
        "moves": booking.moves,
        "outcome": booking.outcome or None,
        "external_id": booking.external_id or None,
        "version": booking.version,
        "booked_at": instant(booking.booked_at),
        "changed_at": instant(booking.changed_at),
        "cancelled_at": instant_or_none(booking.cancelled_at),
        "cancelled_by": _BY.get(booking.status),
        "arrived_at": instant_or_none(booking.arrived_at),
        "started_at": instant_or_none(booking.started_at),
        "ended_at": instant_or_none(booking.ended_at),
        "person": _person(booking.person) if booking.person else None,
        "person_erased_at": instant_or_none(booking.erased_at),
    }


def written(booking: ProgramBooking) -> str:
    """The same as the text of an answer."""
    return json.dumps(shown(booking), ensure_ascii=False, separators=(",", ":"))


def etag(version: int) -> str:
    """Of a booking in a version."""
    return f'"{version}"'


def _person(person: ProgramPerson) -> dict[str, Any]:
    return {
        "name": person.name,
        "phone": person.phone or None,
        "email": person.email or None,
        "address": person.address or None,
        "subject": person.subject or None,
        "help_needed": person.help_needed or None,
        "confirmed": person.confirmed.value,
    }
