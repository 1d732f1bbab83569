"""What an official can do with a booking: from which status, in which mode, on which day, and what it is then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.domain.scheduling.mode import Mode

NO_SHOW_SUGGESTED_AFTER = timedelta(minutes=15)
"""So long after the start a booking of which nobody has come is asked about."""
MAX_OUTCOME_NOTE_LENGTH = 200


class Press(StrEnum):
    """A press that changes the status. Moving, cancelling and the like have services of their own."""

    ARRIVED = "arrived"
    START = "start"
    CALL = "call"
    NO_ANSWER = "no_answer"
    SERVED = "served"
    NO_SHOW = "no_show"
    NOT_SERVED = "not_served"
    REFERRED = "referred"
    BACK_TO_WAITING = "back_to_waiting"


class NotServedReason(StrEnum):
    """Why somebody who came was not served."""

    NOT_IDENTIFIED = "not_identified"
    DOCUMENTS_MISSING = "documents_missing"
    TECHNICAL_FAILURE = "technical_failure"
    OTHER = "other"


_S = BookingStatus
_ALL = frozenset(Mode)


@dataclass(frozen=True, slots=True)
class Rule:
    """Where a press leads from where, and when."""

    before: frozenset[BookingStatus]
    after: BookingStatus
    modes: frozenset[Mode] = _ALL
    is_for_past_days: bool = False
    """Whether it settles a day that is over; nothing is settled ahead of its day."""
    is_from_start: bool = False
    """Whether the booking's time must have begun."""


RULES: dict[Press, Rule] = {
    Press.ARRIVED: Rule(frozenset({_S.BOOKED, _S.NO_SHOW}), _S.WAITING, frozenset({Mode.IN_PERSON})),
    Press.START: Rule(frozenset({_S.BOOKED, _S.WAITING}), _S.IN_SERVICE, frozenset({Mode.IN_PERSON})),
    Press.CALL: Rule(frozenset({_S.BOOKED, _S.WAITING}), _S.IN_SERVICE, frozenset({Mode.PHONE})),
    Press.NO_ANSWER: Rule(frozenset({_S.IN_SERVICE}), _S.BOOKED, frozenset({Mode.PHONE})),
    Press.SERVED: Rule(frozenset({_S.BOOKED, _S.WAITING, _S.IN_SERVICE}), _S.SERVED, is_for_past_days=True),
    Press.NO_SHOW: Rule(
        frozenset({_S.BOOKED, _S.WAITING, _S.IN_SERVICE}), _S.NO_SHOW, is_for_past_days=True, is_from_start=True
    ),
    Press.NOT_SERVED: Rule(frozenset({_S.WAITING, _S.IN_SERVICE}), _S.NOT_SERVED, is_for_past_days=True),
    Press.REFERRED: Rule(frozenset({_S.IN_SERVICE}), _S.SERVED, is_for_past_days=True),
    Press.BACK_TO_WAITING: Rule(frozenset({_S.IN_SERVICE}), _S.WAITING, frozenset({Mode.IN_PERSON, Mode.VIDEO})),
}

CORRECTED_TO = {
    _S.SERVED: Press.SERVED,
    _S.NO_SHOW: Press.NO_SHOW,
    _S.NOT_SERVED: Press.NOT_SERVED,
}
"""The ends between which a correction may choose."""


def is_allowed(
    press: Press, status: BookingStatus, mode: Mode, starts_at: datetime, now: datetime, zone: str = ATHENS
) -> bool:
    """Whether the press is offered for a booking that stands so."""
    return press in presses_of(status, mode, starts_at, now, zone)


def presses_of(
    status: BookingStatus, mode: Mode, starts_at: datetime, now: datetime, zone: str = ATHENS
) -> tuple[Press, ...]:
    """All that are offered, in the order of `Press`."""
    day, today = local_day(starts_at, zone), local_day(now, zone)
    if day > today:
        return ()
    return tuple(
        press
        for press, rule in RULES.items()
        if status in rule.before and mode in rule.modes
        if day == today or rule.is_for_past_days
        if now >= starts_at or not rule.is_from_start
    )


_NEXT: dict[BookingStatus, tuple[Press, ...]] = {
    _S.BOOKED: (Press.ARRIVED, Press.CALL),
    _S.WAITING: (Press.START, Press.CALL),
    _S.IN_SERVICE: (Press.SERVED,),
}


def main_press(presses: Iterable[Press], status: BookingStatus) -> Press | None:
    """The next step, if there is one: who comes has arrived, who waits is started, who is in service is served."""
    offered = set(presses)
    return next((press for press in _NEXT.get(status, ()) if press in offered), None)


def is_no_show_suggested(
    status: BookingStatus, starts_at: datetime, now: datetime, delay: timedelta = timedelta()
) -> bool:
    """Whether it is time to ask «Δεν προσήλθε;»: nobody has come, and the desk itself is not late."""
    return status is _S.BOOKED and now >= starts_at + NO_SHOW_SUGGESTED_AFTER + delay


def waiting_order(starts_at: datetime, arrived_at: datetime, now: datetime) -> tuple[bool, datetime, datetime]:
    """The key by which those who wait are served: first whose time has come, by start; then the early, by start."""
    return starts_at > now, starts_at, arrived_at


def waiting_since(starts_at: datetime, arrived_at: datetime) -> datetime:
    """From when somebody's waiting counts: nobody waits before the own time."""
    return max(starts_at, arrived_at)
