"""A time that somebody gives back comes back late: what is free in the second in which it is cancelled can be sold.

Staff may take it before. The chance is a parameter: whoever asks draws it, once for each freed time.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from dimoslive.domain.scheduling.local_time import local_day, to_instant
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import TICK_SECONDS, ServiceRules, earliest_start

SHORTEST_WAIT = timedelta(minutes=10)
MAX_DRAWN = timedelta(minutes=20)
"""Up to so much is added to the shortest wait, in whole seconds."""
TOO_LATE_TO_WAIT = timedelta(minutes=60)
"""If citizens may book a time for no longer than that, nobody could use it after a wait."""
_DAY = timedelta(days=1)


def last_to_book(rules: ServiceRules, mode: Mode, starts_at: datetime) -> datetime:
    """Until when a start keeps the mode's notice; of a notice in working days, the midnight that ends the last one."""
    if mode is not Mode.IN_PERSON or rules.notice_working_days == 0:
        return starts_at - timedelta(minutes=rules.notice_minutes)
    day = local_day(starts_at, rules.zone)
    while earliest_start(rules, mode, to_instant(day, time(), rules.zone)) > starts_at:
        day -= _DAY
    return to_instant(day + _DAY, time(), rules.zone)


def public_at(
    offers: Iterable[tuple[ServiceRules, Mode]], starts_at: datetime, now: datetime, drawn: timedelta
) -> datetime:
    """When citizens may have a start that is freed now; ``now`` itself where it is free at once.

    ``offers`` are the services of its desk in each of their modes, ``drawn`` is the chance, 0 to `MAX_DRAWN`.
    """
    last = max((last_to_book(rules, mode, starts_at) for rules, mode in offers), default=now)
    return now if last - now <= TOO_LATE_TO_WAIT else now + SHORTEST_WAIT + drawn


def left_over(former: range, kept: range) -> list[range]:
    """The ticks of a former place that a new one at the same desk does not keep, in one piece or two."""
    pieces = [range(former.start, min(former.stop, kept.start)), range(max(former.start, kept.stop), former.stop)]
    return [piece for piece in pieces if piece] if kept else [former]


def time_in(piece: range, period: Period) -> Period | None:
    """The part of an appointment's time in a piece of its ticks; None of a buffer alone."""
    begins, ends = (datetime.fromtimestamp(tick * TICK_SECONDS, UTC) for tick in (piece.start, piece.stop))
    return period.clipped_to(Period(begins, ends))
