"""For which bookings a desk's stated delay counts."""

from datetime import datetime, timedelta

from dimoslive.domain.scheduling.local_time import ATHENS, local_day


def delay_for(starts_at: datetime, minutes: int, stated_at: datetime, until: datetime, zone: str = ATHENS) -> timedelta:
    """The delay of a booking that starts on the day on which it was stated, and before it ends.

    It does not depend on the hour at which it is asked: nobody is sent out of a meeting because the desk caught up.
    """
    is_meant = local_day(starts_at, zone) == local_day(stated_at, zone) and starts_at < until
    return timedelta(minutes=minutes) if is_meant else timedelta()
