"""Who is offered an earlier time, in which order, and when."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from dimoslive.domain.booking.waiting_list import (
    Entry,
    Freed,
    GoPublic,
    OfferTo,
    WaitUntil,
    Wishes,
    can_enter,
    decide,
    in_order,
    is_candidate,
)
from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import ServiceRules
from tests.support.builders import at, utc

RULES = ServiceRules(duration_minutes=20, step_minutes=20)
NOW = at("2026-11-24 10:00")


def a_freed(start: str = "2026-11-26 11:00", *, public: datetime | None = None, **words: Any) -> Freed:
    starts_at = at(start)
    usual: dict[str, Any] = {"freed_by": 99, "modes": frozenset(Mode)}
    return Freed(
        Period(starts_at, starts_at + timedelta(minutes=20)),
        public or at("2026-11-24 10:17"),
        **(usual | words),
    )


def an_entry(booking_id: int = 1, starts: str = "2026-12-01 09:30", **words: Any) -> Entry:
    usual: dict[str, Any] = {"person": booking_id, "mode": Mode.VIDEO, "entered_at": at("2026-11-20 10:00")}
    return Entry(booking_id, starts_at=at(starts), **(usual | words))


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"starts": "2026-11-26 14:00"}, "the same day"),
        ({"starts": "2026-11-25 14:00"}, "earlier already"),
        ({"notices": 3}, "three notices are spent"),
        ({"last_notice_on": date(2026, 11, 24)}, "told today"),
        ({"person": 99}, "gave it back"),
        ({"is_asked": True}, "another offer runs"),
        ({"mode": Mode.PHONE}, "not offered by telephone"),
        ({"wishes": Wishes(from_clock=time(12))}, "only in the afternoon"),
        ({"wishes": Wishes(until_clock=time(11, 15))}, "it would end too late"),
        ({"wishes": Wishes(weekdays=frozenset({0, 4}))}, "a Thursday"),
        ({"wishes": Wishes(not_before=date(2026, 11, 27))}, "too early"),
    ],
)
def test_who_is_no_candidate(words: dict[str, Any], why: str) -> None:
    freed = a_freed(modes=frozenset({Mode.VIDEO, Mode.IN_PERSON}))
    assert is_candidate(an_entry(), freed, RULES, NOW)
    assert not is_candidate(an_entry(**words), freed, RULES, NOW), why


def test_wishes_that_are_met() -> None:
    wishes = Wishes(frozenset({3}), time(11), time(11, 20), date(2026, 11, 26))
    assert is_candidate(an_entry(wishes=wishes), a_freed(), RULES, NOW)


def test_the_notice_is_kept_when_the_answer_may_come() -> None:
    freed, entry = a_freed("2026-11-24 12:30"), an_entry()
    assert is_candidate(entry, freed, RULES, at("2026-11-24 10:00"))
    assert not is_candidate(entry, freed, RULES, at("2026-11-24 10:01"))
    # In person it is kept until midnight, and an answer may come after it.
    in_person = an_entry(mode=Mode.IN_PERSON)
    assert is_candidate(in_person, a_freed("2026-11-25 09:00"), RULES, at("2026-11-24 19:30"))
    assert not is_candidate(in_person, a_freed("2026-11-24 12:30"), RULES, NOW)


def test_fewest_notices_then_the_oldest_entry_then_the_booking() -> None:
    old, new = at("2026-11-19 10:00"), at("2026-11-20 10:00")
    entries = [
        an_entry(4, notices=1, entered_at=old),
        an_entry(3, entered_at=new),
        an_entry(2, entered_at=new),
        an_entry(1, entered_at=old),
    ]
    assert [entry.booking_id for entry in in_order(entries)] == [1, 2, 3, 4]


def test_at_most_three_offers_a_freed_time_and_none_twice_to_one() -> None:
    entries = [an_entry(number) for number in range(1, 6)]
    assert decide(a_freed(asked=(1,)), entries, RULES, NOW) == OfferTo(entries[1], NOW + timedelta(minutes=30))
    assert decide(a_freed(asked=(1, 2, 3)), entries, RULES, NOW) == GoPublic(at("2026-11-24 10:17"))
    late = at("2026-11-24 10:42")
    assert decide(a_freed(asked=(1, 2, 3)), entries, RULES, late) == GoPublic(late)


@pytest.mark.parametrize(
    ("now", "start", "held_until"),
    [
        (at("2026-11-24 21:40"), "2026-11-27 10:00", at("2026-11-25 09:00")),
        (at("2026-11-24 19:30:01"), "2026-11-27 10:00", at("2026-11-25 09:00")),
        (at("2026-11-24 19:31"), "2026-11-27 10:00", at("2026-11-25 09:00")),
        (at("2026-11-24 08:59"), "2026-11-27 10:00", at("2026-11-24 09:00")),
        # Spring night: 11 h 30.
        (utc("2026-03-28 18:30"), "2026-03-31 10:00", utc("2026-03-29 06:00")),
        # Autumn night: 13 h 30.
        (utc("2026-10-24 17:30"), "2026-10-27 10:00", utc("2026-10-25 07:00")),
    ],
)
def test_quiet_hours(now: datetime, start: str, held_until: datetime) -> None:
    freed = a_freed(start, public=now + timedelta(minutes=12))
    entry = an_entry(starts="2026-12-15 09:30")
    assert decide(freed, [entry], RULES, now) == WaitUntil(held_until)
    assert decide(freed, [], RULES, now) == GoPublic(now + timedelta(minutes=12))


def test_the_last_minute_of_the_day() -> None:
    now, entry = at("2026-11-24 19:30:00"), an_entry()
    assert decide(a_freed(), [entry], RULES, now) == OfferTo(entry, at("2026-11-24 20:00"))


def test_too_near_to_keep() -> None:
    # Wednesday 9:30 by video: an offer at 9:00 could not end before 7:30.
    freed = a_freed("2026-11-25 09:30", public=at("2026-11-24 21:15"))
    assert decide(freed, [an_entry()], RULES, at("2026-11-24 21:00")) == GoPublic(at("2026-11-24 21:15"))


def test_who_was_told_in_the_evening_may_be_told_of_another_time_in_the_morning() -> None:
    told = an_entry(notices=1, last_notice_on=date(2026, 11, 24))
    assert decide(a_freed(), [told], RULES, at("2026-11-24 19:45")) == WaitUntil(at("2026-11-25 09:00"))
    assert decide(a_freed(), [told], RULES, at("2026-11-24 19:15")) == GoPublic(at("2026-11-24 19:15"))


def test_what_starts_soon_waits_for_nothing_earlier() -> None:
    start = at("2026-11-26 12:00")
    assert can_enter(RULES, Mode.VIDEO, start, at("2026-11-25 09:59"))
    assert not can_enter(RULES, Mode.VIDEO, start, at("2026-11-25 10:00"))
    assert not can_enter(RULES, Mode.IN_PERSON, start, at("2026-11-25 00:00"))


@pytest.mark.parametrize(
    ("wishes", "field"),
    [
        (Wishes(from_clock=time(15), until_clock=time(12)), "until_clock"),
        (Wishes(from_clock=time(9), until_clock=time(9)), "until_clock"),
        (Wishes(not_before=date(2026, 12, 1)), "not_before"),
        (Wishes(from_clock=time(9), until_clock=time(12), not_before=date(2026, 11, 30)), ""),
        (Wishes(), ""),
    ],
)
def test_wishes_that_no_earlier_day_could_meet_are_refused(wishes: Wishes, field: str) -> None:
    refused = ""
    try:
        wishes.check(date(2026, 12, 1))
    except InvalidInput as refusal:
        refused = refusal.field
    assert refused == field
