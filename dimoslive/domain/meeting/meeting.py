"""The teleconference of a booking: when it is open, who may go in, and how it ends."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import CAN_JOIN, CANCELLED, BookingStatus
from dimoslive.domain.errors import MeetingCancelled, MeetingOver, NotAMeeting, TooEarly
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period

OPENS_BEFORE = timedelta(minutes=10)
CLOSES_AFTER = timedelta(minutes=60)
ADMITS_WITHIN = timedelta(seconds=60)
"""An admission that has no room by then was broken off, whoever made it, and another official may admit."""
MAX_PEOPLE = 4
"""Citizen, official, and room for an interpreter or a second official."""
MAX_GUESTS = 2
MAX_GUEST_NAME_LENGTH = 100


class Role(StrEnum):
    """As whom somebody is in the meeting."""

    CITIZEN = "citizen"
    OFFICIAL = "official"
    GUEST = "guest"


class Outcome(StrEnum):
    """How a meeting ended."""

    SERVED = "served"
    NOT_IDENTIFIED = "not_identified"
    NO_SHOW = "no_show"
    REFERRED = "referred"
    TECHNICAL_FAILURE = "technical_failure"


class IdentityDocument(StrEnum):
    """What was held to the camera: the kind alone, never a number or a picture."""

    IDENTITY_CARD = "identity_card"
    PASSPORT = "passport"
    RESIDENCE_PERMIT = "residence_permit"
    DRIVING_LICENCE = "driving_licence"


STATUS_AFTER: dict[Outcome, BookingStatus] = {
    Outcome.SERVED: BookingStatus.SERVED,
    Outcome.REFERRED: BookingStatus.SERVED,
    Outcome.NO_SHOW: BookingStatus.NO_SHOW,
    Outcome.NOT_IDENTIFIED: BookingStatus.NOT_SERVED,
    Outcome.TECHNICAL_FAILURE: BookingStatus.NOT_SERVED,
}


def can_end_with(outcome: Outcome, status: BookingStatus) -> bool:
    """Whether a meeting can end so where the booking stands so: who was not admitted was not served."""
    return STATUS_AFTER[outcome] is not BookingStatus.SERVED or status is BookingStatus.IN_SERVICE


@dataclass(frozen=True, slots=True)
class MeetingTimes:
    """When a meeting opens and closes."""

    opens_at: datetime
    closes_at: datetime


def meeting_times(booking: Booking) -> MeetingTimes:
    """Ten minutes before the start until sixty after the end, and longer by what the desk said to be late."""
    return door_times(booking.period, booking.desk_delay)


def door_times(period: Period, desk_delay: timedelta) -> MeetingTimes:
    """The same of a booking's time alone."""
    return MeetingTimes(period.starts_at - OPENS_BEFORE, period.ends_at + CLOSES_AFTER + desk_delay)


def check_can_enter(booking: Booking, now: datetime) -> None:
    """Raises `NotAMeeting`, `MeetingCancelled`, `MeetingOver` or `TooEarly`."""
    if booking.mode is not Mode.VIDEO:
        raise NotAMeeting()
    if booking.status in CANCELLED:
        raise MeetingCancelled()
    times = meeting_times(booking)
    if now >= times.closes_at or booking.status not in CAN_JOIN:
        raise MeetingOver()
    if now < times.opens_at:
        raise TooEarly()


PRESENT_FOR = timedelta(seconds=30)
"""A waiting citizen counts as present for so long after the last sign of the browser."""
