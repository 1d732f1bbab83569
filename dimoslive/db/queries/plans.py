"""Plans and their items, by query."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import case, delete, func, insert, select, update
from sqlmodel import Session, col

from dimoslive.db.rows.booking import to_change_rules
from dimoslive.db.tables.booking import BookingRow, ClaimRow
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.db.tables.desk import CallTaskRow
from dimoslive.db.tables.outbox import DeliveryRow, OutboxRow
from dimoslive.db.tables.plan import AT_WORK, PlanItemRow, PlanRow
from dimoslive.domain.booking.statuses import OCCUPYING, BookingStatus
from dimoslive.domain.plans.choosing import can_choose
from dimoslive.domain.plans.impact import Contact
from dimoslive.domain.plans.proposals import Decision
from dimoslive.domain.plans.statuses import BEFORE_APPLY, UNSETTLED, ItemState, PlanState

_BEFORE_APPLY = [state.value for state in BEFORE_APPLY]
_UNSETTLED = [state.value for state in UNSETTLED]
_OCCUPYING = {status.value for status in OCCUPYING}


def plan_for_change(tx: Session, plan_id: int) -> PlanRow | None:
    """The plan, locked: apply and undo are one person's at a time, and no item is worked at meanwhile."""
    return tx.get(PlanRow, plan_id, with_for_update=True, populate_existing=True)


def plan_at_work(tx: Session, plan_id: int) -> PlanRow | None:
    """The plan, locked against apply and undo alone: several items may be worked at."""
    return tx.get(PlanRow, plan_id, with_for_update={"read": True}, populate_existing=True)


def add_items(tx: Session, rows: list[dict[str, Any]]) -> None:
    """Store many at once, given as columns."""
    if rows:
        tx.execute(insert(PlanItemRow), rows)


def items_of(tx: Session, plan_id: int) -> list[PlanItemRow]:
    """All items, in their order."""
    query = select(PlanItemRow).where(col(PlanItemRow.plan_id) == plan_id)
    return list(tx.scalars(query.order_by(col(PlanItemRow.position), col(PlanItemRow.id))))


def page_of_items(tx: Session, plan_id: int, offset: int, limit: int) -> list[PlanItemRow]:
    """Some of the items, in their order."""
    query = select(PlanItemRow).where(col(PlanItemRow.plan_id) == plan_id)
    query = query.order_by(col(PlanItemRow.position), col(PlanItemRow.id))
    return list(tx.scalars(query.offset(offset).limit(limit)))


def item_of(tx: Session, plan_id: int, item_id: int) -> PlanItemRow | None:
    """The plan's item, locked."""
    item = tx.get(PlanItemRow, item_id, with_for_update=True, populate_existing=True)
    return item if item is not None and item.plan_id == plan_id else None


def items_in(tx: Session, plan_id: int, state: ItemState, limit: int) -> list[int]:
    """The ids of some items in a state, in their order."""
    query = select(col(PlanItemRow.id)).where(
        col(PlanItemRow.plan_id) == plan_id, col(PlanItemRow.state) == state.value
    )
    return [id_ for id_ in tx.scalars(query.order_by(col(PlanItemRow.position)).limit(limit)) if id_]


def first_hit(tx: Session, plan_id: int) -> datetime | None:
    """When the first booking starts that the plan hits; it is the first in the order."""
    items = page_of_items(tx, plan_id, 0, 1)
    return items[0].was_starts_at if items else None


def first_to_mail(tx: Session, plan_id: int) -> PlanItemRow | None:
    """The first item that is not done, whose person has a mail address and is to hear of it."""
    query = select(PlanItemRow).where(
        col(PlanItemRow.plan_id) == plan_id,
        col(PlanItemRow.state) == ItemState.PENDING.value,
        col(PlanItemRow.contact) == Contact.EMAIL.value,
        col(PlanItemRow.decision).in_([Decision.MOVE.value, Decision.CANCEL.value, Decision.CHOOSE.value]),
    )
    return tx.scalars(query.order_by(col(PlanItemRow.position)).limit(1)).one_or_none()


def items_to_hear(tx: Session, plan_id: int, answered_before: datetime, limit: int) -> list[int]:
    """The ids of some items whose citizen was asked for another time, and has done something, or has no time left.

    ``answered_before`` is the start of the first booking for which there is still time.
    """
    query = (
        select(col(PlanItemRow.id))
        .join(BookingRow, col(BookingRow.id) == col(PlanItemRow.booking_id))
        .where(
            col(PlanItemRow.plan_id) == plan_id,
            col(PlanItemRow.state) == ItemState.ASKED.value,
            (col(BookingRow.status) != col(PlanItemRow.was_status))
            | (col(BookingRow.starts_at) != col(PlanItemRow.was_starts_at))
            | (col(BookingRow.desk_id) != col(PlanItemRow.was_desk_id))
            | (col(PlanItemRow.was_starts_at) <= answered_before),
        )
    )
    return [id_ for id_ in tx.scalars(query.order_by(col(PlanItemRow.position)).limit(limit)) if id_]


def choosing(tx: Session, booking_ids: Collection[int], now: datetime) -> set[int]:
    """Of these bookings, those whose citizens could be asked for another time."""
    query = (
        select(BookingRow, ServiceRow)
        .join(ServiceRow, col(ServiceRow.id) == col(BookingRow.service_id))
        .where(col(BookingRow.id).in_(booking_ids), col(BookingRow.email) != "")
    )
    return {
        row.id or 0
        for row, service in tx.execute(query)
        if can_choose(
            BookingStatus(row.status),
            row.starts_at,
            row.reschedule_count,
            to_change_rules(service),
            now,
            has_account=row.citizen_id is not None,
        )
    }


def items_to_tell(tx: Session, plan_id: int, limit: int) -> list[int]:
    """The ids of some items whose former place is still kept, or whose person is to be phoned and is on no list."""
    query = select(col(PlanItemRow.id)).where(
        col(PlanItemRow.plan_id) == plan_id,
        col(PlanItemRow.state) == ItemState.DONE.value,
        col(PlanItemRow.kept_to).is_not(None) | (col(PlanItemRow.needs_call) & col(PlanItemRow.call_id).is_(None)),
    )
    return [id_ for id_ in tx.scalars(query.order_by(col(PlanItemRow.position)).limit(limit)) if id_]


def count_items(tx: Session, plan_id: int, by: str) -> dict[str, int]:
    """How many items there are for each value of a column."""
    column = col(getattr(PlanItemRow, by))
    query = select(column, func.count()).where(col(PlanItemRow.plan_id) == plan_id).group_by(column)
    return {row[0]: row[1] for row in tx.execute(query)}


def count_calls_of_plan(tx: Session, plan_id: int) -> tuple[int, int]:
    """How many items lead to a call, made or to be made; and how many of these calls are open."""
    all_ = select(func.count()).where(col(PlanItemRow.plan_id) == plan_id, col(PlanItemRow.needs_call))
    open_ = (
        select(func.count())
        .select_from(PlanItemRow)
        .join(CallTaskRow, col(CallTaskRow.id) == col(PlanItemRow.call_id))
        .where(col(PlanItemRow.plan_id) == plan_id, col(CallTaskRow.done_at).is_(None))
    )
    return tx.scalar(all_) or 0, tx.scalar(open_) or 0


def plans_to_work_at(tx: Session) -> list[int]:
    """Plans that were applied, or undone, and are not at their end."""
    return [id_ for id_ in tx.scalars(select(col(PlanRow.id)).where(AT_WORK).order_by(col(PlanRow.id))) if id_]


def drop_old_plans(tx: Session, made_before: datetime, now: datetime) -> int:
    """Drop those that nobody has applied; returns how many."""
    old = (col(PlanRow.state).in_(_BEFORE_APPLY), col(PlanRow.made_at) < made_before)
    dropped = update(PlanRow).where(*old).values(state=PlanState.DROPPED.value, closed_at=now)
    return tx.execute(dropped).rowcount  # type: ignore[attr-defined,no-any-return]  # a CursorResult has it


def plans_in(tx: Session, municipality_id: int, states: Iterable[PlanState], limit: int) -> list[PlanRow]:
    """The municipality's plans in these states, newest first."""
    query = select(PlanRow).where(
        col(PlanRow.municipality_id) == municipality_id, col(PlanRow.state).in_([state.value for state in states])
    )
    return list(tx.scalars(query.order_by(col(PlanRow.id).desc()).limit(limit)))


def asked_before(tx: Session, plan: PlanRow, states: Iterable[PlanState]) -> list[PlanRow]:
    """Plans of the same change by the same person in these states, locked."""
    query = select(PlanRow).where(
        col(PlanRow.municipality_id) == plan.municipality_id,
        col(PlanRow.state).in_([state.value for state in states]),
        col(PlanRow.made_by) == plan.made_by,
        col(PlanRow.change) == plan.change,
    )
    return list(tx.scalars(query.with_for_update()))


def counts_of_plans(tx: Session, plan_ids: list[int]) -> Mapping[int, tuple[int, int, int]]:
    """Of each plan: its items, those to be decided, and its open calls."""
    query = (
        select(
            col(PlanItemRow.plan_id),
            func.count(),
            func.count().filter(col(PlanItemRow.state) == ItemState.UNDECIDED.value),
            func.count().filter(col(CallTaskRow.id).is_not(None), col(CallTaskRow.done_at).is_(None)),
        )
        .outerjoin(CallTaskRow, col(CallTaskRow.id) == col(PlanItemRow.call_id))
        .where(col(PlanItemRow.plan_id).in_(plan_ids))
        .group_by(col(PlanItemRow.plan_id))
    )
    return {plan_id: (hits, undecided, calls) for plan_id, hits, undecided, calls in tx.execute(query)}


def forget_mails(tx: Session, plan_id: int) -> bool:
    """Let nobody be mailed of what the plan did; false, and nothing done, if somebody was or is being mailed."""
    events = select(col(PlanItemRow.event_id)).where(
        col(PlanItemRow.plan_id) == plan_id, col(PlanItemRow.event_id).is_not(None)
    )
    query = select(DeliveryRow).where(col(DeliveryRow.event_id).in_(events)).with_for_update()
    deliveries = list(tx.scalars(query.execution_options(populate_existing=True)))
    if any(delivery.attempts or delivery.done_at for delivery in deliveries):
        return False
    event_ids = [delivery.event_id for delivery in deliveries]
    for delivery in deliveries:
        tx.delete(delivery)
    tx.flush()
    for first in range(0, len(event_ids), 500):
        tx.execute(delete(OutboxRow).where(col(OutboxRow.id).in_(event_ids[first : first + 500])))
    return True


def any_call_tried(tx: Session, plan_id: int) -> bool:
    """Whether somebody was phoned, or is being phoned, because of the plan."""
    query = (
        select(col(CallTaskRow.id))
        .join(PlanItemRow, col(PlanItemRow.call_id) == col(CallTaskRow.id))
        .where(
            col(PlanItemRow.plan_id) == plan_id,
            (col(CallTaskRow.attempts) > 0) | col(CallTaskRow.done_at).is_not(None),
        )
    )
    return tx.scalar(query.limit(1)) is not None


def skip_unsettled(tx: Session, plan_id: int) -> None:
    """Of a plan that is undone nothing more is to be done."""
    tx.execute(
        update(PlanItemRow)
        .where(col(PlanItemRow.plan_id) == plan_id, col(PlanItemRow.state).in_(_UNSETTLED))
        .values(state=ItemState.UNDONE.value)
    )


def let_go_of_former_place(tx: Session, row: BookingRow) -> None:
    """Remove the booking's claims outside the place that it has now; all of them, if it has none any more."""
    own = row.status in _OCCUPYING
    query = select(ClaimRow).where(col(ClaimRow.booking_id) == row.id)
    for claim in tx.scalars(query):
        if not own or claim.desk_id != row.desk_id or not row.first_tick <= claim.tick < row.end_tick:
            tx.delete(claim)
    tx.flush()


def unsettled_targets(tx: Session, plan_id: int, but: int) -> list[PlanItemRow]:
    """The other items of a plan that are still to go somewhere."""
    query = select(PlanItemRow).where(
        col(PlanItemRow.plan_id) == plan_id,
        col(PlanItemRow.id) != but,
        col(PlanItemRow.target_desk_id).is_not(None),
        col(PlanItemRow.state).in_(_UNSETTLED),
    )
    return list(tx.scalars(query))


def set_decisions(tx: Session, plan_id: int, values: Mapping[str, Any], states: Iterable[ItemState]) -> None:
    """Decide about all items in these states at once."""
    tx.execute(
        update(PlanItemRow)
        .where(col(PlanItemRow.plan_id) == plan_id, col(PlanItemRow.state).in_([state.value for state in states]))
        .values(**values)
    )


def follow_proposals(tx: Session, plan_id: int, states: Iterable[ItemState]) -> None:
    """Decide about all items in these states as it is proposed: to move where there is a place, else to cancel."""
    has_place = col(PlanItemRow.proposed_desk_id).is_not(None)
    tx.execute(
        update(PlanItemRow)
        .where(col(PlanItemRow.plan_id) == plan_id, col(PlanItemRow.state).in_([state.value for state in states]))
        .values(
            decision=case((has_place, Decision.MOVE.value), else_=Decision.CANCEL.value),
            state=ItemState.PENDING.value,
            target_starts_at=col(PlanItemRow.proposed_starts_at),
            target_desk_id=col(PlanItemRow.proposed_desk_id),
            target_mode=col(PlanItemRow.proposed_mode),
        )
    )
