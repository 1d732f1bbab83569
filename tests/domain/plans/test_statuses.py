"""The life of a plan, as its table says."""

from datetime import timedelta

import pytest

from dimoslive.domain.plans.statuses import (
    AT_WORK,
    ITEMS,
    MAILS_WAIT,
    PLANS,
    ItemEvent,
    ItemState,
    PlanEvent,
    PlanState,
    after_round,
    can_undo,
    mails_at,
    next_item_state,
    next_plan_state,
)
from tests.support.builders import at

NOW = at("2026-11-24 10:00")
LATER = NOW + timedelta(days=1)


def test_a_plan_goes_from_draft_to_finished() -> None:
    state = PlanState.DRAFT
    for event in (PlanEvent.PREVIEW, PlanEvent.APPLY, PlanEvent.WORK, PlanEvent.LEAVE_OPEN, PlanEvent.SETTLE):
        state = next_plan_state(state, event)
    assert state is PlanState.FINISHED


@pytest.mark.parametrize("state", [PlanState.FINISHED, PlanState.DROPPED, PlanState.UNDONE])
def test_nothing_leads_on_from_what_is_over(state: PlanState) -> None:
    assert not [line for line in PLANS if line[0] is state]


@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.STALE, *sorted(AT_WORK)])
def test_only_a_ready_plan_is_applied(state: PlanState) -> None:
    with pytest.raises(KeyError):
        next_plan_state(state, PlanEvent.APPLY)


def test_whatever_is_at_work_can_be_undone_and_nothing_else() -> None:
    assert {state for state, event in PLANS if event is PlanEvent.UNDO} == AT_WORK


def test_no_item_is_done_twice() -> None:
    assert (ItemState.DONE, ItemEvent.DO) not in ITEMS
    assert next_item_state(ItemState.PENDING, ItemEvent.DO) is ItemState.DONE
    assert [state for (state, event) in ITEMS if event is ItemEvent.DO] == [ItemState.PENDING, ItemState.ASKED]


def test_a_target_that_is_taken_is_decided_again() -> None:
    state = next_item_state(ItemState.PENDING, ItemEvent.REFUSE)
    assert next_item_state(state, ItemEvent.DECIDE) is ItemState.PENDING


def test_mails_wait_ten_minutes_unless_it_begins_within_four_hours() -> None:
    assert mails_at(NOW, LATER) == NOW + MAILS_WAIT
    assert mails_at(NOW, NOW + timedelta(hours=4)) == NOW + MAILS_WAIT
    assert mails_at(NOW, NOW + timedelta(hours=3, minutes=59)) == NOW


def test_all_can_be_undone_until_people_are_told() -> None:
    told_at = NOW + MAILS_WAIT
    assert can_undo(PlanState.OPEN, NOW, told_at, told_at - timedelta(seconds=1))
    assert not can_undo(PlanState.OPEN, NOW, told_at, told_at)
    assert not can_undo(PlanState.READY, None, None, NOW)


def test_what_is_urgent_is_never_undone() -> None:
    assert not can_undo(PlanState.WORKING, NOW, NOW, NOW - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("items", "told", "calls", "looked", "event"),
    [
        ([ItemState.PENDING, ItemState.UNDECIDED], True, True, True, PlanEvent.WORK),
        ([ItemState.DONE, ItemState.UNDECIDED], False, False, False, PlanEvent.LEAVE_OPEN),
        ([ItemState.DONE], True, True, True, PlanEvent.LEAVE_OPEN),
        ([ItemState.ASKED, ItemState.UNDECIDED], True, False, True, PlanEvent.LEAVE_OPEN),
        ([ItemState.ASKED, ItemState.DONE], True, False, True, PlanEvent.WORK),
        ([ItemState.DONE, ItemState.SKIPPED], False, False, True, None),
        ([ItemState.DONE], True, False, False, None),
        ([ItemState.DONE, ItemState.SKIPPED], True, False, True, PlanEvent.SETTLE),
        ([], True, False, True, PlanEvent.SETTLE),
    ],
)
def test_a_round_leads_on_only_when_nothing_is_left_to_do(
    items: list[ItemState], told: bool, calls: bool, looked: bool, event: PlanEvent | None
) -> None:
    assert after_round(items, is_told=told, has_open_calls=calls, is_looked_again=looked) is event
