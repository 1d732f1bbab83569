"""What became of bookings that were due: three figures."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from dimoslive.domain.booking.statuses import OPEN, BookingStatus
from dimoslive.domain.desk.presses import NotServedReason
from dimoslive.domain.figures.asked import Per
from dimoslive.domain.figures.figure import Column, Figure, Unit
from dimoslive.domain.figures.percentiles import is_incomplete, share
from dimoslive.services.figures.read_bookings import Bookings
from dimoslive.services.figures.scope import Scope
from dimoslive.services.figures.steps import ByDay, counted, of_span, shared, summed, summed_share

_NO_REASON = "no_reason"
_REASONS = frozenset(reason.value for reason in NotServedReason)
_NAMES = {BookingStatus.SERVED: "served", BookingStatus.NOT_SERVED: "not_served", BookingStatus.NO_SHOW: "no_show"}


class Outcomes(NamedTuple):
    """By the day on which bookings were due. Those still open of days past are ``unrecorded``; of today they may be."""

    served: ByDay
    not_served: ByDay
    no_show: ByDay
    unrecorded: ByDay
    reasons: Counter[tuple[date, str]]
    """Why those who came were not served."""

    @property
    def done(self) -> ByDay:
        """All that have an outcome."""
        return self.served + self.not_served + self.no_show


def sort_outcomes(bookings: Bookings, scope: Scope) -> Outcomes:
    """Of the days asked for and those before."""
    found = {name: ByDay() for name in (*_NAMES.values(), "unrecorded")}
    reasons = Counter[tuple[date, str]]()
    for one in bookings.by_start:
        if one.status in _NAMES:
            found[_NAMES[one.status]][one.day] += one.number
        elif one.status in OPEN and one.day < scope.today:
            found["unrecorded"][one.day] += one.number
        if one.status is BookingStatus.NOT_SERVED:
            reasons[one.day, one.outcome if one.outcome in _REASONS else _NO_REASON] += one.number
    return Outcomes(**found, reasons=reasons)


def count_outcomes(bookings: Bookings, scope: Scope) -> Figure:
    """Shares of those that have an outcome; those that have none are counted beside them."""
    found = sort_outcomes(bookings, scope)
    shares = {name: getattr(found, name) for name in _NAMES.values()}
    unrecorded = counted("unrecorded", found.unrecorded, scope, is_drawn=False)
    return Figure(
        heads=scope.asked.span.heads(scope.asked.per),
        columns=(*(shared(name, part, found.done, scope) for name, part in shares.items()), unrecorded),
        sums=(
            *(summed_share(name, part, found.done, scope) for name, part in shares.items()),
            summed("unrecorded", found.unrecorded, scope),
        ),
        size=_settled_or_not(found, scope),
        per=scope.asked.per,
        is_incomplete=_has_gaps(found, scope),
    )


def count_reasons(bookings: Bookings, scope: Scope) -> Figure:
    """Why people who came were not served, as counts and as shares of all that have an outcome."""
    found, span = sort_outcomes(bookings, scope), scope.asked.span
    done = of_span(found.done, span)
    by_reason = Counter[str]()
    for (day, reason), number in found.reasons.items():
        if day in span:
            by_reason[reason] += number
    heads = tuple(name for name in (*NotServedReason, _NO_REASON) if name != _NO_REASON or by_reason[name])
    cells = tuple(by_reason[name] for name in heads)
    return Figure(
        heads=tuple(str(name) for name in heads),
        columns=(
            Column("bookings", Unit.COUNT, cells, sum(cells)),
            Column(
                "share",
                Unit.PERCENT,
                tuple(share(cell, done) for cell in cells),
                share(sum(cells), done),
                is_drawn=False,
            ),
        ),
        sums=(
            summed("not_served", found.not_served, scope),
            summed_share("share", found.not_served, found.done, scope),
        ),
        size=_settled_or_not(found, scope),
        is_incomplete=_has_gaps(found, scope),
    )


def count_no_shows(bookings: Bookings, scope: Scope) -> Figure:
    """The share of no-shows over time, by week at least: on one day it says little."""
    per = Per.WEEK if scope.asked.per is Per.DAY else scope.asked.per
    scope = replace(scope, asked=replace(scope.asked, per=per))
    found = sort_outcomes(bookings, scope)
    return Figure(
        heads=scope.asked.span.heads(per),
        columns=(
            shared("share", found.no_show, found.done, scope),
            counted("no_shows", found.no_show, scope, is_drawn=False),
            counted("done", found.done, scope, is_drawn=False),
        ),
        sums=(summed_share("share", found.no_show, found.done, scope),),
        size=_settled_or_not(found, scope),
        per=per,
        is_incomplete=_has_gaps(found, scope),
    )


def _settled_or_not(found: Outcomes, scope: Scope) -> int:
    return of_span(found.done + found.unrecorded, scope.asked.span)


def _has_gaps(found: Outcomes, scope: Scope) -> bool:
    return is_incomplete(of_span(found.unrecorded, scope.asked.span), of_span(found.done, scope.asked.span))
