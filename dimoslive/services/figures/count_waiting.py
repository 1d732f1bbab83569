"""The waiting list for an earlier time: who entered it, how often they were told, and what it brought. Two queries."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from dimoslive.db.queries.local_days import tallied
from dimoslive.db.rows.history import read_facts
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.desk import BookingEventRow
from dimoslive.db.tables.waiting_list import WaitingEntryRow
from dimoslive.domain.figures.figure import Figure, Unit
from dimoslive.domain.figures.percentiles import Tally
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.services.figures.scope import Scope, day_of
from dimoslive.services.figures.steps import ByDay, counted, measured, of_span, summed, summed_measure
from dimoslive.services.waiting.answer_offer import MOVED_EARLIER


@dataclass(frozen=True, slots=True)
class WaitingList:
    """By the day on which the booking now stands."""

    entries: ByDay
    notices: ByDay
    accepted: ByDay
    days_won: Mapping[date, Tally]
    """Local days from the booking's former start to the taken one."""


def read_waiting(tx: Session, scope: Scope) -> WaitingList:
    """Who entered it, and what came of it. Two queries."""
    starts_at = col(BookingRow.starts_at)
    within = (*scope.made(), *scope.within(starts_at))
    entered = (
        select(scope.day(starts_at).label("day"), col(WaitingEntryRow.notices))
        .join(WaitingEntryRow, col(WaitingEntryRow.booking_id) == col(BookingRow.id))
        .where(*within)
    )
    entries, notices = ByDay(), ByDay()
    for day, told, number in tallied(tx, entered):
        entries[day_of(day)] += number
        notices[day_of(day)] += told * number
    return WaitingList(entries, notices, *_accepted(tx, scope, within))


def count_waiting(waiting: WaitingList, scope: Scope) -> Figure:
    """How many entered, were told, took an earlier time, and how many days that won."""
    counts = {"entries": waiting.entries, "notices": waiting.notices, "accepted": waiting.accepted}
    return Figure(
        heads=scope.asked.span.heads(scope.asked.per),
        columns=(
            *(counted(name, by_day, scope) for name, by_day in counts.items()),
            measured("days_won", Unit.DAYS, waiting.days_won, scope),
        ),
        sums=(
            *(summed(name, by_day, scope) for name, by_day in counts.items()),
            summed_measure("days_won", Unit.DAYS, waiting.days_won, scope),
        ),
        size=of_span(waiting.entries, scope.asked.span),
        per=scope.asked.per,
    )


def _accepted(tx: Session, scope: Scope, within: tuple[ColumnElement[bool], ...]) -> tuple[ByDay, dict[date, Tally]]:
    """How many earlier times were taken, and how many days each of them won."""
    starts_at, zone = col(BookingRow.starts_at), scope.place.zone
    taken = (
        select(scope.day(starts_at), col(BookingEventRow.before), col(BookingEventRow.after))
        .join(BookingEventRow, col(BookingEventRow.booking_id) == col(BookingRow.id))
        # Only what was ever moved has a former start: the history of nothing else is looked into.
        .where(*within, col(BookingRow.first_starts_at).is_not(None), col(BookingEventRow.action) == MOVED_EARLIER)
    )
    accepted = ByDay()
    won: dict[date, Tally] = defaultdict(Tally)
    for number, before, after in tx.execute(taken):
        former, new = (local_day(read_facts(facts)["starts_at"], zone) for facts in (before, after))
        accepted[day_of(number)] += 1
        won[day_of(number)][(former - new).days] += 1
    return accepted, won
