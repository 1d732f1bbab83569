"""A teleconference of the day, as officials see it."""

from dataclasses import dataclass
from datetime import datetime

from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.references import show_reference
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.i18n import Texts
from dimoslive.i18n.dates import clock
from dimoslive.services.desk.list_waiting import Waiting
from dimoslive.urls import meeting_path


@dataclass(frozen=True)
class DeskLine:
    """Finished words. ``person`` is who signed in, ``served`` whom that one typed.

    ``kind`` is ``waiting``, ``open`` or ``other``; ``href`` is empty where the meeting is not open.
    """

    reference: str
    number: str
    time: str
    person: str
    served_before: str
    served: str
    served_after: str
    service: str
    municipality: str
    status: str
    waiting: str
    identity: str
    kind: str
    href: str


def show_line(line: Waiting, now: datetime, t: Texts) -> DeskLine:
    """One line of the day."""
    booking: Booking = line.booking
    language, service = t.language, booking.service
    before, name, after = _served(booking, t)
    minutes = int((now - line.since).total_seconds() // 60) if line.since else 0
    return DeskLine(
        reference=booking.reference,
        number=show_reference(booking.reference),
        time=clock(booking.period.starts_at, language, service.zone),
        person=booking.signed_in_name,
        served_before=before,
        served=name,
        served_after=after,
        service=service.service_name[language],
        municipality=service.municipality_name[language],
        status=_status(line, t),
        waiting=_waits(minutes, t) if line.since else "",
        identity=_identity(line, t) if line.since else "",
        kind="waiting" if line.since else "open" if line.can_enter else "other",
        href=meeting_path(language, f"reference={booking.reference}", for_staff=True) if line.can_enter else "",
    )


def _waits(minutes: int, t: Texts) -> str:
    return t.count("desk.waits", minutes) if minutes else t("desk.just_came")


def _served(booking: Booking, t: Texts) -> tuple[str, str, str]:
    """For whom, with the word that nobody has confirmed it: never beside what TAXISnet confirms."""
    if not booking.is_for_another:
        return "", "", ""
    before, _, after = t(f"meeting.served.{booking.details.served_person}", name="\n").partition("\n")
    return before, booking.details.name, after


def _identity(line: Waiting, t: Texts) -> str:
    if line.is_sent_back:
        return t("desk.sent_back")
    return t("desk.by_taxisnet" if line.is_confirmed else "desk.by_link")


def _status(line: Waiting, t: Texts) -> str:
    """The status in words; of a meeting that ended by itself, that nobody noted it, of who waited, that they left."""
    if line.booking.status == BookingStatus.WAITING and not line.since:
        return t("desk.was_here")
    status = t(f"status.{line.booking.status}")
    return f"{status} · {t('desk.not_noted')}" if line.is_ended and not line.outcome else status
