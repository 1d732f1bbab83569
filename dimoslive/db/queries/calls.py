"""Calls to be made and calls made, by query."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from dimoslive.db.queries.booking_lines import line_columns, to_line, with_line
from dimoslive.db.rows.calls import to_call
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.desk import CallTaskRow
from dimoslive.db.tables.official import OfficialRow
from dimoslive.domain.desk.calls import Call, CallKind

_KINDS = [kind.value for kind in CallKind]
_taken_by, _done_by = aliased(OfficialRow), aliased(OfficialRow)


def calls_to_make(tx: Session, conditions: Iterable[ColumnElement[bool]], limit: int) -> list[Call]:
    """Those not done, in the order in which they are made."""
    order = (col(CallTaskRow.tried_at).is_not(None), col(CallTaskRow.tried_at), col(CallTaskRow.created_at))
    query = _calls().where(col(CallTaskRow.done_at).is_(None), *conditions).order_by(*order, col(CallTaskRow.id))
    return [_to_call(*found) for found in tx.execute(query.limit(limit))]


def calls_made(tx: Session, conditions: Iterable[ColumnElement[bool]], since: datetime, limit: int) -> list[Call]:
    """Those done since an instant, newest first."""
    query = _calls().where(col(CallTaskRow.done_at) >= since, *conditions)
    query = query.order_by(col(CallTaskRow.done_at).desc(), col(CallTaskRow.id).desc())
    return [_to_call(*found) for found in tx.execute(query.limit(limit))]


def call_for_change(
    tx: Session, scope: ColumnElement[bool], municipality_id: int, call_id: int
) -> tuple[CallTaskRow, BookingRow] | None:
    """A call of the municipality within a scope, locked, with its booking."""
    query = (
        select(CallTaskRow, BookingRow)
        .join(BookingRow, col(BookingRow.id) == col(CallTaskRow.booking_id))
        .where(
            col(CallTaskRow.id) == call_id,
            col(CallTaskRow.municipality_id) == municipality_id,
            col(BookingRow.erased_at).is_(None),
            scope,
        )
        .with_for_update(of=CallTaskRow)
    )
    found = tx.execute(query).one_or_none()
    return (found[0], found[1]) if found else None


def open_call(tx: Session, booking_id: int, kind: CallKind) -> CallTaskRow | None:
    """A call of this kind about a booking that is still to be made."""
    query = select(CallTaskRow).where(
        col(CallTaskRow.booking_id) == booking_id,
        col(CallTaskRow.kind) == kind.value,
        col(CallTaskRow.done_at).is_(None),
    )
    return tx.scalars(query.limit(1)).one_or_none()


def _calls() -> Select[Any]:
    query = select(CallTaskRow, _taken_by, _done_by, *line_columns()).select_from(CallTaskRow)
    return (
        with_line(query.join(BookingRow, col(BookingRow.id) == col(CallTaskRow.booking_id)))
        .outerjoin(_taken_by, col(_taken_by.id) == col(CallTaskRow.taken_by))
        .outerjoin(_done_by, col(_done_by.id) == col(CallTaskRow.done_by))
        # A release that knows more kinds may be running beside this one.
        .where(col(CallTaskRow.kind).in_(_KINDS), col(BookingRow.erased_at).is_(None))
    )


def _to_call(
    task: CallTaskRow, taken_by: OfficialRow | None, done_by: OfficialRow | None, row: BookingRow, *line: Any
) -> Call:
    return to_call(task, to_line(row, *line), row.cancel_reason, taken_by, done_by)
