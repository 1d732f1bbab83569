"""«Άλλη ώρα»: where one booking of a plan could go, on a day of somebody's choice."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.set_up import placed_by_id
from dimoslive.db.rows.plan import target_of, text_to_change
from dimoslive.db.tables.plan import PlanItemRow, PlanRow
from dimoslive.domain.desk.placing import staff_calendar
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.principals import Official
from dimoslive.domain.plans.proposals import Target
from dimoslive.domain.plans.set_up import Judge, PlacedBooking, calendar_of
from dimoslive.domain.plans.statuses import AFTER_APPLY, PlanState
from dimoslive.domain.scheduling.local_time import day_period, local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import free_slots
from dimoslive.services.plans.access_plan import access_plan
from dimoslive.services.plans.weigh_change import Weighed, occupied_with_targets, weigh_change

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OfferedTargets:
    """The places of a day for a booking, by start and desk."""

    day: date
    targets: tuple[Target, ...]


def offer_targets(
    context: AppContext, official: Official, municipality_id: int, plan_id: int, item_id: int, day: date | None = None
) -> OfferedTargets:
    """Those that the change leaves and that no other booking of the plan is to get; by default on the target's day.

    Raises `NotFound`.
    """
    now = context.clock.now()
    with reading(context.db) as tx:
        plan = access_plan(tx, official, municipality_id, plan_id)
        item = tx.get(PlanItemRow, item_id)
        if item is None or item.plan_id != plan_id:
            raise NotFound()
        target = target_of(item)
        weighed = weigh(tx, plan, now)
        zone = weighed.touched.zone
        wanted = day or local_day(target.starts_at if target else item.was_starts_at, zone)
        return OfferedTargets(wanted, tuple(targets_of_day(tx, plan, item, weighed, wanted)))


def weigh(tx: Session, plan: PlanRow, now: datetime) -> Weighed:
    """The plan's change as of now, whether it was made or not."""
    way_back = text_to_change(plan.way_back) if PlanState(plan.state) in AFTER_APPLY else None
    return weigh_change(tx, plan.municipality_id, text_to_change(plan.change), now, way_back=way_back)


def targets_of_day(tx: Session, plan: PlanRow, item: PlanItemRow, weighed: Weighed, day: date) -> list[Target]:
    """The places of one day, soonest first."""
    [booking] = placed_by_id(tx, [item.booking_id])
    service = weighed.after.services.get(booking.service_id)
    if service is None or not service.is_active:
        return []
    near = day_period(day, service.rules.zone)
    near = Period(near.starts_at - _DAY, near.ends_at + _DAY)
    calendar = calendar_of(
        weighed.after, service.id, occupied_with_targets(tx, plan.id or 0, weighed, but=item.id or 0), near
    )
    calendar = staff_calendar(calendar, int(booking.period.length.total_seconds() // 60))
    modes = [booking.mode] if booking.mode in service.modes else sorted(service.modes)
    found = [
        Target(slot.starts_at, desk_id, mode)
        for mode in modes
        for slot in free_slots(calendar, mode, day_period(day, service.rules.zone), weighed.now)
        for desk_id in slot.desk_ids
    ]
    found += _at_its_time(weighed, booking, modes, day)
    return sorted(set(found), key=lambda one: (one.starts_at, service.desk_ids.index(one.desk_id), one.mode))


def _at_its_time(weighed: Weighed, booking: PlacedBooking, modes: list[Mode], day: date) -> list[Target]:
    """Its own time, which may be off the grid: at other desks, or in another mode."""
    service = weighed.after.services[booking.service_id]
    if local_day(booking.period.starts_at, service.rules.zone) != day:
        return []
    judge, own = Judge(weighed.after), weighed.after.regular(booking.desk_id)
    return [
        Target(booking.period.starts_at, desk_id, mode)
        for desk_id in service.desk_ids
        for mode in modes
        if (desk_id != own or mode is not booking.mode)
        and (desk_id == own or weighed.occupied.get(desk_id, frozenset()) & set(booking.ticks) == set())
        and not judge.misfits(replace(booking, desk_id=desk_id, mode=mode))
    ]
