"""The held time of a citizen, locked."""

from datetime import datetime

from sqlmodel import Session

from dimoslive.db.queries.calendars import lock_reserve
from dimoslive.db.queries.holds import hold_of
from dimoslive.db.rows.booking import HeldTime
from dimoslive.domain.errors import HoldExpired
from dimoslive.domain.people.principals import Citizen
from dimoslive.services.access.access_draft import is_within


def access_hold(tx: Session, principal: Citizen, now: datetime) -> HeldTime:
    """The citizen's hold, locked; raises `HoldExpired`, also for one that is out of reach."""
    shown = hold_of(tx, principal.id)
    if shown is not None:
        # In its last second it may count as over for somebody else, who would then give its place away twice.
        lock_reserve(tx, shown.service_id)
    hold = hold_of(tx, principal.id, for_change=True)
    if hold is None or now >= hold.hold_expires_at or not is_within(principal, hold.municipality_id, hold.moving_id):
        raise HoldExpired()
    return hold
