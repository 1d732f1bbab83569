"""A booking as a file that calendar programs open."""

from dataclasses import dataclass
from email.utils import parseaddr

from dimoslive.context import AppContext
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import CANCELLED
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.principals import Citizen
from dimoslive.i18n import texts_of
from dimoslive.integrations.calendar.invitation import calendar_invitation
from dimoslive.services.booking.show_booking import show_booking
from dimoslive.services.booking.show_linked_booking import show_linked_booking
from dimoslive.urls import calendar_page_url


@dataclass(frozen=True, slots=True, repr=False)
class CalendarFile:
    """An iCalendar file under the name to save it by."""

    name: str
    content: bytes


def calendar_file(context: AppContext, principal: Citizen, reference: str) -> CalendarFile:
    """The file of one of the citizen's bookings; raises `NotFound`, also for a cancelled one."""
    return file_of(context, show_booking(context, principal, reference))


def linked_calendar_file(context: AppContext, token: str) -> CalendarFile:
    """The file of the booking that a mail's link names; raises `NotFound`, also for a cancelled one."""
    _, booking = show_linked_booking(context, token)
    return file_of(context, booking)


def file_of(context: AppContext, booking: Booking) -> CalendarFile:
    """The file of a booking that was fetched already; raises `NotFound` for a cancelled one."""
    if booking.status in CANCELLED:
        raise NotFound()
    content = calendar_invitation(
        booking,
        method="PUBLISH",
        organizer_email=parseaddr(context.mail_from)[1],
        page_url=calendar_page_url(context.public_url, booking.language),
        now=context.clock.now(),
        texts=texts_of(booking.language),
    )
    return CalendarFile(f"mydimoslive-{booking.reference}.ics", content)
