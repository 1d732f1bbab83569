"""Keep a held time for longer."""

from dimoslive.context import Parts
from dimoslive.db.engine import transaction
from dimoslive.db.queries.people import lock_citizen
from dimoslive.db.rows.booking import to_hold
from dimoslive.domain.booking.draft import HOLD_LENGTH, Hold
from dimoslive.domain.errors import (
    NoMoreExtensions,
)
from dimoslive.domain.people.principals import CitizenActor
from dimoslive.services.access.access_hold import live_hold
from dimoslive.services.access.check_holding_time import check_holding_time


def extend_hold(parts: Parts, actor: CitizenActor) -> Hold:
    """Ten minutes more, once; raises `HoldExpired`, `NoMoreExtensions` or `HeldTooLong`."""
    now = parts.clock.now()
    with transaction(parts.db) as tx:
        lock_citizen(tx, actor.id)
        hold = live_hold(tx, actor.id, now)
        if hold.hold_extended:
            raise NoMoreExtensions()
        assert hold.hold_expires_at is not None
        check_holding_time(tx, actor, now, hold.hold_expires_at)
        hold.hold_expires_at, hold.hold_extended = hold.hold_expires_at + HOLD_LENGTH, True
        tx.add(hold)
        return to_hold(hold)
