"""The time that a booking gives up is kept back for a while, in the transaction that frees it."""

from datetime import datetime, timedelta

from sqlmodel import Session

from dimoslive.crypto import random_wait
from dimoslive.db.queries.freed import FormerPlace, is_closed, keep_freed, offers_at_desk
from dimoslive.domain.scheduling.freed import MAX_DRAWN, left_over, public_at, time_in


def free_late(
    tx: Session, former: FormerPlace, now: datetime, *, kept: range = range(0), undone_for: timedelta = timedelta()
) -> None:
    """Hand the claims of the place to holds of nobody's; what nobody could use after a wait keeps its claims.

    The caller then lets go of whatever the booking still claims. ``kept`` are ticks of the same desk that the booking
    has at its new time; each piece that is left over draws its own wait. While it can be undone nobody is offered it.
    """
    if is_closed(tx, former):
        return
    offers = offers_at_desk(tx, former.desk_id)
    for piece in left_over(former.ticks, kept):
        period = time_in(piece, former.period)
        if period is None:
            # A buffer alone is no time to be given away.
            continue
        comes_back_at = public_at(offers, period.starts_at, now, random_wait(MAX_DRAWN))
        if comes_back_at > now:
            keep_freed(tx, former._replace(period=period, ticks=piece), now, comes_back_at, now + undone_for)
