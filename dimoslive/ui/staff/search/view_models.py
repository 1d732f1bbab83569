"""A booking that was found, as officials see it."""

from dataclasses import dataclass

from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.scheduling.local_time import to_local
from dimoslive.i18n import Texts
from dimoslive.i18n.dates import full_day
from dimoslive.ui.staff.booking.words import tag_of


@dataclass(frozen=True)
class FoundLine:
    """Finished words; ``other_name`` is who signed in, where the booking is under another name."""

    reference: str
    day: str
    time: str
    person: str
    other_name: str
    service: str
    status: str
    tag: str
    """The class that gives the status its form."""


def show_found(booking: Booking, t: Texts) -> FoundLine:
    """One line of what was found, in Greek time."""
    starts = to_local(booking.period.starts_at, booking.service.zone)
    name = booking.person.listed or booking.signed_in_name
    return FoundLine(
        reference=booking.reference,
        day=full_day(starts.date(), t.language),
        time=f"{starts:%-H:%M}",
        person=name or t("search.nameless"),
        other_name=booking.signed_in_name if booking.is_for_another else "",
        service=booking.service.service_name[t.language],
        status=t(f"status.{booking.status}"),
        tag=tag_of(booking.status),
    )
