"""Keep a held time for longer."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.holds import held_in_vain, prolong
from dimoslive.db.queries.people import lock_citizen
from dimoslive.db.rows.booking import to_hold
from dimoslive.domain.booking.draft import HOLD_LENGTH, Hold
from dimoslive.domain.errors import (
    NoMoreExtensions,
)
from dimoslive.domain.people.principals import Citizen
from dimoslive.services.access.access_hold import access_hold
from dimoslive.services.access.check_holding_time import check_holding_time


def extend_hold(context: AppContext, principal: Citizen) -> Hold:
    """Ten minutes more, once; raises `HoldExpired`, `NoMoreExtensions` or `HeldTooLong`."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        lock_citizen(tx, principal.id)
        hold = access_hold(tx, principal, now)
        if hold.hold_extended:
            raise NoMoreExtensions()
        check_holding_time(held_in_vain(tx, principal.id, now), hold.hold_expires_at)
        return to_hold(prolong(tx, hold, hold.hold_expires_at + HOLD_LENGTH))
