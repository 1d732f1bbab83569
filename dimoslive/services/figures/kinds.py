"""All figures there are, in the order of the page. One more is a line here, its texts, and the state of its place."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session

from dimoslive.domain.figures.figure import Chart, Figure
from dimoslive.services.figures.count_bookings import count_bookings
from dimoslive.services.figures.count_changes import count_cancellations, count_moves
from dimoslive.services.figures.count_identity import count_identity
from dimoslive.services.figures.count_messages import count_messages, count_reminders
from dimoslive.services.figures.count_outcomes import count_no_shows, count_outcomes, count_reasons
from dimoslive.services.figures.count_overruns import count_overruns
from dimoslive.services.figures.count_waiting import count_waiting
from dimoslive.services.figures.measure_times import (
    measure_lead_time,
    measure_punctuality,
    measure_service_time,
    measure_start_delay,
    measure_waiting,
)
from dimoslive.services.figures.measure_use import measure_staff_share, measure_use
from dimoslive.services.figures.rank_searches import rank_empty_searches, rank_late_searches
from dimoslive.services.figures.recall_days_to_next import recall_days_to_next
from dimoslive.services.figures.scope import Scope


@dataclass(frozen=True, slots=True)
class Kind:
    """A figure: its name, under which its texts and its file are known, how it is drawn and how it is counted."""

    name: str
    chart: Chart
    count: Callable[[Session, Scope], Figure]
    reaches_ahead: bool = False
    """Whether it can speak of days to come."""
    empty: str = "empty"
    """The text that says that there is nothing of what it counts."""


KINDS = (
    Kind("bookings", Chart.BARS, count_bookings, reaches_ahead=True),
    Kind("outcomes", Chart.STACKED, count_outcomes),
    Kind("reasons", Chart.NONE, count_reasons),
    Kind("no_shows", Chart.LINES, count_no_shows),
    Kind("cancellations", Chart.BARS, count_cancellations),
    Kind("moves", Chart.BARS, count_moves),
    Kind("lead_time", Chart.LINES, measure_lead_time),
    Kind("days_to_next", Chart.LINES, recall_days_to_next),
    Kind("waiting", Chart.BARS, measure_waiting),
    Kind("start_delay", Chart.LINES, measure_start_delay),
    Kind("service_time", Chart.NONE, measure_service_time),
    Kind("punctuality", Chart.LINES, measure_punctuality),
    Kind("use", Chart.BARS, measure_use),
    Kind("staff_share", Chart.LINES, measure_staff_share),
    Kind("empty_searches", Chart.BARS, rank_empty_searches, empty="no_searches"),
    Kind("late_searches", Chart.BARS, rank_late_searches, empty="no_searches"),
    Kind("waiting_list", Chart.NONE, count_waiting, empty="no_entries"),
    Kind("overruns", Chart.BARS, count_overruns),
    Kind("identity", Chart.NONE, count_identity),
    Kind("messages", Chart.NONE, count_messages),
    Kind("reminders", Chart.NONE, count_reminders),
)
BY_NAME = {kind.name: kind for kind in KINDS}
