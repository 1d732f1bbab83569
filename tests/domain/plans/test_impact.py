"""What a change hits, with the example of Kavala word for word."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.plans.impact import Contact, Impact, fingerprint, impact_of
from dimoslive.domain.plans.proposals import Decision, Proposal, ProposalKind, deal
from dimoslive.domain.plans.set_up import Away, Closed, Misfit, PlacedBooking, ServiceSetUp, SetUp, fits
from dimoslive.domain.scheduling.local_time import ATHENS, days_period, to_local
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.opening_hours import WeeklyHours
from dimoslive.domain.scheduling.slots import ServiceRules, ticks
from tests.support.builders import a_period, at, weekly

NOW = at("2026-11-24 10:00")
DAY = "2026-12-01"
AFTERNOON = a_period(f"{DAY} 12:00", "15:00")
"""Tuesday 1 December."""


def kavala(**words: Any) -> SetUp:
    """Mayor's support: two desks, 10 minutes, every half hour, Monday to Friday 8:30 to 15:00, in two modes."""
    usual: dict[str, Any] = {
        "department_id": 5,
        "rules": ServiceRules(),
        "modes": frozenset({Mode.VIDEO, Mode.IN_PERSON}),
        "weekly": weekly("08:30-15:00"),
        "desk_ids": (1, 2),
    }
    return SetUp({7: ServiceSetUp(id=7, **(usual | words))}, active_desks=frozenset({1, 2}))


def closed(set_up: SetUp, department_id: int | None = None) -> SetUp:
    return replace(set_up, closures={0: Closed(AFTERNOON, department_id)})


def stands(id_: int, wall: str, desk_id: int = 1, **words: Any) -> PlacedBooking:
    starts_at = at(f"{DAY} {wall}")
    period = a_period(f"{DAY} {wall}", f"{to_local(starts_at + timedelta(minutes=10), ATHENS):%H:%M}")
    usual: dict[str, Any] = {"mode": Mode.VIDEO, "booked_at": NOW - timedelta(days=1)}
    return PlacedBooking(id_, 7, desk_id, period, ticks(period.starts_at, period.ends_at), **(usual | words))


def the_day() -> list[PlacedBooking]:
    return [
        stands(1, "11:30"),
        stands(2, "12:00"),
        stands(3, "12:00", 2, mode=Mode.IN_PERSON, has_email=False),
        stands(4, "14:30"),
        stands(5, "14:40", 2, mode=Mode.IN_PERSON, has_email=False),
    ]


def occupied_by(bookings: list[PlacedBooking]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for booking in bookings:
        found.setdefault(booking.desk_id, set()).update(booking.ticks)
    return found


def impact(before: SetUp, after: SetUp, bookings: list[PlacedBooking]) -> Impact:
    day = AFTERNOON.starts_at.date()
    return impact_of(before, after, bookings, occupied_by(bookings), days_period(day, day, ATHENS), NOW)


def proposals(before: SetUp, after: SetUp, bookings: list[PlacedBooking]) -> tuple[Proposal, ...]:
    return deal(after, impact(before, after, bookings).hits, occupied_by(bookings), NOW)


def walls(found: Impact, name: str) -> list[str]:
    return [f"{to_local(time.starts_at, ATHENS):%H:%M}" for time in getattr(found, name)]


def said(proposal: Proposal) -> tuple[int, str, int] | None:
    target = proposal.target
    if target is None:
        return None
    return proposal.hit.booking.id, f"{to_local(target.starts_at, ATHENS):%H:%M}", target.desk_id


# The example


def test_closing_an_afternoon_hits_four_and_not_the_one_that_ends_before() -> None:
    found = impact(kavala(), closed(kavala()), the_day())
    assert [hit.booking.id for hit in found.hits] == [2, 3, 4, 5]
    assert {hit.misfits for hit in found.hits} == {frozenset({Misfit.CLOSED})}
    assert [hit.contact for hit in found.hits] == [Contact.EMAIL, Contact.PHONE, Contact.EMAIL, Contact.PHONE]


def test_the_four_are_dealt_the_nearest_times_before_and_no_desk_twice() -> None:
    dealt = proposals(kavala(), closed(kavala()), the_day())
    assert [said(proposal) for proposal in dealt] == [
        (2, "11:30", 2),
        (3, "11:00", 1),
        (4, "11:00", 2),
        (5, "10:30", 1),
    ]
    assert {proposal.kind for proposal in dealt} == {ProposalKind.SAME_DAY}
    assert {proposal.decision for proposal in dealt} == {Decision.MOVE}
    modes = [proposal.target.mode for proposal in dealt if proposal.target]
    assert modes == [Mode.VIDEO, Mode.IN_PERSON, Mode.VIDEO, Mode.IN_PERSON]


def test_free_times_are_counted_as_starts_before_any_decision() -> None:
    found = impact(kavala(), closed(kavala()), the_day())
    assert walls(found, "lost") == ["12:30", "13:00", "13:30", "14:00", "14:30"]
    assert found.gained == ()
    assert found.modes_lost == 2


# What fits


@pytest.mark.parametrize(
    ("after", "misfit"),
    [
        (kavala(is_active=False), Misfit.SERVICE),
        (kavala(modes=frozenset({Mode.IN_PERSON})), Misfit.MODE),
        (kavala(weekly=weekly("08:30-11:35")), Misfit.HOURS),
        (replace(kavala(), closures={1: Closed(a_period(f"{DAY} 11:35", "12:00"))}), Misfit.CLOSED),
        (kavala(desk_ids=(2,)), Misfit.DESK),
        (replace(kavala(), active_desks=frozenset({2})), Misfit.DESK),
        (replace(kavala(), absences={1: Away(a_period(f"{DAY} 11:35", "12:00"), frozenset({1}))}), Misfit.ABSENT),
    ],
)
def test_each_of_the_conditions_alone_unseats(after: SetUp, misfit: Misfit) -> None:
    booking = stands(1, "11:30")
    assert fits(kavala(), booking)
    [hit] = impact(kavala(), after, [booking]).hits
    assert hit.misfits == {misfit}


@pytest.mark.parametrize(
    "after",
    [
        kavala(rules=ServiceRules(duration_minutes=20, step_minutes=60, notice_minutes=10_000, horizon_days=1)),
        kavala(rules=ServiceRules(buffer_before_minutes=10, buffer_after_minutes=10, staff_reserve=2)),
        closed(kavala(), department_id=6),
        replace(kavala(), closures={1: Closed(a_period(f"{DAY} 11:40", "12:00"))}),
        replace(kavala(), absences={1: Away(AFTERNOON, frozenset({1}))}),
    ],
)
def test_rules_other_departments_and_times_that_only_touch_unseat_nobody(after: SetUp) -> None:
    assert impact(kavala(), after, [stands(1, "11:30")]).is_harmless


def test_an_overflow_lane_stands_and_falls_with_its_desk() -> None:
    lanes = replace(kavala(), lanes={91: 1})
    booking = stands(1, "11:30", 91)
    assert fits(lanes, booking)
    away = replace(lanes, absences={1: Away(a_period(f"{DAY} 08:00", "12:00"), frozenset({1}))})
    assert not fits(away, booking)


def test_whoever_was_placed_outside_hours_with_a_reason_is_not_asked_about_them() -> None:
    late = stands(1, "16:00", is_outside_hours=True)
    assert fits(kavala(), late)
    assert not fits(kavala(), stands(2, "16:00"))
    assert not fits(kavala(is_active=False), late)


# What is hit, healed, or out already


@pytest.mark.parametrize("status", [BookingStatus.IN_SERVICE, BookingStatus.HELD, BookingStatus.SERVED])
def test_only_who_is_booked_or_waits_is_hit(status: BookingStatus) -> None:
    after = closed(kavala())
    assert impact(kavala(), after, [stands(1, "12:00", status=status)]).is_harmless
    assert len(impact(kavala(), after, [stands(1, "12:00", status=BookingStatus.WAITING)]).hits) == 1


def test_what_has_begun_is_not_hit() -> None:
    begun = replace(stands(1, "12:00"), period=a_period("2026-11-24 09:55", "10:05"))
    day = days_period(NOW.date(), NOW.date(), ATHENS)
    found = impact_of(kavala(), kavala(is_active=False), [begun], {}, day, NOW)
    assert found.is_harmless


def test_opening_again_heals_and_gives_times_back() -> None:
    found = impact(closed(kavala()), kavala(), the_day())
    assert [booking.id for booking in found.healed] == [2, 3, 4, 5]
    assert found.is_harmless
    assert walls(found, "gained") == ["12:30", "13:00", "13:30", "14:00", "14:30"]


def test_what_fits_neither_way_is_counted_and_not_asked_about() -> None:
    found = impact(closed(kavala()), closed(kavala(is_active=False)), the_day())
    assert found.already_out == 4
    assert [hit.booking.id for hit in found.hits] == [1]


def test_the_fingerprint_tells_another_desk_from_the_same_hits() -> None:
    hits = impact(kavala(), closed(kavala()), the_day()).hits
    again = impact(kavala(), closed(kavala()), the_day()[::-1]).hits
    moved = [*the_day()[:-1], stands(5, "14:40", 1)]
    assert fingerprint(hits) == fingerprint(again)
    assert fingerprint(hits) != fingerprint(impact(kavala(), closed(kavala()), moved).hits)


# Proposals


def test_another_desk_at_the_same_time_comes_first() -> None:
    after = replace(kavala(), absences={1: Away(AFTERNOON, frozenset({1}))})
    dealt = proposals(kavala(), after, [stands(1, "12:00"), stands(2, "12:30"), stands(3, "12:30", 2)])
    assert [(said(one), one.kind) for one in dealt] == [
        ((1, "12:00", 2), ProposalKind.OTHER_DESK),
        # Half past twelve is taken there, and noon has just been dealt.
        ((2, "13:00", 2), ProposalKind.SAME_DAY),
    ]


def test_a_day_that_is_full_leads_to_the_next_working_days_at_the_same_hour() -> None:
    day = replace(kavala(), closures={0: Closed(a_period(f"{DAY} 00:00", "23:55"))})
    booked = replace(stands(1, "11:30"))
    [dealt] = proposals(kavala(), day, [booked])
    assert dealt.kind is ProposalKind.OTHER_DAY
    assert dealt.target is not None
    assert to_local(dealt.target.starts_at, ATHENS).isoformat()[:16] == "2026-12-02T11:30"


def test_where_there_is_no_place_it_is_cancelled() -> None:
    [dealt] = proposals(kavala(), kavala(is_active=False), [stands(1, "11:30")])
    assert (dealt.kind, dealt.target, dealt.decision) == (ProposalKind.NONE, None, Decision.CANCEL)


def test_whoever_loses_only_the_mode_keeps_the_time_in_another() -> None:
    after = kavala(modes=frozenset({Mode.IN_PERSON, Mode.PHONE}))
    dealt = proposals(kavala(), after, [stands(1, "11:30"), stands(2, "11:30", 2, has_phone=False)])
    assert [(one.kind, one.target and one.target.mode) for one in dealt] == [
        (ProposalKind.OTHER_MODE, Mode.PHONE),
        (ProposalKind.OTHER_MODE, Mode.IN_PERSON),
    ]
    assert [said(one) for one in dealt] == [(1, "11:30", 1), (2, "11:30", 2)]


def test_whoever_has_the_fewest_choices_is_dealt_to_first() -> None:
    # Hours in which both fit at one time only; the longer of them fits nowhere else.
    hours = [WeeklyHours(1, time(8, 30), time(9, 10))]
    after = kavala(weekly=hours, desk_ids=(1,), rules=ServiceRules(duration_minutes=10, step_minutes=10))
    short, long = stands(1, "11:30"), stands(2, "11:40")
    long = replace(long, period=a_period(f"{DAY} 11:40", "12:20"), ticks=range(long.ticks.start, long.ticks.start + 8))
    dealt = {one.hit.booking.id: said(one) for one in proposals(kavala(), after, [short, long])}
    assert dealt[2] == (2, "08:30", 1)
    assert dealt[1] is not None


def test_nobody_is_moved_to_a_time_that_is_too_soon_to_be_told_of() -> None:
    today = a_period("2026-11-24 12:30", "15:00")
    booking = replace(
        stands(1, "12:30"),
        period=a_period("2026-11-24 12:30", "12:40"),
        ticks=ticks(at("2026-11-24 12:30"), at("2026-11-24 12:40")),
    )
    after = replace(kavala(), closures={0: Closed(today)})
    [dealt] = proposals(kavala(), after, [booking])
    assert said(dealt) == (1, "12:00", 1)
    long_notice = replace(after, services={7: replace(after.services[7], rules=ServiceRules(notice_minutes=180))})
    [dealt] = proposals(kavala(), long_notice, [booking])
    assert dealt.kind is ProposalKind.OTHER_DAY
