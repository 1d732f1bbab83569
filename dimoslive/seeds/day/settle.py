"""What older days of the demo left open gets an outcome by rule, so that yesterday is no graveyard of bookings."""

from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import Session, col

from dimoslive.db.queries.claims import release_claims
from dimoslive.db.queries.history import add_event
from dimoslive.db.queries.meetings import meeting_of
from dimoslive.db.rows.history import facts_of
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.desk import CallTaskRow
from dimoslive.db.tables.plan import PlanItemRow
from dimoslive.domain.booking.statuses import OPEN, BookingStatus, change_status
from dimoslive.domain.plans.statuses import UNSETTLED, ItemEvent, ItemState, next_item_state
from dimoslive.domain.scheduling.local_time import ATHENS, local_day, to_instant
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.seeds.day.forget import first_marked, remembered

NO_SHOW_EVERY, NOT_SERVED_EVERY = 9, 14
LEFT_OPEN = 3
"""So many of Kavala's last day keep no outcome: somebody has to say what became of them."""


def settle_days_past(tx: Session, today: datetime, now: datetime, kavala: int) -> None:
    """Settle what began before ``today``, midnight; days from before the demo's first keep what history gave them."""
    first = first_marked(tx)
    if first is None:
        return
    _end_calls(tx, today, now)
    _end_plans(tx, today)
    query = (
        select(BookingRow)
        .where(
            col(BookingRow.id).in_(remembered("booking")),
            col(BookingRow.status).in_([status.value for status in OPEN]),
            col(BookingRow.starts_at) < today,
            col(BookingRow.starts_at) >= to_instant(first, datetime.min.time(), ATHENS),
        )
        .order_by(col(BookingRow.starts_at), col(BookingRow.id))
    )
    rows = list(tx.scalars(query))
    left = _left_open(rows, kavala)
    for number, row in enumerate((row for row in rows if row.id not in left), 1):
        _settle(tx, row, number, now)


def _end_calls(tx: Session, today: datetime, now: datetime) -> None:
    """Nobody need be phoned any more about a day that is over."""
    over = select(col(BookingRow.id)).where(
        col(BookingRow.id).in_(remembered("booking")), col(BookingRow.starts_at) < today
    )
    calls = update(CallTaskRow).where(col(CallTaskRow.booking_id).in_(over), col(CallTaskRow.done_at).is_(None))
    tx.execute(calls.values(done_at=now))


def _end_plans(tx: Session, today: datetime) -> None:
    """Nor does anybody decide about those whose day is over; the job finds these plans finished."""
    query = (
        select(PlanItemRow)
        .join(BookingRow, col(BookingRow.id) == col(PlanItemRow.booking_id))
        .where(
            col(PlanItemRow.plan_id).in_(remembered("plan")),
            col(PlanItemRow.state).in_([state.value for state in UNSETTLED]),
            col(BookingRow.starts_at) < today,
        )
    )
    for item in tx.scalars(query):
        item.state = next_item_state(ItemState(item.state), ItemEvent.SKIP).value
        tx.add(item)


def _left_open(rows: list[BookingRow], kavala: int) -> set[int | None]:
    of_kavala = [row for row in rows if row.municipality_id == kavala]
    last = max((local_day(row.starts_at, ATHENS) for row in of_kavala), default=None)
    return {row.id for row in [row for row in of_kavala if local_day(row.starts_at, ATHENS) == last][-LEFT_OPEN:]}


def _settle(tx: Session, row: BookingRow, number: int, now: datetime) -> None:
    status = BookingStatus.SERVED
    if number % NO_SHOW_EVERY == 0:
        status = BookingStatus.NO_SHOW
    elif number % NOT_SERVED_EVERY == 0:
        status = BookingStatus.NOT_SERVED
    before = facts_of(row)
    row.status = change_status(row.status, status)
    row.ended_at = row.ends_at
    row.outcome = "documents_missing" if status is BookingStatus.NOT_SERVED else status.value
    row.version += 1
    tx.add(row)
    if row.mode == Mode.VIDEO.value:
        meeting = meeting_of(tx, row)
        meeting.ended_at, meeting.outcome, meeting.room, meeting.seen_at = row.ends_at, row.outcome, "", None
        tx.add(meeting)
    tx.flush()
    release_claims(tx, [row.id or 0])
    add_event(tx, row, before, status.value, now, None, "")
