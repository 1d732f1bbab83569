"""A booking as mails and calendars receive it, with only the words that matter."""

from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

from dimoslive.domain.booking.booking import BookedService, Booking
from dimoslive.domain.booking.details import Details
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from tests.support.builders import at, details

_SERVICE = BookedService(
    municipality_id=1,
    municipality_slug="kavala",
    municipality_name={"el": "Δήμος Καβάλας", "en": "Municipality of Kavala"},
    department_name={"el": "Τμήμα Δημοτικής Κατάστασης", "en": "Civil Status Department"},
    service_id=1,
    service_slug="certificates",
    service_name={"el": "Πιστοποιητικό οικογενειακής κατάστασης", "en": "Family status certificate"},
    address={"el": "Κύπρου 10, 654 03 Καβάλα", "en": "Kyprou 10, 654 03 Kavala"},
    municipality_phone="251 350 0100",
    municipality_email="info@kavala.example",
    documents={"el": "Ταυτότητα\nΑίτηση", "en": "Identity card\nApplication form"},
    instructions={"el": "Γραφείο 4, ισόγειο", "en": "Office 4, ground floor"},
)


def a_booking(wall: str = "2026-11-24 10:00", **words: Any) -> Booking:
    """A booking of ten minutes; each word finds its place in the service, the details or the booking."""
    of_service = {name: words.pop(name) for name in _names(BookedService) & words.keys()}
    of_details = {name: words.pop(name) for name in _names(Details) & words.keys()}
    booking = Booking(
        id=1,
        reference="K7PM3XQ9",
        status=BookingStatus.BOOKED,
        mode=Mode.IN_PERSON,
        period=_ten_minutes(at(wall)),
        service=replace(_SERVICE, **of_service),
        citizen_id=1,
        details=details(**of_details),
        language="el",
        visitor_zone="Europe/Athens",
        sequence=0,
        reschedule_count=0,
        created_at=at("2026-11-01 11:00"),
    )
    return replace(booking, **words)


def _ten_minutes(start: datetime) -> Period:
    return Period(start, start + timedelta(minutes=10))


def _names(kind: type[Details] | type[BookedService]) -> set[str]:
    return {field.name for field in fields(kind)}
