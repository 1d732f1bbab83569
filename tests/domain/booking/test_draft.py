import pytest

from dimoslive.domain.booking.draft import STEPS, BookingDraft, Step, first_open_step, is_complete, is_reachable
from tests.support.builders import a_draft, a_hold, at

NOW = at("2026-11-20 10:00")


def test_the_steps_are_the_six_of_the_journey_in_order() -> None:
    assert [step.value for step in STEPS] == [
        "municipality",
        "mode",
        "calendar",
        "details",
        "consent",
        "confirmation",
    ]


@pytest.mark.parametrize(
    ("draft", "step"),
    [
        (BookingDraft(), Step.MUNICIPALITY),
        (BookingDraft(municipality_id=1), Step.MODE),
        (BookingDraft(municipality_id=1, service_id=1), Step.MODE),
        (a_draft(mode=None), Step.MODE),
        (a_draft(hold=None), Step.CALENDAR),
        (a_draft(details=None), Step.DETAILS),
        (a_draft(), Step.CONSENT),
        (a_draft(municipality_id=None), Step.MUNICIPALITY),
        (a_draft(moving="K7PM3XQ9"), Step.CONSENT),
    ],
)
def test_the_citizen_stands_at_the_first_step_that_is_not_complete(draft: BookingDraft, step: Step) -> None:
    assert first_open_step(draft, NOW) is step


def test_a_hold_counts_until_the_moment_it_expires() -> None:
    draft = a_draft(hold=a_hold(until="2026-11-20 10:10"))
    assert is_complete(draft, Step.CALENDAR, at("2026-11-20 10:09:59"))
    assert not is_complete(draft, Step.CALENDAR, at("2026-11-20 10:10"))


def test_an_expired_hold_leads_back_to_the_calendar_and_loses_nothing_typed() -> None:
    draft = a_draft(hold=a_hold(until="2026-11-20 09:59"))
    assert first_open_step(draft, NOW) is Step.CALENDAR
    assert is_complete(draft, Step.DETAILS, NOW)


def test_steps_that_are_complete_can_be_visited_again() -> None:
    assert all(is_reachable(a_draft(), step, NOW) for step in STEPS[:5])


def test_no_draft_reaches_the_confirmation_without_a_booking() -> None:
    assert not is_reachable(a_draft(), Step.CONFIRMATION, NOW)
