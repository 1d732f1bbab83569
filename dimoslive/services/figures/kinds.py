"""All figures there are, in the order of the page. One more is a line here, its texts, and the state of its place."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session

from dimoslive.domain.figures.figure import Chart, Figure
from dimoslive.services.figures.count_bookings import count_bookings
from dimoslive.services.figures.scope import Scope


@dataclass(frozen=True, slots=True)
class Kind:
    """A figure: its name, under which its texts and its file are known, how it is drawn and how it is counted."""

    name: str
    chart: Chart
    count: Callable[[Session, Scope], Figure]
    reaches_ahead: bool = False
    """Whether it can speak of days to come."""


KINDS = (Kind("bookings", Chart.BARS, count_bookings, reaches_ahead=True),)
BY_NAME = {kind.name: kind for kind in KINDS}
