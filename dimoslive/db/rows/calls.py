"""Rows of calls to what officials see of them."""

import json
from datetime import datetime

from dimoslive.db.tables.desk import CallTaskRow
from dimoslive.db.tables.official import OfficialRow
from dimoslive.domain.desk.booking_line import BookingLine
from dimoslive.domain.desk.calls import Call, Caller, CallFacts, CallKind
from dimoslive.domain.scheduling.mode import Mode


def to_call(
    row: CallTaskRow, booking: BookingLine, reason: str, taken_by: OfficialRow | None, done_by: OfficialRow | None
) -> Call:
    """A call with the booking that it is about."""
    return Call(
        id=row.id or 0,
        kind=CallKind(row.kind),
        facts=read_call_facts(row.facts),
        booking=booking,
        reason=reason,
        created_at=row.created_at,
        attempts=row.attempts,
        tried_at=row.tried_at,
        taken_by=to_caller(taken_by),
        done_at=row.done_at,
        done_by=to_caller(done_by),
    )


def read_call_facts(text: str) -> CallFacts:
    """What the call's cause wrote down, as far as it did."""
    facts = json.loads(text)
    starts_at, mode = facts.get("starts_at"), facts.get("mode")
    return CallFacts(datetime.fromisoformat(starts_at) if starts_at else None, Mode(mode) if mode else None)


def to_caller(official: OfficialRow | None) -> Caller | None:
    """How colleagues are named."""
    return Caller(official.id or 0, f"{official.first_name[:1]}. {official.last_name}") if official else None
