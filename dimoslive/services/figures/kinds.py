"""All figures there are, in the order of the page. One more is a line here, its texts, and the state of its place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from dimoslive.domain.figures.figure import Chart, Figure
from dimoslive.services.figures.count_bookings import count_bookings
from dimoslive.services.figures.count_changes import count_cancellations, count_moves, read_moves
from dimoslive.services.figures.count_identity import count_identity, read_documents
from dimoslive.services.figures.count_messages import count_messages, count_reminders, read_mails, read_reminders
from dimoslive.services.figures.count_outcomes import count_no_shows, count_outcomes, count_reasons
from dimoslive.services.figures.count_overruns import count_overruns
from dimoslive.services.figures.count_waiting import count_waiting, read_waiting
from dimoslive.services.figures.measure_times import (
    measure_lead_time,
    measure_punctuality,
    measure_service_time,
    measure_start_delay,
    measure_waiting,
    read_times,
)
from dimoslive.services.figures.measure_use import measure_staff_share, measure_use, read_minutes
from dimoslive.services.figures.rank_searches import rank_empty_searches, rank_late_searches, read_searches
from dimoslive.services.figures.read_bookings import read_bookings
from dimoslive.services.figures.recall_days_to_next import read_days_to_next, recall_days_to_next
from dimoslive.services.figures.scope import Scope


@dataclass(frozen=True, slots=True)
class Kind:
    """A figure: its name, under which its texts and its file are known, how it is drawn and how it is counted."""

    name: str
    chart: Chart
    read: Callable[[Session, Scope], Any]
    """Figures that name the same are counted from the same rows, which the page reads once."""
    count: Callable[[Any, Scope], Figure]
    """From what was read, without asking more."""
    reaches_ahead: bool = False
    """Whether it can speak of days to come."""
    empty: str = "empty"
    """The text that says that there is nothing of what it counts."""


KINDS = (
    Kind("bookings", Chart.BARS, read_bookings, count_bookings, reaches_ahead=True),
    Kind("outcomes", Chart.STACKED, read_bookings, count_outcomes),
    Kind("reasons", Chart.NONE, read_bookings, count_reasons),
    Kind("no_shows", Chart.LINES, read_bookings, count_no_shows),
    Kind("cancellations", Chart.BARS, read_bookings, count_cancellations),
    Kind("moves", Chart.BARS, read_moves, count_moves),
    Kind("lead_time", Chart.LINES, read_bookings, measure_lead_time),
    Kind("days_to_next", Chart.LINES, read_days_to_next, recall_days_to_next),
    Kind("waiting", Chart.BARS, read_times, measure_waiting),
    Kind("start_delay", Chart.LINES, read_times, measure_start_delay),
    Kind("service_time", Chart.NONE, read_times, measure_service_time),
    Kind("punctuality", Chart.LINES, read_times, measure_punctuality),
    Kind("use", Chart.BARS, read_minutes, measure_use),
    Kind("staff_share", Chart.LINES, read_bookings, measure_staff_share),
    Kind("empty_searches", Chart.BARS, read_searches, rank_empty_searches, empty="no_searches"),
    Kind("late_searches", Chart.BARS, read_searches, rank_late_searches, empty="no_searches"),
    Kind("waiting_list", Chart.NONE, read_waiting, count_waiting, empty="no_entries"),
    Kind("overruns", Chart.BARS, read_bookings, count_overruns),
    Kind("identity", Chart.NONE, read_documents, count_identity),
    Kind("messages", Chart.NONE, read_mails, count_messages),
    Kind("reminders", Chart.NONE, read_reminders, count_reminders),
)
BY_NAME = {kind.name: kind for kind in KINDS}
