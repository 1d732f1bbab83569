from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.slots import ticks
from dimoslive.domain.scheduling.why_not import Check, DeskIs, DeskUse, KnownClosure, Offer, WhyNot, why_not
from tests.support.builders import a_calendar, a_period, absent, at, booked, on

NOW = at("2026-11-24 10:00")
WEDNESDAY = date(2026, 11, 25)


def ask(
    when: str, calendar: Any = None, *, mode: Mode = Mode.VIDEO, now: datetime = NOW, **facts: Any
) -> WhyNot | None:
    return why_not(Offer(calendar or a_calendar(), **facts), mode, at(when), now)


def test_of_an_offered_time_there_is_nothing_to_say() -> None:
    assert ask("2026-11-25 09:00") is None


@pytest.mark.parametrize("fact", ["is_published", "is_active"])
def test_what_is_not_published_or_is_archived_offers_nothing(fact: str) -> None:
    facts: dict[str, Any] = {fact: False}
    assert ask("2026-11-25 09:00", **facts) == WhyNot(Check.PUBLISHED)


def test_a_pause_comes_before_the_hours() -> None:
    assert ask("2026-11-25 22:00", is_paused=True) == WhyNot(Check.PAUSE)


def test_outside_the_hours_those_of_the_day_are_said() -> None:
    assert ask("2026-11-25 15:00") == WhyNot(Check.HOURS, hours=(a_period("2026-11-25 08:30", "15:00"),))
    assert ask("2026-11-28 10:00") == WhyNot(Check.HOURS)


def test_hours_of_a_date_are_said_to_be_such() -> None:
    calendar = a_calendar(dated=on(WEDNESDAY, "08:30-12:00"))
    open_then = (a_period("2026-11-25 08:30", "12:00"),)
    assert ask("2026-11-25 12:30", calendar) == WhyNot(Check.HOURS, hours=open_then, is_dated=True)


def test_a_holiday_is_the_reason_only_where_the_week_has_hours() -> None:
    assert ask("2026-12-25 10:00") == WhyNot(Check.HOLIDAY)
    assert ask("2026-12-25 20:00") == WhyNot(Check.HOURS, hours=(a_period("2026-12-25 08:30", "15:00"),))
    assert ask("2026-12-26 10:00") == WhyNot(Check.HOURS)


def test_hours_of_a_date_open_a_holiday() -> None:
    assert ask("2026-12-25 10:00", a_calendar(dated=on(date(2026, 12, 25), "10:00-11:00"))) is None


def test_the_closure_that_meets_the_appointment_is_named() -> None:
    met, other = a_period("2026-11-25 09:05", "12:00"), a_period("2026-11-25 12:00", "13:00")
    closures = [KnownClosure(1, other), KnownClosure(2, met)]
    calendar = a_calendar(closed=[met, other])
    assert ask("2026-11-25 09:00", calendar, closures=closures) == WhyNot(Check.CLOSURE, closures=(2,))
    assert ask("2026-11-25 08:30", calendar, closures=closures) is None


def test_a_mode_that_the_service_does_not_have() -> None:
    modes = frozenset({Mode.PHONE})
    assert ask("2026-11-25 09:00", modes=modes) == WhyNot(Check.MODE)
    assert ask("2026-11-25 09:00", modes=modes, mode=Mode.PHONE) is None


def test_each_desk_says_why_it_cannot_serve() -> None:
    nine = at("2026-11-25 09:00")
    away = a_period("2026-11-25 09:00", "10:00")
    calendar = booked(booked(absent(a_calendar(desks=3), away, desk=1), nine, desk=2), nine, desk=3)
    desks = {
        1: DeskUse(absent=set(ticks(away.starts_at, away.ends_at))),
        3: DeskUse(held=set(ticks(nine, nine + timedelta(minutes=10)))),
    }
    states = ((1, DeskIs.ABSENT), (2, DeskIs.BOOKED), (3, DeskIs.HELD))
    assert ask("2026-11-25 09:00", calendar, desks=desks) == WhyNot(Check.DESKS, desks=states)


def test_a_service_without_a_desk_has_none_to_name() -> None:
    assert ask("2026-11-25 09:00", a_calendar(desks=0)) == WhyNot(Check.DESKS)


def test_what_is_kept_for_staff_is_said_with_the_number_of_free_desks() -> None:
    calendar = booked(a_calendar(desks=3, staff_reserve=2), at("2026-11-25 09:00"))
    assert ask("2026-11-25 09:00", calendar) == WhyNot(Check.STAFF, free_desks=2)
    assert ask("2026-11-25 09:30", calendar) is None


def test_the_notice_says_from_when_on_one_can_book() -> None:
    assert ask("2026-11-24 11:30") == WhyNot(Check.NOTICE, from_=at("2026-11-24 12:00"))
    assert ask("2026-11-24 12:00") is None
    in_person = WhyNot(Check.NOTICE, from_=at("2026-11-25 00:00"))
    assert ask("2026-11-24 12:00", mode=Mode.IN_PERSON) == in_person


def test_the_horizon_says_when_the_day_opens() -> None:
    calendar = a_calendar(horizon_days=7)
    assert ask("2026-12-01 10:00", calendar) is None
    assert ask("2026-12-02 10:00", calendar) == WhyNot(Check.HORIZON, from_=at("2026-11-25 08:00"))


def test_a_time_given_back_says_until_when_it_is_kept() -> None:
    nine = at("2026-11-25 09:00")
    calendar = booked(booked(a_calendar(desks=2), nine, desk=1), nine, desk=2)
    wanted = ticks(nine, nine + timedelta(minutes=10))
    soon, later = NOW + timedelta(minutes=20), NOW + timedelta(minutes=40)
    desks = {1: DeskUse(kept=dict.fromkeys(wanted, later)), 2: DeskUse(kept=dict.fromkeys(wanted, soon))}
    assert ask("2026-11-25 09:00", calendar, desks=desks) == WhyNot(Check.RELEASE, from_=soon)
    reserved = replace(calendar, rules=replace(calendar.rules, staff_reserve=1))
    assert ask("2026-11-25 09:00", reserved, desks=desks) == WhyNot(Check.RELEASE, from_=later)


def test_an_absent_desk_is_not_freed_by_what_is_kept() -> None:
    nine = at("2026-11-25 09:00")
    wanted = ticks(nine, nine + timedelta(minutes=10))
    desks = {1: DeskUse(absent=set(wanted), kept=dict.fromkeys(wanted, NOW))}
    found = ask("2026-11-25 09:00", booked(a_calendar(), nine), desks=desks)
    assert found == WhyNot(Check.DESKS, desks=((1, DeskIs.ABSENT),))


def test_off_the_step_the_nearest_starts_are_said() -> None:
    nine, half_past = at("2026-11-25 09:00"), at("2026-11-25 09:30")
    assert ask("2026-11-25 09:07") == WhyNot(Check.STEP, before=nine, after=half_past)
    assert ask("2026-11-25 14:45") == WhyNot(Check.STEP, before=at("2026-11-25 14:30"))


def test_what_would_end_after_closing_time_says_when_that_is() -> None:
    found = ask("2026-11-25 14:30", a_calendar(duration_minutes=35))
    assert found == WhyNot(Check.LENGTH, before=at("2026-11-25 14:00"), closes_at=at("2026-11-25 15:00"))
