from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimoslive.domain.booking.draft import (
    HELD_WITHIN,
    HOLD_LENGTH,
    MAX_HELD,
    STEPS,
    BookingDraft,
    Step,
    first_open_step,
    is_complete,
    is_reachable,
    may_hold_from,
)
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from tests.support.builders import a_draft, a_hold, at, details

NOW = at("2026-11-20 10:00")
MINUTES = st.integers(-30, 30).map(lambda minutes: timedelta(minutes=minutes))
HOLDS = MINUTES.map(lambda left: replace(a_hold(), expires_at=NOW + left))

DRAFTS = st.builds(
    BookingDraft,
    municipality_id=st.none() | st.integers(1, 332),
    service_id=st.none() | st.integers(1, 9),
    mode=st.none() | st.sampled_from(Mode),
    hold=st.none() | HOLDS,
    details=st.none() | st.just(details()),
    moving=st.none() | st.just("K7PM3XQ9"),
)


@given(DRAFTS)
def test_no_step_can_be_reached_while_one_before_it_is_incomplete(draft: BookingDraft) -> None:
    for index, step in enumerate(STEPS):
        assert is_reachable(draft, step, NOW) == all(is_complete(draft, before, NOW) for before in STEPS[:index])


@given(DRAFTS)
def test_the_first_open_step_is_reachable_and_incomplete(draft: BookingDraft) -> None:
    step = first_open_step(draft, NOW)
    assert is_reachable(draft, step, NOW)
    assert not is_complete(draft, step, NOW)


@given(DRAFTS)
def test_no_draft_stands_beyond_the_declaration(draft: BookingDraft) -> None:
    assert not is_reachable(draft, Step.CONFIRMATION, NOW)


@given(DRAFTS, MINUTES.filter(lambda later: later > timedelta()))
def test_time_alone_leads_back_but_never_on(draft: BookingDraft, later: timedelta) -> None:
    assert STEPS.index(first_open_step(draft, NOW + later)) <= STEPS.index(first_open_step(draft, NOW))


@pytest.mark.parametrize(
    ("missing", "step"),
    [
        ({"municipality_id": None}, Step.MUNICIPALITY),
        ({"service_id": None}, Step.MODE),
        ({"mode": None}, Step.MODE),
        ({"hold": None}, Step.CALENDAR),
        ({"details": None}, Step.DETAILS),
    ],
)
@given(DRAFTS)
def test_whatever_else_is_there_a_missing_part_keeps_the_citizen_at_its_step_or_before(
    missing: dict[str, Any], step: Step, draft: BookingDraft
) -> None:
    assert STEPS.index(first_open_step(replace(draft, **missing), NOW)) <= STEPS.index(step)
    assert first_open_step(a_draft(**missing), NOW) is step


@given(st.lists(st.tuples(st.integers(0, 3600), st.integers(1, 600)), max_size=60))
def test_who_holds_as_soon_and_as_long_as_allowed_never_exceeds_the_hour(wishes: list[tuple[int, int]]) -> None:
    held: list[Period] = []
    now = NOW
    for pause, seconds in wishes:
        begins = may_hold_from(held, now + timedelta(seconds=pause))
        now = begins + timedelta(seconds=seconds)
        held.append(Period(begins, now))
        assert _held_in(held, now - HELD_WITHIN, now) <= MAX_HELD


@given(st.lists(st.integers(1, 600), min_size=7, max_size=60))
def test_nobody_is_refused_who_could_hold_to_the_end(lengths: list[int]) -> None:
    held: list[Period] = []
    now = NOW
    for seconds in lengths:
        held.append(Period(now, now + timedelta(seconds=seconds)))
        now = held[-1].ends_at
    begins = may_hold_from(held, now)
    if begins > now:
        sooner = begins - timedelta(seconds=1) + HOLD_LENGTH
        assert _held_in(held, sooner - HELD_WITHIN, sooner) + HOLD_LENGTH > MAX_HELD


def _held_in(held: list[Period], begins: datetime, ends: datetime) -> timedelta:
    overlaps = (min(one.ends_at, ends) - max(one.starts_at, begins) for one in held)
    return sum((overlap for overlap in overlaps if overlap > timedelta()), timedelta())
