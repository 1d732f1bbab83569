"""A calendar that programs fetch again and again (RFC 5545, RFC 7986): the same bookings are the same bytes.

Written by hand, because a library takes fifteen times as long, and these are few forms.
Times are in UTC: such an event needs no zone, and no program can misread it.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from dimoslive.domain.booking.references import show_reference
from dimoslive.domain.desk.feeds import FeedBooking
from dimoslive.i18n import Texts
from dimoslive.urls import found_booking_path

MAX_OCTETS = 75
_COLOR = "midnightblue"


def calendar_feed(name: str, bookings: Iterable[FeedBooking], *, public_url: str, host: str, texts: Texts) -> bytes:
    """The whole calendar; without bookings an empty one, by which programs let go of what they had."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//myDIMOSLive//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        _text("NAME", name),
        _text("X-WR-CALNAME", name),
        "X-WR-TIMEZONE:Europe/Athens",
        f"COLOR:{_COLOR}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ]
    for booking in bookings:
        lines += _event(booking, public_url, host, texts)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(booking: FeedBooking, public_url: str, host: str, t: Texts) -> Iterator[str]:
    changed_at, mode = _instant(booking.changed_at), t(f"feeds.mode.{booking.mode}")
    page = public_url + found_booking_path(booking.reference, t.language, booking.municipality_slug)
    summary = (
        t("feeds.event") if booking.is_sensitive else " · ".join(filter(None, (booking.service, mode, booking.person)))
    )
    reference = t("feeds.reference", reference=show_reference(booking.reference))
    yield "BEGIN:VEVENT"
    # Other than the citizen's invitation, which may be in the same calendar.
    yield f"UID:{booking.reference}-desk@{host}"
    yield f"SEQUENCE:{booking.sequence}"
    yield f"DTSTAMP:{changed_at}"
    yield f"LAST-MODIFIED:{changed_at}"
    yield f"DTSTART:{_instant(booking.period.starts_at)}"
    yield f"DTEND:{_instant(booking.period.ends_at)}"
    yield "STATUS:CONFIRMED"
    yield "CLASS:PRIVATE"
    yield "TRANSP:OPAQUE"
    yield _text("SUMMARY", summary)
    yield _text("DESCRIPTION", f"{reference}\n{mode}\n{page}")
    yield f"URL:{page}"
    yield _text("CATEGORIES", mode)
    yield "END:VEVENT"


def _instant(at: datetime) -> str:
    return f"{at:%Y%m%dT%H%M%SZ}"


def _text(name: str, value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    if not escaped.isprintable():
        escaped = "".join(sign for sign in escaped if sign.isprintable())
    return f"{name}:{escaped}"


def _folded(line: str) -> bytes:
    """The line in pieces of 75 octets at most, none of which ends within a character."""
    octets = line.encode()
    if len(octets) <= MAX_OCTETS:
        return octets + b"\r\n"
    pieces, begin = [], 0
    while begin < len(octets):
        # A blank begins each piece but the first.
        end = begin + MAX_OCTETS - (begin > 0)
        while end < len(octets) and octets[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(octets[begin:end])
        begin = end
    return b"\r\n ".join(pieces) + b"\r\n"
