"""The statuses of a booking, the transitions between them, and the sets that have a name."""

from enum import StrEnum


class BookingStatus(StrEnum):
    """Where a booking stands."""

    HELD = "held"
    BOOKED = "booked"
    WAITING = "waiting"
    IN_SERVICE = "in_service"
    SERVED = "served"
    NOT_SERVED = "not_served"
    """The meeting took place, but the person could not be served."""
    NO_SHOW = "no_show"
    CANCELLED_BY_CITIZEN = "cancelled_by_citizen"
    CANCELLED_BY_MUNICIPALITY = "cancelled_by_municipality"
    EXPIRED = "expired"


_S = BookingStatus
TRANSITIONS: dict[BookingStatus, frozenset[BookingStatus]] = {
    _S.HELD: frozenset({_S.BOOKED, _S.EXPIRED}),
    _S.BOOKED: frozenset(
        {
            _S.WAITING,
            _S.IN_SERVICE,
            # Of a day on which nobody had time to press.
            _S.SERVED,
            _S.NOT_SERVED,
            _S.NO_SHOW,
            _S.CANCELLED_BY_CITIZEN,
            _S.CANCELLED_BY_MUNICIPALITY,
        }
    ),
    _S.WAITING: frozenset(
        {
            # Moved to another time.
            _S.BOOKED,
            _S.IN_SERVICE,
            _S.SERVED,
            _S.NOT_SERVED,
            _S.NO_SHOW,
            _S.CANCELLED_BY_CITIZEN,
            _S.CANCELLED_BY_MUNICIPALITY,
        }
    ),
    # Who does not answer the telephone is called again.
    _S.IN_SERVICE: frozenset({_S.SERVED, _S.NOT_SERVED, _S.NO_SHOW, _S.WAITING, _S.BOOKED}),
    _S.SERVED: frozenset(),
    _S.NOT_SERVED: frozenset(),
    # The person may still turn up after all.
    _S.NO_SHOW: frozenset({_S.WAITING, _S.IN_SERVICE}),
    _S.CANCELLED_BY_CITIZEN: frozenset(),
    _S.CANCELLED_BY_MUNICIPALITY: frozenset(),
    _S.EXPIRED: frozenset(),
}
OPEN = frozenset({_S.BOOKED, _S.WAITING, _S.IN_SERVICE})
"""Booked, and neither cancelled nor over."""
IN_MEETING = frozenset({_S.WAITING, _S.IN_SERVICE})
"""The citizen has come."""
OCCUPYING = OPEN | {_S.HELD}
"""Statuses whose bookings keep their desk."""
CAN_JOIN = OPEN | {_S.NO_SHOW}
"""Who was missed may still come."""
NEVER_BOOKED = frozenset({_S.HELD, _S.EXPIRED})
"""No booking came of it: nobody but the wizard knows of it."""
CANCELLED = frozenset({_S.CANCELLED_BY_CITIZEN, _S.CANCELLED_BY_MUNICIPALITY})
FINAL = frozenset({_S.SERVED, _S.NOT_SERVED, _S.NO_SHOW}) | CANCELLED
"""Nothing follows, unless it is corrected."""
CORRECTABLE = OPEN | FINAL
"""Between these an official's correction or undo may lead back."""


def change_status(now: str, to: BookingStatus) -> str:
    """The status to write. Raises `ValueError` where there is no such transition.

    All changes go through here, but for `end_holds` in `db/queries/claims.py`, which ends many holds in one statement.
    """
    status = BookingStatus(now)
    if to is not status and to not in TRANSITIONS[status]:
        raise ValueError(f"no booking becomes {to} that is {status}")
    return to.value


def correct_status(now: str, to: BookingStatus) -> str:
    """The status to write where an official takes a press back. Raises `ValueError` for a hold, or what came of one."""
    if BookingStatus(now) not in CORRECTABLE or to not in CORRECTABLE:
        raise ValueError(f"no correction leads from {now} to {to}")
    return to.value
