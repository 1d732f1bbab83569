"""One booking of a plan that was undone stands again where it stood; its claims were kept for it."""

from datetime import datetime

from sqlmodel import Session

from dimoslive.db.queries.claims import claim_ticks
from dimoslive.db.queries.plans import let_go_of_former_place
from dimoslive.db.rows.history import facts_of, read_facts
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.plan import PlanItemRow, PlanRow
from dimoslive.domain.booking.statuses import BookingStatus, correct_status
from dimoslive.domain.plans.statuses import ItemEvent, ItemState, next_item_state
from dimoslive.services.booking.record_change import record_change
from dimoslive.services.plans.carry_out import locked_booking

UNDO = "undo"


def put_back(tx: Session, plan: PlanRow, item: PlanItemRow, now: datetime) -> None:
    """Undo what the plan did, unless somebody changed the booking since. The item is locked."""
    row, event = locked_booking(tx, item), ItemEvent.UNDO
    if item.before and row is not None:
        if row.version == item.left_version:
            _restore(tx, plan, item, row, now)
        else:
            # It is theirs; the place that was kept for it is not.
            let_go_of_former_place(tx, row)
            event = ItemEvent.SKIP
    item.kept_from = item.kept_to = None
    item.state = next_item_state(ItemState(item.state), event).value
    tx.add(item)


def _restore(tx: Session, plan: PlanRow, item: PlanItemRow, row: BookingRow, now: datetime) -> None:
    before, was = facts_of(row), read_facts(item.before)
    first_starts_at = was.pop("first_starts_at")
    row.first_starts_at = datetime.fromisoformat(first_starts_at) if first_starts_at else None
    row.status = correct_status(row.status, BookingStatus(was.pop("status")))
    for name, value in was.items():
        setattr(row, name, value)
    row.cancelled_at, row.cancelled_by, row.cancel_reason = None, None, ""
    tx.add(row)
    tx.flush()
    # Its own claims are there; the same statement would notice if they were not.
    occupied = range(row.first_tick, row.end_tick)
    claim_ticks(tx, row.id or 0, row.desk_id, occupied, now, keep_claims_of=row.id or 0)
    let_go_of_former_place(tx, row)
    record_change(tx, row, before, UNDO, now, official_id=plan.applied_by)
