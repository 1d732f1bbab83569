"""Writes all planned bookings at once: a statement a table, however many there are."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import Session, SQLModel, col

from dimoslive.db.tables.booking import BookingRow, ClaimRow
from dimoslive.db.tables.demo import DemoRow
from dimoslive.db.tables.desk import BookingEventRow, BookingNoteRow, CallTaskRow
from dimoslive.db.tables.meeting import MeetingRow
from dimoslive.db.tables.outbox import DeliveryRow, OutboxRow
from dimoslive.domain.events import BookingConfirmed, booking_subject
from dimoslive.domain.scheduling.slots import TICK_SECONDS
from dimoslive.seeds.day.plan import Columns, Plan, Planned
from dimoslive.seeds.day.story import story_of
from dimoslive.services.outbox.deliver_mail import CITIZEN, MAIL

CLAIMS_KEPT = timedelta(days=2)
"""As long as the job that forgets past claims keeps them."""
_BOUNCED = "550 5.1.1 mailbox does not exist"
_AT_ONCE = 500


def write_plan(tx: Session, plan: Plan) -> None:
    """Write the bookings, the claims of the open ones, their history, notes, meetings, calls and mails."""
    _insert(tx, BookingRow, [planned.columns for planned in plan.bookings])
    ids = _ids(tx, [planned.columns["reference"] for planned in plan.bookings])
    written = [(ids[planned.columns["reference"]], planned) for planned in plan.bookings]
    _insert(tx, DemoRow, [{"table_name": BookingRow.__tablename__, "row_id": id_} for id_, _ in written])
    kept_from = plan.now - CLAIMS_KEPT
    _insert(
        tx,
        ClaimRow,
        [
            {"desk_id": planned.columns["desk_id"], "tick": tick, "booking_id": id_}
            for id_, planned in written
            if planned.is_open and planned.columns["ends_at"] > kept_from
            for tick in range(planned.columns["first_tick"], planned.columns["end_tick"])
        ],
    )
    told = [(id_, planned) for id_, planned in written if planned.is_told]
    _insert(tx, BookingEventRow, [event | {"booking_id": id_} for id_, p in told for event in story_of(p)])
    notes = [(id_, planned.note) for id_, planned in written if planned.note]
    _insert(
        tx,
        BookingNoteRow,
        [{"booking_id": id_, "official_id": by, "written_at": at, "text": text} for id_, (by, at, text) in notes],
    )
    for id_, planned in written:
        if planned.meeting is not None:
            tx.add(MeetingRow(booking_id=id_, municipality_id=planned.columns["municipality_id"], **planned.meeting))
        if planned.call is not None:
            tx.add(CallTaskRow(booking_id=id_, municipality_id=planned.columns["municipality_id"], **planned.call))
    tx.flush()
    _write_mails(tx, told)


def taken_from(tx: Session, first: datetime) -> dict[int, set[int]]:
    """The ticks of each desk that are claimed from then on: what a person has booked, or an earlier demo made."""
    taken: dict[int, set[int]] = defaultdict(set)
    query = select(col(ClaimRow.desk_id), col(ClaimRow.tick))
    for desk_id, tick in tx.execute(query.where(col(ClaimRow.tick) >= int(first.timestamp()) // TICK_SECONDS)):
        taken[desk_id].add(tick)
    return taken


def _write_mails(tx: Session, told: Sequence[tuple[int, Planned]]) -> None:
    """The confirmations: all of them were sent, but those that bounced. What a mail said is forgotten here."""
    mailed = [(id_, planned) for id_, planned in told if planned.mail]
    _insert(
        tx,
        OutboxRow,
        [
            {
                "event": BookingConfirmed.name, "subject_kind": booking_subject(id_).kind, "subject_id": id_,
                "municipality_id": planned.columns["municipality_id"], "schema_version": 1, "payload": "",
                "created_at": planned.columns["booked_at"],
            }
            for id_, planned in mailed
        ],
    )  # fmt: skip
    query = select(col(OutboxRow.subject_id), col(OutboxRow.id)).where(
        col(OutboxRow.subject_kind) == booking_subject(0).kind, col(OutboxRow.event) == BookingConfirmed.name
    )
    events = {subject_id: id_ or 0 for subject_id, id_ in tx.execute(query)}
    _insert(tx, DeliveryRow, [_delivery(events[id_], planned) for id_, planned in mailed])


def _delivery(event_id: int, planned: Planned) -> Columns:
    at = planned.columns["booked_at"]
    has_failed = planned.mail == "failed"
    return {
        "event_id": event_id, "deliverer": MAIL.name, "destination": CITIZEN, "due_at": at, "attempts": 1,
        "leased_until": None, "done_at": at + timedelta(seconds=5),
        "failed_at": at + timedelta(seconds=5) if has_failed else None, "error": _BOUNCED if has_failed else "",
    }  # fmt: skip


def _ids(tx: Session, references: Sequence[str]) -> dict[str, int]:
    ids: dict[str, int] = {}
    for first in range(0, len(references), _AT_ONCE):
        some = references[first : first + _AT_ONCE]
        query = select(col(BookingRow.reference), col(BookingRow.id)).where(col(BookingRow.reference).in_(some))
        ids |= {reference: id_ or 0 for reference, id_ in tx.execute(query)}
    return ids


def _insert(tx: Session, table: type[SQLModel], rows: list[Columns]) -> None:
    if rows:
        values: Any = rows
        tx.connection().execute(insert(table), values)
