"""The wizard's six steps. Where a citizen stands is computed from what is complete, never stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from dimoslive.domain.booking.details import Details
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period


class Step(StrEnum):
    """The steps, in order; the value is also the last part of the page's address."""

    MUNICIPALITY = "municipality"
    MODE = "mode"
    CALENDAR = "calendar"
    DETAILS = "details"
    CONSENT = "consent"
    CONFIRMATION = "confirmation"


STEPS = tuple(Step)

HOLD_LENGTH = timedelta(minutes=10)
"""How long a time is held, and how much longer once when asked."""
MAX_HELD = timedelta(minutes=60)
HELD_WITHIN = timedelta(hours=3)
"""Nobody holds times for more than ``MAX_HELD`` in any window so long, unless a booking comes of it."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A time kept for one person while the form is filled in."""

    reference: str
    period: Period
    expires_at: datetime
    extended: bool


@dataclass(frozen=True, slots=True)
class BookingDraft:
    """What has been chosen so far. ``moving`` is the reference of the booking that is being rescheduled."""

    municipality_id: int | None = None
    service_id: int | None = None
    mode: Mode | None = None
    hold: Hold | None = None
    details: Details | None = None
    moving: str | None = None


def is_complete(draft: BookingDraft, step: Step, now: datetime) -> bool:
    """Whether a step has all it needs."""
    match step:
        case Step.MUNICIPALITY:
            return draft.municipality_id is not None
        case Step.MODE:
            return draft.service_id is not None and draft.mode is not None
        case Step.CALENDAR:
            return draft.hold is not None and now < draft.hold.expires_at
        case Step.DETAILS:
            return draft.details is not None
        case _:
            # The declaration is made together with the booking, and nothing follows the confirmation.
            return False


def first_open_step(draft: BookingDraft, now: datetime) -> Step:
    """The step at which the citizen stands; those after it cannot be reached."""
    return next(step for step in STEPS if not is_complete(draft, step, now))


def is_reachable(draft: BookingDraft, step: Step, now: datetime) -> bool:
    """Whether all steps before this one are complete."""
    return STEPS.index(step) <= STEPS.index(first_open_step(draft, now))


def may_hold_from(held: Sequence[Period], begins_at: datetime) -> datetime:
    """The first instant, from ``begins_at`` on, at which a time may be held for `HOLD_LENGTH`.

    ``held`` are the person's earlier holds of which no booking came; one hold at a time, so they do not overlap.
    """
    left = MAX_HELD - HOLD_LENGTH
    for period in sorted(held, key=lambda one: one.starts_at, reverse=True):
        length = period.ends_at - period.starts_at
        if length > left:
            # What was held before this instant must be past when the new hold ends.
            too_early = period.ends_at - left
            return max(begins_at, too_early + HELD_WITHIN - HOLD_LENGTH)
        left -= length
    return begins_at
