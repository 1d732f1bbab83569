"""A booking as its page, its mail's page and the list show it."""

from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil

from dimoslive.domain.booking.booking import Booking, check_can_cancel, check_can_move
from dimoslive.domain.booking.references import show_reference
from dimoslive.domain.booking.statuses import CAN_JOIN, CANCELLED, BookingStatus
from dimoslive.domain.errors import DomainError, TooEarly, TooLate, TooManyMoves
from dimoslive.domain.meeting.meeting import check_can_enter, meeting_times
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n import Texts
from dimoslive.i18n.dates import full_time
from dimoslive.i18n.when import both_times, greek_time, own_time
from dimoslive.services.booking.find_staff_change import StaffChange
from dimoslive.urls import meeting_path


@dataclass(frozen=True)
class BookingView:
    """Finished words. ``reference`` is as stored, ``number`` as read out."""

    reference: str = ""
    number: str = ""
    title: str = ""
    status: str = ""
    is_cancelled: bool = False
    is_upcoming: bool = False
    is_video: bool = False
    municipality: str = ""
    municipality_slug: str = ""
    service: str = ""
    mode: str = ""
    when: str = ""
    when_own: str = ""
    place_label: str = ""
    place: str = ""
    person: str = ""
    subject: str = ""
    documents: str = ""
    instructions: str = ""
    can_move: bool = False
    can_cancel: bool = False
    can_join: bool = False
    """The meeting is open."""
    opens: str = ""
    """When it will be."""
    opens_in: int = 0
    """Seconds until then."""
    join_href: str = ""
    no_move_reason: str = ""
    cancel_note: str = ""
    """Until when it can be cancelled, where that is not until its start; or that it cannot any more."""
    must_declare: bool = False
    """The declaration is still to be accepted before a meeting."""
    reason: str = ""
    """Why the municipality cancelled it."""
    changed: str = ""
    """That the municipality changed it, and when."""
    is_waiting: bool = False
    """In the list: whether it waits for an earlier time."""


def show_booking_view(booking: Booking, now: datetime, zone: str, t: Texts, *, is_private: bool = False) -> BookingView:
    """``is_private`` hides what only the person signed in should read: a mail can be forwarded."""
    service, at, language = booking.service, booking.period.starts_at, t.language
    no_move_reason, opens_at = _no_move_reason(booking, now, t), _opens_at(booking, now)
    is_upcoming = booking.status is BookingStatus.BOOKED and now < booking.period.ends_at
    return BookingView(
        reference=booking.reference,
        number=show_reference(booking.reference),
        title=_title(booking, t, is_upcoming=is_upcoming, is_private=is_private),
        status=t(f"status.{booking.status}"),
        is_cancelled=booking.status in CANCELLED,
        is_upcoming=is_upcoming,
        is_video=booking.mode is Mode.VIDEO,
        municipality=service.municipality_name[language],
        municipality_slug=service.municipality_slug,
        service=service.service_name[language],
        mode=t(f"mode.{booking.mode}"),
        when=greek_time(at, service.zone, t),
        when_own=own_time(at, zone, service.zone, t),
        place_label=t(f"place.{booking.mode}.label"),
        place=t(f"place.{booking.mode}", address=service.address[language]),
        person="" if is_private else booking.details.name,
        subject="" if is_private else booking.details.subject,
        documents=service.documents[language],
        instructions=service.instructions[language],
        can_move=booking.status is BookingStatus.BOOKED and now < at and not no_move_reason,
        can_cancel=_may_cancel(booking, now),
        can_join=booking.is_declared and _may_join(booking, now),
        opens=both_times(opens_at, zone, service.zone, t) if opens_at else "",
        opens_in=ceil((opens_at - now).total_seconds()) if opens_at else 0,
        join_href=meeting_path(language, f"reference={booking.reference}"),
        no_move_reason=no_move_reason,
        cancel_note=_cancel_note(booking, now, zone, t),
        must_declare=_must_declare(booking, now),
        reason=booking.cancel_reason,
    )


def _must_declare(booking: Booking, now: datetime) -> bool:
    if booking.is_declared or booking.mode is not Mode.VIDEO:
        return False
    return booking.status in CAN_JOIN and now < meeting_times(booking).closes_at


def _title(booking: Booking, t: Texts, *, is_upcoming: bool, is_private: bool) -> str:
    """The person served, then the service."""
    key, service = "booking.upcoming" if is_upcoming else "booking.past", booking.service.service_name[t.language]
    if is_private:
        return t(f"{key}_for", service=service)
    return t(f"{key}_for_person", person=booking.details.name, service=service)


def _may_join(booking: Booking, now: datetime) -> bool:
    try:
        check_can_enter(booking, now)
    except DomainError:
        return False
    return True


def _opens_at(booking: Booking, now: datetime) -> datetime | None:
    """When a meeting to come opens."""
    try:
        check_can_enter(booking, now)
    except TooEarly:
        return meeting_times(booking).opens_at
    except DomainError:
        return None
    return None


def _may_cancel(booking: Booking, now: datetime) -> bool:
    try:
        check_can_cancel(booking.status, booking.period.starts_at, now, booking.change_rules)
    except TooLate:
        return False
    return True


def _no_move_reason(booking: Booking, now: datetime, t: Texts) -> str:
    """Why an upcoming booking cannot be moved."""
    if booking.status is not BookingStatus.BOOKED or now >= booking.period.starts_at:
        return ""
    if not booking.has_account:
        # Nobody signed in for it, and the wizard is for those who do.
        return t("booking.move_by_municipality")
    can_cancel = _may_cancel(booking, now)
    try:
        check_can_move(booking.status, booking.period.starts_at, booking.reschedule_count, now, booking.change_rules)
    except TooLate:
        return t("booking.too_late_to_move" if can_cancel else "booking.too_late_for_both")
    except TooManyMoves:
        return t("booking.moved_too_often" if can_cancel else "booking.too_late_for_both")
    return ""


def _cancel_note(booking: Booking, now: datetime, zone: str, t: Texts) -> str:
    """Nothing where it can be cancelled until its start, as most can, and where there is nothing to cancel."""
    rules, starts_at = booking.change_rules, booking.period.starts_at
    if booking.status is not BookingStatus.BOOKED or now >= starts_at or not rules.cancel_until:
        return ""
    if _may_cancel(booking, now):
        return t("booking.cancel_until", when=both_times(starts_at - rules.cancel_until, zone, booking.service.zone, t))
    # Where it cannot be moved either, that is said in one sentence.
    is_said = booking.has_account and _no_move_reason(booking, now, t) != ""
    return "" if is_said else t("booking.too_late_to_cancel")


def show_staff_change(view: BookingView, change: StaffChange | None, zone: str, t: Texts) -> BookingView:
    """The view with what the municipality changed of a booking that is still to come."""
    if change is None or not view.is_upcoming:
        return view
    key = "booking.time_changed_by_municipality" if change.is_of_time else "booking.changed_by_municipality"
    return replace(view, changed=t(key, at=full_time(change.at, t.language, zone)))
