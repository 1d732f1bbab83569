"""One press on many bookings of days that are over: each is checked by itself, as if it were pressed alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from dimoslive.context import AppContext
from dimoslive.domain.desk.presses import Press
from dimoslive.domain.errors import ChangedByOther, DomainError, NotFound, NotPossibleNow
from dimoslive.domain.people.principals import Official
from dimoslive.services.desk.press_booking import Pressed, SeenBooking, press_booking
from dimoslive.services.desk.undo_press import undo_press

SETTLING = frozenset({Press.SERVED, Press.NO_SHOW})
"""What fits a booking of which nothing more is known than its day."""
MAX_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class NotSettled:
    """A booking that was left as it is, and why."""

    reference: str
    refusal: DomainError


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a press on many."""

    done: tuple[Pressed, ...]
    refused: tuple[NotSettled, ...]


def settle_bookings(context: AppContext, official: Official, press: Press, seen: Sequence[SeenBooking]) -> Settled:
    """Press on each; what changed meanwhile is left as it is and reported. Raises `NotPossibleNow` for other presses.

    Each booking is a transaction of its own: one that is refused holds up none of the others.
    """
    if press not in SETTLING or len(seen) > MAX_AT_ONCE:
        raise NotPossibleNow()
    done: list[Pressed] = []
    refused: list[NotSettled] = []
    for one in seen:
        try:
            done.append(press_booking(context, official, press, one))
        except (ChangedByOther, NotPossibleNow, NotFound) as refusal:
            refused.append(NotSettled(one.reference, refusal))
    return Settled(tuple(done), tuple(refused))


def undo_settling(context: AppContext, official: Official, done: Sequence[Pressed]) -> int:
    """Take the presses back, each where nothing happened to its booking since; returns how many."""
    undone = 0
    for one in done[:MAX_AT_ONCE]:
        try:
            undo_press(context, official, one.reference, one.event_id)
        except (ChangedByOther, NotPossibleNow, NotFound):
            continue
        undone += 1
    return undone
