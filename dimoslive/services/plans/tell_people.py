"""The time to undo is over: mails leave by themselves, calls come up, and places that were kept are let go."""

import json
from datetime import datetime

from sqlmodel import Session

from dimoslive.db.announcements import announce_day
from dimoslive.db.queries.plans import let_go_of_former_place
from dimoslive.db.rows.history import read_facts
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.desk import CallTaskRow
from dimoslive.db.tables.plan import PlanItemRow
from dimoslive.domain.booking.statuses import CANCELLED, BookingStatus
from dimoslive.domain.desk.calls import CallKind
from dimoslive.services.desk.cancel_by_municipality import call_of_cancelled
from dimoslive.services.plans.carry_out import locked_booking


def tell(tx: Session, item: PlanItemRow, now: datetime) -> None:
    """Once for each item, which is locked: the call and its note are one transaction."""
    row = locked_booking(tx, item)
    item.kept_from = item.kept_to = None
    if row is not None:
        let_go_of_former_place(tx, row)
        if not row.is_outside_hours and row.version == item.left_version:
            row.staff_reason = ""
            tx.add(row)
        if item.needs_call and item.call_id is None:
            item.call_id = _add_call(tx, item, row, now)
        announce_day(tx, row, "let_go")
    item.needs_call = item.needs_call and item.call_id is not None
    tx.add(item)


def _add_call(tx: Session, item: PlanItemRow, row: BookingRow, now: datetime) -> int | None:
    """Nobody is phoned about what somebody else has changed since, or what the citizen did."""
    if row.version != item.left_version or not row.phone:
        return None
    if BookingStatus(row.status) in CANCELLED:
        call = call_of_cancelled(row, now)
    else:
        was = read_facts(item.before)
        facts = {"starts_at": was["starts_at"].isoformat(), "ends_at": was["ends_at"].isoformat(), "mode": was["mode"]}
        call = CallTaskRow(
            municipality_id=row.municipality_id,
            booking_id=row.id or 0,
            kind=CallKind.MOVED.value,
            facts=json.dumps(facts),
            created_at=now,
        )
    tx.add(call)
    tx.flush()
    return call.id
