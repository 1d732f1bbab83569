"""What citizens were written: mails by what they say, and reminders by what became of them."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, and_, case, select
from sqlmodel import Session, col

from dimoslive.db.queries.local_days import tallied
from dimoslive.db.queries.outbox import CITIZENS_MAIL
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.outbox import DeliveryRow, OutboxRow
from dimoslive.db.tables.reminder import ReminderRow
from dimoslive.domain.booking.reminders import ReminderState, Skipped
from dimoslive.domain.events import (
    BookingCancelled,
    BookingConfirmed,
    BookingDetailsChanged,
    BookingReminded,
    BookingRescheduled,
    BookingSentAgain,
    EarlierTimeOffered,
)
from dimoslive.domain.figures.figure import Column, Figure, Unit
from dimoslive.services.figures.scope import Scope, day_of
from dimoslive.services.figures.steps import ByDay, of_span, summed

_BOOKING = "booking"
_TOLD_OF = {
    BookingConfirmed.name: "booked",
    BookingSentAgain.name: "booked",
    BookingRescheduled.name: "moved",
    BookingDetailsChanged.name: "changed",
    BookingCancelled.name: "cancelled",
    BookingReminded.name: "reminded",
    EarlierTimeOffered.name: "earlier",
}
"""What a mail says, by the event that it tells of; in this order."""
_STATES = ("sent", "waiting", "failed", "without_address")


Messages = Mapping[tuple[str, str], ByDay]
"""By the event that a mail tells of and where it stands, or by state and reason of a reminder."""


def read_mails(tx: Session, scope: Scope) -> Messages:
    """Mails of bookings by the day on which they start; who has no address is written nothing. One query."""
    starts_at, sent = col(BookingRow.starts_at), col(DeliveryRow.done_at)
    state = case(
        (col(DeliveryRow.id).is_(None), "without_address"),
        (col(DeliveryRow.failed_at).is_not(None), "failed"),
        (sent.is_(None), "waiting"),
        else_="sent",
    )
    of_event = and_(col(DeliveryRow.event_id) == col(OutboxRow.id), col(DeliveryRow.deliverer) == CITIZENS_MAIL)
    each = (
        select(scope.day(starts_at).label("day"), col(OutboxRow.event), state.label("state"))
        .join(OutboxRow, and_(col(OutboxRow.subject_kind) == _BOOKING, col(OutboxRow.subject_id) == col(BookingRow.id)))
        .outerjoin(DeliveryRow, of_event)
        .where(*scope.made(), *scope.within(starts_at), col(OutboxRow.event).in_(list(_TOLD_OF)))
    )
    return _by_day(tx, each)


def count_messages(mails: Messages, scope: Scope) -> Figure:
    """A line for each thing that mails say."""
    by_day = defaultdict[str, ByDay](ByDay)
    lines = defaultdict[str, Counter[str]](Counter)
    for (event, stands), found in mails.items():
        by_day[stands].update(found)
        lines[_TOLD_OF[event]][stands] += of_span(found, scope.asked.span)
    heads = tuple(dict.fromkeys(_TOLD_OF.values()))
    columns = tuple(
        Column(name, Unit.COUNT, tuple(lines[head][name] for head in heads), sum(lines[head][name] for head in heads))
        for name in _STATES
    )
    return Figure(
        heads=tuple(f"mail_{head}" for head in heads),
        columns=columns,
        sums=tuple(summed(name, by_day[name], scope) for name in ("sent", "failed", "without_address")),
        size=sum(int(column.total or 0) for column in columns),
    )


def read_reminders(tx: Session, scope: Scope) -> Messages:
    """Of the bookings of each day, those of a former time among them. One query."""
    starts_at = col(BookingRow.starts_at)
    each = (
        select(scope.day(starts_at).label("day"), col(ReminderRow.state), col(ReminderRow.reason))
        .join(ReminderRow, col(ReminderRow.booking_id) == col(BookingRow.id))
        .where(*scope.made(), *scope.within(starts_at))
    )
    return _by_day(tx, each)


def count_reminders(reminders: Messages, scope: Scope) -> Figure:
    """Sent, not sent and why, and those that came to nothing."""
    by_day = defaultdict[str, ByDay](ByDay)
    for (state, reason), found in reminders.items():
        by_day[reason or state].update(found)
    heads = (ReminderState.QUEUED.value, *(reason.value for reason in Skipped), ReminderState.VOID.value)
    cells = tuple(of_span(by_day[head], scope.asked.span) for head in heads)
    skipped = ByDay()
    for reason in Skipped:
        skipped.update(by_day[reason])
    return Figure(
        heads=tuple(f"reminder_{head}" for head in heads),
        columns=(Column("reminders", Unit.COUNT, cells, sum(cells)),),
        sums=(
            summed("sent", by_day[ReminderState.QUEUED], scope),
            summed("skipped", skipped, scope),
        ),
        size=sum(cells),
    )


def _by_day(tx: Session, each: Select[*tuple[Any, ...]]) -> Messages:
    found = defaultdict[tuple[str, str], ByDay](ByDay)
    for day, kind, stands, number in tallied(tx, each):
        found[kind, stands][day_of(day)] += number
    return found
