"""The months of the grid hold every free time, wherever the visitor is."""

from datetime import date, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from dimoslive.domain.scheduling.local_time import ATHENS, by_local_day, local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import free_starts, last_open_day
from dimoslive.i18n import texts_of
from dimoslive.ui.citizen.booking.view_models import Month, last_day, show_month
from tests.support.builders import a_calendar, at, utc

AUCKLAND, HONOLULU, KIRITIMATI = "Pacific/Auckland", "Pacific/Honolulu", "Pacific/Kiritimati"
ZONES = st.sampled_from(
    [ATHENS, AUCKLAND, HONOLULU, KIRITIMATI, "America/St_Johns", "America/Santiago", "Asia/Beirut", "Asia/Kathmandu"]
)
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda naive: utc(naive.isoformat()))


@given(INSTANTS, ZONES, st.integers(0, 40))
@example(at("2026-12-02 09:00"), AUCKLAND, 60)
@example(at("2026-12-02 09:00"), KIRITIMATI, 60)
@example(at("2026-12-01 00:30"), HONOLULU, 3)
@example(at("2026-10-24 09:00"), ATHENS, 7)
@example(at("2026-03-28 09:00"), "Asia/Beirut", 3)
def test_every_free_time_is_reached_on_one_day_of_one_month_and_back_again(
    now: datetime, zone: str, horizon: int
) -> None:
    # Open day and night, so that there are times at both edges of each month.
    calendar = a_calendar(
        "00:00-23:59", weekdays=range(7), duration_minutes=10, step_minutes=60, notice_minutes=0, horizon_days=horizon
    )
    starts = free_starts(calendar, Mode.VIDEO, Period(now, now + timedelta(days=400)), now)
    days, today = by_local_day(starts, zone), local_day(now, zone)
    last = last_day(last_open_day(calendar.rules, now), ATHENS, zone)

    def show(first: date) -> Month:
        return show_month(first, days, None, today, last, texts_of("el"))

    months = [show(today.replace(day=1))]
    while months[-1].next:
        months.append(show(date.fromisoformat(months[-1].next)))

    free = [day for month in months for week in month.weeks for day in week if day.is_free]
    assert [start for day in free for start in days[date.fromisoformat(day.on)]] == starts
    assert [month.previous for month in months[1:]] == [month.first for month in months[:-1]]
    assert months[0].previous == ""
