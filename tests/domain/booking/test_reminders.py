"""When a citizen is reminded, over both changes of the clock and around the night, and why not."""

from datetime import timedelta

import pytest

from dimoslive.domain.booking.reminders import (
    MORNING,
    NIGHT,
    Remindable,
    ReminderKind,
    Skipped,
    is_too_late,
    last_start,
    remind_at,
    why_skipped,
)
from dimoslive.domain.scheduling.local_time import ATHENS, to_local
from tests.support.builders import at

TWO_DAYS, TWO_HOURS = ReminderKind.TWO_DAYS, ReminderKind.TWO_HOURS

DUE = [
    ("2026-11-26 10:00", "2026-11-24 10:00", "2026-11-26 08:00"),
    ("2026-11-26 08:30", "2026-11-24 08:30", "2026-11-25 20:00"),
    # Forty-eight hours back over the spring change the clock shows an hour less, over the autumn change one more.
    ("2026-03-30 09:00", "2026-03-28 08:00", "2026-03-29 20:00"),
    ("2026-03-30 08:30", "2026-03-28 08:00", "2026-03-29 20:00"),
    ("2026-10-26 09:00", "2026-10-24 10:00", "2026-10-25 20:00"),
    ("2026-10-27 09:00", "2026-10-25 09:00", "2026-10-26 20:00"),
    ("2026-11-26 21:30", "2026-11-25 08:00", "2026-11-26 19:30"),
    ("2026-11-26 23:00", "2026-11-25 08:00", "2026-11-26 20:00"),
]


@pytest.mark.parametrize(("start", "two_days", "two_hours"), DUE)
def test_it_is_due_that_long_before_but_not_in_quiet_hours(start: str, two_days: str, two_hours: str) -> None:
    assert remind_at(TWO_DAYS, at(start), ATHENS) == at(two_days)
    assert remind_at(TWO_HOURS, at(start), ATHENS) == at(two_hours)


@pytest.mark.parametrize("kind", ReminderKind)
@pytest.mark.parametrize("day", ["2026-11-24", "2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25"])
def test_whatever_is_due_is_looked_for(kind: ReminderKind, day: str) -> None:
    """For starts at all hours of four days, asked every ten minutes of a day."""
    midnight = at(f"{day} 00:00")
    starts = [midnight + timedelta(minutes=minutes) for minutes in range(0, 4 * 24 * 60, 30)]
    dues = [remind_at(kind, start, ATHENS) for start in starts]
    for now in (midnight + timedelta(minutes=minutes) for minutes in range(0, 24 * 60, 10)):
        last = last_start(kind, now, ATHENS)
        assert not [start for start, due in zip(starts, dues, strict=True) if due <= now and start > last], now
        assert last <= now + timedelta(days=2)


@pytest.mark.parametrize("kind", ReminderKind)
def test_nobody_is_reminded_at_night_or_after_the_start(kind: ReminderKind) -> None:
    for minutes in range(0, 366 * 24 * 60, 50):
        start = at("2026-01-01 00:00") + timedelta(minutes=minutes)
        due = remind_at(kind, start, ATHENS)
        assert MORNING <= to_local(due, ATHENS).time() < NIGHT
        assert start - timedelta(days=2) <= due <= start - timedelta(hours=2)


CASES = [
    (TWO_DAYS, "2026-11-26 10:00", "2026-11-20 10:00", "2026-11-24 10:00", None),
    (TWO_DAYS, "2026-11-26 10:00", "2026-11-23 10:00", "2026-11-24 10:00", None),
    (TWO_DAYS, "2026-11-26 10:00", "2026-11-23 10:01", "2026-11-24 10:00", Skipped.TOO_SOON),
    (TWO_DAYS, "2026-11-26 10:00", "2026-11-24 09:00", "2026-11-24 10:00", Skipped.TOO_SOON),
    (TWO_HOURS, "2026-11-26 10:00", "2026-11-24 09:00", "2026-11-26 08:00", None),
    (TWO_HOURS, "2026-11-26 10:00", "2026-11-25 11:00", "2026-11-26 08:00", Skipped.TOO_SOON),
    # Moved to this time twenty-five hours before it.
    (TWO_DAYS, "2026-11-26 10:00", "2026-11-25 09:00", "2026-11-25 09:01", Skipped.TOO_SOON),
    (TWO_HOURS, "2026-11-26 10:00", "2026-11-25 09:00", "2026-11-26 08:00", None),
    # The mail server was down, or this program.
    (TWO_DAYS, "2026-11-26 10:00", "2026-11-20 10:00", "2026-11-25 10:00", None),
    (TWO_DAYS, "2026-11-26 10:00", "2026-11-20 10:00", "2026-11-25 11:00", Skipped.TOO_LATE),
    (TWO_HOURS, "2026-11-26 10:00", "2026-11-20 10:00", "2026-11-26 09:31", Skipped.TOO_LATE),
]


@pytest.mark.parametrize(("kind", "start", "known", "now", "reason"), CASES)
def test_who_has_just_chosen_the_time_is_not_reminded_nor_is_anybody_too_late(
    kind: ReminderKind, start: str, known: str, now: str, reason: Skipped | None
) -> None:
    booking = Remindable(at(start), at(known), has_email=True, is_on=True)
    assert why_skipped(kind, booking, at(now)) == reason
    assert is_too_late(kind, at(start), at(now)) == (reason is Skipped.TOO_LATE)


@pytest.mark.parametrize(
    ("has_email", "is_on", "reason"), [(False, True, Skipped.NO_EMAIL), (True, False, Skipped.SWITCHED_OFF)]
)
def test_without_an_address_or_where_it_is_switched_off_nobody_is(
    *, has_email: bool, is_on: bool, reason: Skipped
) -> None:
    booking = Remindable(at("2026-11-26 10:00"), at("2026-11-01 10:00"), has_email=has_email, is_on=is_on)
    assert why_skipped(TWO_DAYS, booking, at("2026-11-24 10:00")) == reason
