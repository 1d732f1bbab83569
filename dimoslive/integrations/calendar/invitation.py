"""The calendar's side of a booking: an iTIP message (RFC 5546) that calendars accept, update and remove."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal
from urllib.parse import urlsplit

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vRecur

from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.references import show_reference
from dimoslive.domain.scheduling.local_time import to_local
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n import Texts
from dimoslive.integrations.wording import department_line, in_language, one_line, service_line

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]

_HOUR = timedelta(hours=1)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def calendar_invitation(
    booking: Booking, *, method: Method, organizer_email: str, page_url: str, now: datetime, texts: Texts
) -> bytes:
    """The booking as an iCalendar file; ``PUBLISH`` is for a download and names no guest.

    ``page_url`` must carry no secret: calendars are shared and synchronised. Its host is part of the UID.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//myDIMOSLive//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(
        _timezone(booking.service.zone, to_local(booking.period.starts_at, booking.service.zone).year)
    )
    calendar.add_component(_event(booking, method, organizer_email, page_url, now, texts))
    content: bytes = calendar.to_ical()
    return content


def _event(booking: Booking, method: Method, organizer_email: str, page_url: str, now: datetime, texts: Texts) -> Event:
    service, event = booking.service, Event()
    municipality = one_line(in_language(service.municipality_name, texts.language))
    name = service_line(service, texts)
    cancelled = method == "CANCEL"

    event.add("uid", f"{booking.reference}@{urlsplit(page_url).hostname or 'dimoslive'}")
    event.add("sequence", booking.sequence)
    event.add("dtstamp", now)
    event.add("created", booking.created_at)
    event.add("last-modified", booking.changed_at or booking.created_at)
    event.add("dtstart", to_local(booking.period.starts_at, service.zone))
    event.add("dtend", to_local(booking.period.ends_at, service.zone))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    # What a person wants from the town hall is nobody's business where a calendar is shared.
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    summary = "invitation.summary_cancelled" if cancelled else "invitation.summary"
    event.add("summary", texts(summary, service=name, municipality=municipality))
    event.add("location", _location(booking, page_url, municipality, texts))
    event.add("description", _description(booking, name, municipality, page_url, texts))
    event.add("url", page_url)

    organizer = vCalAddress(f"mailto:{one_line(organizer_email)}")
    organizer.params["CN"] = municipality
    event.add("organizer", organizer)
    if method != "PUBLISH":
        event.add("attendee", _attendee(booking))
    return event


def _attendee(booking: Booking) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{one_line(booking.details.email)}")
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    # The citizen made the booking: there is nothing to answer, and nobody reads answers at the sender's address.
    attendee.params["PARTSTAT"] = "ACCEPTED"
    attendee.params["RSVP"] = "FALSE"
    return attendee


def _location(booking: Booking, page_url: str, municipality: str, texts: Texts) -> str:
    match booking.mode:
        case Mode.IN_PERSON:
            place = (in_language(words, texts.language) for words in (booking.service.address, booking.place))
            return ", ".join(filter(None, map(one_line, place))) or municipality
        case Mode.VIDEO:
            return texts("invitation.location.video", url=page_url)
        case Mode.PHONE:
            return texts("invitation.location.phone")


def _description(booking: Booking, name: str, municipality: str, page_url: str, texts: Texts) -> str:
    department = department_line(booking.service, texts)
    lines = [
        name,
        ", ".join(part for part in (department, municipality) if part),
        texts("invitation.reference", reference=show_reference(booking.reference)),
        texts("invitation.manage", url=page_url),
    ]
    if booking.service.municipality_phone:
        lines.append(texts("invitation.phone", phone=one_line(booking.service.municipality_phone)))
    return "\n".join(lines)


@lru_cache(maxsize=16)
def _timezone(zone: str, year: int) -> Timezone:
    """The zone's rule for that year, begun a year earlier so that it also covers January."""
    timezone = Timezone()
    timezone.add("tzid", zone)
    for at, before, after in _changes(zone, year - 1):
        # The onset is written as the clock read that is about to be changed.
        part = _observance(before, after, at=to_local(at - _HOUR, zone).replace(tzinfo=None) + _HOUR)
        part.add("rrule", _yearly(part.DTSTART))
        timezone.add_component(part)
    if not timezone.subcomponents:
        start = to_local(datetime(year - 1, 1, 2, tzinfo=UTC), zone)
        timezone.add_component(_observance(start, start, at=start.replace(tzinfo=None)))
    return timezone


def _changes(zone: str, year: int) -> Iterator[tuple[datetime, datetime, datetime]]:
    """The instants of a year at which the zone's offset changes, with the clock before and after."""
    at = datetime(year, 1, 1, tzinfo=UTC)
    while at.year == year:
        before, after = to_local(at - _HOUR, zone), to_local(at, zone)
        if before.utcoffset() != after.utcoffset():
            yield at, before, after
        at += _HOUR


def _observance(before: datetime, after: datetime, *, at: datetime) -> TimezoneStandard | TimezoneDaylight:
    part = TimezoneDaylight() if after.dst() else TimezoneStandard()
    part.DTSTART = at
    part.add("tzoffsetfrom", before.utcoffset())
    part.add("tzoffsetto", after.utcoffset())
    part.add("tzname", after.tzname() or "")
    return part


def _yearly(onset: datetime) -> vRecur:
    """Every year in that month on the same weekday, counted from the month's end if it is the last one."""
    is_last = (onset + timedelta(days=7)).month != onset.month
    week = -1 if is_last else (onset.day - 1) // 7 + 1
    return vRecur(freq="YEARLY", bymonth=onset.month, byday=f"{week}{_WEEKDAYS[onset.weekday()]}")
