"""What a change does: the set-up and the bookings are read, and the domain compares before with after."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from dimoslive.db.queries.plans import unsettled_targets
from dimoslive.db.queries.set_up import Touched, occupied_by_desk, placed_bookings, placed_by_id, touched_by
from dimoslive.db.rows.plan import target_of
from dimoslive.domain.desk.placing import wanted_ticks
from dimoslive.domain.plans.changes import Change, after, window_of
from dimoslive.domain.plans.impact import Hit, Impact, impact_of
from dimoslive.domain.plans.proposals import Proposal, deal
from dimoslive.domain.plans.set_up import Occupied, SetUp
from dimoslive.domain.scheduling.periods import Period

_AHEAD = timedelta(days=30)
"""More than ten working days, whatever holidays there are."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A change with all that is known of what it does."""

    touched: Touched
    after: SetUp
    impact: Impact
    occupied: Occupied
    now: datetime

    def proposals(self) -> tuple[Proposal, ...]:
        """A place for each booking that is hit."""
        return deal(self.after, self.impact.hits, self.occupied, self.now) if self.impact.hits else ()


def weigh_change(
    tx: Session, municipality_id: int, change: Change, now: datetime, *, way_back: Change | None = None
) -> Weighed:
    """Compare the set-up as it is with the one after the change.

    With a ``way_back`` the change was made already: what was before is what that leads to.
    """
    touched = touched_by(tx, municipality_id, change, now)
    before = after(touched.set_up, way_back) if way_back else touched.set_up
    will_be = touched.set_up if way_back else after(touched.set_up, change)
    window = window_of(change, before, now, touched.zone)
    bookings = placed_bookings(tx, municipality_id, change, window, now)
    desks = {desk for set_up in (before, will_be) for service in set_up.services.values() for desk in service.desk_ids}
    occupied = occupied_by_desk(tx, desks, Period(window.starts_at - _AHEAD, window.ends_at + _AHEAD), now)
    impact = impact_of(before, will_be, bookings, occupied, window, now)
    if not touched.is_offered:
        impact = replace(impact, lost=(), gained=(), modes_lost=0)
    return Weighed(touched, will_be, impact, occupied, now)


def proposals_beside(tx: Session, plan_id: int, weighed: Weighed, hits: Sequence[Hit]) -> tuple[Proposal, ...]:
    """A place for each of these, beside the places that other bookings of the plan are to get."""
    if not hits:
        return ()
    own = {hit.booking.id for hit in hits}
    return deal(weighed.after, hits, occupied_with_targets(tx, plan_id, weighed, but_bookings=own), weighed.now)


def occupied_with_targets(
    tx: Session, plan_id: int, weighed: Weighed, *, but: int = 0, but_bookings: Collection[int] = ()
) -> dict[int, set[int]]:
    """What is occupied, with what bookings of the plan are to get; but for an item, or for some bookings."""
    occupied = {desk_id: set(taken) for desk_id, taken in weighed.occupied.items()}
    found = unsettled_targets(tx, plan_id, but)
    targets = {item.booking_id: target_of(item) for item in found if item.booking_id not in but_bookings}
    for placed in placed_by_id(tx, targets):
        target, service = targets[placed.id], weighed.after.services.get(placed.service_id)
        if target is None or service is None:
            continue
        if target.starts_at != placed.period.starts_at:
            minutes = int(placed.period.length.total_seconds() // 60)
            taken = wanted_ticks(service.rules, target.starts_at, minutes)
            occupied.setdefault(target.desk_id, set()).update(taken)
        elif target.desk_id != placed.desk_id:
            occupied.setdefault(target.desk_id, set()).update(placed.ticks)
    return occupied
