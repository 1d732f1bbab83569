"""A booking as a file that calendar programs open."""

from dataclasses import dataclass
from email.utils import parseaddr

from dimoslive.context import Parts
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import CANCELLED
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.principals import CitizenActor
from dimoslive.i18n import texts_of
from dimoslive.integrations.calendar.invitation import invitation
from dimoslive.services.booking.show_booking import show_booking
from dimoslive.services.booking.show_linked_booking import show_linked_booking
from dimoslive.services.outbox.send_outbox import mail_links


@dataclass(frozen=True, slots=True, repr=False)
class CalendarFile:
    """An iCalendar file under the name to save it by."""

    name: str
    content: bytes


def calendar_file(parts: Parts, actor: CitizenActor, reference: str) -> CalendarFile:
    """The file of one of the citizen's bookings; raises `NotFound`, also for a cancelled one."""
    return _file(parts, show_booking(parts, actor, reference))


def linked_calendar_file(parts: Parts, token: str) -> CalendarFile:
    """The file of the booking that a mail's link names; raises `NotFound`, also for a cancelled one."""
    _, booking = show_linked_booking(parts, token)
    return _file(parts, booking)


def _file(parts: Parts, booking: Booking) -> CalendarFile:
    if booking.status in CANCELLED:
        raise NotFound()
    content = invitation(
        booking,
        method="PUBLISH",
        organizer_email=parseaddr(parts.mail_from)[1],
        # The address that the mail's invitation names: with another, calendars would keep two appointments.
        page_url=mail_links(parts.public_url, booking, token="").my_bookings,
        now=parts.clock.now(),
        texts=texts_of(booking.language),
    )
    return CalendarFile(f"mydimoslive-{booking.reference}.ics", content)
